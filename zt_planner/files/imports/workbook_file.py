"""Import of a workbook: its own plan, and the rows of its editable sheets.

Cells are read as they were computed last; no formula is run here. Law: whatever
is in the file, no more is read of it than a plan can have.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from defusedxml import DefusedXmlException

from zt_planner.domain.readings import has_two_readings
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.status import RECORD_FIGURES
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.files.imports.archive import DAMAGED, archive_parts
from zt_planner.files.imports.rows import Returned
from zt_planner.files.scenario_json import parsed_scenario
from zt_planner.gaps import shortened
from zt_planner.language import Language, LanguageCode
from zt_planner.media.xlsx.kept import KEPT
from zt_planner.media.xlsx.sheets import FIRST_ROW, SheetName
from zt_planner.topics.budget import lines as line_columns
from zt_planner.topics.progress.booking_sheet import BOOKING_COLUMNS, BOOKING_ENTRIES
from zt_planner.topics.roadmap import tables as task_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ROWS = 20_000
MOST_TAGS = 250_000
"""In all parts: more than the workbook of a plan of ten years and 5,000 people has."""
STYLES, MOST_STYLES = "xl/styles.xml", 20_000
"""Tags of the part that takes the library longest."""
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
PARTS = 40
"""Cells that the hidden scenario may take."""
BROKEN = (*DAMAGED, DefusedXmlException, KeyError, TypeError, AttributeError, IndexError, SyntaxError)
"""What the library raises for workbooks that are none, or that were put together to harm."""
PLACES = 6


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """What a workbook says: the plan that it was written from, and its rows as they stand now."""

    manifest: Mapping[str, Any]
    scenario: Scenario
    tasks: tuple[Returned, ...]
    lines: tuple[Returned, ...]
    assumptions: tuple[Returned, ...]
    actuals: tuple[Returned, ...]
    bookings: tuple[Returned, ...]


def workbook_from(content: bytes, file: str) -> WorkbookFile:
    """Read a workbook; raise FileProblem or ScenarioError if it is refused."""
    check_parts(archive_parts(content, file), file)
    from openpyxl import load_workbook  # noqa: PLC0415 - paid only where a workbook is read

    try:
        values, formulas = (
            load_workbook(io.BytesIO(content), read_only=True, data_only=has_values, keep_links=False)
            for has_values in (True, False)
        )
        return _read(_Pair(values, formulas), file)
    except BROKEN:
        problem = msgid("it is damaged, or no workbook")
        raise FileProblem(Place(shortened(file)), problem, _ours()) from None


def check_parts(parts: Mapping[str, bytes], file: str) -> None:
    """Refuse what would take long or much to read, before the library reads it."""
    place = Place(shortened(file))
    if any(mark in part for part in parts.values() for mark in DECLARATIONS):
        raise FileProblem(place, msgid("it declares a document type, as no workbook does"), _ours())
    if any(part.count(b"<row") > MOST_ROWS for part in parts.values()):
        raise FileProblem(place, msgid("it has more than {most} rows"), _ours(), most=MOST_ROWS)
    tags = {name: part.count(b"<") for name, part in parts.items()}
    if sum(tags.values()) > MOST_TAGS or tags.get(STYLES, 0) > MOST_STYLES:
        raise FileProblem(place, msgid("it has more cells or styles than the workbook of a plan"), _ours())


def _ours() -> str:
    return msgid("Choose a workbook that ZT Planner has written")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A workbook as it was computed last, and with its formulas."""

    values: Any
    formulas: Any


def _read(pair: _Pair, file: str) -> WorkbookFile:
    workbook = pair.values
    if KEPT not in workbook.sheetnames:
        problem = msgid("the hidden sheet with its plan is missing")
        raise FileProblem(Place(shortened(file)), problem, _ours())
    texts = [str(row[0] or "") for row in islice(workbook[KEPT].iter_rows(max_col=1, values_only=True), PARTS)]
    manifest = json.loads(texts[0])
    if not isinstance(manifest, dict):
        raise TypeError
    scenario = parsed_scenario("".join(texts[1:]).encode(), file=file)
    language = _language_of(workbook.sheetnames)
    return WorkbookFile(
        manifest,
        scenario,
        _table(pair, language.say(SheetName.ROADMAP), task_columns.ON_SHEET, task_columns.ENTRIES),
        _table(pair, language.say(SheetName.LINES), line_columns.ON_SHEET),
        _table(pair, language.say(SheetName.ASSUMPTIONS), ("name", "value", "words", "path"), frozenset({"value"})),
        _table(pair, language.say(SheetName.ACTUALS), task_columns.ON_ACTUALS, frozenset(RECORD_FIGURES)),
        _table(pair, language.say(SheetName.BOOKINGS), BOOKING_COLUMNS, BOOKING_ENTRIES),
    )


def _language_of(names: Sequence[str]) -> Language:
    """Return the language in which the sheets are named."""
    languages = [Language(code) for code in LanguageCode]
    return max(languages, key=lambda language: sum(language.say(sheet) in names for sheet in SheetName))


def _table(
    pair: _Pair, name: str, columns: tuple[str, ...], entries: frozenset[str] = frozenset()
) -> tuple[Returned, ...]:
    """Return the rows of a sheet below its header; none where somebody has taken the sheet out.

    A formula in a cell that may be changed, which no program has computed yet, stands there as it was written.
    """
    if name not in pair.values.sheetnames:
        return ()
    header, *values = _rows_of(pair.values[name], len(columns))
    _, *formulas = _rows_of(pair.formulas[name], len(columns))
    titles = {column: str(title) for column, title in zip(columns, header, strict=False) if title}
    found = []
    for number, (row, written) in enumerate(zip(values, formulas, strict=True), start=FIRST_ROW + 2):
        cells = {
            column: cell_text(formula if value is None and column in entries else value)
            for column, value, formula in zip(columns, row, written, strict=False)
        }
        if any(cells.values()):
            found.append(Returned(Place(name, number), cells, titles))
    return tuple(found)


def _rows_of(paper: Any, width: int) -> list[Sequence[object]]:  # noqa: ANN401 - openpyxl ships no types
    """Return a sheet's header and the rows below it."""
    paper.reset_dimensions()  # what a file says of its own size is not believed
    rows = paper.iter_rows(min_row=FIRST_ROW + 1, max_row=FIRST_ROW + 2 + MOST_ROWS, max_col=width, values_only=True)
    return [*rows] or [()]


def cell_text(value: object) -> str:
    """Return a cell as a text in one form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        text = f"{Decimal(repr(value)).normalize():f}"
        return f"{text}0" if has_two_readings(text) else text  # a number that is no text has one reading
    return str(value)
