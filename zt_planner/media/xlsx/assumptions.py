"""The sheet Assumptions: every field of the scenario in words, its value, and its path.

A value that may be changed here comes back as an edit of the plan. The share for
contingency is read by the cost lines at once; everything else moves only when the
plan is computed again.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.scenario.declared import UNSHOWN, choices_of, reveals_rates, unit_of
from zt_planner.domain.scenario.fields import BOOKINGS, CLOSED, TASK_RECORDS, leaves_of
from zt_planner.domain.units import Unit
from zt_planner.media.xlsx.sheets import FIRST_ROW, Book, SheetName, cell_reference
from zt_planner.topics.inputs.fields import field_label, field_value
from zt_planner.topics.labels import label
from zt_planner.topics.table import Column
from zt_planner.topics.task_words import task_names

if TYPE_CHECKING:
    from pydantic import JsonValue

    from zt_planner.domain.units import Unit
from zt_planner.media.xlsx.sheets import LibrarySheet

NAME, VALUE, WORDS, PATH = range(4)
ON_ACTUALS = (TASK_RECORDS, BOOKINGS, CLOSED)
"""How the paths of what stands on sheets of its own begin."""
CONTINGENCY = "finance.contingency"

LONGEST_LIST = 255
"""Characters that a list in a cell may have, commas included."""


def write_assumptions(book: Book) -> None:
    """Write the sheet."""
    plan, language = book.view.plan, book.language
    say = language.say
    columns: tuple[Column[object], ...] = (
        Column(say("Assumption"), width=52),
        Column(say("Value"), width=20, is_entry=True),
        Column(say("In words"), width=46),
        Column(say("Field"), width=44),
    )
    title = say("Assumptions")
    paper = book.begin(SheetName.ASSUMPTIONS, title, columns)
    book.explain(
        SheetName.ASSUMPTIONS,
        say(
            "You may change yellow cells and import them on the “Share” page: the plan is then calculated again. In "
            "this workbook only the contingency follows at once."
        ),
    )
    names = task_names(book.view.case.model)
    row = FIRST_ROW
    for path, value in leaves_of(plan.scenario.model_dump(mode="json", exclude={"schema_version"})):
        if path in UNSHOWN or path.startswith(ON_ACTUALS) or (reveals_rates(path) and not plan.shows_labour):
            continue
        row += 1
        book.write(paper, row, NAME, field_label(path, book.view.book, names), columns[NAME])
        write_value(book, paper, row, path, value, columns[VALUE])
        offer_choices(book, paper, row, path, value)
        words = field_value(path, value, book.view.book, names)
        book.write(paper, row, WORDS, words, columns[WORDS])
        book.fit(paper, row, [(words, columns[WORDS]), (path, columns[PATH])])
        book.write(paper, row, PATH, path, columns[PATH])
        if path == CONTINGENCY:
            book.name_cells("contingency_share", SheetName.ASSUMPTIONS, cell_reference(row, VALUE, is_absolute=True))
    book.finish(SheetName.ASSUMPTIONS, row, PATH)


def write_value(book: Book, paper: LibrarySheet, row: int, path: str, value: JsonValue, column: Column[object]) -> None:
    """Write a value as a number, a day, a yes or no, or a text; nothing for what has several parts."""
    typed, unit = typed_value(path, value)
    choices = choices_of(path)
    if choices is not None and isinstance(value, str):
        typed = book.language.write(label(choices(value)))
    book.write(paper, row, VALUE, typed, Column(column.title, unit, is_entry=not isinstance(value, list | dict)))


def offer_choices(book: Book, paper: LibrarySheet, row: int, path: str, value: JsonValue) -> None:
    """Give a cell a list of what it may hold, where that is a few words."""
    is_flag = isinstance(value, bool)
    words = ["TRUE", "FALSE"] if is_flag else [book.language.write(label(choice)) for choice in choices_of(path) or ()]
    if words and len(",".join(words)) <= LONGEST_LIST:
        paper.data_validation(row, VALUE, row, VALUE, {"validate": "list", "source": words})


def typed_value(path: str, value: JsonValue) -> tuple[object, Unit]:
    """Return what a cell holds for a field's value, and in which unit."""
    if value is None or isinstance(value, list | dict):
        return None, units.TEXT
    if isinstance(value, bool):
        return value, units.TEXT
    unit = unit_of(path)
    if unit is units.DAY:
        return date.fromisoformat(str(value)), units.DAY
    number = None if unit is units.TEXT else as_number(value)
    if number is None:
        return str(value), units.TEXT
    if unit in {units.SHARE, units.MONEY}:
        return number, unit
    return number, units.COUNT if number == number.to_integral_value() else units.NUMBER


def as_number(value: JsonValue) -> Decimal | None:
    """Return a value as a number, None when it is none."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
