"""Place tasks on working days within the teams' capacities (M7, M9).

A serial schedule-generation scheme: of the tasks whose predecessors are
placed, the one with the largest priority comes next and starts as early as
predecessors, waits and both teams allow. Decides nothing about which teams
there are (`engine.timeline`) nor what is critical (`engine.slack`).

Laws: no task starts before its predecessors' finish and wait are over; on no
day is a team used above its capacity; no task is split.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from zt_planner.engine.calendar import WorkCalendar
    from zt_planner.engine.effort import Work

WORKING_DAYS_A_WEEK = 5
TOLERANCE = 1e-9
"""Person-days a day by which rounding may exceed a capacity."""


@dataclass(frozen=True, slots=True)
class Teams:
    """Person-days a week of both teams; None for a team without limits."""

    internal: Fraction | None
    external: Fraction | None


UNLIMITED = Teams(None, None)


@dataclass(frozen=True, slots=True)
class Placement:
    """Start indices and lengths of all works, in working days; `finish` is the last index of all.

    `used_internal` and `used_external` hold person-days a working day.
    """

    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    finish: int
    used_internal: Sequence[float]
    used_external: Sequence[float]

    def finish_of(self, place: int) -> int:
        """Return the index of a work's last day."""
        return self.starts[place] + self.lengths[place] - 1


def days_for(need: Fraction, capacity: Fraction | None) -> int:
    """Return the working days in which a team covers a need; whole numbers only, so that no float can round it."""
    if capacity is None or not need:
        return 0
    return -(-need.numerator * capacity.denominator // (need.denominator * capacity.numerator))


def weekly_need(effort: Fraction, work: Work) -> Fraction:
    """Return the person-days a week with which a task would take one working day (M7)."""
    return effort * WORKING_DAYS_A_WEEK / Fraction(work.task.team_share)


class Network:
    """The works' precedence: successors, an order that respects it, and each work's wait in weeks."""

    def __init__(self, works: Sequence[Work]) -> None:
        """Index the successors of each work."""
        self.works = works
        self.waits = [work.task.wait_weeks for work in works]
        self.needs = [(weekly_need(work.internal, work), weekly_need(work.external, work)) for work in works]
        self.successors: list[list[int]] = [[] for _ in works]
        for place, work in enumerate(works):
            for before in work.after:
                self.successors[before].append(place)
        self.order = self._topological_order()

    def _topological_order(self) -> list[int]:
        missing = [len(work.after) for work in self.works]
        order = [place for place, count in enumerate(missing) if not count]
        for place in order:
            for successor in self.successors[place]:
                missing[successor] -= 1
                if not missing[successor]:
                    order.append(successor)
        return order

    def lengths(self, teams: Teams) -> list[int]:
        """Return each work's length in working days with these teams (M7)."""
        return [
            max(work.task.min_length_days, days_for(internal, teams.internal), days_for(external, teams.external), 1)
            for work, (internal, external) in zip(self.works, self.needs, strict=True)
        ]

    def remaining_chains(self, lengths: Sequence[int]) -> list[int]:
        """Return each work's longest chain to the end, a week of waiting counting five days."""
        chains = [0] * len(self.works)
        for place in reversed(self.order):
            follow = max((chains[successor] for successor in self.successors[place]), default=0)
            chains[place] = lengths[place] + WORKING_DAYS_A_WEEK * self.waits[place] + follow
        return chains

    def priorities(self, lengths: Sequence[int], protection_first: Decimal) -> list[int]:
        """Return each work's priority, scaled to whole numbers: larger comes first (M9)."""
        weight = Fraction(protection_first)
        chains = self.remaining_chains(lengths)
        return [
            chain * weight.denominator + weight.numerator * work.task.head_start_days
            for chain, work in zip(chains, self.works, strict=True)
        ]


def ready_after(finish: int, wait_weeks: int, calendar: WorkCalendar, memory: dict[tuple[int, int], int]) -> int:
    """Return the first index on which a successor may start (M8)."""
    if not wait_weeks:
        return finish + 1
    key = (finish, wait_weeks)
    if key not in memory:
        last_day_of_wait = calendar.day(finish).toordinal() + 7 * wait_weeks
        memory[key] = calendar.index_after(type(calendar.start).fromordinal(last_day_of_wait))
    return memory[key]


def first_fit(earliest: int, length: int, usage: Sequence[tuple[list[float], float]]) -> int:
    """Return the first start from which every day of the length has room; grows the lists of use as needed.

    `usage` pairs each team's use by day with the most that may be in use
    already. One pass: each day is looked at once.
    """
    day, run = earliest, 0
    while run < length:
        for used, room in usage:
            while len(used) <= day:
                used.append(0.0)
            if used[day] > room:
                run = -1
                break
        run += 1
        day += 1
    return day - length


def place_works(
    network: Network, teams: Teams, calendar: WorkCalendar, protection_first: Decimal, first: int
) -> Placement:
    """Schedule all works from the first index on; raise BeyondLimitError past the calendar's limit."""
    works = network.works
    lengths = network.lengths(teams)
    priorities = network.priorities(lengths, protection_first)
    missing = [len(work.after) for work in works]
    earliest = [first] * len(works)
    starts = [0] * len(works)
    memory: dict[tuple[int, int], int] = {}
    used: tuple[list[float], list[float]] = ([], [])
    limits = [
        None if limit is None else float(limit / WORKING_DAYS_A_WEEK) + TOLERANCE
        for limit in (teams.internal, teams.external)
    ]
    eligible = [(-priorities[place], place) for place, count in enumerate(missing) if not count]
    heapify(eligible)
    while eligible:
        _, place = heappop(eligible)
        work, length = works[place], lengths[place]
        rates = (float(work.internal) / length, float(work.external) / length)
        usage = [
            (use, limit - rate)
            for use, limit, rate in zip(used, limits, rates, strict=True)
            if rate and limit is not None
        ]
        start = first_fit(earliest[place], length, usage)
        starts[place] = start
        for use, rate in zip(used, rates, strict=True):
            use.extend([0.0] * (start + length - len(use)))
            if rate:
                for day in range(start, start + length):
                    use[day] += rate
        ready = (
            ready_after(start + length - 1, network.waits[place], calendar, memory) if network.successors[place] else 0
        )
        for successor in network.successors[place]:
            earliest[successor] = max(earliest[successor], ready)
            missing[successor] -= 1
            if not missing[successor]:
                heappush(eligible, (-priorities[successor], successor))
    finish = max((start + length - 1 for start, length in zip(starts, lengths, strict=True)), default=first)
    calendar.day(finish)
    return Placement(tuple(starts), tuple(lengths), finish, *used)


def earliest_finish(network: Network, lengths: Sequence[int], calendar: WorkCalendar, first: int) -> int:
    """Return the finish index without any capacity: the longest chain of lengths and waits."""
    ready = [first] * len(network.works)
    memory: dict[tuple[int, int], int] = {}
    last = first
    for place in network.order:
        finish = ready[place] + lengths[place] - 1
        last = max(last, finish)
        if network.successors[place]:
            after = ready_after(finish, network.waits[place], calendar, memory)
            for successor in network.successors[place]:
                ready[successor] = max(ready[successor], after)
    return last


def precedence_start(place: int, placement: Placement, network: Network, calendar: WorkCalendar, first: int) -> int:
    """Return the index from which a work's predecessors and their waits would let it start."""
    memory: dict[tuple[int, int], int] = {}
    starts = (
        ready_after(placement.finish_of(before), network.waits[before], calendar, memory)
        for before in network.works[place].after
    )
    return max(starts, default=first)
