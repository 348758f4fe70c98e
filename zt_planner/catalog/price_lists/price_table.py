"""The price book as a table of cells that a person edits, and what the edited table would make of it.

Rows are counted from 1, as the table shows them. Laws: a table that nobody has
touched changes nothing; only ids whose cells differ are looked at, so that a
wrong cell is one that was typed; an amount that was typed has no longer the
source of the one before. Where the book changes under what was typed,
every typed cell stays and every other one follows the book.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from zt_planner.catalog.csv.tables import Line
from zt_planner.catalog.price_lists.proposals import cells_of, proposals_from
from zt_planner.catalog.shipped.price_book import PRICES
from zt_planner.domain.scenario.fields import OWN_ROWS
from zt_planner.domain.scenario.price_proposal import proposed_fields
from zt_planner.errors import CatalogError, Place, RowProblem, msgid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zt_planner.domain.data.price_book import PriceBook

COLUMNS = tuple(PRICES.columns)
SEVERAL = "grants"
"""The column that holds several codes, of capabilities."""
OF_THE_AMOUNT, OF_THE_SOURCE = ("amount", "currency", "min_per_month"), ("source", "source_url", "source_date")
ROW = "row"
"""The column beside those of the book: the number of a row, as it is shown; a row that was added has none."""

Cells: TypeAlias = "dict[str, str]"
PriceTable: TypeAlias = "Sequence[Cells]"


@dataclass(frozen=True, slots=True)
class EditedTable:
    """What an edited table would set, as fields of the scenario by path, and what is wrong with its cells."""

    fields: Mapping[str, Any]
    problems: tuple[CatalogError, ...]


def price_table_of(book: PriceBook) -> list[Cells]:
    """Return the rows of a book as cells, those of an id by their first day, so that no row moves once it is edited."""
    return [cells_of(row) for rows in book.rows_by_id.values() for row in rows]


def numbered(table: PriceTable) -> list[dict[str, Any]]:
    """Return a table with the number of each row before its cells, and the codes of `SEVERAL` one by one."""
    return [
        {ROW: str(index), **row, SEVERAL: row[SEVERAL].split(";") if row[SEVERAL] else ""}
        for index, row in enumerate(table, 1)
    ]


def as_typed(rows: Iterable[Mapping[Any, Any]]) -> list[Cells]:
    """Return the rows of an edited table as texts; what is no text is an empty cell."""
    return [_as_texts(row) for row in rows]


def merged_table(before: PriceTable, typed: PriceTable, now: PriceTable) -> list[Cells]:
    """Return the table as it is now, with what was typed into it as it was before.

    A row that was added stays at the end, one that was taken out stays out. Where the rows of an id are not as many
    as they were, what was typed of it stays as a whole.
    """
    old, mine, theirs = (_by_id(row for row in table if any(row.values())) for table in (before, typed, now))
    merged: list[Cells] = []
    for key in dict.fromkeys((*theirs, *mine)):
        was, wished, is_now = old.get(key, []), mine.get(key, []), theirs.get(key, [])
        if wished == was:
            merged += is_now
        elif len(was) == len(wished) == len(is_now):
            merged += map(_merged_row, was, wished, is_now)
        else:
            merged += wished
    return merged


def _merged_row(before: Cells, typed: Cells, now: Cells) -> Cells:
    return {name: now[name] if typed[name] == before[name] else typed[name] for name in COLUMNS}


def table_edits(table: Sequence[Mapping[Any, Any]], book: PriceBook, name: str) -> EditedTable:
    """Return what an edited table would make of a plan's book; `name` is what messages call the table.

    An id that is gone takes its own rows away; the shipped rows hold again.
    """
    numbers = _row_numbers(table)
    rows = [(number, cells) for number, cells in zip(numbers, as_typed(table), strict=True) if any(cells.values())]
    before, after = _by_id(price_table_of(book)), _by_id(cells for _, cells in rows)
    lines = [Line(name, number, _with_its_own_source(cells, before.get(cells["id"], ()))) for number, cells in rows]
    touched = [line for line in lines if before.get(line.cells["id"]) != after[line.cells["id"]]]
    proposals = proposals_from(touched, book)
    gone = [key for key in before if key not in after]
    problems: list[CatalogError] = []
    for key in gone:
        if not any(row.is_own for row in book.rows_by_id[key]):
            problem = msgid("the rows of '{value}' belong to the price book and cannot be removed")
            problems.append(RowProblem(Place(name), problem, msgid("Write a last day instead"), value=key))
    problems += [wrong for proposal in proposals for wrong in proposal.problems]
    return EditedTable(proposed_fields(proposals) | {f"{OWN_ROWS}{key}": None for key in gone}, tuple(problems))


def _with_its_own_source(cells: Cells, before: Iterable[Cells]) -> Cells:
    """Return a row without the source of an amount that it no longer has; a source that was typed anew stays."""
    same = [row for row in before if all(row[name] == cells[name] for name in ("valid_from", "from_quantity"))]
    if len(same) != 1:
        return cells
    changed = {name for name in COLUMNS if cells[name] != same[0][name]}
    is_stale = not changed.isdisjoint(OF_THE_AMOUNT) and changed.isdisjoint(OF_THE_SOURCE)
    return cells | dict.fromkeys(OF_THE_SOURCE, "") if is_stale else cells


def _row_numbers(table: Sequence[Mapping[Any, Any]]) -> Iterator[int]:
    """Yield the number that each row shows; one that was added comes after the last."""
    number = 0
    for row in table:
        shown = row.get(ROW)
        number = int(shown) if isinstance(shown, str) and shown.isdecimal() else number + 1
        yield number


def _as_texts(row: Mapping[Any, Any]) -> Cells:
    cells = {name: row.get(name) for name in COLUMNS}
    several = cells[SEVERAL]
    if isinstance(several, list | tuple):
        cells[SEVERAL] = ";".join(several)
    return {name: " ".join(cell.split()) if isinstance(cell, str) else "" for name, cell in cells.items()}


def _by_id(rows: Iterable[Cells]) -> dict[str, list[Cells]]:
    by_id: dict[str, list[Cells]] = {}
    for row in rows:
        by_id.setdefault(row["id"], []).append(row)
    return by_id
