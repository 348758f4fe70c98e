"""Place many lists of tasks at once along the days, in whole arrays (M20).

What is free on a day is one whole number for all resources, with a spare bit
above each that shows an overdraft. Whether a task has room is looked up for a
window of days from its earliest one on, as the bits of one number; only where
no day of it has room, all days are.

Laws: a list is placed as in `serial`, by its keys and each task after its
predecessors; a list that found a day for every task is a schedule without
faults.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.exact.problem import Problem, Resource

Whole: TypeAlias = NDArray[np.int64]
Narrow: TypeAlias = NDArray[Any]
"""Whole numbers of the narrowest type that holds them."""
Bits: TypeAlias = NDArray[np.uint64]
Flags: TypeAlias = NDArray[np.bool_]
Keys: TypeAlias = NDArray[np.float64]

BITS, NARROW_BITS = 62, 30
MOST_DAYS = 32_000
"""Days that a narrow number holds, with a window beyond; a longer problem is left out."""
WINDOW = 64
"""Days that are looked at in one number."""
BEHIND = 1e-6
"""By how much a task's key is behind those of its predecessors where its own would be before them."""


@dataclass(frozen=True, slots=True)
class Word:
    """Resources in one whole number: all that is free, their spare bits, each task's demand, and as its days."""

    free: int
    spare: Any
    demands: Narrow
    runs: Narrow


def words_of(problem: Problem) -> Iterator[Word]:
    """Yield the resources packed into whole numbers."""
    word: list[tuple[Resource, int]] = []
    bits = 0
    for resource in problem.resources:
        width = resource.capacity.bit_length() + 1
        if word and bits + width > BITS:
            yield _packed(problem, word)
            word, bits = [], 0
        word.append((resource, bits))
        bits += width
    if word:
        yield _packed(problem, word)


def _packed(problem: Problem, word: list[tuple[Resource, int]]) -> Word:
    free = spare = 0
    packed = [0] * problem.size
    for resource, bits in word:
        free |= resource.capacity << bits
        spare |= 1 << (bits + resource.capacity.bit_length())
        for place, demand in enumerate(resource.demands):
            packed[place] |= (demand << bits) if problem.lengths[place] else 0
    kind = np.int32 if spare.bit_length() <= NARROW_BITS else np.int64
    demands = np.array(packed, kind)[:, None]
    days = np.arange(longest_of(problem)) < np.array(problem.lengths)[:, None]
    return Word(free | spare, kind(spare), demands, demands * days)


def longest_of(problem: Problem) -> int:
    """Return the days of the longest task, one at least."""
    return max(1, *problem.lengths, 1)


def shifts_of(problem: Problem) -> Bits:
    """Return by how far a window's bits are laid over themselves, step by step, until only whole runs are left."""
    steps = (longest_of(problem) - 1).bit_length()
    shifts = np.zeros((steps, problem.size), np.uint64)
    covered = np.ones(problem.size, np.int64)
    for step in range(steps):
        shifts[step] = np.clip(np.array(problem.lengths) - covered, 0, covered)
        covered *= 2
    return shifts


class Room:
    """What is free, day by day, in each of many lists."""

    def __init__(self, line: Line, lists: int) -> None:
        """Begin with nothing in use."""
        self.line, self.rows = line, np.arange(lists)
        width = line.beyond + max(WINDOW, line.longest)
        self.free = [np.full((lists, width), word.free, word.demands.dtype) for word in line.words]
        self.windows = [sliding_window_view(free, WINDOW, axis=1) for free in self.free]
        self.runs = [sliding_window_view(free, line.longest, axis=1, writeable=True) for free in self.free]

    def first_fit(self, task: Whole, earliest: Narrow) -> Whole:
        """Return the first day, not before the earliest, from which each list's task has room; beyond all if none."""
        fits = np.full(len(task), ~np.uint64(0))
        for window, word in zip(self.windows, self.line.words, strict=True):
            seen = window[self.rows, earliest]
            seen -= word.demands[task]
            seen &= word.spare
            fits &= np.packbits(seen == word.spare, axis=1, bitorder="little").view("<u8")[:, 0]
        for shifts in self.line.shifts:
            fits &= fits >> shifts[task]
        offset = np.bitwise_count(~fits & (fits - np.uint64(1)))
        start: Whole = np.minimum(earliest + offset, self.line.beyond).astype(np.int64)
        missed = np.flatnonzero(offset == WINDOW)
        if missed.size:
            start[missed] = self._first_of_all(missed, task[missed], earliest[missed])
        return start

    def _first_of_all(self, rows: Whole, task: Whole, earliest: Narrow) -> Whole:
        """Return the first day of some lists' tasks among all days."""
        line = self.line
        is_full = line.numbers < earliest[:, None]
        for free, word in zip(self.free, line.words, strict=True):
            is_full |= ((free[rows, : line.days] - word.demands[task]) & word.spare) != word.spare
        last_full = np.maximum.accumulate(np.where(is_full, line.numbers, np.int16(-1)), axis=1)
        has_room = line.numbers - last_full >= line.lengths[task][:, None]
        return np.where(has_room.any(1), has_room.argmax(1) + 1 - line.lengths[task], line.beyond)

    def take(self, task: Whole, start: Whole) -> None:
        """Put each list's task in."""
        for run, word in zip(self.runs, self.line.words, strict=True):
            run[self.rows, start] -= word.runs[task]


class Line:
    """Places whole populations along the days, forwards or, mirrored, backwards."""

    def __init__(self, problem: Problem, days: int, *, is_mirrored: bool = False) -> None:
        """Index links, waits and demands for so many days."""
        size = problem.size
        self.days, self.beyond, self.size, self.is_mirrored = days, days + 1, size, is_mirrored
        self.numbers = np.arange(days, dtype=np.int16)
        self.lengths = np.array(problem.lengths, np.int64)
        self.longest, self.words, self.shifts = longest_of(problem), list(words_of(problem)), shifts_of(problem)
        self.before = problem.followers if is_mirrored else problem.after
        self.order = tuple(reversed(problem.order)) if is_mirrored else problem.order
        self.links = np.zeros((size, size), np.int16)
        for place, before in enumerate(self.before):
            self.links[list(before), place] = 1
        self.waits = self._waits(problem) if any(problem.waits) else None
        earliest = (0,) * size if is_mirrored else problem.earliest
        self.first = np.minimum(earliest, self.beyond).astype(np.int16)
        latest = [days if day is None or is_mirrored else day for day in problem.latest]
        self.last = np.array(latest, np.int64)

    def _waits(self, problem: Problem) -> Narrow:
        """Return, for each task and end, when what hangs on it may start; mirrored, for the task that hangs on it."""
        table = np.zeros((self.size, self.beyond + 1), np.int16)
        for place in range(self.size):
            for end in range(1 - self.is_mirrored, self.days + 1):
                if self.is_mirrored:
                    ready = self.days - problem.latest_end(place, self.days - end)
                else:
                    ready = problem.ready(place, end)
                table[place, end] = min(ready, self.beyond)
        table[:, self.beyond] = self.beyond
        return table

    def listed(self, keys: Keys) -> Whole:
        """Return the tasks of each list, as columns, by their keys, each after its predecessors."""
        moved = keys.T.copy()
        for place in self.order:
            if self.before[place]:
                least = moved[list(self.before[place])].max(0) + BEHIND
                np.maximum(moved[place], least, out=moved[place])
        return moved.argsort(axis=0, kind="stable")

    def place(self, keys: Keys) -> tuple[Whole, Flags]:
        """Return the starts that each list of keys leads to, and whether all tasks found a day."""
        lists = len(keys)
        room = Room(self, lists)
        earliest = np.tile(self.first, (lists, 1))
        starts = np.zeros((lists, self.size), np.int64)
        is_whole = np.ones(lists, np.bool_)
        for task in self.listed(keys):
            start = room.first_fit(task, earliest[room.rows, task])
            end = start + self.lengths[task]
            is_whole &= (end <= self.days) & (start <= self.last[task])
            starts[room.rows, task] = start
            room.take(task, start)
            ready = self._ready(task, np.minimum(end, self.beyond).astype(np.int16))
            np.maximum(earliest, self.links[task] * ready, out=earliest)
        return starts, is_whole

    def _ready(self, task: Whole, end: Narrow) -> Narrow:
        """Return the first day that each list's task, ended, leaves to every other one."""
        if self.waits is None:
            return end[:, None]
        return self.waits[:, end].T if self.is_mirrored else self.waits[task, end][:, None]
