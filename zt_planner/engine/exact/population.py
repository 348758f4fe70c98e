"""Many schedules at once: a population of lists that cross, in whole arrays (M20).

Each list of tasks becomes a schedule as in `serial`, but for all lists in one
go: what is free on a day is one whole number for all resources, with a spare
bit above each that shows an overdraft. Lists cross by taking a stretch of one
in the order of another, are shuffled a little, justified, and the shortest
survive. Used where no ledger is kept.

Laws: every schedule returned has no faults; the same problem, seed and number
of generations give the same schedule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from zt_planner.engine.exact.windows import chain_bound, latest_starts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.engine.exact.problem import Problem, Resource, Starts

Whole: TypeAlias = NDArray[np.int64]
Narrow: TypeAlias = NDArray[Any]
"""Whole numbers of the narrowest type that holds them: what is looked at most is a quarter as wide."""
Flags: TypeAlias = NDArray[np.bool_]
Keys: TypeAlias = NDArray[np.float64]

BITS, NARROW_BITS = 62, 30
MOST_DAYS = 32_000
"""Days that a narrow number holds; a longer problem is left out."""
MOST_LISTS, FEWEST_LISTS = 150, 16
MOST_CELLS = 6_000_000
"""Lists times tasks times days that one pass may look at; a problem too large for the fewest lists is left out."""
SPREAD = 0.5
"""How far the first lists are shuffled, as a share of the longest chain."""
SHUFFLED = 0.03
"""How far a child is shuffled, as a share of all places."""
ROOM = 1.2
"""A child may be so many times as long as the best before it is justified."""


def words_of(problem: Problem) -> Iterator[tuple[int, int, Narrow]]:
    """Yield the resources packed into whole numbers: all that is free, the spare bits, and each task's demands."""
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


def _packed(problem: Problem, word: list[tuple[Resource, int]]) -> tuple[int, int, Narrow]:
    free = spare = 0
    demands = [0] * problem.size
    for resource, bits in word:
        free |= resource.capacity << bits
        spare |= 1 << (bits + resource.capacity.bit_length())
        for place, demand in enumerate(resource.demands):
            demands[place] |= demand << bits
    is_narrow = spare.bit_length() <= NARROW_BITS
    return free | spare, spare, np.array(demands, np.int32 if is_narrow else np.int64)


def narrow(days: Whole) -> Narrow:
    """Return days as narrow numbers; what lies past the longest problem is the day after it."""
    return np.minimum(days, MOST_DAYS).astype(np.int16)


class Line:
    """Places whole populations along the days, forwards or, mirrored, backwards."""

    def __init__(self, problem: Problem, days: int, *, is_mirrored: bool = False) -> None:
        """Index links, waits and demands for so many days."""
        size = problem.size
        self.days, self.size = days, size
        self.numbers = np.arange(days, dtype=np.int16)
        self.lengths = np.array(problem.lengths, np.int64)
        self.words = list(words_of(problem))
        self.links = np.zeros((size, size), np.bool_)
        for place, before in enumerate(problem.after):
            for other in before:
                self.links[(place, other) if is_mirrored else (other, place)] = True
        self.missing = self.links.sum(0)
        self.is_mirrored = is_mirrored
        self.waits = self._waits(problem) if any(problem.waits) else None
        self.first = np.zeros(size, np.int64) if is_mirrored else np.array(problem.earliest, np.int64)
        latest = [days if day is None or is_mirrored else day for day in problem.latest]
        self.last = np.array(latest, np.int64)

    def _waits(self, problem: Problem) -> Whole:
        """Return, for each task and end, when what hangs on it may start; mirrored, for the task that hangs on it."""
        table = np.zeros((self.size, self.days + 1), np.int64)
        for place in range(self.size):
            for end in range(self.days + 1):
                if self.is_mirrored:
                    table[place, end] = self.days - problem.latest_end(place, self.days - end)
                else:
                    table[place, end] = problem.ready(place, end) if end else 0
        return table

    def place(self, keys: Keys) -> tuple[Whole, Flags]:
        """Return the starts that each list of keys leads to, and whether all tasks found a day."""
        lists = len(keys)
        rows, days = np.arange(lists), self.numbers
        free = [np.full((lists, self.days), all_free, demands.dtype) for all_free, _, demands in self.words]
        earliest = np.tile(self.first, (lists, 1))
        missing = np.tile(self.missing, (lists, 1))
        starts = np.zeros((lists, self.size), np.int64)
        is_whole = np.ones(lists, np.bool_)
        turn = np.where(missing > 0, np.inf, keys)
        for _ in range(self.size):
            task = turn.argmin(1)
            turn[rows, task] = np.inf
            length = self.lengths[task]
            demands = [word[2][task][:, None] for word in self.words]
            start, fits = self._first_fit(free, demands, earliest[rows, task], length)
            is_whole &= fits & (start <= self.last[task])
            starts[rows, task], end = start, start + length
            runs = (days >= narrow(start)[:, None]) & (days < narrow(end)[:, None])
            for still_free, demand in zip(free, demands, strict=True):
                np.subtract(still_free, demand * runs, out=still_free)
            links = self.links[task]
            np.maximum(earliest, links * self._ready(task, end), out=earliest)
            missing -= links
            turn = np.where(links & (missing == 0), keys, turn)
        return starts, is_whole

    def _first_fit(
        self, free: list[Narrow], demands: list[Narrow], earliest: Whole, length: Whole
    ) -> tuple[Whole, Flags]:
        """Return the first start from which each list's task has room, and whether there is one."""
        days = self.numbers
        is_full = days < narrow(earliest)[:, None]
        for still_free, demand, (_, spare, demands_of) in zip(free, demands, self.words, strict=True):
            bits = demands_of.dtype.type(spare)
            is_full |= ((still_free - demand) & bits) != bits
        last_full = np.maximum.accumulate(np.where(is_full, days, np.int16(-1)), axis=1)
        has_room = (days - last_full) >= narrow(np.maximum(length, 1))[:, None]
        end = has_room.argmax(1) + 1
        start = np.where(length == 0, earliest, end - length)
        return start, has_room[np.arange(len(end)), end - 1] | (length == 0)

    def _ready(self, task: Whole, end: Whole) -> Whole:
        """Return the first day that each list's task, ended, leaves to every other one."""
        if self.waits is None:
            return end[:, None]
        within = np.minimum(end, self.days)
        return self.waits[:, within].T if self.is_mirrored else self.waits[task, within][:, None]


class Population:
    """Schedules of a problem that cross, generation by generation."""

    def __init__(self, problem: Problem, starts: Starts, seed: int = 0) -> None:
        """Begin around the latest starts and a schedule without faults."""
        finish = problem.finish_of(starts)
        self.problem = problem
        self.days = min(int(ROOM * finish) + 2, problem.horizon)
        self.lists = min(MOST_LISTS, MOST_CELLS // max(1, problem.size * self.days))
        self.chance = np.random.default_rng(seed)
        self.lengths = np.array(problem.lengths, np.int64)
        self.starts = np.array([starts], np.int64)
        self.finishes = np.array([finish], np.int64)
        if self.is_small_enough:
            self.forwards, self.backwards = (Line(problem, self.days, is_mirrored=side) for side in (False, True))
            base = np.array(latest_starts(problem, chain_bound(problem)), np.float64)
            moved = self.chance.uniform(-1, 1, (self.lists, problem.size)) * SPREAD * max(1.0, base.max())
            moved[0] = 0.0
            self._take(self._justified(base + moved))

    @property
    def is_small_enough(self) -> bool:
        """Tell whether a generation is worth its time."""
        return self.lists >= FEWEST_LISTS and self.days <= MOST_DAYS

    @property
    def cells(self) -> int:
        """How many days of tasks a generation looks at: its work."""
        return 3 * self.lists * self.problem.size * self.days

    @property
    def best(self) -> Starts:
        """The shortest schedule."""
        return tuple(int(day) for day in self.starts[self.finishes.argmin()])

    def _justified(self, keys: Keys) -> Whole:
        """Return the schedules of keys, pushed to the right and to the left again."""
        starts, is_whole = self.forwards.place(keys)
        mirrored, is_back = self.backwards.place(-(starts[is_whole] + self.lengths).astype(np.float64))
        again, is_there = self.forwards.place(-(mirrored[is_back] + self.lengths).astype(np.float64))
        return again[is_there]

    def _take(self, children: Whole) -> None:
        """Keep the shortest of all, none twice; of equally short ones, some."""
        every = np.unique(np.vstack([self.starts, children]), axis=0)
        finishes = (every + self.lengths).max(1)
        chosen = np.argsort(finishes + 0.5 * self.chance.random(len(every)), kind="stable")[: self.lists]
        self.starts, self.finishes = every[chosen], finishes[chosen]

    def _parents(self) -> Whole:
        """Return the places of parents: the shorter of two drawn, as many as there are lists."""
        drawn = self.chance.integers(0, len(self.starts), (self.lists, 2))
        is_first = self.finishes[drawn[:, 0]] <= self.finishes[drawn[:, 1]]
        return np.where(is_first, drawn[:, 0], drawn[:, 1])

    def next_generation(self) -> None:
        """Let the population cross once."""
        size = self.problem.size
        noise = 1e-3 * self.chance.random(self.starts.shape)
        ranks = np.argsort(np.argsort(self.starts + noise, axis=1), axis=1).astype(np.float64)
        one, other = ranks[self._parents()], ranks[self._parents()]
        cuts = np.sort(self.chance.integers(0, size, (self.lists, 2)), axis=1)
        begin, end = cuts[:, :1], cuts[:, 1:]
        keys = np.where((one >= begin) & (one <= end), begin + other / size * (end - begin), one)
        is_shuffled = self.chance.integers(0, 2, (self.lists, 1))
        keys += self.chance.normal(0, SHUFFLED * size, keys.shape) * is_shuffled
        self._take(self._justified(keys))
