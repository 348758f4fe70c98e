"""When tasks are done where their efforts and waits are drawn: the plan's resource-linked order, kept (M9, M22).

A task starts once all that it waits for in the finished plan is done: its predecessors with their waits, and the tasks
that a team's capacity made it wait for (a partial-order schedule). Decides no money. Laws: where nothing is uncertain,
every task has the plan's dates; a larger factor never finishes anything earlier; what has begun started when it did,
and what is done never moves (M26).

Indices count the working days of the plan's calendar, as `engine.scheduling.calendar` does. What would be past its
limit is at the limit, and is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, reduce
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from zt_planner.domain.data.parameters import Parameters
from zt_planner.domain.data.phase_model import MFA_FOR_EVERYONE
from zt_planner.domain.month import CALENDAR_DAYS_A_WEEK, WORKING_DAYS_A_WEEK, Month
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan, worked_days
from zt_planner.engine.scheduling.calendar import Closures, WorkCalendar
from zt_planner.engine.simulation.draws import Floats

Days: TypeAlias = NDArray[np.int32]

LONGEST = np.float32(10**5)
"""Working days that a length is cut at: far past every limit, and a chain of all tasks is still a whole number."""
ROUNDING = 2.0**-21
"""The share by which a length in numbers of 24 bits may be off after a few steps."""
NEARLY = 1e-4
"""Working days that rounding may add to a length before it is rounded up."""


class SampledCalendar:
    """The working days of a timeline as arrays: the day and the month of each index, and the index after each day.

    Days and months are counted from the first of the start month. One more index, `last`, is past all days.
    """

    def __init__(
        self,
        region: str | None,
        year_end_freeze: bool,  # noqa: FBT001 - a cache key
        closures: Closures,
        start: date,
        recorded: frozenset[date] = frozenset(),
    ) -> None:
        """Read the whole calendar, to its limit: a few draws in a thousand take many times as long as the plan."""
        calendar = WorkCalendar(
            region, year_end_freeze=year_end_freeze, closures=closures, start=start, worked=recorded
        )
        self.origin = Month.of(start).first_day
        self.first = calendar.index_from(start)
        worked = calendar.count(self.origin, calendar.limit)
        ordinals = [*map(date.toordinal, calendar.days[:worked]), calendar.limit.toordinal() + 1]
        days = np.datetime64(date.min) + (np.array(ordinals) - date.min.toordinal())
        self.last = worked
        self.days = (days - np.datetime64(self.origin)).astype(np.int32)
        self.months = (days.astype("datetime64[M]") - np.datetime64(self.origin, "M")).astype(np.int32)
        every = np.arange(self.days[-1] + 1)
        self._after = np.searchsorted(self.days[:-1], every, side="right").astype(np.int32)
        self._before = np.searchsorted(self.days[:-1], every, side="left").astype(np.int32) - 1

    def day(self, index: int) -> date:
        """Return the day of an index; the one after the end for the index past all others."""
        return self.origin + timedelta(days=int(self.days[index]))

    def index_from(self, day: date) -> int:
        """Return the first index on or after a day; the one past all others where there is none."""
        return int(np.searchsorted(self.days[:-1], (day - self.origin).days, side="left"))

    def index_after(self, day: date) -> int:
        return self.index_from(day + timedelta(days=1))

    def index_of_month(self, months: int) -> int:
        """Return the first index so many months after the start month, or later."""
        return int(np.searchsorted(self.months[:-1], months, side="left"))

    def after(self, finishes: Days, wait_days: Days | int) -> Days:
        """Return the first indices after so many calendar days from the days of finishes on."""
        indices: Days = self._after.take(self.days.take(finishes, mode="clip") + wait_days, mode="clip")
        return indices

    def before(self, starts: Days, wait_days: Days | int) -> Days:
        """Return the last indices from which the calendar days end before the days of starts; -1 for none."""
        ends = self.days.take(starts, mode="clip") - wait_days
        indices: Days = np.where(ends < 0, -1, self._before.take(ends, mode="clip"))
        return indices


@dataclass(frozen=True, slots=True)
class SampledSchedule:
    """The dates of all tasks in each draw, by task; `waits` holds the calendar days of those that wait.

    `ends` are the indices after the last days, `end` the latest of them. `lengths` are working days, those past the
    calendar's limit included.
    """

    starts: Sequence[Days]
    ends: Sequence[Days]
    lengths: Sequence[Days]
    waits: Mapping[int, Days]
    end: Days

    @property
    def finish(self) -> Days:
        """The index of the last day of each draw."""
        return self.end - 1


class LinkedTask(NamedTuple):
    """What the dates of a task follow from; others are numbers of an order.

    It waits for those in `after` with their waits, for those in `links` without them, and starts on no index before
    `own_start`. `needed_days` are the working days that its effort takes, `least_days` those that it takes at least.
    """

    after: tuple[int, ...]
    links: tuple[int, ...]
    own_start: int
    needed_days: float
    least_days: int
    wait_weeks: int


class LinkedOrder:
    """Tasks in the order in which they start, with everything that each of them waits for."""

    def __init__(self, axis: SampledCalendar, linked: Sequence[LinkedTask], reaction: float) -> None:
        self.axis, self.linked, self.reaction = axis, linked, reaction
        followed = {before for task in linked for before in (*task.after, *task.links)}
        self._last = [number for number in range(len(linked)) if number not in followed]
        waited_for = sorted({before for task in linked for before in task.after})
        self.waiting = tuple(number for number in waited_for if linked[number].wait_weeks)

    def dates(self, factors: Sequence[Floats], waits: Mapping[int, Floats]) -> SampledSchedule:
        """Return the dates for factors on each task's effort, and on the waits of those that are waited for.

        Factors are arrays of one length, 1 for the estimate; there is a task.
        """
        wait_days = {
            number: wait_days_of(self.axis, self.linked[number].wait_weeks, waits[number]) for number in self.waiting
        }
        lengths = [
            self.lengths(factor, task.needed_days, task.least_days)
            for task, factor in zip(self.linked, factors, strict=True)
        ]
        return self.dates_of(lengths, wait_days)

    def dates_of(self, lengths: Sequence[Days] | Days, wait_days: Mapping[int, Days]) -> SampledSchedule:
        """Return the dates for each task's working days, and the calendar days of waiting after a task."""
        starts, ends, ready = list[Days](), list[Days](), list[Days]()
        for number, (task, length) in enumerate(zip(self.linked, lengths, strict=True)):
            before = [ready[index] for index in task.after] + [ends[index] for index in task.links]
            start = self._start(task, before) if before else np.full_like(length, task.own_start)
            end = start + length
            starts.append(start)
            ends.append(end)
            ready.append(self.axis.after(end - 1, wait_days[number]) if number in wait_days else end)
        end, limit = reduce(np.maximum, (ends[number] for number in self._last)), self.axis.last + 1
        if end.max() > limit:
            for days in (*starts, *ends, end):
                np.minimum(days, limit, out=days)
        return SampledSchedule(starts, ends, list(lengths), wait_days, end)

    def _start(self, task: LinkedTask, before: Sequence[Days]) -> Days:
        """Return when a task starts that waits for others: when the last of them lets it, on its own date at least."""
        start = reduce(np.maximum, before)
        return np.maximum(start, np.int32(task.own_start)) if task.own_start > self.axis.first else start

    def all_lengths(self, factors: Floats) -> Days:
        """Return the working days of all tasks for factors on their efforts, both in rows: quick for a few draws."""
        needed = np.array([[task.needed_days] for task in self.linked])
        return self.lengths(factors, needed, np.array([[task.least_days] for task in self.linked]))

    def lengths(
        self, factors: Floats, needed_days: float | NDArray[np.float64], least_days: int | NDArray[np.int64]
    ) -> Days:
        """Return the working days of a task, or of several in rows, for factors on the effort (M7).

        Of what is more, or less, only a part takes more time, or less: the rest is done by more days a week, or fewer
        (M22).
        """
        worked = factors * np.float32((1 - self.reaction) * needed_days)
        worked += np.float32(self.reaction * needed_days - NEARLY)
        np.ceil(worked, out=worked)
        np.maximum(worked, np.float32(least_days), out=worked)
        np.minimum(worked, LONGEST, out=worked)
        lengths: Days = worked.astype(np.int32)
        return lengths


def wait_days_of(axis: SampledCalendar, weeks: int, factors: Floats) -> Days:
    """Return the calendar days that others wait after a task, for factors on its wait (M8)."""
    days = np.rint(factors * np.float32(CALENDAR_DAYS_A_WEEK * weeks))
    wait_days: Days = np.minimum(days, axis.days[-1]).astype(np.int32)
    return wait_days


class Order(LinkedOrder):
    """The tasks of a plan in the order in which they start, with everything that each of them waits for."""

    def __init__(self, plan: Plan, axis: SampledCalendar) -> None:
        """Read the order of a plan that has a schedule."""
        self.tasks = tuple(sorted(plan.tasks, key=lambda task: task.start))
        index_of = {task.task.id: number for number, task in enumerate(self.tasks)}
        start, self.has_mfa = plan.case.start, plan.headlines.mfa_date is not None
        self.fixed = [
            task.fixed_start is not None and task.fixed_start >= start and not task.has_begun for task in self.tasks
        ]

        def linked(task: ScheduledTask) -> LinkedTask:
            gates = () if task.has_begun else task.gates
            return LinkedTask(
                after=() if task.has_begun else tuple(index_of[key] for key in task.after),
                links=tuple(index_of[key] for key in (*task.links, *gates) if key not in task.after),
                own_start=own_start(task, start, axis),
                needed_days=needed_days(task, plan),
                least_days=least_days(task),
                wait_weeks=task.task.wait_weeks,
            )

        reaction = reaction_of(plan.scenario, plan.case.size.parameters)
        super().__init__(axis, [linked(task) for task in self.tasks], reaction)

    def nothing_left(self, draws: int) -> SampledSchedule:
        """Return the dates of so many draws of a plan of which everything is done: it is finished when it begins."""
        return SampledSchedule((), (), (), {}, np.full(draws, self.axis.first + 1, np.int32))

    def mfa(self, schedule: SampledSchedule) -> tuple[Days, ...]:
        """Return the index of the day on which everyone signs in with MFA in each draw; nothing without its tasks.

        Where they were done before the plan begins, it is the first.
        """
        if not self.has_mfa:
            return ()
        ends = [schedule.ends[number] for number, task in enumerate(self.tasks) if task.task.id in MFA_FOR_EVERYONE]
        return (reduce(np.maximum, ends, np.full_like(schedule.end, self.axis.first + 1)) - 1,)

    def is_critical(self, schedule: SampledSchedule) -> list[NDArray[np.bool_]]:
        """Return, for each task, in which draws it cannot move without moving the finish or a fixed date (M9)."""
        latest: list[Days] = [schedule.end] * len(self.tasks)
        critical: list[NDArray[np.bool_]] = [np.zeros(0, bool)] * len(self.tasks)
        for number in reversed(range(len(self.tasks))):
            start, linked = schedule.starts[number], self.linked[number]
            slack = latest[number] - schedule.ends[number]
            if self.fixed[number]:
                slack = np.where(start == linked.own_start, 0, slack)
            critical[number] = (slack <= 0) & (self.tasks[number].state is not TaskState.DONE)
            last_start = start + slack
            for before in linked.links:
                latest[before] = np.minimum(latest[before], last_start)
            for before in linked.after:
                wait = schedule.waits.get(before)
                last = last_start if wait is None else self.axis.before(last_start, wait) + 1
                latest[before] = np.minimum(latest[before], last)
        return critical


def own_start(task: ScheduledTask, start: date, axis: SampledCalendar) -> int:
    """Return the index before which the plan's start, own dates and the status keep a task from starting.

    A task that has begun has the index of its start.
    """
    if task.has_begun:
        return axis.index_from(task.start)
    status = None if task.progress is None else task.progress.not_before
    days = (start, task.earliest_start, task.fixed_start, task.levelled_start, status)
    return axis.index_from(max(day for day in days if day is not None))


def reaction_of(scenario: Scenario, parameters: Parameters) -> float:
    """Return which part of a task's extra work is done in the same time: the scenario's, otherwise the model's."""
    own = scenario.uncertainty.reaction
    return float(parameters.reaction if own is None else own)


def least_days(task: ScheduledTask) -> int:
    """Return the working days that a task takes at least: what has passed, and one more until it is done (M26)."""
    least = task.work.least_days
    if task.progress is None or not (task.progress.is_left_known or task.has_begun):
        return least
    known = task.length_days if task.state is TaskState.DONE else task.passed_days + 1
    return known if task.progress.is_left_known else max(known, least)


def needed_days(task: ScheduledTask, plan: Plan) -> float:
    """Return the working days that a task's effort takes, not yet rounded up (M7).

    Where the status says how long it takes (M26), it is that.
    """
    length, progress = task.length_days, task.progress
    if progress is not None and (progress.is_left_known or length > progress.planned_days):
        return float(length)
    capacity = plan.capacity
    efforts, weekly = map(float, task.work.whole), map(float, (capacity.internal, capacity.external))
    return exact_need(zip(efforts, weekly, strict=True), float(task.task.team_share), length, task.work.least_days)


def exact_need(teams: Iterable[tuple[float, float | None]], share: float, length: int, least: int) -> float:
    """Return the working days that efforts take at the days a week of their teams, as a number that rounds up right.

    They are binary fractions, which no ceiling may be taken of: where they lie so near a whole number that rounding
    could go wrong, they are moved to the side on which the planned length says that they lie.
    """
    needed = max(days * WORKING_DAYS_A_WEEK / (share * most) if most else 0.0 for days, most in teams)
    if length <= least:
        return min(needed, float(length))
    rounding = length * ROUNDING
    return min(max(needed, length - 1 + max(3 * NEARLY, rounding)), length - rounding)


axis_of = lru_cache(maxsize=8)(SampledCalendar)
"""An axis, remembered: most changes of a scenario leave its calendar alone."""


def axis_for(plan: Plan) -> SampledCalendar:
    timeline = plan.scenario.timeline
    return axis_of(timeline.region, timeline.year_end_freeze, timeline.closures, plan.case.start, worked_days(plan))
