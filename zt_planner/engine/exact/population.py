"""Many schedules at once: a population of lists that cross, in whole arrays (M20).

Lists of tasks become schedules all in one go (`lines`). They cross by taking a
stretch of one in the order of another, are shuffled a little, justified, and
the shortest survive. The shortest of several populations may begin a new one.
Used where no ledger is kept.

Laws: every schedule returned has no faults; the same problem, seed and number
of generations give the same schedule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zt_planner.engine.exact.lines import MOST_DAYS, Line
from zt_planner.engine.exact.windows import chain_bound, latest_starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.engine.exact.lines import Keys, Whole
    from zt_planner.engine.exact.problem import Problem, Starts

MOST_LISTS, FEWEST_LISTS = 150, 16
MOST_CELLS = 6_000_000
"""Lists times tasks times days that one pass may look at; a problem too large for the fewest lists is left out."""
SPREAD = 0.5
"""How far the first lists are shuffled, as a share of the longest chain."""
SHUFFLED = 0.03
"""How far a child is shuffled, as a share of all places."""
ROOM = 1.2
"""A child may be so many times as long as the best before it is justified."""


class Population:
    """Schedules of a problem that cross, generation by generation."""

    def __init__(self, problem: Problem, starts: Starts, seed: int = 0, elders: Sequence[Population] = ()) -> None:
        """Begin with a schedule without faults, and with the shortest of elders or, without any, by chance."""
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
            self._take(np.vstack([elder.elite(len(elders)) for elder in elders]) if elders else self._by_chance())

    def _by_chance(self) -> Whole:
        """Return schedules around the latest starts."""
        base = np.array(latest_starts(self.problem, chain_bound(self.problem)), np.float64)
        moved = self.chance.uniform(-1, 1, (self.lists, self.problem.size)) * SPREAD * max(1.0, base.max())
        moved[0] = 0.0
        return self._justified(base + moved)

    def elite(self, parts: int) -> Whole:
        """Return the shortest schedules, one of so many parts."""
        return self.starts[self.finishes.argsort(kind="stable")][: self.lists // parts]

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
