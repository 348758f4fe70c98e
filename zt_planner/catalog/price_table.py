"""The price book as a table of cells that a person edits, and what the edited table would make of it.

Rows are counted from 1, as the table shows them. Laws: a table that nobody has
touched changes nothing; only ids whose cells differ are looked at, so that a
wrong cell is one that was typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zt_planner.catalog.prices import PRICE_COLUMNS
from zt_planner.catalog.proposals import cells_of, proposals_from
from zt_planner.catalog.tables import Line
from zt_planner.domain.fields import OWN_ROWS
from zt_planner.domain.price_proposal import applied
from zt_planner.errors import CatalogError, Place, RowProblem, msgid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zt_planner.domain.price_book import PriceBook

COLUMNS = tuple(PRICE_COLUMNS)

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class EditedTable:
    """What an edited table would set, as fields of the scenario by path, and what is wrong with its cells."""

    fields: Mapping[str, Any]
    problems: tuple[CatalogError, ...]


def table_of(book: PriceBook) -> list[Cells]:
    """Return the rows of a book as cells, those of an id by their first day, so that no row moves once it is edited."""
    return [cells_of(row) for rows in book.rows_by_id.values() for row in rows]


def edited(table: Sequence[Mapping[Any, Any]], book: PriceBook, name: str) -> EditedTable:
    """Return what an edited table would make of a plan's book; `name` is what messages call the table.

    An id that is gone takes its own rows away; the shipped rows hold again.
    """
    lines = [Line(name, place, _as_texts(row)) for place, row in enumerate(table, 1)]
    lines = [line for line in lines if any(line.cells.values())]
    before, after = _by_id(table_of(book)), _by_id(line.cells for line in lines)
    touched = [line for line in lines if before.get(line.cells["id"]) != after[line.cells["id"]]]
    proposals = proposals_from(touched, book)
    gone = [key for key in before if key not in after]
    problems: list[CatalogError] = []
    for key in gone:
        if not any(row.is_own for row in book.rows_by_id[key]):
            problem = msgid("the rows of '{value}' are the price book's and cannot be taken out")
            problems.append(RowProblem(Place(name), problem, msgid("Write a last day (valid_to) instead"), value=key))
    problems += [wrong for proposal in proposals for wrong in proposal.problems]
    return EditedTable(applied(proposals) | {f"{OWN_ROWS}{key}": None for key in gone}, tuple(problems))


def _as_texts(row: Mapping[Any, Any]) -> Cells:
    """Return a row's cells as texts; what is no text is an empty cell."""
    cells = {name: row.get(name) for name in COLUMNS}
    return {name: " ".join(cell.split()) if isinstance(cell, str) else "" for name, cell in cells.items()}


def _by_id(rows: Iterable[Mapping[str, str]]) -> dict[str, list[Mapping[str, str]]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append(row)
    return found
