"""How early nothing can be finished that keeps a ledger (M20).

Whatever the order, what tasks and openings must spend between two periods at
the least has to fit into what the periods in between may hold. Their windows
say how little that is: a task that can neither start much earlier nor much
later has to spend then. Law: no schedule that keeps the ledger is finished
before the bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray  # noqa: TC002 - an alias at run time

from zt_planner.engine.exact.ledger import added
from zt_planner.engine.exact.windows import earliest_starts, latest_starts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zt_planner.engine.exact.ledger import Amounts, Ledger, Opening
    from zt_planner.engine.exact.problem import Problem

MOST_CELLS = 20_000_000
"""Tasks times days times periods that are looked at; a larger problem has no such bound."""


class Thrift:
    """What a problem with a ledger must spend at least, for a finish that is asked about."""

    def __init__(self, problem: Problem, ledger: Ledger, most: int) -> None:
        """Add up what each start spends until each period; `most` is the latest finish that is asked about."""
        self.problem, self.ledger = problem, ledger
        self.firsts = earliest_starts(problem)
        self.periods = ledger.period_of(most - 1) + 1
        lasts = latest_starts(problem, most)
        self.tasks = [
            self._summed(ledger.of_task(place, day) for day in range(first, last + 1))
            for place, (first, last) in enumerate(zip(self.firsts, lasts, strict=True))
        ]
        kinds = range(max(ledger.kinds, default=-1) + 1)
        self.openings = [[self._summed(opening.amounts[kind]) for kind in kinds] for opening in ledger.openings]

    def _summed(self, rows: Iterator[Amounts] | Sequence[Amounts]) -> NDArray[np.int64]:
        """Return, for each row, what is spent before each period."""
        spent = np.array([added(self._within(row), self.periods) for row in rows], np.int64).reshape(-1, self.periods)
        return np.concatenate([np.zeros((len(spent), 1), np.int64), spent.cumsum(1)], axis=1)

    def _within(self, row: Amounts) -> list[Amounts]:
        return [tuple((period, amount) for period, amount in row if period < self.periods)]

    def refutes(self, finish: int, counted: int) -> bool:
        """Tell whether nothing can be finished before a day; coordination is that of `counted`, no later day."""
        lasts = latest_starts(self.problem, finish)
        periods = self.ledger.period_of(finish - 1) + 1
        least = np.zeros((periods, periods), np.int64)
        for place, (first, last) in enumerate(zip(self.firsts, lasts, strict=True)):
            if last < first:
                return True
            least += _least(self.tasks[place][: last - first + 1], periods)
        for opening, of_kinds in zip(self.ledger.openings, self.openings, strict=True):
            begin, end = self._when(opening, lasts)
            least += np.minimum.reduce([_least(rows[begin : end + 1], periods) for rows in of_kinds])
        spent = added(self._within(self.ledger.of_finish(counted)), self.periods)
        limits = np.array(self.ledger.limits[: self.periods], np.int64) - np.array(spent, np.int64)
        room = np.concatenate([[0], limits[:periods].cumsum()])
        return bool(np.any(np.triu(least - (room[None, 1:] - room[:-1, None])) > 0))

    def _when(self, opening: Opening, lasts: Sequence[int]) -> tuple[int, int]:
        """Return the first and the last period in which an opening may begin."""
        period_of = self.ledger.period_of
        begin = min(period_of(self.firsts[member]) for member in opening.members)
        return begin, min(period_of(lasts[member]) for member in opening.members)


def _least(rows: NDArray[np.int64], periods: int) -> NDArray[np.int64]:
    """Return the least that any row spends from one period to another, both included."""
    return (rows[:, None, 1 : periods + 1] - rows[:, :periods, None]).min(0)  # type: ignore[no-any-return]


def ledger_bound(problem: Problem, ledger: Ledger, least: int, most: int) -> int:
    """Return a day before which nothing can be finished, between a bound that is known and a finish that is."""
    periods = ledger.period_of(most - 1) + 1
    spans = map(int.__sub__, latest_starts(problem, most), earliest_starts(problem))
    if sum(span + 1 for span in spans) * periods > MOST_CELLS:
        return least
    thrift, low, high = Thrift(problem, ledger, most), least, most
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if thrift.refutes(middle, least) else (low, middle)
    while low < most and thrift.refutes(low, low):
        low += 1
    return low
