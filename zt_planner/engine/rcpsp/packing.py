"""Which tasks can run side by side, and what the heaviest such set weighs (M20).

Tasks on one chain never run together; a set that takes more of a resource than
there is does not either. A weight for each task under which no allowed set
weighs more than some capacity is a resource of its own: whoever keeps the
given ones keeps it too, and its sum of weight times length over its capacity
is a bound that single resources do not give. The best weights are the prices
of a linear programme over the allowed sets (Mingozzi et al. 1998), solved by
adding sets as they are needed; they are then made whole, and the capacity is
found exactly, so that no rounding can make a bound too large.

Law: a returned resource is kept by every schedule without faults.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from zt_planner.engine.rcpsp.problem import Problem, Resource, Starts

MOST_STEPS = 60_000
"""Steps in which the heaviest set is looked for; a problem that needs more gets no resource of its own."""
MOST_ROUNDS = 400
"""Rounds in which sets are added to the linear programme."""
SCALES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 24, 60, 120, 1_000)
"""What prices are multiplied with before they are made whole; the first of equally good ones is taken."""
SMALLEST = 1e-7
"""Prices below this are none."""


class TooManyStepsError(Exception):
    """The heaviest set was not found in the steps allowed; nothing is known then."""


@dataclass(frozen=True, slots=True)
class Heaviest:
    """The heaviest allowed set for some weights."""

    weight: float
    members: tuple[int, ...]


class Packing:
    """The sets of tasks of a problem that can run side by side."""

    def __init__(self, problem: Problem) -> None:
        """Join demands by task; nothing is searched yet."""
        self.problem = problem
        self.capacities = tuple(resource.capacity for resource in problem.resources)
        self.demands = tuple(
            tuple(resource.demands[index] for resource in problem.resources) for index in range(problem.size)
        )
        self.tasks = tuple(index for index in range(problem.size) if problem.lengths[index])

    def heaviest(self, weights: Sequence[float], among: Iterable[int] | None = None) -> Heaviest:
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
        self.best = Heaviest(0.0, ())
        self.steps = 0

    def extend(self, candidates: Sequence[int], room: Sequence[int], weight: float, members: tuple[int, ...]) -> None:
        """Try every candidate as the next member; `room` is what the members leave of each resource."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooManyStepsError
        if weight > self.best.weight + SMALLEST:
            self.best = Heaviest(weight, members)
        rest = sum(self.weights[index] for index in candidates)
        for turn, index in enumerate(candidates):
            if weight + rest <= self.best.weight + SMALLEST:
                return
            rest -= self.weights[index]
            left = tuple(map(int.__sub__, room, self.packing.demands[index]))
            relatives = self.related[index]
            fitting = [
                other for other in candidates[turn + 1 :] if not relatives >> other & 1 and self._fits(other, left)
            ]
            self.extend(fitting, left, weight + self.weights[index], (*members, index))

    def _fits(self, index: int, room: Sequence[int]) -> bool:
        return all(map(int.__le__, self.packing.demands[index], room))


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
            found = self.packing.heaviest(prices)
            if found.weight <= 1 + SMALLEST:
                return prices
            self._add(found.members)
        return None


def bound_of(problem: Problem, resource: Resource) -> int:
    """Return the days that a resource alone takes: its work over its capacity."""
    work = sum(map(int.__mul__, resource.demands, problem.lengths))
    return -(-work // resource.capacity) if resource.capacity else 0


def joint_resource(problem: Problem, starts: Starts, least: int) -> Resource | None:
    """Return the resource that gives the best bound of all; None when that is no more than `least` or not found.

    `starts` is a schedule without faults: the sets that run side by side in it are where the search begins.
    """
    packing = Packing(problem)
    try:
        prices = DualPrices(packing, sets_of(problem, starts)).solve(least)
        if prices is None:
            return None
        found = [_whole(packing, prices, scale) for scale in SCALES]
    except TooManyStepsError:
        return None
    best = max(found, key=lambda resource: bound_of(problem, resource))
    return best if bound_of(problem, best) > least else None


def _whole(packing: Packing, prices: Sequence[float], scale: int) -> Resource:
    """Return prices as whole demands, with the capacity that every allowed set keeps."""
    demands = tuple(int(price * scale + SMALLEST * scale) for price in prices)
    return Resource(round(packing.heaviest(demands).weight), demands)
