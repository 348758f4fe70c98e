"""A partner's price list becomes proposals: prices.csv as a whole, or a few columns of it, from any spreadsheet.

Columns that are not there come from the book's latest row of the id; what is
about the amount itself (source, confidence, the step of a graduated price) never does. Laws: a list of the
book as it stands proposes no change, in any dialect; what is refused is
refused at once, however long the file.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.catalog.csv.spreadsheets import SEMICOLON, Sheet, iso_day, sheet_from, with_point
from zt_planner.catalog.csv.tables import Line, check_header, check_separator, without_rows
from zt_planner.catalog.price_lists.proposals import AMOUNTS, DAYS, by_first_day, cells_of, proposals_from
from zt_planner.catalog.shipped.price_book import PRICES, check_steps
from zt_planner.domain.scenario.own_rows import OwnRow
from zt_planner.domain.scenario.price_proposal import PriceProposal
from zt_planner.errors import msgid
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.prices.price_file import codes_of_words, price_file_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from zt_planner.domain.data.price_book import PriceBook

MOST_ROWS = 2_000
NEEDED = ("id", "amount", "currency", "term", "valid_from")
"""The columns that every list has."""
OF_THE_AMOUNT = ("from_quantity", "source", "source_url", "source_date", "confidence", "note")


class PriceList(NamedTuple):
    """A list as it was read, whatever the book says."""

    sheet: Sheet
    lines: tuple[Line, ...]


def price_list_from(content: bytes, file: str) -> PriceList:
    """Read a list; raise CatalogError if the file as a whole cannot be read."""
    sheet = sheet_from(content, file, PRICES.columns, _titles())
    check_separator(file, sheet.header, PRICES.columns)
    check_header(file, sheet.header, PRICES.columns, NEEDED, sheet.title)
    lines = tuple(sheet.lines(MOST_ROWS, msgid("Keep the products that this plan needs")))
    if not lines:
        raise without_rows(file)
    return PriceList(sheet, lines)


def proposals_of(
    listed: PriceList, book: PriceBook, *, today: date, clean: Callable[[str], str] = str
) -> tuple[PriceProposal, ...]:
    """Return what a list would make of a book; `clean` takes off a cell what a spreadsheet was protected by."""
    sheet, header = listed.sheet, listed.sheet.header
    as_codes = codes_of_words(
        book, [language for language in _languages() if language.code == sheet.words] or _languages()
    )
    lines = tuple(_plain(line, sheet.separator, as_codes, clean) for line in listed.lines)
    given = {"source": sheet.file, "source_date": today.isoformat(), "confidence": "primary"}
    new = {line.cells["id"] for line in lines} - book.rows_by_id.keys() if _lacking(header) else set()
    whole = tuple(_whole(line, header, book, given) for line in lines if line.cells["id"] not in new)
    completed = by_first_day if "valid_to" in header else _after_what_held(book)
    refused = (_without_product(line, header) for line in lines if line.cells["id"] in new)
    return (*proposals_from(whole, book, completed), *refused)


@cache
def _languages() -> tuple[Language, ...]:
    """Return the languages in which there are files of prices."""
    return tuple(language for language in map(Language, LanguageCode) if language.has_excel_dialect)


@cache
def _titles() -> Mapping[str, Mapping[str, str]]:
    """Return the columns by their titles in the files of each language."""
    return {
        language.code: {language.write(column.title): column.name for column in price_file_columns()}
        for language in _languages()
    }


def _lacking(header: Sequence[str]) -> list[str]:
    """Return the columns that a new product would need, and that a list does not have."""
    needed = (name for name, column in PRICES.columns.items() if column.is_needed and name not in OF_THE_AMOUNT)
    return [name for name in needed if name not in header]


def _without_product(line: Line, header: Sequence[str]) -> PriceProposal:
    """Return the refusal of an id that the book does not have, in a list that says too little of it."""
    problem = msgid("'{value}' is not in the price book, and a new product needs more columns")
    remedy = msgid("Correct the id, or add the columns {columns}")
    lacking = ", ".join(line.title(name) for name in _lacking(header))
    wrong = line.wrong("id", problem, remedy, columns=lacking)
    return PriceProposal(line.cells["id"], (), (), (wrong,))


def _plain(
    line: Line, separator: str, as_codes: Callable[[Mapping[str, str]], dict[str, str]], clean: Callable[[str], str]
) -> Line:
    """Return a line as prices.csv would have it: its words, numbers with a point, days as 2026-07-01."""
    cells = {name: " ".join(clean(cell).split()) for name, cell in line.cells.items()}
    if separator == SEMICOLON:
        numbers = {name: with_point(cells[name]) for name in AMOUNTS if "," in cells.get(name, "")}
        cells |= numbers | {name: iso_day(cells[name]) for name in DAYS if name in cells}
    return replace(line, cells=as_codes(cells))


def _whole(line: Line, header: Sequence[str], book: PriceBook, given: Mapping[str, str]) -> Line:
    """Return a line with all columns: those of the file, else the book's, else what is given for every row."""
    rows = book.rows_by_id.get(line.cells["id"])
    absent = [name for name in PRICES.columns if name not in header]
    step = line.cells.get("from_quantity") or "1"
    of_this_step = [row for row in rows or () if str(row.step) == step] or rows
    standing = cells_of(of_this_step[-1]) if of_this_step else {}
    filled = {name: given.get(name, "") if name in OF_THE_AMOUNT else standing.get(name, "") for name in absent}
    return replace(line, cells={**filled, **line.cells})


def _after_what_held(book: PriceBook) -> Callable[[Sequence[tuple[Line, OwnRow]]], tuple[OwnRow, ...]]:
    """Return what puts rows without a last day together: each ends what held before it on the day before."""

    def completed(group: Sequence[tuple[Line, OwnRow]]) -> tuple[OwnRow, ...]:
        ordered = sorted(group, key=lambda pair: _place(pair[1]))
        for (_, earlier), (line, later) in pairwise(ordered):
            if _place(earlier) == _place(later):
                raise line.wrong("valid_from", msgid("'{value}' appears twice"), msgid("Keep one of them"))
        first = ordered[0][1]
        held = (row for row in book.rows_by_id.get(first.id, ()) if row.valid_from < first.valid_from)
        rows = [*(OwnRow.model_validate(row.model_dump()) for row in held), *(row for _, row in ordered)]
        ended = tuple(_ended(rows))
        check_steps([(line, row) for (line, _), row in zip(ordered, ended[-len(ordered) :], strict=True)])
        return ended

    return completed


def _place(row: OwnRow) -> tuple[date, int]:
    """Return where a row stands among those of its id."""
    return row.valid_from, row.step


def _ended(rows: Sequence[OwnRow]) -> Iterator[OwnRow]:
    """Yield rows in time, each ended before the next ones begin: the steps of a price begin on one day."""
    days = sorted({row.valid_from for row in rows})
    last_days = {first: following - timedelta(days=1) for first, following in pairwise(days)}
    for row in rows:
        last = last_days.get(row.valid_from)
        is_over = last is None or (row.valid_to is not None and row.valid_to <= last)
        yield row if is_over else row.model_copy(update={"valid_to": last})
