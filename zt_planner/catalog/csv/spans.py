"""Rows with a period of validity: no two rows of one thing are valid on the same day."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from zt_planner.errors import msgid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zt_planner.catalog.csv.tables import Line
    from zt_planner.domain.data.price_book import Price, VatRate

    Held: TypeAlias = Price | VatRate
    """A row that holds from a day on, to a last one or for good; both ends are included."""


def check_spans(rows: Sequence[tuple[Line, Held]], column: str, overlap: str) -> None:
    """Raise for a span that ends before it starts, and for the first row whose span overlaps another one's.

    Rows with the same cell in `column` are about one thing, steps of a graduated price one by one. `overlap` says
    what is wrong with two of them, with `{other}`, the row, and the column's own cell by its name.
    """
    groups: dict[tuple[str, int], list[tuple[Line, Held]]] = defaultdict(list)
    for line, held in rows:
        if held.valid_to is not None and held.valid_to < held.valid_from:
            problem, remedy = msgid("'{value}' is before the first day, {first}"), msgid("Write the last day here")
            raise line.wrong("valid_to", problem, remedy, first=held.valid_from)
        groups[line.cells[column], held.step].append((line, held))
    overlaps = (pair for group in groups.values() for pair in _overlapping(group))
    first = min(overlaps, key=lambda pair: pair[1].row, default=None)
    if first is not None:
        other, line = first
        remedy = msgid("End the earlier one on the day before the later one starts")
        raise line.wrong("valid_from", overlap, remedy, other=other.row, **{column: line.cells[column]})


def _overlapping(group: Sequence[tuple[Line, Held]]) -> Iterator[tuple[Line, Line]]:
    """Return the neighbours in time that hold on the same day, in the order of the file."""
    for (line, held), (next_line, following) in pairwise(sorted(group, key=lambda row: row[1].valid_from)):
        if held.valid_to is None or following.valid_from <= held.valid_to:
            upper, lower = sorted((line, next_line), key=lambda each: each.row)
            yield upper, lower
