"""A lower bound on the finish of any schedule within the limits, by a linear relaxation (M20).

Each task starts in shares on the days of its window; the shares keep resources
on every day and the ledger in every period. Links count through the windows
alone: to keep them in the programme, too, costs half as much time again and
raises the bound by a day or two. Where even that leaves some period above its
limit, nothing is finished by then.

Law: no schedule that keeps the ledger is finished before the bound. The excess
that counts as proof is larger than the solver's rounding by orders of magnitude.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zt_planner.engine.rcpsp.ledger import Ledger, Opening
from zt_planner.engine.rcpsp.problem import Problem, Resource, earliest_starts, latest_starts

LEAST_EXCESS = 1e-5
"""The share of the limits by which a period must be above its own, so that it counts."""
MOST_SHARES = 12_000
"""Days of windows, of all tasks together; a larger problem has no such bound."""


class Relaxation:
    """The linear programme of a problem with a ledger, for finishes up to `most`, none below the longest chain."""

    def __init__(self, problem: Problem, ledger: Ledger, most: int) -> None:
        """Set everything up but for the finish."""
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - half a second, paid only where it is needed

        self.problem, self.ledger = problem, ledger
        self.solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self.endless = self.solver.infinity()
        windows = zip(earliest_starts(problem), latest_starts(problem, most), strict=True)
        self.shares = [{day: self.solver.NumVar(0, 1, "") for day in range(first, last + 1)} for first, last in windows]
        self.periods = ledger.period_of(most - 1) + 1
        self.unit = max(1, *(abs(limit) for limit in ledger.limits[: self.periods]))
        for shares in self.shares:
            self.solver.Add(sum(shares.values()) == 1)
        for resource in problem.resources:
            self._share(resource, most)
        self.rows = [self.solver.RowConstraint(-self.endless, 0, "") for _ in range(self.periods)]
        self._spend_all()

    def refutes(self, finish: int, counted: int) -> bool:
        """Tell whether no schedule can finish from `counted` to `finish`, both included.

        The finish spends the least that any day between them does.
        """
        for shares, last in zip(self.shares, latest_starts(self.problem, finish), strict=True):
            for day, share in shares.items():
                share.SetUb(int(day <= last))
        ends = [dict(self.ledger.of_finish(end)) for end in range(counted, finish + 1)]
        for period, row in enumerate(self.rows):
            row.SetUb((self.ledger.limits[period] - min(spent.get(period, 0) for spent in ends)) / self.unit)
        is_solved = self.solver.Solve() == self.solver.OPTIMAL
        return bool(is_solved and self.solver.Objective().Value() > LEAST_EXCESS)

    def _share(self, resource: Resource, most: int) -> None:
        """Keep a resource on every day."""
        rows = [self.solver.RowConstraint(-self.endless, 1, "") for _ in range(most)]
        for index, demand in enumerate(resource.demands):
            for day, share in self.shares[index].items() if demand else ():
                for running in range(day, day + self.problem.lengths[index]):
                    rows[running].SetCoefficient(share, demand / resource.capacity)

    def _spend_all(self) -> None:
        """Keep every period but for an excess, which is to be as small as can be."""
        excess = self.solver.NumVar(0, self.endless, "")
        for row in self.rows:
            row.SetCoefficient(excess, -1)
        for index, shares in enumerate(self.shares):
            for day, share in shares.items():
                self._spend(share, dict(self.ledger.of_task(index, day)))
        for opening in self.ledger.openings:
            self._open(opening)
        self.solver.Minimize(excess)

    def _spend(self, share: Any, amounts: Mapping[int, int], sign: int = 1) -> None:  # noqa: ANN401 - ortools' variables have no type
        for period, amount in amounts.items():
            if period < self.periods:
                row = self.rows[period]
                row.SetCoefficient(share, row.GetCoefficient(share) + sign * amount / self.unit)

    def _open(self, opening: Opening) -> None:
        """Let an opening begin, in shares, no later than its members; of several kinds the least amounts count."""
        before: Any = None
        for period in range(self.periods):
            begun = self.solver.NumVar(0, 1, "")
            for member in opening.members:
                shares = (share for day, share in self.shares[member].items() if self.ledger.period_of(day) <= period)
                self.solver.Add(begun >= sum(shares))
            amounts = _least(opening, period, self.periods)
            self._spend(begun, amounts)
            if before is not None:
                self.solver.Add(begun >= before)
                self._spend(before, amounts, sign=-1)
            before = begun


def _least(opening: Opening, period: int, periods: int) -> Mapping[int, int]:
    """Return the least that an opening spends in each period where it begins in one, of all kinds."""
    of_kinds = [dict(by_period[period]) for by_period in opening.amounts]
    return {other: min(amounts.get(other, 0) for amounts in of_kinds) for other in range(periods)}


def relaxed_bound(
    problem: Problem, ledger: Ledger, least: int, most: int, may_go_on: Callable[[], bool] = lambda: True
) -> int:
    """Return a lower bound on the finish, between one that is known and a finish that is possible.

    The later the bound, the more of what the finish spends counts: so it rises in steps,
    which become shorter where one fails, as long as that may go on.
    """
    spans = map(int.__sub__, latest_starts(problem, most), earliest_starts(problem))
    if sum(span + 1 for span in spans) > MOST_SHARES:
        return least
    relaxation, bound, step = Relaxation(problem, ledger, most), least, (most - least + 1) // 2
    while step and may_go_on():
        if bound + step <= most and relaxation.refutes(bound + step - 1, bound):
            bound += step
        else:
            step //= 2
    return bound
