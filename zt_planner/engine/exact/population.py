"""Many schedules at once: islands of lists that cross, in whole arrays (M20).

Lists of tasks become schedules all in one go (`lines`). They cross by taking a
stretch of one in the order of another, are shuffled within a window, justified,
and the shortest survive. Lists cross within their island only, so that what one
island does not find, another may; once none has found anything shorter for
long, all begin anew, every other time one of them with the shortest of all.
Used where no ledger is kept.

Laws: every schedule returned has no faults; the same problem, seed and number
of generations give the same schedule; the best one never becomes longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zt_planner.engine.exact.lines import MOST_DAYS, Line
from zt_planner.engine.exact.windows import chain_bound, latest_starts

if TYPE_CHECKING:
    from numpy.random import Generator

    from zt_planner.engine.exact.lines import Keys, Whole
    from zt_planner.engine.exact.problem import Problem, Starts

ISLANDS = 4
MOST_LISTS, FEWEST_LISTS = 150, 16
"""Lists of an island, at most and at least."""
MOST_CELLS = 6_000_000
"""Lists times tasks times days that one pass may look at; a problem too large for the fewest lists is left out."""
SPREAD = 0.5
"""How far the first lists are shuffled, as a share of the longest chain."""
NARROWEST, WIDEST = 0.1, 0.5
"""The window within which a child is shuffled, as a share of all places."""
MOST_SHUFFLED = 0.15
"""How far a child is shuffled at most, as a share of all places."""
ROOM, PROMISE = 1.2, 1.06
"""A first list may be so many times as long as the best before it is justified, and a child."""
STALLED = 30
"""Generations without a shorter schedule after which an island is done."""


@dataclass(slots=True)
class Island:
    """Lists that cross among themselves: their schedules, a row each, and since when none became shorter."""

    starts: Whole
    finishes: Whole
    stalled: int = 0

    @property
    def shortest(self) -> int:
        """The finish of the shortest schedule."""
        return int(self.finishes.min())

    def elite(self, count: int) -> Whole:
        """Return so many of the shortest schedules."""
        return self.starts[self.finishes.argsort(kind="stable")][:count]

    def parents(self, chance: Generator, count: int) -> Whole:
        """Return the places of parents: the shorter of two drawn."""
        drawn = chance.integers(0, len(self.starts), (count, 2))
        is_first = self.finishes[drawn[:, 0]] <= self.finishes[drawn[:, 1]]
        return np.where(is_first, drawn[:, 0], drawn[:, 1])


class Population:
    """Schedules of a problem that cross on islands, generation by generation."""

    def __init__(self, problem: Problem, starts: Starts, seed: int = 0) -> None:
        """Begin with a schedule without faults on every island, and with others by chance."""
        finish = problem.finish_of(starts)
        self.problem, self.best = problem, starts
        self.days = min(int(ROOM * finish) + 2, problem.horizon)
        most = MOST_CELLS // max(1, problem.size * self.days)
        self.lists = min(MOST_LISTS, most)
        self.rounds = 0
        self.islands: list[Island] = []
        self.chance = np.random.default_rng(seed)
        self.lengths = np.array(problem.lengths, np.int64)
        if self.is_small_enough:
            self.forwards, self.backwards = (Line(problem, self.days, is_mirrored=side) for side in (False, True))
            first = np.array([starts], np.int64)
            self.islands = [self._island(first) for _ in range(min(ISLANDS, most // self.lists))]
            self._keep(self._by_chance())

    @property
    def is_small_enough(self) -> bool:
        """Tell whether a generation is worth its time."""
        return self.lists >= FEWEST_LISTS and self.days <= MOST_DAYS

    @property
    def cells(self) -> int:
        """How many days of tasks a generation looks at, at most: its work."""
        return 3 * len(self.islands) * self.lists * self.problem.size * self.days

    def next_generation(self) -> None:
        """Let every island cross once, or all begin anew where none has found anything shorter for long."""
        if all(island.stalled >= STALLED for island in self.islands):
            self._begin_anew()
        else:
            self._keep(self._children())
        shortest = min(self.islands, key=lambda island: island.shortest)
        if shortest.shortest < self.problem.finish_of(self.best):
            self.best = tuple(int(day) for day in shortest.elite(1)[0])

    def _island(self, starts: Whole) -> Island:
        return Island(starts, (starts + self.lengths).max(1))

    def _by_chance(self) -> list[Whole]:
        """Return schedules around the latest starts, for each island."""
        base = np.array(latest_starts(self.problem, chain_bound(self.problem)), np.float64)
        count = len(self.islands) * self.lists
        moved = self.chance.uniform(-1, 1, (count, self.problem.size)) * SPREAD * max(1.0, base.max())
        moved[0] = 0.0
        return self._justified(base + moved, self.days)

    def _begin_anew(self) -> None:
        """Begin all islands by chance; every other time the first one with the shortest schedules of all."""
        self.rounds += 1
        elite = np.vstack([island.elite(self.lists // len(self.islands)) for island in self.islands])
        by_chance = self._by_chance()
        if self.rounds % 2:
            by_chance[0] = elite
        # An island where no list found a day for every task keeps what it had.
        self.islands = [self._island(new if len(new) else elite) for new in by_chance]

    def _justified(self, keys: Keys, most: int) -> list[Whole]:
        """Return the schedules of keys, pushed to the right and to the left again, for each island.

        Left out are those that find no day for every task or, first placed, end after so many days.
        """
        home = np.arange(len(keys)) // self.lists
        starts, is_whole = self.forwards.place(keys)
        is_whole &= (starts + self.lengths).max(1) <= most
        starts, home = starts[is_whole], home[is_whole]
        for line in (self.backwards, self.forwards):
            starts, is_whole = line.place(-(starts + self.lengths).astype(np.float64))
            starts, home = starts[is_whole], home[is_whole]
        return [starts[home == place] for place in range(len(self.islands))]

    def _keep(self, children: list[Whole]) -> None:
        """Keep the shortest of each island, none twice; of equally short ones, some."""
        for island, born in zip(self.islands, children, strict=True):
            before = island.shortest
            every = np.unique(np.vstack([island.starts, born]), axis=0)
            finishes = (every + self.lengths).max(1)
            chosen = np.argsort(finishes + 0.5 * self.chance.random(len(every)), kind="stable")[: self.lists]
            island.starts, island.finishes = every[chosen], finishes[chosen]
            island.stalled = 0 if island.shortest < before else island.stalled + 1

    def _children(self) -> list[Whole]:
        """Return what the lists of each island become by crossing, and some by shuffling."""
        size, count = self.problem.size, len(self.islands) * self.lists
        one, other = self._ranks(), self._ranks()
        cuts = np.sort(self.chance.integers(0, size, (count, 2)), axis=1)
        begin, end = cuts[:, :1], cuts[:, 1:]
        keys = np.where((one >= begin) & (one <= end), begin + other / size * (end - begin), one)
        middle = self.chance.uniform(0, size, (count, 1))
        half = self.chance.uniform(NARROWEST, WIDEST, (count, 1)) * size / 2
        reach = self.chance.uniform(0, MOST_SHUFFLED, (count, 1)) * size
        keys += np.where(np.abs(keys - middle) < half, self.chance.normal(0, 1, keys.shape) * reach, 0.0)
        shortest = min(island.shortest for island in self.islands)
        return self._justified(keys, int(PROMISE * shortest))

    def _ranks(self) -> Keys:
        """Return the order of the tasks in parents, a row each, as many for each island as it has lists."""
        drawn = np.vstack([it.starts[it.parents(self.chance, self.lists)] for it in self.islands])
        noise = 1e-3 * self.chance.random(drawn.shape)
        return np.argsort(np.argsort(drawn + noise, axis=1), axis=1).astype(np.float64)
