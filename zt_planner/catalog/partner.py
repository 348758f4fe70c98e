"""A partner's price list becomes proposals: prices.csv as a whole, or a few columns of it, from any spreadsheet.

Read are UTF-8 and Windows-1252, cells between commas, or between semicolons as
a German Excel saves them: with decimal commas and days like 01.07.2026. The
separator decides, so that nothing is guessed cell by cell. Columns that are
not there come from the book's latest row of the id; what is about the amount
itself (source, confidence) never does. Laws: a list of the book as it stands
proposes no change, in either dialect; what is refused is refused at once,
however long the file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from datetime import timedelta
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from zt_planner.catalog.prices import PRICE_COLUMNS
from zt_planner.catalog.proposals import AMOUNTS, DAYS, cells_of, in_time, proposals_from
from zt_planner.catalog.tables import (
    Line,
    check_characters,
    check_header,
    check_separator,
    check_size,
    decoded,
    line_of,
    rows_of,
)
from zt_planner.domain.own_rows import OwnRow
from zt_planner.domain.price_proposal import PriceProposal
from zt_planner.domain.readings import has_two_readings
from zt_planner.errors import FileProblem, Place, msgid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from zt_planner.domain.price_book import PriceBook

MOST_ROWS = 2_000
NEEDED = ("id", "amount", "currency", "term", "valid_from")
"""The columns that every list has."""
OF_THE_AMOUNT = ("source", "source_url", "source_date", "confidence", "note")
COMMA, SEMICOLON = ",", ";"
DECIMAL_COMMA = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{3})+|-?[0-9]+),([0-9]+)")
GERMAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


def price_list_from(
    content: bytes, file: str, book: PriceBook, *, today: date, clean: Callable[[str], str] = str
) -> tuple[PriceProposal, ...]:
    """Return what a list would make of a book; raise CatalogError where the file as a whole cannot be read.

    `clean` takes off a cell what a spreadsheet was protected by.
    """
    check_size(file, len(content))
    text = text_of(content, file)
    check_characters(file, text)
    separator = separator_of(text)
    records = list(islice(rows_of(file, text, separator), MOST_ROWS + 2))
    header = [name.strip() for name in records[0][1]]
    check_separator(file, header, PRICE_COLUMNS)
    check_header(file, header, PRICE_COLUMNS, NEEDED)
    if len(records) > MOST_ROWS + 1:
        problem = msgid("the file has more than the {most} rows that are read")
        raise FileProblem(Place(file), problem, msgid("Keep the products that this plan needs"), most=MOST_ROWS)
    plain = (line_of(file, row, cells, header) for row, cells in records[1:] if any(cell.strip() for cell in cells))
    lines = tuple(_plain(line, separator, clean) for line in plain)
    if not lines:
        raise FileProblem(Place(file), msgid("the file has no rows below its header"), msgid("Write at least one row"))
    given = {"source": file, "source_date": today.isoformat(), "confidence": "primary"}
    new = {line.cells["id"] for line in lines} - book.rows_by_id.keys() if _lacking(header) else set()
    whole = tuple(_whole(line, header, book, given) for line in lines if line.cells["id"] not in new)
    completed = in_time if "valid_to" in header else _after_what_held(book)
    refused = (_without_product(line, header) for line in lines if line.cells["id"] in new)
    return (*proposals_from(whole, book, completed), *refused)


def _lacking(header: Sequence[str]) -> list[str]:
    """Return the columns that a new product would need, and that a list does not have."""
    needed = (name for name, column in PRICE_COLUMNS.items() if column.is_needed and name not in OF_THE_AMOUNT)
    return [name for name in needed if name not in header]


def _without_product(line: Line, header: Sequence[str]) -> PriceProposal:
    """Return the refusal of an id that the book does not have, in a list that says too little of it."""
    problem = msgid("'{value}' is not in the price book, and a new product needs more columns")
    remedy = msgid("Correct the id, or add the columns {columns}")
    wrong = line.wrong("id", problem, remedy, columns=", ".join(_lacking(header)))
    return PriceProposal(line.cells["id"], (), (), (wrong,))


def text_of(content: bytes, file: str) -> str:
    """Return the text of a file in UTF-8, or else in Windows-1252; raise FileProblem where it is neither."""
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return decoded(file, content)  # says which byte, and where


def separator_of(text: str) -> str:
    """Return what stands between the cells: whatever splits the first line into more known columns."""
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]

    def known(separator: str) -> int:
        rows = csv.reader(io.StringIO(first, newline=""), delimiter=separator)
        return len({name.strip() for name in next(rows, [])} & PRICE_COLUMNS.keys())

    return SEMICOLON if known(SEMICOLON) > known(COMMA) else COMMA


def _plain(line: Line, separator: str, clean: Callable[[str], str]) -> Line:
    """Return a line as prices.csv would have it: texts in one line, numbers with a point, days as 2026-07-01."""
    cells = {name: " ".join(clean(cell).split()) for name, cell in line.cells.items()}
    if separator == SEMICOLON:
        numbers = {name: with_point(cells[name]) for name in AMOUNTS if name in cells}
        cells |= numbers | {name: iso_day(cells[name]) for name in DAYS if name in cells}
    return Line(line.file, line.row, cells)


def with_point(value: str) -> str:
    """Write a number that has a decimal comma with a point; others, and those with two readings, as they stand."""
    found = DECIMAL_COMMA.fullmatch(value)
    if found is None or has_two_readings(value):
        return value
    return f"{found[1].replace('.', '')}.{found[2]}"


def iso_day(value: str) -> str:
    """Write a day like 1.7.2026 as 2026-07-01; others as they stand."""
    found = GERMAN_DAY.fullmatch(value)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else value


def _whole(line: Line, header: Sequence[str], book: PriceBook, given: Mapping[str, str]) -> Line:
    """Return a line with all columns: those of the file, else the book's, else what is given for every row."""
    rows = book.rows_by_id.get(line.cells["id"])
    absent = [name for name in PRICE_COLUMNS if name not in header]
    standing = {} if rows is None else cells_of(rows[-1])
    filled = {name: given.get(name, "") if name in OF_THE_AMOUNT else standing.get(name, "") for name in absent}
    return Line(line.file, line.row, {**filled, **line.cells})


def _after_what_held(book: PriceBook) -> Callable[[Sequence[tuple[Line, OwnRow]]], tuple[OwnRow, ...]]:
    """Return what puts rows without a last day together: each ends what held before it on the day before."""

    def completed(group: Sequence[tuple[Line, OwnRow]]) -> tuple[OwnRow, ...]:
        ordered = sorted(group, key=lambda each: each[1].valid_from)
        for (_, earlier), (line, later) in pairwise(ordered):
            if earlier.valid_from == later.valid_from:
                raise line.wrong("valid_from", msgid("'{value}' is there twice"), msgid("Keep one of them"))
        first = ordered[0][1]
        held = (row for row in book.rows_by_id.get(first.id, ()) if row.valid_from < first.valid_from)
        rows = [*(OwnRow.model_validate(row.model_dump()) for row in held), *(row for _, row in ordered)]
        return tuple(_ended(rows))

    return completed


def _ended(rows: Sequence[OwnRow]) -> Iterator[OwnRow]:
    """Yield rows in time, each ended before the next one begins."""
    for row, following in pairwise(rows):
        last = following.valid_from - timedelta(days=1)
        yield row if row.valid_to is not None and row.valid_to <= last else row.model_copy(update={"valid_to": last})
    yield rows[-1]
