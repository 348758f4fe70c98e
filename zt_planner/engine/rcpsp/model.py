"""A problem in CP-SAT: links, waits, resources, ledger and objectives (M20).

Laws: what the solver may return is exactly the schedules without faults that
are finished by the horizon; `engine.rcpsp.spending` adds the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from zt_planner.engine.rcpsp.problem import Problem, Starts, earliest_starts, latest_starts


class CpModel:
    """The constraint model of a problem whose schedules are finished by a horizon, for which no window is empty."""

    def __init__(self, problem: Problem, horizon: int, *, least: int = 0) -> None:
        """Set everything but the ledger up; `least` is a bound of the finish that is known."""
        from ortools.sat.python import cp_model  # noqa: PLC0415 - half a second, paid only where it is needed

        self.problem, self.least, self.horizon = problem, least, horizon
        self.model = cp_model.CpModel()
        self.windows = list(zip(earliest_starts(problem), latest_starts(problem, horizon), strict=True))
        self._ready: list[tuple[int, Any]] = []
        self.facts: list[tuple[Any, Callable[[Sequence[int]], bool]]] = []
        self.starts = [self.model.new_int_var(first, last, "") for first, last in self.windows]
        self.finish = self.model.new_int_var(least, horizon, "")
        self._link()
        self._share()

    def _link(self) -> None:
        """Let each task start after its predecessors and their waits, and the finish come last."""
        problem = self.problem
        ends = [start + length for start, length in zip(self.starts, problem.lengths, strict=True)]
        for index, end in enumerate(ends):
            for follower in problem.followers[index]:
                self.model.add(self.starts[follower] >= end)
            if problem.followers[index] and problem.waits[index] is not None:
                self._wait(index)
        self.model.add_max_equality(
            self.finish, [end for index, end in enumerate(ends) if not problem.followers[index]]
        )

    def _wait(self, index: int) -> None:
        """Let followers start when a wait is over: a table from the task's first day to that day."""
        problem, (first, last) = self.problem, self.windows[index]
        ends = range(first + problem.lengths[index], last + problem.lengths[index] + 1)
        table = [problem.ready(index, end) for end in ends]
        ready = self.model.new_int_var(table[0], table[-1], "")
        self.model.add_element(self.starts[index] - first, table, ready)
        least = min(day - end for day, end in zip(table, ends, strict=True))
        for follower in problem.followers[index]:
            self.model.add(self.starts[follower] >= ready)
            self.model.add(self.starts[follower] >= self.starts[index] + problem.lengths[index] + least)
        self._ready.append((index, ready))

    def _share(self) -> None:
        """Keep every resource on every day."""
        lengths = self.problem.lengths
        intervals = [
            self.model.new_fixed_size_interval_var(start, length, "")
            for start, length in zip(self.starts, lengths, strict=True)
        ]
        for resource in self.problem.resources:
            users = [index for index, demand in enumerate(resource.demands) if demand and lengths[index]]
            if sum(resource.demands[index] for index in users) > resource.capacity:
                demands = [resource.demands[index] for index in users]
                self.model.add_cumulative([intervals[index] for index in users], demands, resource.capacity)

    def hint(self, starts: Starts) -> None:
        """Tell the solver a schedule that is finished by the horizon."""
        problem = self.problem
        hints = [*zip(self.starts, starts, strict=True), (self.finish, problem.finish_of(starts))]
        for index, ready in self._ready:
            hints.append((ready, problem.ready(index, starts[index] + problem.lengths[index])))
        hints += [(literal, int(fact(starts))) for literal, fact in self.facts]
        for variable, value in hints:
            self.model.add_hint(variable, value)

    def weighted_ends(self, weights: Sequence[int]) -> Any:  # noqa: ANN401 - ortools' linear expressions have no type
        """Return the sum of the days on which tasks end, each times its weight."""
        pairs = zip(self.starts, self.problem.lengths, weights, strict=True)
        return sum(weight * (start + length) for start, length, weight in pairs)
