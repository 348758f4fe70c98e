"""How early nothing can be finished, by a linear relaxation over the days on which tasks may start (M20).

Each task starts in shares on the days of its window; the shares keep links on
average, resources on every day and the ledger in every period. Where even
that leaves some period above its limit, nothing is finished by then. It knows
more than `thrift`, as all tasks share the same periods, and takes longer.

Law: no schedule that keeps the ledger is finished before the bound. The excess
that counts as proof is larger than the solver's rounding by orders of magnitude.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zt_planner.engine.exact.windows import earliest_starts, latest_starts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zt_planner.engine.exact.ledger import Ledger, Opening
    from zt_planner.engine.exact.problem import Problem, Resource

LEAST_EXCESS = 1e-5
"""The share of the limits by which a period must be above its own, so that it counts."""
MOST_SHARES = 6_000
"""Days of windows, of all tasks together; a larger problem has no such bound."""


class Relaxation:
    """The linear programme of a problem with a ledger that is finished by a day."""

    def __init__(
        self, problem: Problem, ledger: Ledger, resources: Sequence[Resource], finish: int, counted: int
    ) -> None:
        """Set everything up; coordination is that of `counted`, no day after the finish."""
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - half a second, paid only where it is needed

        self.problem, self.ledger = problem, ledger
        self.solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self.endless = self.solver.infinity()
        windows = list(zip(earliest_starts(problem), latest_starts(problem, finish), strict=True))
        self.is_possible = all(first <= last for first, last in windows)
        self.shares = [{day: self.solver.NumVar(0, 1, "") for day in range(first, last + 1)} for first, last in windows]
        self.periods = ledger.period_of(finish - 1) + 1
        self.unit = max(1, *(abs(limit) for limit in ledger.limits[: self.periods]))
        if self.is_possible:
            self._link()
            for resource in resources:
                self._share(resource, finish)
            self._limit(counted)

    def _link(self) -> None:
        """Let each task start once, and after its predecessors on average."""
        for place, shares in enumerate(self.shares):
            self.solver.Add(sum(shares.values()) == 1)
            ready = sum(
                self.problem.ready(place, day + self.problem.lengths[place]) * share for day, share in shares.items()
            )
            for follower in self.problem.followers[place]:
                self.solver.Add(sum(day * share for day, share in self.shares[follower].items()) >= ready)

    def _share(self, resource: Resource, finish: int) -> None:
        """Keep a resource on every day."""
        rows = [self.solver.RowConstraint(-self.endless, 1, "") for _ in range(finish)]
        for place, demand in enumerate(resource.demands):
            for day, share in self.shares[place].items() if demand else ():
                for running in range(day, day + self.problem.lengths[place]):
                    rows[running].SetCoefficient(share, demand / resource.capacity)

    def _limit(self, counted: int) -> None:
        """Keep every period but for an excess, which is to be as small as can be."""
        finished = dict(self.ledger.of_finish(counted))
        rooms = [limit - finished.get(period, 0) for period, limit in enumerate(self.ledger.limits[: self.periods])]
        rows = [self.solver.RowConstraint(-self.endless, room / self.unit, "") for room in rooms]
        excess = self.solver.NumVar(0, self.endless, "")
        for row in rows:
            row.SetCoefficient(excess, -1)
        for place, shares in enumerate(self.shares):
            for day, share in shares.items():
                self._spend(rows, share, dict(self.ledger.of_task(place, day)))
        for opening in self.ledger.openings:
            self._open(rows, opening)
        self.solver.Minimize(excess)

    def _spend(self, rows: Sequence[Any], share: Any, amounts: Mapping[int, int], sign: int = 1) -> None:  # noqa: ANN401
        for period, amount in amounts.items():
            if period < self.periods:
                rows[period].SetCoefficient(share, rows[period].GetCoefficient(share) + sign * amount / self.unit)

    def _open(self, rows: Sequence[Any], opening: Opening) -> None:
        """Let an opening begin, in shares, no later than its members; of several kinds the least amounts count."""
        before: Any = None
        for period in range(self.periods):
            begun = self.solver.NumVar(0, 1, "")
            for member in opening.members:
                shares = (share for day, share in self.shares[member].items() if self.ledger.period_of(day) <= period)
                self.solver.Add(begun >= sum(shares))
            amounts = _least(opening, period, self.periods)
            self._spend(rows, begun, amounts)
            if before is not None:
                self.solver.Add(begun >= before)
                self._spend(rows, before, amounts, sign=-1)
            before = begun

    def is_refuted(self) -> bool:
        """Tell whether nothing is finished by the day."""
        if not self.is_possible:
            return True
        is_solved = self.solver.Solve() == self.solver.OPTIMAL
        return bool(is_solved and self.solver.Objective().Value() > LEAST_EXCESS)


def _least(opening: Opening, period: int, periods: int) -> Mapping[int, int]:
    """Return the least that an opening spends in each period where it begins in one, of all kinds."""
    of_kinds = [dict(by_period[period]) for by_period in opening.amounts]
    return {other: min(amounts.get(other, 0) for amounts in of_kinds) for other in range(periods)}


def relaxed_bound(problem: Problem, ledger: Ledger, resources: Sequence[Resource], least: int, most: int) -> int:
    """Return a day before which nothing can be finished, between a bound that is known and a finish that is."""
    spans = map(int.__sub__, latest_starts(problem, most), earliest_starts(problem))
    if sum(span + 1 for span in spans) > MOST_SHARES:
        return least
    low, high = least, most
    while low < high:
        middle = (low + high) // 2
        is_refuted = Relaxation(problem, ledger, resources, middle, least).is_refuted()
        low, high = (middle + 1, high) if is_refuted else (low, middle)
    return low
