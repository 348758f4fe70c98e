"""Import of files: recognise them by content, read them, and compare them with the open plan.

Laws: nothing is applied here; a file of another kind is refused with its kind; a refusal changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from hashlib import sha256
from typing import Any, TypeAlias

from zt_planner.catalog.csv.spreadsheets import READABLE, returned_table
from zt_planner.catalog.csv.tables import LARGEST_FILE_BYTES, Line, without_rows
from zt_planner.catalog.price_lists.partner import PriceList, price_list_from, proposals_of
from zt_planner.catalog.shipped.kept import kept_book, kept_model
from zt_planner.domain.data.interview import Interview
from zt_planner.domain.data.phase_model import MODEL_VERSION, PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.incoming import FileKind, ImportNotice, Incoming
from zt_planner.domain.scenario.price_proposal import PriceProposal
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.units import PERSON_DAYS
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import AnyPlan
from zt_planner.engine.planner import build_plan
from zt_planner.errors import FileProblem, Place, PlannerError, msgid
from zt_planner.files.bundle import MANIFEST, BundleFile, bundle_from, packed_bundle, with_own_data
from zt_planner.files.imports.answers import answer_edits
from zt_planner.files.imports.archive import archive_parts, names_in
from zt_planner.files.imports.bookings import (
    LARGEST_BOOKINGS_BYTES,
    booked_edits,
    booking_edits,
    bookings_from,
    bookings_sheet,
)
from zt_planner.files.imports.catalogue import HEAD, catalogue_from
from zt_planner.files.imports.cost_lines import line_edits
from zt_planner.files.imports.kinds import ARCHIVE, UTF_16_XML, beginning_of_ours, refuse_other_json
from zt_planner.files.imports.project import project_incoming, read_project
from zt_planner.files.imports.rows import ImportResult, Returned, number_in
from zt_planner.files.imports.tasks import record_edits, task_edits
from zt_planner.files.imports.workbook import WorkbookFile, assumption_edits, workbook_from
from zt_planner.files.scenario_json import parsed_scenario
from zt_planner.gaps import shortened
from zt_planner.language import Language, LanguageCode
from zt_planner.media.csv.comparison import BRIDGE, COMPARISON
from zt_planner.media.csv.dialects import Dialect, unprotected
from zt_planner.media.csv.files import (
    BUDGET,
    COST_LINES,
    DECISIONS,
    LEFT_OUT,
    QUESTIONS,
    STAGES,
    TASKS,
    left_out_files,
    plan_files,
)
from zt_planner.media.file_names import CONTROLS
from zt_planner.media.xlsx.lines import ordered_lines
from zt_planner.topics.budget import lines as line_columns
from zt_planner.topics.budget.tables import budget_columns
from zt_planner.topics.compare.options import file_columns
from zt_planner.topics.compare.sentences import bar_columns
from zt_planner.topics.decisions.dates import decision_columns
from zt_planner.topics.decisions.stages import csv_columns
from zt_planner.topics.headline.manifest import CHECKED, compared_figures
from zt_planner.topics.interview.form import ANSWER, QUESTION_ID, form_columns
from zt_planner.topics.roadmap import tables as task_columns
from zt_planner.topics.table import Column, chosen
from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace

DOCUMENTS = {"word/document.xml", "ppt/presentation.xml", "mimetype"}
"""In the archive that a text or a set of slides is."""
WORKBOOK = "xl/workbook.xml"
CSV_TABLES = {
    TASKS: task_columns.FROM_CSV,
    COST_LINES: line_columns.IN_CSV,
    BUDGET: ("month", "licence", "monitoring", "hardware"),
    STAGES: ("stage", "gate", "committed", "to_pay"),
    DECISIONS: ("id", "date", "decision", "who"),
    LEFT_OUT: ("what", "run_rate_monthly", "finish_date", "mfa_date"),
    COMPARISON: ("figure", "unit"),  # the others are those of the plans, whichever they are
    BRIDGE: ("from", "to", "figure", "inputs", "change", "unit"),
    QUESTIONS: (QUESTION_ID, ANSWER),
    CONTROLS: ("ref_id", "csf_function", "eta", "cost_build_fixed"),
}
COMPUTED = {
    BUDGET: msgid("the budget by month is a sum, and nothing is read from it"),
    STAGES: msgid("the stages are computed, and nothing is read from them"),
    DECISIONS: msgid("the dates of decisions are computed, and nothing is read from them"),
    LEFT_OUT: msgid("what can be left out is computed, and nothing is read from it"),
}
"""Tables that are compared with the plan only."""
COMPARES = msgid("it compares plans, and nothing is read from it")
UNREAD = {
    COMPARISON: COMPARES,
    BRIDGE: COMPARES,
    CONTROLS: msgid("it is for CISO Assistant, and nothing is read from it here"),
}
"""Tables that say nothing that could be changed."""
WORDED = frozenset(
    {
        *("step", "complete", "open_tasks", "protection", "supported", "partly", "what", "points_lost"),
        *("answers_lost", "id", "task", "decision", "who", "overdue"),
    }
)
"""Columns of results that are words, or lists of ids."""
DAYS = frozenset({"month", "gate", "finish_date", "mfa_date", "date"})
"""Columns of results that are days or months."""


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """The plan that a file is compared with, and the data and day with which others are made."""

    plan: AnyPlan
    price_book: PriceBook
    phase_model: PhaseModel
    today: date
    interview: Interview = ()

    def planned(self, scenario: Scenario) -> AnyPlan:
        """Return the plan of another scenario; labour is shown where it is in the plan that is open."""
        return build_plan(
            case_of(scenario, self.price_book, self.phase_model, today=self.today, shows_labour=self.plan.shows_labour)
        )


Reading: TypeAlias = Callable[[OpenPlan], Incoming]
"""Compares a file that was read with a plan."""
Titles: TypeAlias = Mapping[str, Mapping[str, str]]
"""By language: the names of the columns of all tables by their titles."""


def read_file(content: bytes, file: str, open_plan: OpenPlan) -> Incoming:
    """Read an imported file and compare it with a plan; raise CatalogError or ScenarioError if it is refused."""
    return reading_of(content, file, partial(titles_of_tables, open_plan))(open_plan)


def reading_of(content: bytes, file: str, titles: Callable[[], Titles]) -> Reading:
    """Read an imported file; raise CatalogError or ScenarioError where it is refused whatever the plan."""
    name = shortened(file)
    start = beginning_of_ours(content, file, READABLE)
    is_xml = start.startswith((b"<", *UTF_16_XML))
    is_table = not is_xml and not start.startswith((ARCHIVE, b"{")) and not file.lower().endswith(".xlsx")
    most = LARGEST_BOOKINGS_BYTES if is_table else LARGEST_FILE_BYTES
    if len(content) > most:
        problem = msgid("the file is larger than the limit of {most} bytes")
        raise FileProblem(Place(name), problem, READABLE, most=most)
    if is_table:
        return read_table(content, name, titles())
    if start.startswith(ARCHIVE):
        return read_archive(content, name, titles)
    if start.startswith(b"{"):
        refuse_other_json(content, name)
        scenario = parsed_scenario(content, file=name)
        return lambda _: Incoming(FileKind.SCENARIO, scenario=scenario)
    if is_xml:
        project = read_project(content, name)
        return lambda open_plan: project_incoming(project, name, open_plan.plan)
    raise FileProblem(Place(name), msgid("it is damaged, or no workbook"), msgid("Save it and choose it again"))


def read_archive(content: bytes, file: str, titles: Callable[[], Titles]) -> Reading:
    """Read a zip file by its content: a bundle, a workbook, or the tables."""
    packed = packed_bundle(content, file)
    if packed is not None:  # everything in one file: the plan in it has all that the other files say
        return read_bundle(packed[1], shortened(packed[0]))
    names = names_in(content, file)
    if MANIFEST in names:
        return read_bundle(content, file)
    if HEAD.file in names:
        return partial(compared_catalogue, content, file)
    if WORKBOOK in names:
        return partial(compared_workbook, workbook_from(content, file), file)
    tables = archive_parts(content, file, {name for name in names if name.lower().endswith(".csv")})
    if not tables:
        problem = msgid("it is a document") if DOCUMENTS & names else msgid("it contains no known file")
        raise FileProblem(Place(file), problem, READABLE)
    return read_tables(tables, titles())


# CSV


def read_table(content: bytes, file: str, titles: Titles) -> Reading:
    """Read a CSV table: bookings, or one of ours."""
    sheet = bookings_sheet(content, file, CSV_TABLES.values(), titles.values())
    if sheet is None:
        return read_tables({file: content}, titles)
    bookings = bookings_from(sheet)
    return lambda open_plan: booking_edits(bookings, open_plan.plan)


def read_tables(tables: Mapping[str, bytes], titles: Titles) -> Reading:
    """Read CSV tables of ours."""
    named = [(shortened(file), content) for file, content in tables.items()]
    read = [(file, *returned_table(content, file, CSV_TABLES, titles, unprotected)) for file, content in named]
    return partial(compared_tables, read)


def compared_tables(tables: Sequence[tuple[str, str, Sequence[Line]]], open_plan: OpenPlan) -> Incoming:
    """Compare tables, each with its file and which it is, with the plan that is open."""
    result = ImportResult()
    planned = {TASKS: open_plan.plan.tasks, COST_LINES: open_plan.plan.cost_lines}
    for file, name, lines in tables:
        rows = tuple(map(returned, lines))
        if not rows and planned.get(name):
            raise without_rows(file)
        if name in FILLED_IN:
            FILLED_IN[name](rows, open_plan, result)
        elif name in UNREAD:
            if len(tables) == 1:
                result.leave(file, UNREAD[name], CHANGE_ANOTHER)
        elif not is_as_computed(name, rows, open_plan):
            result.leave(file, COMPUTED[name], CHANGE_ANOTHER)
    return result.incoming(FileKind.TABLES)


def read_tasks(rows: Sequence[Returned], open_plan: OpenPlan, result: ImportResult) -> None:
    task_edits(rows, open_plan.plan, result)


def read_cost_lines(rows: Sequence[Returned], open_plan: OpenPlan, result: ImportResult) -> None:
    line_edits(rows, open_plan.plan.cost_lines, open_plan.plan, PERSON_DAYS.places.files, result)


def read_answers(rows: Sequence[Returned], open_plan: OpenPlan, result: ImportResult) -> None:
    answer_edits(rows, open_plan.plan, open_plan.interview, result)


FILLED_IN = {TASKS: read_tasks, COST_LINES: read_cost_lines, QUESTIONS: read_answers}
"""What reads the tables whose rows become changes."""
CHANGE_ANOTHER = msgid("Change tasks.csv, cost_lines.csv or questions.csv")
"""For a table from which nothing is read."""


def titles_of_tables(open_plan: OpenPlan) -> Titles:
    """Return the titles of all tables. Law: of the plan, they depend on nothing but whether labour is shown."""
    return {dialect.words.code: titles_in(dialect.words, open_plan) for dialect in Dialect if dialect.words}


def titles_in(language: Language, open_plan: OpenPlan) -> dict[str, str]:
    """Return the names of the columns of all tables by their titles in a language."""
    columns: tuple[Column[Any], ...] = (
        *chosen(task_columns.task_columns(open_plan.plan), task_columns.IN_CSV),
        *chosen(line_columns.line_columns(open_plan.price_book), line_columns.IN_CSV),
        *budget_columns(open_plan.plan),
        *bar_columns(),
        *csv_columns(open_plan.plan),
        *decision_columns(open_plan.plan),
        *file_columns(open_plan.plan),
        *form_columns({}),
    )
    return {language.write(column.title): column.name for column in columns}


def is_as_computed(name: str, rows: Sequence[Returned], open_plan: OpenPlan) -> bool:
    """Tell whether a table that only holds results is still the plan's: its days, months and numbers."""
    language = Language(LanguageCode.ENGLISH)
    write = left_out_files if name == LEFT_OUT else plan_files
    written = write(open_plan.plan, language, Dialect.RFC4180)[name]
    _, lines = returned_table(written, name, CSV_TABLES, {}, unprotected)
    return [computed_cells(row) for row in rows] == [computed_cells(returned(line)) for line in lines]


def computed_cells(row: Returned) -> dict[str, Decimal | str | None]:
    """Return the cells of a row of results that are the same in every language."""
    told = {name: cell for name, cell in row.cells.items() if name not in WORDED}
    return {name: cell if name in DAYS else number_in(cell) for name, cell in told.items()}


def returned(line: Line) -> Returned:
    """Return a line of a file as an imported row."""
    return Returned(Place(line.file, line.row), line.cells, line.titles)


# Workbook


def compared_workbook(book: WorkbookFile, file: str, open_plan: OpenPlan) -> Incoming:
    """Compare a workbook with the plan that it was written from.

    Its edits can be put into the plan that is open; `scenario` is its own plan with them.
    """
    plan = open_plan.planned(book.scenario)
    result = ImportResult()
    assumption_edits(book.assumptions, book.scenario, result)
    if book.manifest.get("figures") == compared_figures(plan):  # it is computed as it was then
        if book.tasks:
            task_edits(book.tasks, plan, result)
        record_edits(book.actuals, plan, result)
        if book.bookings:
            booked_edits(book.bookings, plan, result)
        if book.lines:
            line_edits(book.lines, ordered_lines(plan), plan, line_columns.PLACES, result)
    else:
        problem = msgid("prices, tasks or rules have changed since the workbook was written")
        result.notice(file, problem, msgid("Only its assumptions are read; export the plan again"))
    return result.incoming(FileKind.WORKBOOK, book.scenario)


# Bundle


def read_bundle(content: bytes, file: str) -> Reading:
    bundle = bundle_from(content, file)
    return partial(compared_bundle, bundle, kept_book(bundle.tables), kept_model(bundle.tables), file)


def compared_bundle(bundle: BundleFile, book: PriceBook, model: PhaseModel, file: str, open_plan: OpenPlan) -> Incoming:
    """Return a bundle's scenario, with its own prices and phase model where they are not those of this program."""
    scenario = with_own_data(bundle.scenario, (book, model), (open_plan.price_book, open_plan.phase_model))
    notices = tuple(changes_since(bundle.manifest, scenario, open_plan, file))
    return Incoming(FileKind.BUNDLE, scenario=scenario, notices=notices)


def changes_since(
    manifest: Mapping[str, Any], scenario: Scenario, open_plan: OpenPlan, file: str
) -> Iterator[ImportNotice]:
    """Yield what has changed since a bundle was saved: prices, tasks, rules, and the resulting figures."""
    if scenario.prices.kept_book is not None:
        remedy = msgid("The plan opens with the prices of the file, unless you choose those of this program")
        yield ImportNotice(file, msgid("its prices are not those of this program"), remedy)
    if scenario.tasks.kept_model is not None:
        remedy = msgid("The plan opens with the tasks of the file, unless you choose those of this program")
        yield ImportNotice(file, msgid("its tasks are not those of this program"), remedy)
    versions = manifest.get("versions")
    rules = str(versions.get("model", "")).partition("-")[0] if isinstance(versions, dict) else ""
    if rules != MODEL_VERSION:
        values = {"there": shortened(rules), "here": MODEL_VERSION}
        problem = msgid("it was computed by the rules of version {there}, this program has version {here}")
        yield ImportNotice(file, problem, msgid("Compare the figures before you go on"), values)
    figures = compared_figures(open_plan.planned(scenario))
    then = manifest.get("figures")
    for name in CHECKED:
        before = then.get(name) if isinstance(then, dict) else None
        now = None if figures is None else figures[name]
        if before != now and open_plan.plan.shows_labour:
            values = {"name": name, "before": shortened(str(before)), "now": str(now)}
            problem = msgid("{name} was {before} when it was saved, and is {now} now")
            yield ImportNotice(file, problem, msgid("Compare the figures before you go on"), values)


# Catalogue


def compared_catalogue(content: bytes, file: str, open_plan: OpenPlan) -> Incoming:
    """Return what a catalogue sets in the plan that is open."""
    catalogue = catalogue_from(content, file, open_plan.price_book, open_plan.phase_model)
    left_out: tuple[ImportNotice, ...] = ()
    if catalogue.prices and not open_plan.plan.shows_labour:
        problem = msgid("its prices are left out, because day rates are hidden in this session")
        left_out = (ImportNotice(shortened(file), problem, msgid("Ask the owner to apply it")),)
        catalogue = replace(catalogue, prices=())
    edits = catalogue.edits(open_plan.plan.scenario, open_plan.price_book, open_plan.phase_model)
    return Incoming(FileKind.CATALOGUE, edits=edits, left_out=left_out)


# For a page


def incoming_for(
    workspace: Workspace, state: State, content: bytes, file: str, interview: Interview
) -> Incoming | PlannerError:
    """Return a file's changes to the plan of a state, or why it is refused."""
    open_plan = OpenPlan(
        workspace.plan(state), workspace.price_book, workspace.phase_model, workspace.today(), interview
    )
    return workspace.imports.get(
        (sha256(content).digest(), file, state.sees_labour),
        workspace.basis(state),
        partial(reading_of, content, file, partial(titles_of_tables, open_plan)),
        lambda read: read(open_plan),
    )


def proposals_for(
    workspace: Workspace, state: State, content: bytes, file: str
) -> tuple[PriceProposal, ...] | PlannerError:
    """Return what a price list would make of the price book of a state's plan, or why it is refused."""
    book, today = workspace.plan(state).case.book, workspace.today()
    return workspace.imports.get(
        (sha256(content).digest(), file, "prices"),
        (book.version, today),
        partial(price_list_in, content, file),
        partial(proposals_of, book=book, today=today, clean=unprotected),
    )


def price_list_in(content: bytes, file: str) -> PriceList:
    """Read a list; raise CatalogError if it is refused."""
    name, remedy = shortened(file), msgid("Choose a price list as CSV")
    if beginning_of_ours(content, file, remedy).startswith(ARCHIVE):
        raise FileProblem(Place(name), msgid("it is an archive or a workbook"), remedy)
    return price_list_from(content, name)
