"""Turn a CSV file into complete rows, each checked; `Table` is what a file of `data/` is declared with.

Files are UTF-8 (with or without a byte-order mark), separated by commas, at
most 5 MB. Rows are counted as a spreadsheet does: the header is row 1, a cell
with line breaks is still one row, an empty line counts. Laws: each row has a
cell for each column; a row of the wrong shape is refused, never padded.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar, get_type_hints

from pydantic import BaseModel, ValidationError

from zt_planner.catalog.csv.cells import Reader, WrongCell, reader_of
from zt_planner.errors import CellProblem, ColumnProblem, FileProblem, Place, RowProblem, msgid
from zt_planner.gaps import shortened

MEGABYTES = 5
"""Of any file that is brought."""
LARGE_UPLOAD_MEGABYTES = 10
"""Of bookings, 100,000 rows of a hundred letters, and of a scan."""
LARGEST_FILE_BYTES = MEGABYTES * 1_000_000
MOST_COLUMNS = 1_000
LONGEST_CELL = csv.field_size_limit()
"""Characters that the standard library reads; what is longer, it refuses without saying where."""
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
OTHER_SEPARATORS = (";", "\t")

Row = TypeVar("Row", bound=BaseModel)


def read_text(path: Path) -> str:
    """Return a file's text; raise FileProblem if it is missing, too large, empty or not UTF-8."""
    place = Place(path.name)
    try:
        check_size(path.name, path.stat().st_size)
        return decoded(path.name, path.read_bytes())
    except FileNotFoundError:
        remedy = msgid("Put it into the folder {folder}")
        raise FileProblem(place, msgid("the file is missing"), remedy, folder=path.parent.name) from None
    except OSError as fault:
        problem, remedy = msgid("the file cannot be read ({reason})"), msgid("Check that it is a file you may open")
        raise FileProblem(place, problem, remedy, reason=fault.strerror) from None


def check_size(file: str, size: int, most: int = LARGEST_FILE_BYTES) -> None:
    """Raise FileProblem for more bytes than are read."""
    if size > most:
        problem = msgid("the file has {bytes} bytes, more than the limit of {most}")
        remedy = msgid("Remove the rows that are not needed")
        raise FileProblem(Place(file), problem, remedy, value=str(size), bytes=size, most=most)


def decoded(file: str, content: bytes, most: int = LARGEST_FILE_BYTES) -> str:
    """Return UTF-8 content as text; raise FileProblem for more bytes than `most`, or for another encoding."""
    check_size(file, len(content), most)
    unmarked = content.removeprefix(codecs.BOM_UTF8)
    try:
        return unmarked.decode("utf-8")
    except UnicodeDecodeError as error:
        place = place_after(file, unmarked[: error.start].decode("utf-8"))
        problem, remedy = msgid("the byte {value} is not UTF-8"), msgid("Save the file as 'CSV UTF-8'")
        raise FileProblem(place, problem, remedy, value=f"0x{unmarked[error.start]:02x}") from None


def place_after(file: str, beginning: str) -> Place:
    """Return the row and column in which a file's beginning ends, as far as it can be told."""
    rows = csv.reader(io.StringIO(beginning + "?", newline=""))
    row = 1
    try:
        header = cells = next(rows)
        for row, cells in enumerate(rows, start=2):  # noqa: B007 - the last one counts
            pass
    except csv.Error:
        return Place(file)
    column = len(cells) - 1
    is_below_header = row > 1 and column < len(header)
    return Place(file, row, header[column].strip() if is_below_header else None)


@dataclass(frozen=True, slots=True)
class CsvColumn:
    """How one column is read, and whether each row needs a value."""

    read: Reader
    is_needed: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file as texts, with the place it came from."""

    file: str
    row: int
    cells: Mapping[str, str]
    titles: Mapping[str, str] = field(default_factory=dict)
    """What its file calls the columns, where that is not their name."""

    def title(self, column: str) -> str:
        """Return what its file calls a column."""
        return self.titles.get(column, column)

    def place(self, column: str) -> Place:
        """Return where one of its cells stands."""
        return Place(self.file, self.row, self.title(column))

    def wrong(self, column: str, problem: str, remedy: str, **values: object) -> CellProblem:
        """Return the error for one of its cells; `value` is the whole cell unless it is given."""
        return CellProblem(self.place(column), problem, remedy, **{"value": self.cells.get(column, ""), **values})

    def read(self, name: str, column: CsvColumn) -> object:
        """Return a cell's value; None when an optional one is empty."""
        cell = self.cells[name]
        if not cell and column.is_needed:
            raise self.wrong(name, msgid("the cell is empty"), msgid("Fill it in"))
        try:
            return column.read(cell) if cell else None
        except WrongCell as wrong:
            raise self.wrong(name, wrong.problem, wrong.remedy, **wrong.values) from None


def csv_lines(file: str, content: str, columns: Mapping[str, CsvColumn]) -> tuple[Line, ...]:
    """Return the rows of a CSV text; raise where it is empty, its header does not fit or a row is not whole."""
    check_characters(file, content)
    rows = csv_rows(file, content)
    _, first = next(rows, (1, []))
    header = [name.strip() for name in first]
    check_separator(file, header, columns)
    check_header(file, header, columns)
    lines = tuple(line_of(file, row, cells, header) for row, cells in rows if any(cell.strip() for cell in cells))
    if not lines:
        raise without_rows(file)
    return lines


def without_rows(file: str) -> FileProblem:
    return FileProblem(Place(file), msgid("the file has no rows below its header"), msgid("Write at least one row"))


def check_characters(file: str, content: str) -> None:
    """Raise FileProblem for a text without content or with control characters, as in a file of another kind."""
    if not content.strip("\ufeff \t\r\n"):
        raise FileProblem(Place(file), msgid("the file is empty"), msgid("Write a header line and at least one row"))
    control = CONTROL_CHARACTER.search(content)
    if control is not None:
        place = place_after(file, content[: control.start()])
        problem, remedy = msgid("'{value}' is a control character"), msgid("Save the file as 'CSV UTF-8'")
        raise FileProblem(place, problem, remedy, value=control[0])


def csv_rows(file: str, content: str, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Return each record with its row; raise for too many cells, too long a cell, or quotes that do not match."""
    source = io.StringIO(content, newline="")
    reader = csv.reader(source, strict=True, delimiter=separator)
    row = start = 0
    header: list[str] = []
    try:
        for row, cells in enumerate(reader, start=1):
            if len(cells) > MOST_COLUMNS:
                problem = msgid("the row has {count} cells, more than the limit of {most}")
                remedy = msgid("Remove the columns that are not needed")
                raise RowProblem(Place(file, row), problem, remedy, count=len(cells), most=MOST_COLUMNS)
            header = header or cells
            yield row, cells
            start = source.tell()
    except csv.Error:
        is_closed = content.count('"', start) % 2 == 0
        index = long_cell(content[start : source.tell()], separator) if is_closed else None
        if index is not None:
            column = header[index].strip() if index < len(header) else str(index + 1)
            problem = msgid("the cell has more than {most} characters")
            remedy = msgid("Shorten it, or close the double quote at its beginning")
            raise CellProblem(Place(file, row + 1, shortened(column)), problem, remedy, most=LONGEST_CELL) from None
        problem = msgid("its double quotes do not match")
        remedy = msgid("Close each double quote, and write one inside a text twice")
        raise RowProblem(Place(file, row + 1), problem, remedy) from None


def long_cell(record: str, separator: str) -> int | None:
    """Return the index of the first cell that is too long; None where there is none."""
    index = start = 0
    is_quoted = False
    for mark in re.finditer(rf'["{separator}]|\Z', record):
        if mark.start() - start > LONGEST_CELL:
            return index
        if mark[0] == '"':
            is_quoted = not is_quoted
        elif not is_quoted:
            index, start = index + 1, mark.end()
    return None


def line_of(
    file: str, row: int, cells: Sequence[str], header: Sequence[str], titles: Mapping[str, str] | None = None
) -> Line:
    """Return a record as a line; raise RowProblem if it has too many or too few cells.

    `titles` are what the file calls its columns, where that is not their name.
    """
    titles = titles or {}
    if len(cells) == len(header):
        return Line(file, row, dict(zip(header, (cell.strip() for cell in cells), strict=True)), titles)
    problem = msgid("cells in the row: {cells}; in the header: {columns}")
    numbers = {"cells": len(cells), "columns": len(header)}
    if len(cells) < len(header):
        remedy, missing = msgid("Write an empty cell where there is no value"), header[len(cells)]
        raise RowProblem(Place(file, row, titles.get(missing, missing)), problem, remedy, **numbers)
    remedy = msgid("Put a text that holds a comma into double quotes")
    raise RowProblem(Place(file, row), problem, remedy, value=cells[len(header)], **numbers)


def check_separator(file: str, header: Sequence[str], columns: Mapping[str, CsvColumn]) -> None:
    """Raise FileProblem for a header that another separator splits into columns, as Excel does for a decimal comma."""
    for separator in OTHER_SEPARATORS:
        if len(header) == 1 and len({name.strip() for name in header[0].split(separator)} & columns.keys()) > 1:
            problem = msgid("its cells are separated by '{value}', not by commas")
            remedy = msgid(
                "Save it as 'CSV UTF-8' with commas between the cells and points in the numbers; "
                "in Excel, first set a point as decimal separator under Options, Advanced"
            )
            raise FileProblem(Place(file, 1), problem, remedy, value=separator)


def check_header(
    file: str,
    header: Sequence[str],
    columns: Mapping[str, CsvColumn],
    needed: Iterable[str] | None = None,
    title: Callable[[str], str] = str,
) -> None:
    """Raise ColumnProblem for the first column that is missing, unknown or there twice; all are needed by default.

    `title` tells what the file calls a column.
    """
    for name in columns if needed is None else needed:
        if name not in header:
            problem, remedy = msgid("the column is missing"), msgid("Add it to the header line and to each row")
            raise ColumnProblem(Place(file, 1, title(name)), problem, remedy, value=title(name))
    for index, name in enumerate(header):
        if name not in columns:
            problem, remedy = msgid("the column '{value}' is unknown"), msgid("Use only: {known}")
            raise ColumnProblem(
                Place(file, 1, shortened(name) or None),
                problem,
                remedy,
                value=name,
                known=", ".join(map(title, columns)),
            )
        if name in header[:index]:
            problem, remedy = msgid("the column is there twice"), msgid("Keep one of them")
            raise ColumnProblem(Place(file, 1, title(name)), problem, remedy, value=title(name))


def built(record: type[Row], line: Line, columns: Mapping[str, CsvColumn]) -> Row:
    """Return a validated row; raise CellProblem for the first cell that is wrong."""
    values = {name: line.read(name, column) for name, column in columns.items()}
    try:
        return record.model_validate({name: value for name, value in values.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        problem, remedy = msgid("'{value}' is not allowed ({reason})"), msgid("Correct it")
        raise line.wrong(str(first["loc"][0]), problem, remedy, reason=first["msg"]) from None


def lines_by(column: str, lines: Sequence[Line]) -> Mapping[str, Line]:
    """Return lines by the cell that names them; raise where two have the same."""
    by_name: dict[str, Line] = {}
    for line in lines:
        other = by_name.setdefault(line.cells[column], line)
        if other is not line:
            problem, remedy = msgid("'{value}' is in row {other} already"), msgid("Keep one of them, or correct it")
            raise line.wrong(column, problem, remedy, other=other.row)
    return by_name


@dataclass(frozen=True)
class CsvTable(Generic[Row]):
    """A file of `data/`: its columns are the fields of the record that a row becomes, read as their types say.

    `readers` are for columns that are written in a way of their own. No two rows have the same cell in the column
    `key`; `check` raises for a row whose cells do not go together.
    """

    file: str
    record: type[Row]
    key: str | None = None
    check: Callable[[Line, Row], None] | None = None
    readers: Mapping[str, Reader] = field(default_factory=dict)

    @cached_property
    def columns(self) -> Mapping[str, CsvColumn]:
        """How each column is read; those of fields that have a default may be empty."""
        types = get_type_hints(self.record, include_extras=True)
        return {
            name: CsvColumn(self.readers.get(name) or reader_of(types[name]), info.is_required())
            for name, info in self.record.model_fields.items()
        }

    def read(self, content: str) -> tuple[tuple[Line, Row], ...]:
        """Return each line of a file's text with its record; raise CatalogError for the first that is wrong."""
        lines = csv_lines(self.file, content, self.columns)
        if self.key is not None:
            lines_by(self.key, lines)
        return tuple((line, self._row(line)) for line in lines)

    def rows(self, content: str) -> tuple[Row, ...]:
        """Return the records of a file's text; raise CatalogError for the first line that is wrong."""
        return tuple(row for _, row in self.read(content))

    def _row(self, line: Line) -> Row:
        row = built(self.record, line, self.columns)
        if self.check is not None:
            self.check(line, row)
        return row


def texts_in(folder: Path, tables: Mapping[str, CsvTable[Any]]) -> dict[str, str]:
    """Return the text of each table's file in a folder, by its name."""
    return {table.file: read_text(folder / table.file) for table in tables.values()}
