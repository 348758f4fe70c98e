"""Import of a workbook: its own plan, the rows of its editable sheets, and the fields on the sheet Assumptions.

Cells are read as they were computed last; no formula is run here. Laws: whatever
is in the file, no more is read of it than a plan can have; assumptions as they were exported give no edit.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import Any

from defusedxml import DefusedXmlException
from pydantic import JsonValue

from zt_planner.domain import units
from zt_planner.domain.readings import has_two_readings
from zt_planner.domain.scenario.declared import choices_of, unit_of
from zt_planner.domain.scenario.fields import leaves_of
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.status import RECORD_FIGURES
from zt_planner.errors import FileProblem, Place, msgid
from zt_planner.files.imports.archive import DAMAGED, archive_parts
from zt_planner.files.imports.rows import LANGUAGES, ImportResult, Returned, cannot_be_read, number_in, share_in
from zt_planner.files.scenario_json import parsed_scenario
from zt_planner.gaps import shortened
from zt_planner.language import Language
from zt_planner.media.xlsx.assumptions import typed_value
from zt_planner.media.xlsx.kept import KEPT
from zt_planner.media.xlsx.sheets import FIRST_ROW, SheetName
from zt_planner.topics.budget import lines as line_columns
from zt_planner.topics.labels import label
from zt_planner.topics.progress.booking_sheet import BOOKING_COLUMNS, BOOKING_ENTRIES
from zt_planner.topics.roadmap import tables as task_columns

REMEDY = msgid("Choose a workbook that ZT Planner has written")
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
        raise FileProblem(Place(shortened(file)), problem, REMEDY) from None


def check_parts(parts: Mapping[str, bytes], file: str) -> None:
    """Refuse what would take long or much to read, before the library reads it."""
    place = Place(shortened(file))
    if any(mark in part for part in parts.values() for mark in DECLARATIONS):
        raise FileProblem(place, msgid("it declares a document type, as no workbook does"), REMEDY)
    if any(part.count(b"<row") > MOST_ROWS for part in parts.values()):
        raise FileProblem(place, msgid("it has more than {most} rows"), REMEDY, most=MOST_ROWS)
    tags = {name: part.count(b"<") for name, part in parts.items()}
    if sum(tags.values()) > MOST_TAGS or tags.get(STYLES, 0) > MOST_STYLES:
        raise FileProblem(place, msgid("it has more cells or styles than the workbook of a plan"), REMEDY)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A workbook as it was computed last, and with its formulas."""

    values: Any
    formulas: Any


def _read(pair: _Pair, file: str) -> WorkbookFile:
    workbook = pair.values
    if KEPT not in workbook.sheetnames:
        problem = msgid("the hidden sheet with its plan is missing")
        raise FileProblem(Place(shortened(file)), problem, REMEDY)
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
    return max(LANGUAGES, key=lambda language: sum(language.say(sheet) in names for sheet in SheetName))


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
    returned = []
    for number, (row, written) in enumerate(zip(values, formulas, strict=True), start=FIRST_ROW + 2):
        cells = {
            column: cell_text(formula if value is None and column in entries else value)
            for column, value, formula in zip(columns, row, written, strict=False)
        }
        if any(cells.values()):
            returned.append(Returned(Place(name, number), cells, titles))
    return tuple(returned)


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


# Assumptions


def assumption_edits(rows: Sequence[Returned], scenario: Scenario, result: ImportResult) -> None:
    """Compare rows with the fields of the scenario that was exported."""
    fields = dict(leaves_of(scenario.model_dump(mode="json", exclude={"schema_version"})))
    for row in rows:
        path = row.text("path")
        if path not in fields:
            problem, remedy = msgid("there is no field '{value}'"), msgid("Leave the last column as it was")
            result.leave(row.at("path"), problem, remedy, value=shortened(path))
        elif isinstance(fields[path], list | dict):
            if row.text("value"):
                problem, remedy = msgid("'{value}' has several parts"), msgid("Change it on the dashboard")
                result.leave(row.at("value"), problem, remedy, value=shortened(path))
        elif unit_of(path) is not units.TEXT and has_two_readings(row.text("value").removesuffix("%").strip()):
            cannot_be_read(row, "value", result)
        elif not is_unchanged(path, fields[path], row.text("value")):
            result.edit(path, value_in(path, fields[path], row.text("value")), row.at("value"))


def is_unchanged(path: str, value: JsonValue, text: str) -> bool:
    """Tell whether a cell still says what was exported."""
    typed, unit = typed_value(path, value)
    if typed is None:
        return not text
    choices = choices_of(path)
    if choices is not None:
        return choice_in(choices, text) == str(value)
    if isinstance(typed, bool):
        return text.casefold() == str(typed).casefold()
    if unit in {units.TEXT, units.DAY}:
        return text == str(typed).strip()
    return number_in(text) == typed


def choice_in(choices: type[StrEnum], text: str) -> str:
    """Return the value that a word stands for in a language; a word that stands for none as it was written."""
    words = {language.write(label(choice)).casefold(): str(choice) for language in LANGUAGES for choice in choices}
    return words.get(text.casefold(), text)


def value_in(path: str, before: JsonValue, text: str) -> JsonValue | Decimal:
    """Return a changed cell as a field takes it; nothing for an empty cell."""
    unit = unit_of(path)
    if not text:
        return "" if unit is units.TEXT else None
    choices = choices_of(path)
    if choices is not None:
        return choice_in(choices, text)
    if text.casefold() in {"true", "false"}:
        return text.casefold() == "true"
    number = share_in(text) if unit is units.SHARE else number_in(text)
    if number is None or unit is units.TEXT or (isinstance(before, str) and number_in(before) is None):
        return text
    return int(number) if number == number.to_integral_value() else number
