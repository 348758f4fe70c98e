"""What a schedule spends in each period, and the most that each may hold (M20).

Amounts are whole numbers. They follow from the first day of each task, from
the period in which the first of some tasks starts (an opening), and from the
finish. Which amounts these are, and in which unit, is the caller's business.

Laws: `spent` adds up what the three parts say; an account that books only what
fits stays within the limits of every period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Amounts: TypeAlias = tuple[tuple[int, int], ...]
"""Periods with what is spent in them, in order; nothing is spent in those that are not there."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What begins with the first of some tasks, of none with the last day: `amounts[kind][period]`, by its period.

    The kind is that of the leading opening's period (`Ledger.kinds`).
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

    `of_task` gives a task's amounts by its first day, `of_finish` those of the
    day after the last. `openings[0]` leads: `kinds` has a kind for each period
    in which it may begin.
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
    """Add amounts up, period by period."""
    sums = [0] * periods
    for some in amounts:
        for period, amount in some:
            sums[period] += amount
    return sums


class LedgerAccount:
    """A ledger that is filled task by task, as if the last task ended before `finish`."""

    def __init__(self, ledger: Ledger, size: int, finish: int) -> None:
        """Book the finish; no task is booked yet."""
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
        """Book a task."""
        for period, amount in self.ledger.of_task(index, start):
            self._booked[period] += amount
        self.starts[index] = start
        if index in self._openers:
            self._opened = self._opened_by(self.starts)

    def _opened_by(self, starts: Sequence[int | None]) -> list[int]:
        """Return what the openings spend where some tasks have a first day."""
        return period_sums(self.ledger.opening_amounts(starts, self.finish), len(self.ledger.limits))
