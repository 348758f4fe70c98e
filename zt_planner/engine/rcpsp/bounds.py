"""Lower bounds on the finish of any schedule: by resources, by sets that cannot run together, by the ledger (M20).

Tasks on one chain never run together; a set that takes more of a resource than there is does not either. A weight for
each task under which no allowed set weighs more than some capacity is a resource of its own: whoever keeps the given
ones keeps it too, and its sum of weight times length over its capacity is a bound that single resources do not give.
The best weights are the prices of a linear programme over the allowed sets (Mingozzi et al. 1998), solved by adding
sets as they are needed; they are then made whole, and the capacity is found exactly, so that no rounding can make a
bound too large.

For the ledger, each task starts in shares on the days of its window; the shares keep resources on every day and the
ledger in every period. Links count through the windows alone: to keep them in the programme, too, costs half as much
time again and raises the bound by a day or two. Where even that leaves some period above its limit, nothing is
finished by then.

Laws: every schedule without faults keeps a joint resource; no schedule that keeps the ledger is finished before its
bound. The excess that counts as proof is larger than the solver's rounding by orders of magnitude.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zt_planner.engine.rcpsp.problem import Ledger, Opening, Problem, Resource, Starts, earliest_starts, latest_starts

MOST_STEPS = 60_000
"""Steps of the search for the heaviest set; a problem that needs more gets no joint resource."""
MOST_ROUNDS = 400
"""Rounds in which sets are added to the linear programme."""
SCALES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 24, 60, 120, 1_000)
"""What prices are multiplied with before they are made whole; the first of equally good ones is taken."""
SMALLEST = 1e-7
"""Prices below this are none."""


class TooManyStepsError(Exception):
    """The heaviest set was not found in the steps allowed."""


@dataclass(frozen=True, slots=True)
class WeightedSet:
    """Tasks that can run side by side, and what they weigh together."""

    weight: float
    members: tuple[int, ...]


class Packing:
    """The sets of tasks of a problem that can run side by side."""

    def __init__(self, problem: Problem) -> None:
        """Join demands by task."""
        self.problem = problem
        self.capacities = tuple(resource.capacity for resource in problem.resources)
        self.demands = tuple(
            tuple(resource.demands[index] for resource in problem.resources) for index in range(problem.size)
        )
        self.tasks = tuple(index for index in range(problem.size) if problem.lengths[index])

    def heaviest(self, weights: Sequence[float], among: Iterable[int] | None = None) -> WeightedSet:
        """Return the heaviest set among some tasks; raise TooManyStepsError if that takes too long."""
        candidates = [index for index in (self.tasks if among is None else among) if weights[index] > SMALLEST]
        candidates.sort(key=lambda index: (-weights[index], index))
        search = _HeaviestSearch(self, weights)
        search.extend(candidates, self.capacities, 0.0, ())
        return search.best


class _HeaviestSearch:
    """A branch and bound over tasks in the order of their weights."""

    def __init__(self, packing: Packing, weights: Sequence[float]) -> None:
        self.packing, self.weights = packing, weights
        self.related = packing.problem.related
        self.best = WeightedSet(0.0, ())
        self.steps = 0

    def extend(self, candidates: Sequence[int], room: Sequence[int], weight: float, members: tuple[int, ...]) -> None:
        """Try every candidate as the next member; `room` is what the members leave of each resource."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooManyStepsError
        if weight > self.best.weight + SMALLEST:
            self.best = WeightedSet(weight, members)
        rest = sum(self.weights[index] for index in candidates)
        for turn, index in enumerate(candidates):
            if weight + rest <= self.best.weight + SMALLEST:
                return
            rest -= self.weights[index]
            left = tuple(map(int.__sub__, room, self.packing.demands[index]))
            relatives = self.related[index]
            fitting = [
                other
                for other in candidates[turn + 1 :]
                if not relatives >> other & 1 and all(map(int.__le__, self.packing.demands[other], left))
            ]
            self.extend(fitting, left, weight + self.weights[index], (*members, index))


def sets_of(problem: Problem, starts: Starts) -> set[tuple[int, ...]]:
    """Return the sets of tasks that run side by side in a schedule."""
    days: dict[int, list[int]] = {}
    for index, (start, length) in enumerate(zip(starts, problem.lengths, strict=True)):
        for day in range(start, start + length):
            days.setdefault(day, []).append(index)
    return set(map(tuple, days.values()))


class DualPrices:
    """The linear programme over allowed sets: how many days each one runs, so that every task gets its length."""

    def __init__(self, packing: Packing, sets: Iterable[tuple[int, ...]]) -> None:
        """Begin with some sets that hold every task."""
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - half a second, paid only where it is needed

        self.packing = packing
        self.solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        lengths, endless = packing.problem.lengths, self.solver.infinity()
        self.rows = {index: self.solver.RowConstraint(lengths[index], endless, "") for index in packing.tasks}
        self.solver.Objective().SetMinimization()
        for members in sets:
            self._add(members)

    def _add(self, members: Iterable[int]) -> None:
        days = self.solver.NumVar(0, self.solver.infinity(), "")
        self.solver.Objective().SetCoefficient(days, 1)
        for index in members:
            self.rows[index].SetCoefficient(days, 1)

    def solve(self, least: int) -> list[float] | None:
        """Return the best price of each task; None when the bound would be no more than `least`."""
        for _ in range(MOST_ROUNDS):
            self.solver.Solve()
            if self.solver.Objective().Value() <= least:
                return None
            prices = [0.0] * self.packing.problem.size
            for index, row in self.rows.items():
                prices[index] = max(0.0, row.dual_value())
            heaviest = self.packing.heaviest(prices)
            if heaviest.weight <= 1 + SMALLEST:
                return prices
            self._add(heaviest.members)
        return None


def bound_of(problem: Problem, resource: Resource) -> int:
    """Return the days that a resource alone takes: its work over its capacity."""
    work = sum(map(int.__mul__, resource.demands, problem.lengths))
    return -(-work // resource.capacity) if resource.capacity else 0


def joint_resource(problem: Problem, starts: Starts, least: int) -> Resource | None:
    """Return the resource that gives the best bound; None when that is no more than `least`, or takes too long.

    `starts` is a schedule without faults: the search begins with the sets that run side by side in it.
    """
    packing = Packing(problem)
    try:
        prices = DualPrices(packing, sets_of(problem, starts)).solve(least)
        if prices is None:
            return None
        resources = [_whole(packing, prices, scale) for scale in SCALES]
    except TooManyStepsError:
        return None
    best = max(resources, key=lambda resource: bound_of(problem, resource))
    return best if bound_of(problem, best) > least else None


def _whole(packing: Packing, prices: Sequence[float], scale: int) -> Resource:
    """Return prices as whole demands, with the capacity that every allowed set keeps."""
    demands = tuple(int(price * scale + SMALLEST * scale) for price in prices)
    return Resource(round(packing.heaviest(demands).weight), demands)


LEAST_EXCESS = 1e-5
"""The share of the limits by which a period must be above its own, so that it counts."""
MOST_SHARES = 12_000
"""Days of windows, of all tasks together; a larger problem has no such bound."""


class LedgerRelaxation:
    """The linear programme of a problem with a ledger, for finishes up to `most`, none below the longest chain."""

    def __init__(self, problem: Problem, ledger: Ledger, most: int) -> None:
        """Set up everything but the finish."""
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
            self._keep(resource, most)
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

    def _keep(self, resource: Resource, most: int) -> None:
        rows = [self.solver.RowConstraint(-self.endless, 1, "") for _ in range(most)]
        for index, demand in enumerate(resource.demands):
            for day, share in self.shares[index].items() if demand else ():
                for running in range(day, day + self.problem.lengths[index]):
                    rows[running].SetCoefficient(share, demand / resource.capacity)

    def _spend_all(self) -> None:
        """Limit every period, with an excess that is minimised."""
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
            of_kinds = [dict(by_period[period]) for by_period in opening.amounts]
            amounts = {other: min(kind.get(other, 0) for kind in of_kinds) for other in range(self.periods)}
            self._spend(begun, amounts)
            if before is not None:
                self.solver.Add(begun >= before)
                self._spend(before, amounts, sign=-1)
            before = begun


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
    relaxation, bound, step = LedgerRelaxation(problem, ledger, most), least, (most - least + 1) // 2
    while step and may_go_on():
        if bound + step <= most and relaxation.refutes(bound + step - 1, bound):
            bound += step
        else:
            step //= 2
    return bound
