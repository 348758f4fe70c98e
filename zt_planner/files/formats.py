"""The formats in which a plan leaves, each a declaration: its words, its file, and who writes it.

Decides nothing of what stands in a file. Laws: every format is written from one
view; what a format needs is loaded when it is written, not before.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from zt_planner.errors import msgid
from zt_planner.files.scenario_json import SCENARIO_FILE
from zt_planner.media.file_names import CONTROLS, named
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from zt_planner.domain.work import WorkScope
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.media.board import BoardPaper
    from zt_planner.media.csv.dialects import Dialect
    from zt_planner.topics.view import AnyView


class Format(StrEnum):
    """The formats by the names that the command line knows them by, in the order in which they are offered."""

    XLSX = "xlsx"
    PDF = "pdf"
    STATUS = "status"
    DOCX = "docx"
    WORK = "work"
    MSPDI = "mspdi"
    ICS = "ics"
    HTML = "html"
    PNG = "png"
    SVG = "svg"
    CSV = "csv"
    CONTROLS = "ciso-assistant"
    BUNDLE = "ztplan"
    CATALOGUE = "zttemplate"
    JSON = "json"


WORD = frozenset({Format.DOCX, Format.WORK})
"""The formats that `WordOptions` are for."""
ALL_FILE, CSV_FILE = "zt-plan.zip", "zt-plan-csv.zip"
"""Everything in one file, and the tables in one."""


@dataclass(frozen=True, slots=True)
class FormatInfo:
    """A format: what it is called, for whom it is, its plain name, and who writes that."""

    name: str
    purpose: str
    icon: str
    file: str
    media_type: str
    write: Callable[[AnyView, WriteOptions], bytes]


@dataclass(frozen=True, slots=True)
class WordOptions:
    """What a document for Word may have: a checked template, and which work its statement is about."""

    template: bytes | None = None
    work: WorkScope | None = None


PLAIN_WORD = WordOptions()


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What whoever asks for a file may choose: who reads its tables, and how Word has it.

    `paper` is the board paper where it is made already: it takes a dozen plans.
    """

    dialect: Dialect
    word: WordOptions = PLAIN_WORD
    paper: BoardPaper | None = None


def _mspdi(view: AnyView, _: WriteOptions) -> bytes:
    from zt_planner.files.project.file import project_bytes  # noqa: PLC0415 - loaded where it is written

    return project_bytes(view)


def _xlsx(view: AnyView, _: WriteOptions) -> bytes:
    from zt_planner.media.xlsx import workbook_bytes  # noqa: PLC0415 - loaded where it is written

    return workbook_bytes(view)


def _bundle(view: AnyView, _: WriteOptions) -> bytes:
    from zt_planner.files.bundle import bundle_bytes  # noqa: PLC0415 - loaded where it is written

    return bundle_bytes(view)


def _ics(view: AnyView, _: WriteOptions) -> bytes:
    from zt_planner.files.calendar import calendar_bytes  # noqa: PLC0415 - loaded where it is written

    return calendar_bytes(view)


def _pdf(view: AnyView, options: WriteOptions) -> bytes:
    from zt_planner.media.typst.typesetting import pdf_bytes  # noqa: PLC0415 - loaded where it is written

    return pdf_bytes(view, options.paper)


def _status(view: AnyView, _: WriteOptions) -> bytes:
    from zt_planner.media.typst.typesetting import status_bytes  # noqa: PLC0415 - loaded where it is written

    return status_bytes(view)


def _docx(view: AnyView, options: WriteOptions) -> bytes:
    from zt_planner.media.docx.document import docx_bytes  # noqa: PLC0415 - loaded where it is written

    return docx_bytes(view, options.word.template, options.word.work, options.paper)


def _work(view: AnyView, options: WriteOptions) -> bytes:
    from zt_planner.domain.work import WorkScope  # noqa: PLC0415 - loaded where it is written
    from zt_planner.media.board import work_paper_of  # noqa: PLC0415 - the same
    from zt_planner.media.docx.document import docx_bytes  # noqa: PLC0415 - the same

    return docx_bytes(view, options.word.template, paper=work_paper_of(view, options.word.work or WorkScope()))


def _html(view: AnyView, _: WriteOptions) -> bytes:
    from zt_planner.media.web.html import html_bytes  # noqa: PLC0415 - loaded where it is written

    return html_bytes(view)


def _svg(view: AnyView, _: WriteOptions) -> bytes:
    from zt_planner.media.typst.typesetting import svg_bytes  # noqa: PLC0415 - loaded where it is written

    return svg_bytes(view)


def _png(view: AnyView, _: WriteOptions) -> bytes:
    from zt_planner.media.typst.typesetting import png_bytes  # noqa: PLC0415 - loaded where it is written

    return png_bytes(view)


def _csv(view: AnyView, options: WriteOptions) -> bytes:
    from zt_planner.media.csv.files import plan_archive  # noqa: PLC0415 - loaded where it is written

    return plan_archive(_tables(view, options.dialect), view.plan, view.language, view.letter)


def _tables(view: AnyView, dialect: Dialect) -> Mapping[str, bytes]:
    """Return the tables of a plan by name, and where it stands beside others, those of the comparison."""
    from zt_planner.media.csv.comparison import comparison_files  # noqa: PLC0415 - loaded where it is written
    from zt_planner.media.csv.files import left_out_files, plan_files  # noqa: PLC0415 - loaded where it is written

    own = {**plan_files(view.plan, view.language, dialect), **left_out_files(view.plan, view.language, dialect)}
    compared = view.comparison
    return own if compared is None else {**own, **comparison_files(compared, view.language, dialect)}


def _controls(view: AnyView, _: WriteOptions) -> bytes:
    from zt_planner.media.csv.files import controls_file  # noqa: PLC0415 - loaded where it is written

    return controls_file(view.plan, view.language)


def _catalogue(view: AnyView, _: WriteOptions) -> bytes:
    from zt_planner.files.catalogue import catalogue_bytes, plan_catalogue  # noqa: PLC0415 - loaded where it is written

    return catalogue_bytes(plan_catalogue(view))


def _json(view: AnyView, _: WriteOptions) -> bytes:
    from zt_planner.files.scenario_json import scenario_bytes  # noqa: PLC0415 - loaded where it is written

    return scenario_bytes(view.plan.scenario)


def _summary(view: AnyView) -> Mapping[str, bytes]:
    from zt_planner.files.summary_json import SUMMARY_FILE, summary_bytes  # noqa: PLC0415 - loaded where it is written

    simulation = view.simulation if isinstance(view, View) else None
    return {SUMMARY_FILE: summary_bytes(view.plan, view.language, simulation, view.reference)}


KINDS = {
    Format.XLSX: FormatInfo(
        msgid("Workbook (Excel)"),
        msgid("For the controller: totals are formulas over the cost lines; changes can be imported."),
        ":material/table:",
        "zt-plan.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _xlsx,
    ),
    Format.PDF: FormatInfo(
        msgid("Board paper (PDF)"),
        msgid("For those who decide, to be signed: promise, decisions, alternatives, what is not covered, doubts."),
        ":material/picture_as_pdf:",
        "zt-plan.pdf",
        "application/pdf",
        _pdf,
    ),
    Format.STATUS: FormatInfo(
        msgid("Status report (PDF)"),
        msgid("Where the plan stands on its status date, and what is left; it asks for no approval."),
        ":material/event_available:",
        "zt-plan-status.pdf",
        "application/pdf",
        _status,
    ),
    Format.DOCX: FormatInfo(
        msgid("Board paper to edit (Word)"),
        msgid("The same as a document that you can edit, with headings, tables and the picture."),
        ":material/description:",
        "zt-plan.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _docx,
    ),
    Format.WORK: FormatInfo(
        msgid("Statement of work (Word)"),
        msgid("For you and your consultant, to be agreed on: deliverables, acceptance, days and dates, and no more."),
        ":material/handshake:",
        "zt-plan-work.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _work,
    ),
    Format.MSPDI: FormatInfo(
        msgid("Project file (MS Project XML)"),
        msgid("For the IT lead: tasks, links, calendar, teams and costs in planning programs."),
        ":material/account_tree:",
        "zt-plan-project.xml",
        "application/xml",
        _mspdi,
    ),
    Format.ICS: FormatInfo(
        msgid("Calendar (iCalendar)"),
        msgid("For those who do the work: every task and milestone; a new export updates the old one."),
        ":material/calendar_month:",
        "zt-plan.ics",
        "text/calendar",
        _ics,
    ),
    Format.HTML: FormatInfo(
        msgid("Interactive page (HTML)"),
        msgid("One file that opens in any browser, without a network."),
        ":material/language:",
        "zt-plan.html",
        "text/html",
        _html,
    ),
    Format.PNG: FormatInfo(
        msgid("Picture (PNG)"),
        msgid("Roadmap and money for slides, in print size."),
        ":material/image:",
        "zt-plan.png",
        "image/png",
        _png,
    ),
    Format.SVG: FormatInfo(
        msgid("Picture (SVG)"),
        msgid("The same, sharp at every size."),
        ":material/polyline:",
        "zt-plan.svg",
        "image/svg+xml",
        _svg,
    ),
    Format.CSV: FormatInfo(
        msgid("Tables (CSV)"),
        msgid("Tasks, cost lines, the budget by month and the stages for other programs."),
        ":material/csv:",
        CSV_FILE,
        "application/zip",
        _csv,
    ),
    Format.CONTROLS: FormatInfo(
        msgid("Applied controls (CISO Assistant)"),
        msgid("For people who track compliance there: each task as an applied control, with status, day and cost."),
        ":material/fact_check:",
        CONTROLS,
        "text/csv",
        _controls,
    ),
    Format.BUNDLE: FormatInfo(
        msgid("Plan with its prices (.ztplan)"),
        msgid("Opens anywhere with the same amounts to the cent, even years later."),
        ":material/inventory_2:",
        "zt-plan.ztplan",
        "application/zip",
        _bundle,
    ),
    Format.CATALOGUE: FormatInfo(
        msgid("My changes as a catalogue (.zttemplate)"),
        msgid("For your next client: your prices, efforts, own tasks, texts and look, and nothing of this company."),
        ":material/bookmark:",
        "zt-plan.zttemplate",
        "application/zip",
        _catalogue,
    ),
    Format.JSON: FormatInfo(
        msgid("Scenario (JSON)"),
        msgid("What was entered, and nothing else."),
        ":material/data_object:",
        SCENARIO_FILE,
        "application/json",
        _json,
    ),
}


def formats_of(plan: AnyPlan) -> tuple[Format, ...]:
    """Return the formats of a plan: a status report only once it has a status date, work only where it has tasks."""
    there = {Format.STATUS: plan.scenario.status.is_under_way, Format.WORK: bool(plan.tasks)}
    return tuple(form for form in Format if there.get(form, True))


EMPTY_CATALOGUE = msgid("Nothing in this plan differs from the program's own data: the catalogue would be empty.")


def note_on(form: Format, view: AnyView) -> str:
    """Return what to know before a file is used; nothing where there is nothing to say."""
    if form is not Format.CATALOGUE:
        return ""
    from zt_planner.files.catalogue import plan_catalogue  # noqa: PLC0415 - loaded where it is written

    return EMPTY_CATALOGUE if plan_catalogue(view).is_empty else ""


def files_in(
    form: Format, view: AnyView, dialect: Dialect, word: WordOptions = PLAIN_WORD, paper: BoardPaper | None = None
) -> Mapping[str, bytes]:
    """Return the files of a format by name: the tables of CSV, scenario and figures of JSON, one of every other."""
    if form is Format.CSV:
        return _tables(view, dialect)
    alone = {KINDS[form].file: KINDS[form].write(view, WriteOptions(dialect, word, paper))}
    return {**alone, **_summary(view)} if form is Format.JSON else alone


def one_file(form: Format, view: AnyView, dialect: Dialect, word: WordOptions = PLAIN_WORD) -> bytes:
    """Return a format as the one file that a browser saves."""
    return KINDS[form].write(view, WriteOptions(dialect, word))


def files_of(
    forms: Sequence[Format], view: AnyView, dialect: Dialect, word: WordOptions = PLAIN_WORD
) -> Mapping[str, bytes]:
    """Return the files of several formats by name; the board paper is made once for all of them."""
    paper = None
    if {Format.PDF, Format.DOCX} <= set(forms):
        from zt_planner.media.board import board_paper_of  # noqa: PLC0415 - loaded where it is written

        paper = board_paper_of(view)
    files: dict[str, bytes] = {}
    for form in forms:
        files |= files_in(form, view, dialect, word, paper)
    return files


def everything(view: AnyView, dialect: Dialect) -> bytes:
    """Return an archive of every format, each file under the name that it is saved by alone."""
    from zt_planner.media.archive import zipped  # noqa: PLC0415 - loaded where it is written

    files = files_of(formats_of(view.plan), view, dialect)
    return zipped(named(files, view.plan, view.language, view.letter), view.plan.today)
