"""Serial schedules within milliseconds: each task as early as possible, in many shuffled orders (M20).

A list of tasks becomes a schedule by placing one after the other as early as links, waits, resources and ledger allow.
The tries shuffle the list of the best schedule a little, by random numbers of a fixed seed.

Laws: every schedule returned has no faults and keeps the ledger; no try is longer than the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush

import numpy as np

from zt_planner.engine.rcpsp.problem import Ledger, Problem, Starts, earliest_starts, latest_starts, period_sums
from zt_planner.engine.scheduling.schedule import first_fit

SEED = 0
REACH, MOVED_SHARE = 0.3, 0.15
"""A try moves some fifteen per cent of the tasks in the list, by up to three tenths of the whole length."""


def precedence_list(problem: Problem, keys: Sequence[float]) -> list[int]:
    """Return the tasks by their keys, the smallest first, each after its predecessors."""
    missing = [len(before) for before in problem.after]
    free = [(keys[index], index) for index, count in enumerate(missing) if not count]
    heapify(free)
    order = []
    while free:
        _, index = heappop(free)
        order.append(index)
        for follower in problem.followers[index]:
            missing[follower] -= 1
            if not missing[follower]:
                heappush(free, (keys[follower], follower))
    return order


class ResourceUse:
    """What is in use of each resource, day by day."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.used: tuple[list[int], ...] = tuple([] for _ in problem.resources)

    def rooms(self, index: int) -> list[tuple[list[int], int]]:
        """Return the use of each resource that a task takes, with the most that may be in use already."""
        pairs = zip(self.problem.resources, self.used, strict=True)
        return [
            (used, resource.capacity - resource.demands[index]) for resource, used in pairs if resource.demands[index]
        ]

    def take(self, index: int, start: int) -> None:
        end = start + self.problem.lengths[index]
        for resource, used in zip(self.problem.resources, self.used, strict=True):
            demand = resource.demands[index]
            if demand:
                used.extend([0] * (end - len(used)))
                used[start:end] = [in_use + demand for in_use in used[start:end]]


class LedgerAccount:
    """A ledger that is filled task by task, as if the last task ended before `finish`."""

    def __init__(self, ledger: Ledger, size: int, finish: int) -> None:
        """Book the finish."""
        self.ledger, self.finish = ledger, finish
        self.starts: list[int | None] = [None] * size
        self._openers = frozenset(member for opening in ledger.openings for member in opening.members)
        self._booked = period_sums([ledger.of_finish(finish)], len(ledger.limits))
        self._opened = self._opened_by(self.starts)

    def fits(self, index: int, start: int) -> bool:
        """Tell whether a task can be booked on a day."""
        amounts, limits = self.ledger.of_task(index, start), self.ledger.limits
        if index not in self._openers:
            booked, opened = self._booked, self._opened
            return all(booked[period] + opened[period] + amount <= limits[period] for period, amount in amounts)
        sums = map(
            int.__add__,
            period_sums([amounts], len(limits)),
            self._opened_by([*self.starts[:index], start, *self.starts[index + 1 :]]),
        )
        return all(map(int.__le__, map(int.__add__, sums, self._booked), limits))

    def book(self, index: int, start: int) -> None:
        for period, amount in self.ledger.of_task(index, start):
            self._booked[period] += amount
        self.starts[index] = start
        if index in self._openers:
            self._opened = self._opened_by(self.starts)

    def _opened_by(self, starts: Sequence[int | None]) -> list[int]:
        return period_sums(self.ledger.opening_amounts(starts, self.finish), len(self.ledger.limits))


def serial_schedule(problem: Problem, order: Sequence[int], horizon: int) -> Starts | None:
    """Return the schedule of a list; None when a task finds no day that ends by the horizon."""
    use, starts = ResourceUse(problem), list(problem.earliest)
    account = None if problem.ledger is None else LedgerAccount(problem.ledger, problem.size, horizon)
    for index in order:
        length, rooms = problem.lengths[index], use.rooms(index)
        start = first_fit(starts[index], length, rooms)
        while account is not None and start + length <= horizon and not account.fits(index, start):
            start = first_fit(start + 1, length, rooms)
        latest = problem.latest[index]
        if start + length > horizon or (latest is not None and start > latest):
            return None
        starts[index] = start
        use.take(index, start)
        if account is not None:
            account.book(index, start)
        for follower in problem.followers[index]:
            starts[follower] = max(starts[follower], problem.ready(index, follower, start + length))
    return tuple(starts)


def urgent_first(problem: Problem, near: Starts) -> Starts | None:
    """Return a schedule in which what must start soonest is placed first; None where that breaks something.

    `near` is a schedule that keeps less: of tasks that may start late, those come first that start early in it.
    """
    firsts, lasts = earliest_starts(problem), latest_starts(problem, problem.horizon)
    if any(map(int.__gt__, firsts, lasts)):
        return None
    for keys in (lasts, list(map(min, near, lasts)), latest_starts(problem, problem.finish_of(near))):
        starts = _without_faults(problem, precedence_list(problem, keys))
        if starts is not None:
            return starts
    return None


def _without_faults(problem: Problem, order: Sequence[int]) -> Starts | None:
    """Return the schedule of a list, made again where its finish spends more than later ones; None with faults."""
    starts = serial_schedule(problem, order, problem.horizon)
    if starts is not None and any(problem.faults_of(starts)):
        starts = serial_schedule(problem, order, problem.finish_of(starts))
    return None if starts is None or any(problem.faults_of(starts)) else starts


def tries(problem: Problem, starts: Starts) -> Iterator[Starts]:
    """Yield the shortest schedule so far, try after try around a given one, without end."""
    random = np.random.default_rng(SEED)
    while True:
        finish = problem.finish_of(starts)
        moves = REACH * finish * random.uniform(-1, 1, problem.size) * (random.random(problem.size) < MOVED_SHARE)
        starts = (
            serial_schedule(problem, precedence_list(problem, (np.array(starts) + moves).tolist()), finish) or starts
        )
        yield starts
