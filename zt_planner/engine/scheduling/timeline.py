"""From a scenario's timeline to teams and a schedule (M10).

Capacity mode: the teams are given, the finish is the answer. Deadline mode: the smallest internal team in quarter days
a week, counted up, that is done before the deadline in the share of the draws that is asked for; where none is, the
smallest that is done within five working days of the earliest. Of the teams that meet it, one that keeps more fixed
dates comes before a smaller one. Laws: a schedule that meets the deadline uses the smallest team that does and keeps
as many fixed dates; no team exceeds its maximum; where draws decide, the plan's own finish does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import NamedTuple, Protocol

from zt_planner.domain.finding import Binds
from zt_planner.domain.month import add_months
from zt_planner.domain.plan import ByTeam, Team
from zt_planner.domain.scenario.scenario import Mode, Scenario
from zt_planner.engine.scheduling.calendar import BeyondLimitError, WorkCalendar
from zt_planner.engine.scheduling.effort import TaskWork, days_for, weekly_need
from zt_planner.engine.scheduling.facts import Pins
from zt_planner.engine.scheduling.schedule import (
    NO_PINS,
    UNLIMITED,
    Network,
    Placement,
    Teams,
    earliest_finish,
    keepable,
    place_works,
)

QUARTER = Fraction(1, 4)
NEARLY_AS_EARLY = 5
"""Working days that a smaller team may take longer than the earliest, where none meets the day (M10)."""
MARGIN = Fraction(1, 100_000)
"""Person-days that a bound leaves out: more than the capacity tolerance adds up to in twenty years."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Teams and placement of all works, and what the deadline says about them.

    `missed_by` is None when there is no deadline or it is met, the waits where unlimited teams would miss it
    too, the tasks' own dates where these teams would meet it without them, the teams otherwise. Where it is missed,
    `late_index` is that of the day by which the share of the draws that is asked for is done.
    """

    network: Network
    calendar: WorkCalendar
    first: int
    teams: Teams
    placement: Placement
    deadline: date | None
    missed_by: Binds | None
    late_index: int | None = None

    @property
    def late_finish(self) -> date | None:
        """The day by which everything is done where the deadline is missed; None past the calendar's limit."""
        try:
            return None if self.late_index is None else self.calendar.day(self.late_index)
        except BeyondLimitError:
            return None

    @property
    def finish(self) -> date:
        """The last day of work; the plan's start where nothing is left to do."""
        return self.calendar.day(self.placement.finish) if self.network.task_works else self.calendar.start


def deadline_of(scenario: Scenario, start: date) -> date | None:
    """Return the day before which the plan must be finished, None in capacity mode."""
    timeline = scenario.timeline
    return add_months(start, timeline.target_months) if timeline.mode is Mode.DEADLINE else None


def team_efforts(task_works: Sequence[TaskWork]) -> ByTeam[Fraction]:
    """Return the person-days of all works."""
    efforts, none = [work.work.whole for work in task_works], Fraction(0)
    return ByTeam(sum((whole.internal for whole in efforts), none), sum((whole.external for whole in efforts), none))


def candidate_teams(efforts: ByTeam[Fraction], most: ByTeam[Decimal]) -> Iterator[Teams]:
    """Yield the teams of deadline mode for so many person-days and at most so many days a week, smallest first (M10).

    The internal team leads where it has work, the other one follows by its share of the work.
    """
    leading, following = (Team.INTERNAL, Team.EXTERNAL) if efforts.internal else (Team.EXTERNAL, Team.INTERNAL)
    ratio = efforts.of(following) / efforts.of(leading) if efforts.of(leading) else Fraction(0)
    most_following = Fraction(most.of(following))
    for quarters in range(1, floor(Fraction(most.of(leading)) / QUARTER) + 1):
        capacity = quarters * QUARTER
        follows = min(ceil(capacity * ratio / QUARTER) * QUARTER, most_following)
        yield Teams(capacity, follows) if leading is Team.INTERNAL else Teams(follows, capacity)


class Draws(Protocol):
    """The draws of a case's dates, of which a share is to be done by a day."""

    def finish(self, teams: Teams, placement: Placement, *, has_all: bool = False) -> int:
        """Return the first index by which the share of the first draws is done, or of all."""

    def earliest(self, planned: int) -> int:
        """Return an index before which no schedule has its finish that is not planned to end before another."""


class Tried(NamedTuple):
    """A team's schedule, and the finish by which it is judged."""

    teams: Teams
    placement: Placement
    finish: int


class TeamSizeSearch:
    """The search for the smallest team that meets a deadline."""

    def __init__(
        self,
        scenario: Scenario,
        task_works: tuple[TaskWork, ...],
        calendar: WorkCalendar,
        first: int,
        pins: Pins = NO_PINS,
        order: Sequence[str] = (),
    ) -> None:
        """Prepare what every candidate shares; with pins, the teams are those of what is left (M26).

        A schedule is judged by its own finish until there are `draws`.
        """
        self.network = Network(task_works, pins, order)
        self.calendar = calendar
        self.first = first
        self.scenario = scenario
        self.efforts = team_efforts(task_works)
        self.draws: Draws | None = None
        self._tried: dict[Teams, Tried | None] = {}
        self._needs = ByTeam(*(weekly_need(effort - MARGIN, Decimal(1)) for effort in self.efforts))

    def place(self, teams: Teams) -> Placement | None:
        """Schedule with these teams; None past the calendar's limit."""
        try:
            return place_works(self.network, teams, self.calendar, self.scenario.timeline.protection_first, self.first)
        except BeyondLimitError:
            return None

    def lower_bound(self, teams: Teams) -> int:
        """Return an index before which no schedule of these teams can finish: work over capacity.

        Of what has begun it is not known how much of the work is left.
        """
        if self.network.pins.starts:
            return self.first
        days = (*days_for([self._needs.internal], teams.internal), *days_for([self._needs.external], teams.external))
        return self.first + max(*days, 1) - 1

    def chain_bound(self, teams: Teams) -> int | None:
        """Return the finish of the longest chain at these teams' lengths; None past the limit."""
        try:
            return earliest_finish(self.network, self.network.lengths(teams), self.calendar, self.first)
        except BeyondLimitError:
            return None

    def last_index(self, deadline: date) -> int:
        """Return the last index that still meets the deadline; -1 where none does."""
        try:
            return self.calendar.index_before(deadline)
        except BeyondLimitError:
            return len(self.calendar.days) - 1

    def can_meet(self, teams: Teams, last: int) -> bool:
        """Tell whether the bounds leave these teams a chance to finish by an index."""
        lower = self.lower_bound(teams)
        if self._earliest(lower) > last:
            return False
        chain = self.chain_bound(teams)
        return chain is not None and self._earliest(chain) <= last

    def _earliest(self, planned: int) -> int:
        return planned if self.draws is None else self.draws.earliest(planned)

    def tried(self, teams: Teams, last: int | None = None) -> Tried | None:
        """Return the schedule of these teams with its finish, where draws decide that of their share.

        None past the calendar's limit, and where it is certain that they do not finish by an index that is given.
        """
        if teams not in self._tried:
            if last is not None and not self.can_meet(teams, last):
                return None
            placement = self.place(teams)
            if placement is not None and last is not None and self._earliest(placement.finish) > last:
                return None
            self._tried[teams] = None if placement is None else Tried(teams, placement, self.finish(teams, placement))
        return self._tried[teams]

    @cached_property
    def keepable(self) -> frozenset[int]:
        """The works whose fixed date unlimited teams would keep."""
        return keepable(self.network, self.network.lengths(UNLIMITED), self.calendar, self.first)

    def smallest(self, candidates: Iterable[Teams], last: int) -> tuple[Teams, Placement] | None:
        """Return the first candidate that finishes by an index, of those that keep the most fixed dates."""
        best: tuple[int, Tried] | None = None
        for teams in candidates:
            tried = self.meeting(teams, last)
            if tried is not None:
                missed = len(self.keepable.intersection(tried.placement.missed))
                if best is None or missed < best[0]:
                    best = missed, tried
                if not missed:
                    break
        return None if best is None else best[1][:2]

    def meeting(self, teams: Teams, last: int) -> Tried | None:
        """Return the schedule of these teams if it finishes by an index, where draws decide by all of them too."""
        tried = self.tried(teams, last)
        if tried is None or tried.finish > last or self.finish(*tried[:2], has_all=True) > last:
            return None
        return tried

    def finish(self, teams: Teams, placement: Placement, *, has_all: bool = False) -> int:
        """Return the finish of a schedule, where draws decide that of their share, by the first draws or by all."""
        return placement.finish if self.draws is None else self.draws.finish(teams, placement, has_all=has_all)

    def unlimited_finish(self) -> int | None:
        """Return the finish with teams of any size, judged as that of the others; None past the limit."""
        if self.draws is None:
            return self.chain_bound(UNLIMITED)
        tried = self.tried(UNLIMITED)
        return None if tried is None else tried.finish

    def binds(self, last: int) -> Binds:
        """Return what keeps every team from finishing by an index."""
        unlimited = self.unlimited_finish()
        if unlimited is not None and unlimited <= last:
            return Binds.TEAMS
        if not self.network.dates:
            return Binds.WAITS
        undated_works = (replace(work, earliest=None, fixed=None, levelled=None) for work in self.network.task_works)
        undated = TeamSizeSearch(self.scenario, tuple(undated_works), self.calendar, self.first)
        free = undated.chain_bound(UNLIMITED)
        return Binds.WAITS if free is None or free > last else Binds.DATES

    def earliest(self, candidates: tuple[Teams, ...]) -> tuple[Teams, Placement] | None:
        """Return the smallest candidate that is finished within five working days of the earliest of all."""
        in_reach: list[Tried] = []
        for teams in reversed(candidates):
            latest = min(tried.finish for tried in in_reach) + NEARLY_AS_EARLY if in_reach else None
            tried = self.tried(teams, latest)
            if tried is not None:
                in_reach.append(tried)
        if not in_reach:
            return None
        latest = min(tried.finish for tried in in_reach) + NEARLY_AS_EARLY
        return next(tried[:2] for tried in reversed(in_reach) if tried.finish <= latest)
