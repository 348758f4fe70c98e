"""Which tasks wait for which: an order that respects it, and circles wherever tasks come from.

Law: a circle that is returned is a real one, and none is overlooked.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def circle_in(after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return tasks that wait for each other, the first one repeated at the end; empty where there are none."""
    try:
        TopologicalSorter(after).prepare()
    except CycleError as error:
        _, circle = error.args
        return tuple(reversed(circle))
    return ()


def ids_in_order(after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return tasks in an order in which each comes after those that it waits for, which hold no circle."""
    return tuple(TopologicalSorter(after).static_order())


def topological_order(after: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return indexes in an order in which each comes after those that it waits for, which hold no circle."""
    sorter = TopologicalSorter(dict.fromkeys(range(len(after)), ()))
    for index, before in enumerate(after):
        sorter.add(index, *before)
    return tuple(sorter.static_order())
