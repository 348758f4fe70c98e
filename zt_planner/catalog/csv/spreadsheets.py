"""Tables that a spreadsheet saved: in UTF-8 or Windows-1252, with commas or semicolons between the cells.

Where the decimal mark is a comma, Excel saves semicolons, decimal commas and days like 01.07.2026 or 01/07/2026. The
separator decides, so that nothing is guessed cell by cell; a comma before three
digits stays as it is, to be asked about. Law: a table that is written in any
dialect gives the same columns. A column is known by its name, or by its title in
the language of which the header has the most titles.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.catalog.csv.tables import (
    LARGEST_FILE_BYTES,
    LONGEST_CELL,
    MOST_COLUMNS,
    Line,
    check_characters,
    check_size,
    csv_rows,
    decoded,
    line_of,
)
from zt_planner.domain.readings import has_two_readings
from zt_planner.errors import ColumnProblem, FileProblem, Place, msgid

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

READABLE = msgid(
    "Choose a scenario, a plan with its prices, a catalogue, a workbook, tables, bookings, or a roadmap from MS Project"
)
"""What can be imported: the remedy for every other file."""
MOST_RETURNED = 20_000
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
COMMA, SEMICOLON = ",", ";"
NUMBER_WITH_COMMA = re.compile(
    r"-?[1-9][0-9]{0,2}(?:(?P<mark>[.\s])[0-9]{3}(?:(?P=mark)[0-9]{3})*)?(,[0-9]+)?|-?[0-9]+(,[0-9]+)?"
)
DAY_FIRST = re.compile(r"([0-9]{1,2})([./])([0-9]{1,2})\2([0-9]{4})")


class Sheet(NamedTuple):
    """A table of which the header is read: what stands between its cells, its columns, and the rows that follow."""

    file: str
    separator: str
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]
    titles: Mapping[str, str]
    """What the file calls columns, or would call them, where that is not their name."""
    words: str | None
    """The language of its titles, where it has such."""

    def title(self, column: str) -> str:
        """Return what the file calls a column."""
        return self.titles.get(column, column)

    def lines(self, most: int, remedy: str) -> Iterator[Line]:
        """Yield the rows that are not empty; raise FileProblem for more rows than are read."""
        read = list(islice(self.rows, most + 1))
        if len(read) > most:
            problem = msgid("the file has more than {most} rows")
            raise FileProblem(Place(self.file), problem, remedy, most=most)
        for row, cells in read:
            if any(cell.strip() for cell in cells):
                yield line_of(self.file, row, cells, self.header, self.titles)


def sheet_from(
    content: bytes,
    file: str,
    known: Collection[str],
    words: Mapping[str, Mapping[str, str]],
    plain: Callable[[str], str] = str,
    most: int = LARGEST_FILE_BYTES,
) -> Sheet:
    """Read the header of a table; of the separators, the one that splits it into more of the known columns counts.

    `words` are the names of columns by their titles, a language each; `plain` writes a title as `known` has it.
    `most` are bytes.
    """
    check_size(file, len(content), most)
    text = decoded_text(content, file, most)
    check_characters(file, text)
    first = text.lstrip("\r\n")[:LONGEST_CELL].partition("\n")[0]

    def count(separator: str) -> int:
        rows = csv.reader(io.StringIO(first, newline=""), delimiter=separator)
        names = {plain(name.strip()) for name in next(rows, [])[:MOST_COLUMNS]}
        return len(names.intersection({*known, *chain.from_iterable(words.values())}))

    separator = max((COMMA, SEMICOLON), key=count)
    rows = csv_rows(file, text, separator)
    _, header = next(rows)
    written = [name.strip() for name in header]
    language = max(words, key=lambda code: len(words[code].keys() & {*written}), default=None)
    names = {} if language is None or words[language].keys().isdisjoint(written) else words[language]
    titles = {name: title for title, name in names.items()}
    header = [names.get(name, name) for name in written]
    return Sheet(file, separator, header, rows, titles, language if names else None)


def decoded_text(content: bytes, file: str, most: int) -> str:
    """Return the text of a file in UTF-8, or else in Windows-1252; raise FileProblem if it is neither."""
    try:
        return content.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return decoded(file, content, most)
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return decoded(file, content, most)  # says which byte, and where


def with_point(value: str) -> str:
    """Write a number with a decimal comma with a point; other texts, and a comma before three digits, as they stand."""
    if not NUMBER_WITH_COMMA.fullmatch(value) or ("," in value and has_two_readings(value)):
        return value
    return re.sub(r"[.\s]", "", value).replace(",", ".")


def iso_day(value: str) -> str:
    """Write a day like 1.7.2026 or 01/07/2026 as 2026-07-01; others as they stand."""
    day = DAY_FIRST.fullmatch(value)
    return f"{day[4]}-{int(day[3]):02}-{int(day[1]):02}" if day else value


# Tables that were exported and come back


def returned_table(
    content: bytes,
    file: str,
    tables: Mapping[str, Collection[str]],
    words: Mapping[str, Mapping[str, str]],
    clean: Callable[[str], str],
) -> tuple[str, tuple[Line, ...]]:
    """Return which of some tables, given by their columns, a file is, and its rows; CatalogError where it is none.

    `words` are the names of columns by their titles, a language each; `clean` takes off a cell what a spreadsheet
    was protected by.
    """
    sheet = sheet_from(content, file, frozenset(chain.from_iterable(tables.values())), words)
    name = sheet_of(sheet, tables)
    lines = sheet.lines(MOST_RETURNED, msgid("Choose a file that ZT Planner has written"))
    return name, tuple(unprotected_row(line, sheet.separator, clean) for line in lines)


def sheet_of(sheet: Sheet, tables: Mapping[str, Collection[str]]) -> str:
    """Return the table whose columns a header has; raise where one of them is missing, or where it is no table."""
    file, header = sheet.file, sheet.header
    best = max(tables, key=lambda name: len(set(tables[name]) & set(header)))
    missing = next((column for column in tables[best] if column not in header), None)
    if missing is None:
        return best
    if len(set(tables[best]) & set(header)) < len(tables[best]) // 2:
        raise FileProblem(Place(file), msgid("it is not a table written by ZT Planner"), READABLE)
    problem, remedy = msgid("the column is missing"), msgid("Export the plan again and change that file")
    title = sheet.title(missing)
    raise ColumnProblem(Place(file, 1, title), problem, remedy, value=title)


def unprotected_row(line: Line, separator: str, clean: Callable[[str], str]) -> Line:
    """Return a row with its texts unprotected and, between semicolons, its numbers and days in the usual form."""
    cells = {name: clean(cell) for name, cell in line.cells.items()}
    if separator == SEMICOLON:
        cells = {name: cell if name in TEXTS else with_point(iso_day(cell)) for name, cell in cells.items()}
    return replace(line, cells=cells)
