"""CSV tables that were exported and come back, from any spreadsheet, as texts in one form.

Read are UTF-8 and Windows-1252, cells between commas or semicolons; with
semicolons, numbers have decimal commas and days are written as 01.07.2026; a comma
before three digits stays, to be asked about. Law: a table that is written in either
dialect gives the same texts.
"""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING

from zt_planner.catalog.partner import COMMA, SEMICOLON, iso_day, text_of
from zt_planner.catalog.tables import Line, check_characters, check_size, line_of, rows_of
from zt_planner.domain.readings import has_two_readings
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
GERMAN_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})*(,[0-9]+)?|-?[0-9]+(,[0-9]+)?")


def returned_table(
    content: bytes, file: str, tables: Mapping[str, Collection[str]], clean: Callable[[str], str]
) -> tuple[str, tuple[Line, ...]]:
    """Return which of some tables, given by their columns, a file is, and its rows; CatalogError where it is none.

    `clean` takes off a cell what a spreadsheet was protected by.
    """
    check_size(file, len(content))
    text = text_of(content, file)
    check_characters(file, text)
    header, separator = header_of(text)
    name = table_of(file, header, tables)
    records = list(islice(rows_of(file, text, separator), MOST_ROWS + 2))
    if len(records) > MOST_ROWS + 1:
        problem = msgid("the file has more than the {most} rows that are read")
        raise FileProblem(Place(file), problem, msgid("Choose a file that ZT Planner has written"), most=MOST_ROWS)
    lines = (line_of(file, row, cells, header) for row, cells in records[1:] if any(cell.strip() for cell in cells))
    return name, tuple(plain(line, separator, clean) for line in lines)


def header_of(text: str) -> tuple[list[str], str]:
    """Return the names of the columns, and what stands between cells: what splits the first line into more of them."""
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    split = {mark: next(csv.reader(io.StringIO(first, newline=""), delimiter=mark), []) for mark in (COMMA, SEMICOLON)}
    separator = max(split, key=lambda mark: len(split[mark]))
    return [name.strip() for name in split[separator]], separator


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


def with_point(cell: str) -> str:
    """Write a number that has a decimal comma with a point; anything else stays as it stands."""
    if not GERMAN_NUMBER.fullmatch(cell) or ("," in cell and has_two_readings(cell)):
        return cell
    return cell.replace(".", "").replace(",", ".")
