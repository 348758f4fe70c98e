"""What is recorded of tasks as facts of the schedule: which are done, which run, what is left of them (M26).

The one source of facts for schedule, money and draws. Only what was recorded up to the status date is a fact; a later
day is a plan. Laws: without a status date there are no facts; a fact never moves with the status date; what has not
begun starts no earlier than it, and in no closed month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.status import Status
from zt_planner.engine.scheduling.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class TaskFact:
    """What is known of a task on the status date.

    `start` and `finish` are actual days. `not_before` is the day from which what is left is done: the status date, or
    a later start that is planned. `due` is a finish that is planned, `remaining_days` what was recorded as left.
    `is_start_known` unless `start` is the last day only because nobody recorded the first one.
    """

    state: TaskState
    not_before: date
    start: date | None = None
    finish: date | None = None
    remaining_days: int | None = None
    due: date | None = None
    is_start_known: bool = True


def fact_of(status: Status, task_id: str, plan_start: date) -> TaskFact | None:
    """Return what is known of a task, days before the plan's start as this day; None without a status date.

    Of a task that is finished and has no recorded start only the last day is known.
    """
    at, resumes, record = status.at, status.resumes, status.record_of(task_id)
    if at is None or resumes is None:
        return None
    started, finished, left = record.started, record.finished, record.remaining_days
    if finished is not None and finished <= at:
        first = finished if started is None else started
        days = (max(first, plan_start), max(finished, plan_start))
        return TaskFact(TaskState.DONE, resumes, *days, is_start_known=started is not None)
    if started is not None and started <= at:
        return TaskFact(TaskState.RUNNING, resumes, max(started, plan_start), remaining_days=left, due=finished)
    if started is not None:
        return TaskFact(TaskState.NOT_BEGUN, started, remaining_days=left, due=finished)
    return TaskFact(TaskState.NOT_BEGUN, resumes, remaining_days=left)


def recorded_days(status: Status, plan_start: date) -> frozenset[date]:
    """Return the days on which some task, of the plan or not, began or ended: they were worked in any case."""
    facts = (fact_of(status, task_id, plan_start) for task_id in status.tasks)
    known = (day for fact in facts if fact is not None for day in (fact.start, fact.finish))
    return frozenset(day for day in known if day is not None)


@dataclass(frozen=True, slots=True)
class Pins:
    """Facts in working days, by the indices of works.

    `starts` are the indices on which works have begun, `passed` the working days from there to the status date, all
    of them of one that is done; `left` is what remains where that is known, `floors` from where on the others start.
    """

    starts: Mapping[int, int] = field(default_factory=dict)
    passed: Mapping[int, int] = field(default_factory=dict)
    left: Mapping[int, int] = field(default_factory=dict)
    floors: Mapping[int, int] = field(default_factory=dict)
    done: frozenset[int] = frozenset()

    @property
    def any_known(self) -> bool:
        """Tell whether the length of some work is not just as planned."""
        return bool(self.passed or self.left)

    def length(self, index: int, planned: int) -> int:
        """Return a work's length in working days: what has passed, and what is left, one day at least."""
        passed = self.passed.get(index, 0)
        return passed + self.left.get(index, max(planned - passed, 1))


def pins_of(facts: Sequence[TaskFact | None], calendar: WorkCalendar, first: int) -> Pins:
    """Return facts as indices of a calendar, from the plan's first on; raise BeyondLimitError past its limit."""
    starts, passed, left, floors = dict[int, int](), dict[int, int](), dict[int, int](), dict[int, int]()
    done = set[int]()
    for index, fact in enumerate(facts):
        if fact is None:
            continue
        if fact.start is not None:
            starts[index] = max(calendar.index_from(fact.start), first)
        if fact.finish is not None:
            done.add(index)
            passed[index], left[index] = max(calendar.index_from(fact.finish), first) + 1 - starts[index], 0
            continue
        floor = max(calendar.index_from(fact.not_before), first)
        if fact.start is None:
            floors[index] = floor
        else:
            passed[index] = floor - starts[index]
        if fact.remaining_days is not None:
            left[index] = fact.remaining_days
        elif fact.due is not None:
            left[index] = max(calendar.index_after(fact.due) - floor, 1)
    return Pins(starts, passed, left, floors, frozenset(done))
