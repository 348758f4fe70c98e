"""Good schedules within milliseconds: serial generation, justification, and many tries (M20).

A list of tasks becomes a schedule by placing one after the other as early as
links, waits, resources and ledger allow. Pushing everything to the right and
then to the left again (justification) often makes it shorter. The tries
shuffle the best list a little, by a fixed sequence of numbers, so that the
same problem gives the same schedule.

Laws: every schedule returned has no faults and keeps the ledger; `improved`
returns none that is longer than the one it began with.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from zt_planner.engine.exact.ledger import Account
from zt_planner.engine.exact.windows import latest_starts
from zt_planner.engine.schedule import first_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from zt_planner.engine.exact.problem import Problem, Starts

MULTIPLIER, INCREMENT, MODULUS = 1_103_515_245, 12_345, 1 << 31
"""A sequence of numbers that looks like chance and is the same on every run (linear congruence)."""

SEEDS_APART = 1_000
"""Two sequences that begin so far apart have nothing in common within a search."""

ALL_MOVED, SOME_MOVED, MOVED_SHARE = 0.1, 0.15, 0.3
"""How far a try moves tasks in the list, as a share of the whole length: all of them, or three tenths."""
LONGEST_TRY = 1.15
"""A try may be so many times as long as the best one, before it is justified."""


def shuffles(seed: int) -> Iterator[float]:
    """Yield numbers from -1 to 1 that look like chance, the same for a seed."""
    state = seed
    while True:
        state = (state * MULTIPLIER + INCREMENT) % MODULUS
        yield 2 * state / MODULUS - 1


def listed(problem: Problem, keys: Sequence[float]) -> list[int]:
    """Return the tasks by their keys, the smallest first, each after its predecessors."""
    missing = [len(before) for before in problem.after]
    free = [(keys[place], place) for place, count in enumerate(missing) if not count]
    heapify(free)
    order = []
    while free:
        _, place = heappop(free)
        order.append(place)
        for follower in problem.followers[place]:
            missing[follower] -= 1
            if not missing[follower]:
                heappush(free, (keys[follower], follower))
    return order


class _Use:
    """What is in use of each resource, day by day."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.used: tuple[list[int], ...] = tuple([] for _ in problem.resources)

    def rooms(self, place: int) -> list[tuple[list[int], int]]:
        """Return the use of each resource that a task takes, with the most that may be in use already."""
        pairs = zip(self.problem.resources, self.used, strict=True)
        return [(used, it.capacity - it.demands[place]) for it, used in pairs if it.demands[place]]

    def take(self, place: int, start: int) -> None:
        """Put a task in."""
        end = start + self.problem.lengths[place]
        for resource, used in zip(self.problem.resources, self.used, strict=True):
            demand = resource.demands[place]
            if demand:
                used.extend([0] * (end - len(used)))
                used[start:end] = [in_use + demand for in_use in used[start:end]]


def placed(problem: Problem, order: Sequence[int], horizon: int) -> Starts | None:
    """Return the schedule of a list; None where a task finds no day that ends by the horizon."""
    use, starts = _Use(problem), list(problem.earliest)
    account = None if problem.ledger is None else Account(problem.ledger, problem.size, horizon)
    for place in order:
        length, rooms = problem.lengths[place], use.rooms(place)
        start = first_fit(starts[place], length, rooms)
        while account is not None and start + length <= horizon and not account.fits(place, start):
            start = first_fit(start + 1, length, rooms)
        latest = problem.latest[place]
        if start + length > horizon or (latest is not None and start > latest):
            return None
        starts[place] = start
        use.take(place, start)
        if account is not None:
            account.book(place, start)
        for follower in problem.followers[place]:
            starts[follower] = max(starts[follower], problem.ready(place, start + length))
    return tuple(starts)


def pushed_right(problem: Problem, starts: Starts) -> list[int]:
    """Return starts as late as links and resources allow without a later finish: keys for the way back."""
    use, horizon = _Use(problem), problem.finish_of(starts)
    late = latest_starts(problem, horizon)
    ends = [start + length for start, length in zip(starts, problem.lengths, strict=True)]
    for place in sorted(range(problem.size), key=lambda place: (-ends[place], -problem.ranks[place])):
        length = problem.lengths[place]
        start = last_fit(late[place], length, use.rooms(place))
        late[place] = start
        use.take(place, max(start, 0))
        for before in problem.after[place]:
            late[before] = min(late[before], problem.latest_end(before, start) - problem.lengths[before])
    return late


def last_fit(latest: int, length: int, rooms: Sequence[tuple[Sequence[int], int]]) -> int:
    """Return the last start from which every day of the length has room."""
    tried, start = -1, latest
    while start != tried:
        tried = start
        for used, room in rooms:
            full = (day for day in range(max(start, 0), min(start + length, len(used))) if used[day] > room)
            first_full = next(full, None)
            start = start if first_full is None else first_full - length
    return start


def justified(problem: Problem, starts: Starts) -> Starts:
    """Return a schedule pushed to the right and to the left again, the given one where that is not shorter."""
    back = placed(problem, listed(problem, pushed_right(problem, starts)), problem.finish_of(starts))
    return starts if back is None else back


def shuffled(starts: Sequence[int], finish: int, chance: Iterator[float], *, moves_all: bool) -> list[float]:
    """Return keys around starts: all tasks moved a little, or some of them further."""
    if moves_all:
        return [start + ALL_MOVED * finish * turn for start, turn in zip(starts, chance, strict=False)]
    reach = SOME_MOVED * finish
    return [start + reach * next(chance) * (abs(next(chance)) < MOVED_SHARE) for start in starts]


def improved(
    problem: Problem, starts: Starts, tries: int, may_go_on: Callable[[], bool] = lambda: True, seed: int = 0
) -> Starts:
    """Return the shortest schedule of so many tries around a given one, fewer where they may not go on."""
    best = justified(problem, starts)
    chance = shuffles(problem.size + SEEDS_APART * seed)
    for turn in range(tries):
        if not may_go_on():
            break
        finish = problem.finish_of(best)
        keys = shuffled(best, finish, chance, moves_all=bool(turn % 2))
        found = placed(problem, listed(problem, keys), int(LONGEST_TRY * finish))
        found = None if found is None else justified(problem, found)
        if found is not None and problem.finish_of(found) <= finish:
            best = found
    return best
