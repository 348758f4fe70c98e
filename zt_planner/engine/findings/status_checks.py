"""What is doubtful about the status of a plan: records that contradict each other, the plan or the status date (M26).

Decides nothing about words (`topics.findings.status`). Law: nothing that is recorded is refused for what
else is recorded: it is planned with, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from zt_planner.domain.finding import Code, Fact, Finding, Severity
from zt_planner.domain.plan import Headlines
from zt_planner.domain.scenario.approved import Approved
from zt_planner.domain.scenario.status import TaskRecord
from zt_planner.engine.case import Case
from zt_planner.engine.findings.task_checks import few
from zt_planner.engine.scheduling.effort import TaskWork
from zt_planner.engine.scheduling.timeline import Schedule


def status_findings(case: Case, schedule: Schedule) -> Iterator[Finding]:
    """Do the records go with the status date, the plan and each other, and is the deadline still met?"""
    status = case.scenario.status
    named = {task.id: task.name for task in case.model.tasks}
    if status.at is None:
        if status.tasks:
            yield Finding(Code.STATUS_NO_DATE, Severity.WARNING, {"tasks": _names(named, status.tasks)})
        elif case.start < case.today:
            yield Finding(Code.STATUS_START_PASSED, Severity.WARNING, {"start": case.start})
        return
    planned = {work.task.id: work for work in case.task_works}
    records = {key: record for key, record in status.tasks.items() if key in planned}
    if unplanned := _names(named, (key for key in status.tasks if key not in planned)):
        yield Finding(Code.STATUS_NOT_IN_PLAN, Severity.WARNING, {"tasks": unplanned})
    days = {named[key]: _days_of(record) for key, record in records.items()}
    if later := tuple(name for name, found in days.items() if any(day > status.at for day in found)):
        yield Finding(Code.STATUS_IN_FUTURE, Severity.WARNING, {"tasks": later, "day": status.at})
    if earlier := tuple(name for name, found in days.items() if any(day < case.start for day in found)):
        yield Finding(Code.STATUS_BEFORE_START, Severity.WARNING, {"tasks": earlier, "start": case.start})
    yield from few(Code.STATUS_OUT_OF_SEQUENCE, list(_out_of_sequence(case.task_works)))
    if schedule.deadline is not None and schedule.finish >= schedule.deadline:
        late: dict[str, Fact] = {"deadline": schedule.deadline, "finish": schedule.finish}
        yield Finding(Code.STATUS_DEADLINE_MISSED, Severity.WARNING, late)


def approved_differs(approved: Approved, computed: Headlines | None) -> Iterator[Finding]:
    """Does the plan that was approved still come to what was approved, computed anew?"""
    finish = None if computed is None else computed.finish_date
    budget = None if computed is None or approved.budget is None else computed.introduction_budget
    if (finish, budget) != (approved.finish, approved.budget):
        facts: dict[str, Fact] = {
            "name": approved.name,
            "on": approved.on,
            "finish": approved.finish,
            "budget": approved.budget,
            "finish_now": finish,
            "budget_now": budget,
        }
        yield Finding(Code.STATUS_APPROVED_DIFFERS, Severity.INFO, facts)


def _names(named: Mapping[str, str], keys: Iterable[str]) -> tuple[str, ...]:
    """Return what tasks are called; one that no model knows by its id."""
    return tuple(named.get(key, key) for key in keys)


def _days_of(record: TaskRecord) -> tuple[date, ...]:
    return tuple(day for day in (record.started, record.finished) if day is not None)


def _out_of_sequence(task_works: Sequence[TaskWork]) -> Iterator[dict[str, Fact]]:
    """Yield each task that was begun before something that it waits for was done."""
    for work in task_works:
        if work.fact is not None and work.fact.start is not None:
            befores = (task_works[index] for index in work.after)
            undone = tuple(before.task.name for before in befores if not _was_done(before, work.fact.start))
            if undone:
                yield {"task": work.task.name, "others": undone}


def _was_done(work: TaskWork, day: date) -> bool:
    """Tell whether a task was done by a day."""
    fact = work.fact
    return fact is not None and fact.finish is not None and fact.finish <= day
