"""What commands are given: options, files, the store; and errors as lines. Law: bad input never ends in a traceback."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from zt_planner import bootstrap
from zt_planner.domain.readings import has_two_readings, readings
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import FieldProblem, HoldsSessions, PlannerError, ScenarioError, StoreError, msgid
from zt_planner.files.json_text import LARGEST_FILE_BYTES
from zt_planner.gaps import shortened
from zt_planner.language import Language, LanguageCode, language_for
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.error_texts import explain

if TYPE_CHECKING:
    from zt_planner.domain.catalogue import Catalogue
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.store.session_store import SessionStore
    from zt_planner.topics.view import AnyView

UNUSABLE = 2
CATALOGUE: ContextVar[Path | None] = ContextVar("catalogue", default=None)
"""The catalogue that was named before the command."""

ScenarioFile = Annotated[Path | None, typer.Argument(metavar="SCENARIO.json", help="A saved scenario.")]
NeededScenarioFile = Annotated[Path, typer.Argument(metavar="SCENARIO.json", help="A saved scenario.")]
FigureArgument = Annotated[
    str | None, typer.Argument(metavar="FIGURE", help="A figure's name, as in first_year_budget.")
]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Change a field, as in company.employees=180.")
]
LocaleOption = Annotated[LanguageCode, typer.Option("--locale", help="Language of texts, numbers and dates.")]
Today = Annotated[str | None, typer.Option("--today", metavar="DATE", help="Plan as of a day, as in 2027-01-04.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write CSV and JSON files into a folder.")]
OutFile = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the resulting scenario.")]
CsvDialect = Annotated[Dialect, typer.Option("--dialect", help="Who reads the CSV files.")]


@contextmanager
def plain_errors(language: Language, code: int = UNUSABLE) -> Iterator[None]:
    """Print an error as lines and exit with a code."""
    try:
        yield
    except PlannerError as error:
        print_error(error, language)
        raise typer.Exit(code) from None


def print_error(error: PlannerError, language: Language) -> None:
    """Print an error as lines."""
    for line in explain(error):
        typer.echo(language.write(line), err=True)


def unusable(path: str, problem: str, remedy: str, **values: object) -> ScenarioError:
    """Return the error of an argument of the command line."""
    return ScenarioError((FieldProblem(shortened(path, 200), problem, remedy, values),))


def system_reason(error: OSError) -> str:
    """Return why the system refuses something."""
    return error.strerror or str(error)


@contextmanager
def opened_store() -> Iterator[SessionStore]:
    """Open the store; an error of it says what can be done on the command line."""
    store = bootstrap.store()
    try:
        yield store
    except HoldsSessions:
        raise
    except StoreError as error:
        remedy = msgid("Check the disk, the file or the database server")
        reason = error.values["reason"]
        raise unusable(store.database.place, msgid("it cannot be used ({reason})"), remedy, reason=reason) from None
    finally:
        store.close()


@contextmanager
def opened(file: Path, remedy: str) -> Iterator[BinaryIO]:
    try:
        source = file.open("rb")
    except OSError as error:
        problem = msgid("the file cannot be read ({reason})")
        raise unusable(str(file), problem, remedy, reason=system_reason(error)) from None
    with source:
        yield source


@contextmanager
def private_file(file: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that only its owner may read; it replaces an existing one when it is complete."""
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-", delete=False) as target:
            part = Path(target.name)
        try:
            with part.open("wb") as opened:
                yield opened
                opened.flush()
                os.fsync(opened.fileno())
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        problem = msgid("the file cannot be written ({reason})")
        remedy = msgid("Name a file in a folder that can be written to")
        raise unusable(str(file), problem, remedy, reason=system_reason(error)) from None


def plan_day(given: str | None) -> date:
    """Return the day as of which the plan is made."""
    return bootstrap.today() if given is None else bootstrap.day_from(given, "--today")


def day_option(option: str, text: str | None) -> date | None:
    """Read an option's day like 2027-06-30."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem, remedy = msgid("'{value}' is not a day"), msgid("Write the date as 2027-01-04")
        raise unusable(option, problem, remedy, value=text) from None


def amount_from(option: str, text: str | None) -> Decimal | None:
    """Read an option's amount like 110000 or 110000.50."""
    if text is None:
        return None
    if has_two_readings(text):
        problem, remedy = msgid("'{value}' can be read in two ways"), msgid("Write {plain} or {other}")
        plain, other = readings(text)
        raise unusable(option, problem, remedy, value=text, plain=plain, other=other)
    try:
        return Decimal(text)
    except InvalidOperation:
        problem, remedy = msgid("'{value}' is not an amount"), msgid("Write it as 110000 or 110000.00")
        raise unusable(option, problem, remedy, value=text) from None


def read_plan(file: Path | None, settings: tuple[str, ...], today: date, language: Language | None = None) -> AnyPlan:
    """Return the plan of a file, or of the default scenario, with settings; an example's name in a language."""
    from zt_planner.files.imports.kinds import SESSION_KEYS  # noqa: PLC0415 - paid only where a plan is made
    from zt_planner.files.json_text import json_from  # noqa: PLC0415 - the same
    from zt_planner.files.scenario_json import scenario_in, with_settings  # noqa: PLC0415 - the same

    scenario = Scenario()
    if file is not None:
        with opened(file, msgid("Name a scenario file")) as source:
            data = json_from(source.read(LARGEST_FILE_BYTES + 1), file.name)
        if isinstance(data, dict) and data.keys() >= SESSION_KEYS:
            problem, remedy = msgid("it is a saved session, not a scenario"), msgid("Plan its folder: {command}")
            raise unusable(file.name, problem, remedy, command="zt-planner portfolio FOLDER --out DIR")
        scenario = scenario_in(data, file.name)
    scenario = with_settings(with_catalogue(scenario), settings)
    if language is not None:
        scenario = named_in(scenario, language)
    return plan_of(scenario, today)


def plan_of(scenario: Scenario, today: date) -> AnyPlan:
    """Return the plan of a scenario with the shipped prices and tasks."""
    from zt_planner.engine.case import case_of  # noqa: PLC0415 - paid only where a plan is made
    from zt_planner.engine.planner import build_plan  # noqa: PLC0415 - the same

    return build_plan(case_of(scenario, bootstrap.price_book(), bootstrap.phase_model(), today=today))


def choose_catalogue(file: Path | None) -> Path | None:
    """Have all that is planned now planned with a catalogue."""
    CATALOGUE.set(file)
    return file


def named_catalogue() -> Catalogue | None:
    """Read the catalogue that the command line names; None where it names none."""
    file = CATALOGUE.get()
    if file is None:
        return None
    from zt_planner.files.imports.catalogue import catalogue_in  # noqa: PLC0415 - paid only where one is given

    return catalogue_in(file, bootstrap.price_book(), bootstrap.phase_model())


def with_catalogue(scenario: Scenario) -> Scenario:
    """Return a scenario with the catalogue that the command line names; itself where it names none."""
    catalogue = named_catalogue()
    if catalogue is None:
        return scenario
    from zt_planner.files.scenario_json import with_values  # noqa: PLC0415 - paid only where one is given

    return with_values(scenario, catalogue.edits(scenario, bootstrap.price_book(), bootstrap.phase_model()))


def named_in(scenario: Scenario, language: Language) -> Scenario:
    """Return a scenario with the company's name in a language if it is that of a shipped example."""
    name = scenario.company.name
    if not name or name not in {example.name for example in bootstrap.examples()}:
        return scenario
    return scenario.model_copy(update={"company": scenario.company.model_copy(update={"name": language.say(name)})})


@contextmanager
def plan_view(scenario: ScenarioFile, settings: Settings, locale: LanguageCode, today: Today) -> Iterator[AnyView]:
    """Give the view of a scenario's plan; print errors that are raised meanwhile."""
    from zt_planner.topics.view import any_view  # noqa: PLC0415 - paid only where it is asked for

    language = language_for(locale)
    with plain_errors(language):
        plan = read_plan(scenario, tuple(settings or ()), plan_day(today))
        yield any_view(plan, language)
