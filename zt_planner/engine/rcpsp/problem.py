"""A resource-constrained problem: tasks without breaks, links with waits, resources that renew every day (M20).

Days are whole numbers from 0 on, ends are exclusive: a task of three days that starts on day 4 ends on day 7, and a
follower may start on day 7. Days that nobody works on are not days at all, so closures need no rule here. A ledger
limits what is spent in each period, in whole numbers: it follows from the first day of each task, from the period in
which the first of some tasks starts (an opening), and from the finish. Which amounts these are, and in which unit, is
the caller's business. Nothing here decides which schedule is good.

Laws: a schedule in which `faults_of` finds nothing keeps every link, wait, resource and period; none has a task before
its earliest start, and none that ends by a horizon one after its latest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from zt_planner.domain.dependencies import topological_order

Wait: TypeAlias = Callable[[int], int]
"""From the end of a task, 1 or later, to the first day on which a follower may start: never falls, never before it."""

Starts: TypeAlias = tuple[int, ...]
"""The first day of each task."""

Amounts: TypeAlias = tuple[tuple[int, int], ...]
"""Periods with what is spent in them, in order; nothing is spent in those that are not there."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What begins with the first of some tasks, or with the last day where `members` is empty.

    `amounts[kind][period]` is what it spends where it begins in a period; the kind is that of the leading opening's
    period (`Ledger.kinds`).
    """

    members: tuple[int, ...]
    amounts: tuple[tuple[Amounts, ...], ...]

    def first_day(self, starts: Sequence[int | None], finish: int) -> int | None:
        """Return the day on which it begins; None while none of its tasks has a first day."""
        if not self.members:
            return max(finish - 1, 0)
        return min((day for member in self.members if (day := starts[member]) is not None), default=None)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Limits by period, the period of each day, and what tasks, openings and the finish spend.

    `of_task` gives the amounts of a task and its first day, `of_finish` those of the day after the last.
    `openings[0]` leads: `kinds` has a kind for each period in which it may begin.
    """

    limits: tuple[int, ...]
    period_of: Callable[[int], int]
    of_task: Callable[[int, int], Amounts]
    openings: tuple[Opening, ...]
    kinds: tuple[int, ...]
    of_finish: Callable[[int], Amounts]

    def opening_amounts(self, starts: Sequence[int | None], finish: int) -> list[Amounts]:
        """Return what the openings that have begun spend; an empty list while none has."""
        firsts = ((opening, opening.first_day(starts, finish)) for opening in self.openings)
        begun = [(opening, self.period_of(day)) for opening, day in firsts if day is not None]
        return [opening.amounts[self.kinds[begun[0][1]]][period] for opening, period in begun]

    def spent(self, starts: Sequence[int], finish: int) -> list[int]:
        """Return what a whole schedule spends in each period."""
        tasks = (self.of_task(index, start) for index, start in enumerate(starts))
        return period_sums((*tasks, *self.opening_amounts(starts, finish), self.of_finish(finish)), len(self.limits))

    def is_kept(self, starts: Sequence[int], finish: int) -> bool:
        """Tell whether a whole schedule keeps every limit."""
        return all(map(int.__le__, self.spent(starts, finish), self.limits))


def period_sums(amounts: Iterable[Amounts], periods: int) -> list[int]:
    sums = [0] * periods
    for some in amounts:
        for period, amount in some:
            sums[period] += amount
    return sums


@dataclass(frozen=True, slots=True)
class Resource:
    """So much of something a day, and how much of it each task takes while it runs."""

    capacity: int
    demands: tuple[int, ...]


@dataclass(frozen=True)
class Problem:
    """Tasks by their indices; `after` holds each one's predecessors, `waits` what follows each one's end.

    `gates` are links, a predecessor and its follower, that leave out the predecessor's wait.

    `earliest` and `latest` bound the first day of a task; equal ones fix it. All
    must be finished by the horizon. The links hold no circle.
    """

    lengths: tuple[int, ...]
    after: tuple[tuple[int, ...], ...]
    resources: tuple[Resource, ...]
    waits: tuple[Wait | None, ...]
    earliest: tuple[int, ...]
    latest: tuple[int | None, ...]
    horizon: int
    ledger: Ledger | None = None
    gates: frozenset[tuple[int, int]] = frozenset()

    @property
    def size(self) -> int:
        return len(self.lengths)

    @cached_property
    def followers(self) -> tuple[tuple[int, ...], ...]:
        """The tasks that each one directly lets start."""
        followers: list[list[int]] = [[] for _ in self.lengths]
        for index, before in enumerate(self.after):
            for other in before:
                followers[other].append(index)
        return tuple(map(tuple, followers))

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The tasks in an order in which each comes after its predecessors."""
        return topological_order(self.after)

    @cached_property
    def related(self) -> tuple[int, ...]:
        """For each task, the tasks that come before or after it through any chain, as a mask of bits."""
        before, behind = [0] * self.size, [0] * self.size
        for index in self.order:
            for other in self.after[index]:
                before[index] |= before[other] | 1 << other
        for index in reversed(self.order):
            for other in self.followers[index]:
                behind[index] |= behind[other] | 1 << other
        return tuple(map(int.__or__, before, behind))

    def ready(self, index: int, follower: int, end: int) -> int:
        """Return the first day on which a follower may start where a task ends on a day."""
        wait = self.waits[index]
        return end if wait is None or (index, follower) in self.gates else wait(end)

    def latest_end(self, index: int, follower: int, start: int) -> int:
        """Return the last day on which a task may end so that a follower can start on a day; 0 where there is none."""
        end = start
        while end > 0 and self.ready(index, follower, end) > start:
            end -= 1
        return end

    def finish_of(self, starts: Sequence[int]) -> int:
        """Return the day after the last one of a schedule."""
        return max((start + length for start, length in zip(starts, self.lengths, strict=True)), default=0)

    def end_of(self, tasks: Iterable[int], starts: Sequence[int]) -> int:
        """Return the day after the last one of some tasks."""
        return max(starts[index] + self.lengths[index] for index in tasks)

    def ended_by(self, tasks: Iterable[int], end: int) -> Problem:
        latest = list(self.latest)
        for index in tasks:
            last, own = end - self.lengths[index], latest[index]
            latest[index] = last if own is None else min(own, last)
        return replace(self, latest=tuple(latest))

    def usage_of(self, resource: Resource, starts: Sequence[int]) -> list[int]:
        """Return how much of a resource a schedule takes on each day."""
        used = [0] * self.finish_of(starts)
        for start, length, demand in zip(starts, self.lengths, resource.demands, strict=True):
            for day in range(start, start + length):
                used[day] += demand
        return used

    def faults_of(self, starts: Sequence[int]) -> Iterator[str]:
        """Yield what is wrong with a schedule: windows, links with waits, resources, ledger."""
        for index in range(self.size):
            yield from self._faults_of_task(index, starts)
        for number, resource in enumerate(self.resources):
            for day, used in enumerate(self.usage_of(resource, starts)):
                if used > resource.capacity:
                    yield f"resource {number} is used above its capacity on {day}"
        finish = self.finish_of(starts)
        if finish > self.horizon:
            yield f"the last task ends on {finish}, past the horizon"
        if self.ledger is not None and not self.ledger.is_kept(starts, finish):
            yield "a period spends more than its limit"

    def _faults_of_task(self, index: int, starts: Sequence[int]) -> Iterator[str]:
        start, latest = starts[index], self.latest[index]
        if start < self.earliest[index] or (latest is not None and start > latest):
            yield f"task {index} starts on {start}, outside its window"
        for before in self.after[index]:
            if start < self.ready(before, index, starts[before] + self.lengths[before]):
                yield f"task {index} starts on {start}, before task {before} lets it"


def plain_problem(lengths: Sequence[int], after: Sequence[Sequence[int]], resources: Sequence[Resource]) -> Problem:
    """Return a problem without waits and windows, whose horizon leaves time for one task after the other."""
    size, links = len(lengths), tuple(map(tuple, after))
    none = (None,) * size
    return Problem(tuple(lengths), links, tuple(resources), none, (0,) * size, none, sum(lengths))


def earliest_starts(problem: Problem) -> list[int]:
    """Return the first day of each task that links and waits leave it."""
    starts = list(problem.earliest)
    for index in problem.order:
        for follower in problem.followers[index]:
            ready = problem.ready(index, follower, starts[index] + problem.lengths[index])
            starts[follower] = max(starts[follower], ready)
    return starts


def latest_starts(problem: Problem, horizon: int) -> list[int]:
    """Return the last day on which each task can start where all is finished before a day."""
    starts = [
        min(horizon - length, horizon if latest is None else latest)
        for length, latest in zip(problem.lengths, problem.latest, strict=True)
    ]
    for index in reversed(problem.order):
        for follower in problem.followers[index]:
            end = problem.latest_end(index, follower, starts[follower])
            starts[index] = min(starts[index], end - problem.lengths[index])
    return starts


def chain_bound(problem: Problem) -> int:
    """Return the finish of the longest chain of lengths and waits."""
    return problem.finish_of(earliest_starts(problem))
