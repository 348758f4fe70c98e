"""CSV tables that were exported and come back, from any spreadsheet, as texts in one form.

Law: a table that is written in either dialect gives the same texts.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from zt_planner.catalog.spreadsheets import SEMICOLON, iso_day, sheet_from, with_point
from zt_planner.catalog.tables import Line
from zt_planner.errors import ColumnProblem, FileProblem, Place, msgid

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

MOST_ROWS = 20_000
TEXTS = frozenset(
    {
        "task_id",
        "step",
        "task",
        "after",
        "critical",
        "month",
        "price_id",
        "item",
        "category",
        "kind",
        "cash",
        "unit",
        "currency",
        "source",
        "confidence",
    }
)
"""Columns that hold no numbers and no days: what looks like one stays as it was written."""


def returned_table(
    content: bytes, file: str, tables: Mapping[str, Collection[str]], clean: Callable[[str], str]
) -> tuple[str, tuple[Line, ...]]:
    """Return which of some tables, given by their columns, a file is, and its rows; CatalogError where it is none.

    `clean` takes off a cell what a spreadsheet was protected by.
    """
    sheet = sheet_from(content, file, frozenset(chain.from_iterable(tables.values())))
    name = table_of(file, sheet.header, tables)
    lines = sheet.lines(MOST_ROWS, msgid("Choose a file that ZT Planner has written"))
    return name, tuple(plain(line, sheet.separator, clean) for line in lines)


def table_of(file: str, header: Collection[str], tables: Mapping[str, Collection[str]]) -> str:
    """Return the table whose columns a header has; raise where one of them is missing, or where it is no table."""
    best = max(tables, key=lambda name: len(set(tables[name]) & set(header)))
    missing = next((column for column in tables[best] if column not in header), None)
    if len(set(tables[best]) & set(header)) < len(tables[best]) // 2 or missing is None:
        if missing is None:
            return best
        problem = msgid("it is none of the tables that ZT Planner writes")
        raise FileProblem(Place(file), problem, msgid("Choose one of: {known}"), known=", ".join(tables))
    problem, remedy = msgid("the column is missing"), msgid("Export the plan once more and change that file")
    raise ColumnProblem(Place(file, 1, missing), problem, remedy, value=missing)


def plain(line: Line, separator: str, clean: Callable[[str], str]) -> Line:
    """Return a row with its texts unprotected and, between semicolons, its numbers and days in the usual form."""
    cells = {name: clean(cell) for name, cell in line.cells.items()}
    if separator == SEMICOLON:
        cells = {name: cell if name in TEXTS else with_point(iso_day(cell)) for name, cell in cells.items()}
    return Line(line.file, line.row, cells)
