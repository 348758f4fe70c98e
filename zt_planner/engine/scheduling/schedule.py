"""Place tasks on working days within the teams' capacities (M7, M9).

A serial schedule-generation scheme: of the tasks whose predecessors are placed, the one with the largest priority comes
next and starts as early as predecessors, waits and both teams allow. Decides nothing about which teams there are
(`engine.scheduling.timeline`) nor what is critical (`engine.scheduling.slack`).

Laws: no task starts before its predecessors' finish and wait are over; on no day is a team used above its capacity; no
task is split. What has begun (M26) stays where it is recorded, whatever these laws say, and the rest keeps them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from zt_planner.domain.dependencies import topological_order
from zt_planner.domain.month import WORKING_DAYS_A_WEEK
from zt_planner.domain.plan import ByTeam
from zt_planner.engine.scheduling.calendar import WorkCalendar
from zt_planner.engine.scheduling.effort import TaskWork, days_for, weekly_need
from zt_planner.engine.scheduling.facts import Pins

TOLERANCE = 1e-9
"""Person-days a day by which rounding may exceed a capacity."""
MOST_PASSES = 12
"""How often works are placed to keep fixed dates; after that, fixed dates are earliest ones."""


class Teams(NamedTuple):
    """Person-days a week of both teams; None for a team without limits."""

    internal: Fraction | None
    external: Fraction | None

    @property
    def daily_limits(self) -> ByTeam[float | None]:
        """The person-days a working day that may be in use by each team, tolerance included."""
        return ByTeam(*(None if limit is None else float(limit / WORKING_DAYS_A_WEEK) + TOLERANCE for limit in self))


UNLIMITED = Teams(None, None)


@dataclass(frozen=True, slots=True)
class Placement:
    """Start indices and lengths of all works, in working days; `finish` is the last index of all.

    `used` holds each team's person-days by working day, `missed` the works that do not start on their fixed date.
    """

    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    finish: int
    used: ByTeam[list[float]]
    missed: tuple[int, ...] = ()

    def finish_of(self, index: int) -> int:
        """Return the index of a work's last day."""
        return self.starts[index] + self.lengths[index] - 1

    def kept_dates(self, network: Network) -> frozenset[int]:
        """Return the works that start on their fixed date."""
        return frozenset(network.fixed).difference(self.missed)


NO_PINS = Pins()


class Network:
    """The works' precedence: successors, an order that respects it, and each work's wait in weeks.

    What does not depend on the teams is worked out once, for all that are tried. What has begun waits for nothing
    and keeps no date that was planned; what is done needs no team any more.
    """

    def __init__(self, task_works: Sequence[TaskWork], pins: Pins = NO_PINS, order: Sequence[str] = ()) -> None:
        """Read the works; where there is an order of their ids, they are placed in it, others after them (M36)."""
        self.task_works, self.pins, begun = task_works, pins, pins.starts
        self.after = [() if index in begun else work.after for index, work in enumerate(task_works)]
        self.gates = [() if index in begun else work.gates for index, work in enumerate(task_works)]
        self.waits = [work.task.wait_weeks for work in task_works]
        self.head_starts = [work.task.head_start_days for work in task_works]
        self.least_lengths = [work.work.least_days for work in task_works]
        efforts = [work.work.whole for work in task_works]
        shares = [work.task.team_share for work in task_works]
        self.team_shares = [float(share) for share in shares]
        self.efforts = [
            ByTeam(0.0, 0.0) if index in pins.done else ByTeam(float(whole.internal), float(whole.external))
            for index, whole in enumerate(efforts)
        ]
        self.needs = ByTeam(
            [weekly_need(whole.internal, share) for whole, share in zip(efforts, shares, strict=True)],
            [weekly_need(whole.external, share) for whole, share in zip(efforts, shares, strict=True)],
        )
        self.successors: list[list[int]] = [[] for _ in task_works]
        self.gated: list[list[int]] = [[] for _ in task_works]
        for successors, befores_of in ((self.successors, self.after), (self.gated, self.gates)):
            for index, befores in enumerate(befores_of):
                for before in befores:
                    successors[before].append(index)
        self.order = topological_order([(*befores, *self.gates[index]) for index, befores in enumerate(self.after)])
        open_works = [(index, work) for index, work in enumerate(task_works) if index not in begun]
        self.dates = {index: work.not_before for index, work in open_works if work.not_before is not None}
        self.fixed = tuple(index for index, work in open_works if work.fixed is not None)
        given = {task_id: rank for rank, task_id in enumerate(order)}
        self.ranks = [given.get(work.task.id, len(given) + index) for index, work in enumerate(task_works)]
        self.has_order = bool(given)
        self.levelled = {index: work.levelled for index, work in open_works if work.levelled is not None}

    def own_starts(self, calendar: WorkCalendar, first: int, *, is_levelled: bool = True) -> list[int]:
        """Return the index from which its own date, its levelled one if asked for, and the status let each work start.

        Raises BeyondLimitError past the limit.
        """
        starts = [first] * len(self.task_works)
        for index, day in (*self.dates.items(), *(self.levelled.items() if is_levelled else ())):
            starts[index] = max(starts[index], calendar.index_from(day))
        for index, floor in self.pins.floors.items():
            starts[index] = max(starts[index], floor)
        for index, start in self.pins.starts.items():
            starts[index] = start
        return starts

    def wanted(self, calendar: WorkCalendar) -> dict[int, int]:
        """Return the index on which each work with a fixed date shall start: its first working day from then on.

        A date before the plan's start has none: -1.
        """
        days = {index: self.dates[index] for index in self.fixed}
        return {index: calendar.index_from(day) if day >= calendar.start else -1 for index, day in days.items()}

    def ready_after(self, index: int, finish: int, calendar: WorkCalendar) -> Iterator[tuple[int, int]]:
        """Yield what follows a work that ends on an index, each with the index from which this work lets it start."""
        if self.successors[index]:
            ready = calendar.index_after_wait(finish, self.waits[index])
            for successor in self.successors[index]:
                yield successor, ready
        for successor in self.gated[index]:
            yield successor, finish + 1

    def lengths(self, teams: Teams) -> list[int]:
        """Return each work's length in working days with these teams: as planned, or as the status has it (M26)."""
        planned = self.planned_lengths(teams)
        return [self.pins.length(index, days) for index, days in enumerate(planned)] if self.pins.any_known else planned

    def planned_lengths(self, teams: Teams) -> list[int]:
        """Return each work's length in working days with these teams, whatever has happened (M7)."""
        internal = days_for(self.needs.internal, teams.internal)
        external = days_for(self.needs.external, teams.external)
        return [max(days) for days in zip(self.least_lengths, internal, external, strict=True)]

    def spread_over(self, lengths: Sequence[int], teams: Teams) -> Sequence[int]:
        """Return the working days over which each work's effort is spread: no team works faster than was planned."""
        return list(map(max, lengths, self.planned_lengths(teams))) if self.pins.any_known else lengths

    def remaining_chains(self, lengths: Sequence[int]) -> list[int]:
        """Return each work's longest chain to the end, a week of waiting counting five days."""
        chains = [length + WORKING_DAYS_A_WEEK * wait for length, wait in zip(lengths, self.waits, strict=True)]
        for index in reversed(self.order):
            after_wait = chains[index] + max([chains[successor] for successor in self.successors[index]], default=0)
            after_work = [lengths[index] + chains[successor] for successor in self.gated[index]]
            chains[index] = max([after_wait, *after_work])
        return chains

    def priorities(self, lengths: Sequence[int], protection_first: Decimal) -> list[int]:
        """Return each work's priority, scaled to whole numbers: larger comes first (M9).

        In a levelled plan the earlier levelled start comes first, and what has none comes last.
        """
        if self.has_order:
            return [-rank for rank in self.ranks]
        if self.levelled:
            latest = max(self.levelled.values())
            return [(latest - work.levelled).days + 1 if work.levelled else 0 for work in self.task_works]
        weight, scale = protection_first.as_integer_ratio()
        chains = self.remaining_chains(lengths)
        return [chain * scale + weight * head_start for chain, head_start in zip(chains, self.head_starts, strict=True)]

    def hurried(self, priorities: Sequence[int], urgent: Collection[int]) -> Sequence[int]:
        """Return priorities with which everything that urgent works wait for comes before all else."""
        if not urgent:
            return priorities
        head_start, raised = max(priorities) + 1, set(urgent)
        for index in reversed(self.order):
            if index in raised:
                raised.update(self.after[index], self.gates[index])
        return [priority + head_start if index in raised else priority for index, priority in enumerate(priorities)]


def past_full_days(used: Sequence[float], room: float, start: int, length: int) -> int:
    """Return the day after the last full one of a length, its start where none is full."""
    for day in range(min(start + length, len(used)) - 1, start - 1, -1):
        if used[day] > room:
            return day + 1
    return start


def first_fit(earliest: int, length: int, usage: Sequence[tuple[Sequence[float], float]]) -> int:
    """Return the first start from which every day of the length has room.

    `usage` pairs each team's use by day with the most that may be in use already; nothing is in use past the end of a
    list.
    """
    tried, start = -1, earliest
    while start != tried:
        tried = start
        for used, room in usage:
            start = past_full_days(used, room, start, length)
    return start


class Board:
    """What the teams do on each working day."""

    def __init__(self, network: Network, lengths: Sequence[int], teams: Teams) -> None:
        """Let the teams do what has begun, and nothing else."""
        self.lengths = lengths
        self.limits = teams.daily_limits
        self.used: ByTeam[list[float]] = ByTeam([], [])
        self.rates = [
            ByTeam(efforts.internal / length, efforts.external / length)
            for efforts, length in zip(network.efforts, network.spread_over(lengths, teams), strict=True)
        ]
        for index, start in network.pins.starts.items():
            self.take(index, start)

    def fit(self, index: int, earliest: int) -> int:
        """Return the first index from which the teams have room for a work."""
        usage = [
            (use, limit - rate)
            for use, limit, rate in zip(self.used, self.limits, self.rates[index], strict=True)
            if rate and limit is not None
        ]
        return first_fit(earliest, self.lengths[index], usage)

    def take(self, index: int, start: int, sign: int = 1) -> None:
        """Let the teams work on something from an index on; with a sign of -1, no more."""
        end = start + self.lengths[index]
        for use, rate in zip(self.used, self.rates[index], strict=True):
            use.extend([0.0] * (end - len(use)))
            if rate:
                use[start:end] = [in_use + sign * rate for in_use in use[start:end]]


def place_works(
    network: Network, teams: Teams, calendar: WorkCalendar, protection_first: Decimal, first: int
) -> Placement:
    """Schedule all works from the first index on; raise BeyondLimitError past the calendar's limit.

    In a given order nothing is held for a fixed date: what kept it in the plan of that order starts no later (M36).
    """
    lengths = network.lengths(teams)
    priorities = network.priorities(lengths, protection_first)
    own = network.own_starts(calendar, first)
    if not network.fixed or network.has_order:
        return placed(network, Board(network, lengths, teams), priorities, calendar, own)
    held = keepable(network, lengths, calendar, first)
    urgent: frozenset[int] = frozenset()
    for _ in range(MOST_PASSES):
        ranked = network.hurried(priorities, urgent)
        placement = placed(network, Board(network, lengths, teams), ranked, calendar, own, held)
        late = held.intersection(placement.missed)
        if not late:
            return placement
        held, urgent = (held - late, urgent - late) if late <= urgent else (held, urgent | late)
    return placed(network, Board(network, lengths, teams), priorities, calendar, own)


def placed(
    network: Network,
    board: Board,
    priorities: Sequence[int],
    calendar: WorkCalendar,
    own: Sequence[int],
    held: Collection[int] = (),
) -> Placement:
    """Place all works once, none before its own start, those that are held on it if the teams have room (M9).

    The teams' days for held works are taken first; a work whose predecessors are late gives them back.
    """
    lengths = board.lengths
    missing = [len(befores) + len(gates) for befores, gates in zip(network.after, network.gates, strict=True)]
    earliest = list(own)
    starts = [0] * len(lengths)
    waiting = set(network.pins.starts)
    for index in sorted(held, key=lambda index: (own[index], index)):
        if board.fit(index, own[index]) == own[index]:
            board.take(index, own[index])
            waiting.add(index)
    eligible = [(-priorities[index], index) for index, count in enumerate(missing) if not count]
    heapify(eligible)
    while eligible:
        _, index = heappop(eligible)
        start = earliest[index]
        if index not in waiting or start > own[index]:
            if index in waiting:
                board.take(index, own[index], sign=-1)
            start = board.fit(index, start)
            board.take(index, start)
        starts[index] = start
        for successor, ready in network.ready_after(index, start + lengths[index] - 1, calendar):
            earliest[successor] = max(earliest[successor], ready)
            missing[successor] -= 1
            if not missing[successor]:
                heappush(eligible, (-priorities[successor], successor))
    finish = max(start + length - 1 for start, length in zip(starts, lengths, strict=True))
    calendar.day(finish)
    missed = tuple(index for index, wanted in network.wanted(calendar).items() if starts[index] != wanted)
    return Placement(tuple(starts), tuple(lengths), finish, board.used, missed)


def chain_starts(network: Network, lengths: Sequence[int], calendar: WorkCalendar, first: int) -> list[int]:
    """Return the index from which each work could start without any capacity: chains of lengths, waits and dates."""
    ready = network.own_starts(calendar, first)
    for index in network.order:
        for successor, after in network.ready_after(index, ready[index] + lengths[index] - 1, calendar):
            ready[successor] = max(ready[successor], after)
    return ready


def keepable(network: Network, lengths: Sequence[int], calendar: WorkCalendar, first: int) -> frozenset[int]:
    """Return the works whose fixed date chains of lengths, waits and dates let them keep."""
    chain = chain_starts(network, lengths, calendar, first)
    return frozenset(index for index, wanted in network.wanted(calendar).items() if chain[index] == wanted)


def earliest_finish(network: Network, lengths: Sequence[int], calendar: WorkCalendar, first: int) -> int:
    """Return the finish index without any capacity: the longest chain of lengths, waits and dates."""
    starts = chain_starts(network, lengths, calendar, first)
    return max((start + length - 1 for start, length in zip(starts, lengths, strict=True)), default=first)


def precedence_start(index: int, placement: Placement, network: Network, calendar: WorkCalendar, first: int) -> int:
    """Return the index from which a work's predecessors and their waits would let it start."""
    return max(starts_behind(index, placement, network, calendar).values(), default=first)


def starts_behind(index: int, placement: Placement, network: Network, calendar: WorkCalendar) -> dict[int, int]:
    """Return, for each work that one waits for, the index from which it lets it start."""
    gated = {before: placement.finish_of(before) + 1 for before in network.gates[index]}
    return gated | {
        before: calendar.index_after_wait(placement.finish_of(before), network.waits[before])
        for before in network.after[index]
    }
