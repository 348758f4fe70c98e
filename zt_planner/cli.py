"""The command line: plan, explain, check, serve, backup, restore.

Decides only how a plan is asked for and printed; figures and words come from
`reports`, files from `export`. Exit codes: 0, 1 where `check` finds something
blocking, 2 for input that cannot be used. Law: bad input never ends in a
traceback.
"""

from __future__ import annotations

import io
import os
import runpy
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from zt_planner import __version__, bootstrap
from zt_planner.domain.scenario import Scenario
from zt_planner.errors import FieldProblem, HoldsSessions, PlannerError, ScenarioError, StoreError, msgid, shortened
from zt_planner.export.csv_text import Dialect
from zt_planner.export.json_text import LARGEST_FILE_BYTES
from zt_planner.language import LanguageCode, language_for
from zt_planner.reports.beside import beside_notes
from zt_planner.reports.faults import explain
from zt_planner.reports.findings import finding_lines
from zt_planner.reports.overview import overview_of
from zt_planner.reports.sentence import headline_sentence, planning_note
from zt_planner.resources import app_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language
    from zt_planner.store.sql import SqlStore

BLOCKED, UNUSABLE = 1, 2

app = typer.Typer(
    name="zt-planner",
    help="Plan a Zero Trust introduction: what it costs, month by month, and when it is done.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ScenarioFile = Annotated[Path | None, typer.Argument(metavar="SCENARIO.json", help="A saved scenario.")]
NeededScenarioFile = Annotated[Path, typer.Argument(metavar="SCENARIO.json", help="A saved scenario.")]
Figure = Annotated[str | None, typer.Argument(metavar="FIGURE", help="A figure's name, as in first_year_budget.")]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Change a field, as in company.employees=180.")
]
Locale = Annotated[LanguageCode, typer.Option("--locale", help="Language of texts, numbers and dates.")]
Today = Annotated[str | None, typer.Option("--today", metavar="DATE", help="Plan as of a day, as in 2027-01-04.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write CSV and JSON files into a folder.")]
CsvDialect = Annotated[Dialect, typer.Option("--dialect", help="Who reads the CSV files.")]


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"zt-planner {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Plan a Zero Trust introduction: what it costs, month by month, and when it is done."""


@app.command()
def plan(
    scenario: ScenarioFile = None,
    settings: Settings = None,
    out: Out = None,
    locale: Locale = LanguageCode.ENGLISH,
    dialect: CsvDialect = Dialect.RFC4180,
    today: Today = None,
) -> None:
    """Print a plan's figures and findings; with --out write its files."""
    language = language_for(locale)
    with _plain_errors(language):
        computed = _planned(scenario, tuple(settings or ()), _day(today))
        files = None if out is None else _files_of(computed, language, dialect)
        if out is not None and files is not None:
            _write_files(out, files)
        _print_plan(computed, language)
        if out is not None and files is not None:
            _print(language.say("Written to {folder}: {files}", folder=out, files=", ".join(files)))


@app.command(name="explain")
def explain_figure(
    figure: Figure = None,
    scenario: ScenarioFile = None,
    settings: Settings = None,
    locale: Locale = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """Say why a figure is what it is; without a name, list the figures."""
    from zt_planner.reports.trace_text import Inquiry, answer_lines  # noqa: PLC0415 - paid only where it is asked for

    language = language_for(locale)
    with _plain_errors(language):
        computed = _planned(scenario, tuple(settings or ()), _day(today))
        for line in answer_lines(
            figure, Inquiry(computed, bootstrap.book_of(computed.scenario), bootstrap.phase_model(), language)
        ):
            _print(line)


@app.command()
def check(
    scenario: NeededScenarioFile,
    settings: Settings = None,
    locale: Locale = LanguageCode.ENGLISH,
    today: Today = None,
) -> None:
    """List a scenario's findings; exit code 1 where one is blocking."""
    language = language_for(locale)
    with _plain_errors(language):
        computed = _planned(scenario, tuple(settings or ()), _day(today))
        _print_findings(computed, language)
    if computed.is_blocked:
        raise typer.Exit(BLOCKED)


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the dashboard listens.")] = 8501,
    address: Annotated[str, typer.Option(help="Who may open it: 127.0.0.1 this machine, 0.0.0.0 the network.")] = (
        "127.0.0.1"
    ),
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    today: Today = None,
) -> None:
    """Start the dashboard."""
    language = language_for(LanguageCode.ENGLISH)
    with _plain_errors(language):
        as_of = _day(today)  # a bad ZT_PLANNER_TODAY is refused here, not where the dashboard first plans
        if today is not None:
            os.environ[bootstrap.TODAY] = as_of.isoformat()
        bootstrap.store().close()  # so is an address that is none
        script = app_script()
        if not script.is_file():
            raise _unusable(str(script), msgid("the dashboard is missing"), msgid("Install ZT Planner again"))
    # Streamlit reads the settings in the folder .streamlit beside the script, whatever the working folder.
    sys.argv = ["streamlit", "run", str(script), "--server.port", str(port), "--server.address", address]
    sys.argv += [] if browser else ["--server.headless", "true"]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the backup goes.")],
    locale: Locale = LanguageCode.ENGLISH,
) -> None:
    """Write every session of the store into one file."""
    from zt_planner.store.backup import write_backup  # noqa: PLC0415 - most commands need no database

    language = language_for(locale)
    with _plain_errors(language), _store() as store:
        if not store.database.is_there:
            raise _unusable(store.place, msgid("there is no store"), msgid("Name the file that keeps the sessions"))
        with _written(file) as target:
            count = write_backup(store.database, target)
        _print(language.plural("{n} row written to {file}", "{n} rows written to {file}", count, file=file))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    replaces: Annotated[
        bool, typer.Option("--replace", help="Put it in place of the sessions that are there.")
    ] = False,
    locale: Locale = LanguageCode.ENGLISH,
) -> None:
    """Put a backup back into the store, all of it or nothing."""
    from zt_planner.store.backup import read_backup  # noqa: PLC0415 - most commands need no database

    language = language_for(locale)
    with _plain_errors(language), _store() as store, _opened(file, msgid("Name a backup")) as source:
        count = read_backup(store.database, source, file.name, replaces=replaces)
        _print(language.plural("{n} row restored from {file}", "{n} rows restored from {file}", count, file=file))


def main() -> None:
    """Run the command line; what a terminal cannot show is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()


@contextmanager
def _plain_errors(language: Language) -> Iterator[None]:
    """Print an error as lines and exit with 2."""
    try:
        yield
    except PlannerError as error:
        for line in explain(error, language):
            typer.echo(line, err=True)
        raise typer.Exit(UNUSABLE) from None


def _unusable(path: str, problem: str, remedy: str, **values: object) -> ScenarioError:
    return ScenarioError((FieldProblem(shortened(path, 200), problem, remedy, values),))


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


@contextmanager
def _store() -> Iterator[SqlStore]:
    """Give the store, and say of a fault what can be done about it here."""
    store = bootstrap.store()
    try:
        yield store
    except HoldsSessions:
        raise
    except StoreError as error:
        remedy = msgid("Check the disk, the file or the database server")
        reason = error.values["reason"]
        raise _unusable(store.place, msgid("it cannot be used ({reason})"), remedy, reason=reason) from None
    finally:
        store.close()


@contextmanager
def _opened(file: Path, remedy: str) -> Iterator[BinaryIO]:
    """Give a file to read."""
    try:
        source = file.open("rb")
    except OSError as error:
        problem = msgid("the file cannot be read ({reason})")
        raise _unusable(str(file), problem, remedy, reason=_reason(error)) from None
    with source:
        yield source


@contextmanager
def _written(file: Path) -> Iterator[BinaryIO]:
    """Give a file to write, which only its owner may read; it takes its place when it is whole."""
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
        raise _unusable(str(file), problem, remedy, reason=_reason(error)) from None


def _day(given: str | None) -> date:
    """Return the day as of which the plan is made."""
    return bootstrap.today() if given is None else bootstrap.day_from(given, "--today")


def _planned(file: Path | None, settings: tuple[str, ...], today: date) -> Plan:
    """Return the plan of a file, or of the default scenario, with settings."""
    from zt_planner.engine.planner import build_plan  # noqa: PLC0415 - paid only where a plan is made
    from zt_planner.export.scenario_json import parsed_scenario, with_settings  # noqa: PLC0415 - the same

    scenario = Scenario() if file is None else parsed_scenario(_content_of(file), file=file.name)
    return build_plan(with_settings(scenario, settings), bootstrap.price_book(), bootstrap.phase_model(), today=today)


def _content_of(file: Path) -> bytes:
    """Read a file, no further than it may be long."""
    with _opened(file, msgid("Name a scenario file")) as source:
        return source.read(LARGEST_FILE_BYTES + 1)


def _files_of(computed: Plan, language: Language, dialect: Dialect) -> Mapping[str, bytes]:
    """Return everything that --out writes, by name."""
    from zt_planner.export.csv_files import plan_files  # noqa: PLC0415 - paid only where files are written
    from zt_planner.export.scenario_json import SCENARIO_FILE, scenario_bytes  # noqa: PLC0415 - the same
    from zt_planner.export.summary_json import SUMMARY_FILE, summary_bytes  # noqa: PLC0415 - the same

    book = bootstrap.book_of(computed.scenario)
    return {
        **plan_files(computed, book, language, dialect),
        SUMMARY_FILE: summary_bytes(computed, book, language),
        SCENARIO_FILE: scenario_bytes(computed.scenario),
    }


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made where it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        problem = msgid("the folder cannot be written to ({reason})")
        remedy = msgid("Name a folder that can be written to")
        raise _unusable(str(folder), problem, remedy, reason=_reason(error)) from None


def _print_plan(computed: Plan, language: Language) -> None:
    book, name = bootstrap.price_book(), computed.scenario.company.name
    if name:
        _print(name)
    _print(headline_sentence(computed, language))
    _print("")
    rows = overview_of(computed, book, language)
    labels, values = (max((len(row[place]) for row in rows), default=0) for place in (0, 1))
    for row in rows:
        _print(f"  {row.label:<{labels}}  {row.value:>{values}}  {row.beside}".rstrip())
    if rows:
        _print("")
    _print_findings(computed, language)
    _print("")
    for note in (planning_note(computed, language), *beside_notes(computed, book, language)):
        _print(note)


def _print_findings(computed: Plan, language: Language) -> None:
    if not computed.findings:
        _print(language.say("No findings."))
    book = bootstrap.book_of(computed.scenario)
    for finding in computed.findings:
        for line in finding_lines(finding, book, language):
            _print(line)


def _print(text: str) -> None:
    """Print plain spaces for no-break ones: a terminal, and who searches its output, wants them."""
    typer.echo(text.replace("\N{NO-BREAK SPACE}", " "))
