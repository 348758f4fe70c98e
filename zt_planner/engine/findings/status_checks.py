"""What is doubtful about records, bookings and closed months: contradictions, and misfits with the plan (M26, M27).

Decides nothing about words (`topics.findings.status`). Law: nothing that is recorded or booked is refused for what else
is recorded or planned: the plan counts it, and a finding says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from zt_planner.domain.categories import CATEGORY_ORDER, CostCategory
from zt_planner.domain.finding import Code, Fact, Finding, Severity
from zt_planner.domain.headlines import Headlines
from zt_planner.domain.money import ZERO, total
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine
from zt_planner.domain.progress import ContingencyUse
from zt_planner.domain.scenario.approved import Approved
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.domain.scenario.status import TaskRecord
from zt_planner.engine.case import Case
from zt_planner.engine.costing.actuals import bookings_of, closed_months
from zt_planner.engine.findings.task_checks import few
from zt_planner.engine.scheduling.effort import TaskWork
from zt_planner.engine.scheduling.timeline import Schedule

SILENCE, A_WEEK = timedelta(days=21), timedelta(days=7)
"""Who updates a plan every week has recorded something within so many days."""


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
    yield from _silence(case, schedule, status.tasks.keys() & planned.keys())
    records = {key: record for key, record in status.tasks.items() if key in planned}
    if unplanned := _names(named, (key for key in status.tasks if key not in planned)):
        yield Finding(Code.STATUS_NOT_IN_PLAN, Severity.WARNING, {"tasks": unplanned})
    days = {named[key]: _days_of(record) for key, record in records.items()}
    if later := tuple(name for name, recorded in days.items() if any(day > status.at for day in recorded)):
        yield Finding(Code.STATUS_IN_FUTURE, Severity.WARNING, {"tasks": later, "day": status.at})
    if earlier := tuple(name for name, recorded in days.items() if any(day < case.start for day in recorded)):
        yield Finding(Code.STATUS_BEFORE_START, Severity.WARNING, {"tasks": earlier, "start": case.start})
    yield from few(Code.STATUS_OUT_OF_SEQUENCE, list(_out_of_sequence(case.task_works)))
    if schedule.deadline is not None and schedule.finish >= schedule.deadline:
        late: dict[str, Fact] = {"deadline": schedule.deadline, "finish": schedule.finish}
        yield Finding(Code.STATUS_DEADLINE_MISSED, Severity.WARNING, late)


def _silence(case: Case, schedule: Schedule, recorded: Collection[str]) -> Iterator[Finding]:
    """Was nothing recorded since the start of the plan, or for weeks since the status date, while there is work?"""
    at = case.scenario.status.at
    if at is None or schedule.finish <= at:
        return
    if case.today - at > SILENCE:
        yield Finding(Code.STATUS_NOTHING_RECORDED, Severity.WARNING, {"since": at, "day": case.today})
    elif not recorded and at - case.start >= A_WEEK:
        yield Finding(Code.STATUS_NOTHING_RECORDED, Severity.WARNING, {"since": case.start, "day": at})


def approved_differs(approved: Approved, computed: Headlines | None) -> Iterator[Finding]:
    """Does the approved plan, computed again, still have the approved finish and budget?"""
    finish = None if computed is None else computed.finish_date
    budget = None if computed is None or approved.budget is None else computed.introduction_budget
    if (finish, budget) != (approved.finish, approved.budget):
        facts: dict[str, Fact] = {
            "on": approved.on,
            "finish": approved.finish,
            "budget": approved.budget,
            "finish_now": finish,
            "budget_now": budget,
        }
        yield Finding(Code.STATUS_APPROVED_DIFFERS, Severity.INFO, facts)


def _names(named: Mapping[str, str], keys: Iterable[str]) -> tuple[str, ...]:
    """Return the names of tasks; the id of one that the model does not have."""
    return tuple(named.get(key, key) for key in keys)


def _days_of(record: TaskRecord) -> tuple[date, ...]:
    return tuple(day for day in (record.started, record.finished) if day is not None)


def _out_of_sequence(task_works: Sequence[TaskWork]) -> Iterator[dict[str, Fact]]:
    """Yield each task that was begun before something that it waits for was done."""
    for work in task_works:
        if work.fact is not None and work.fact.start is not None:
            befores = (task_works[index] for index in work.after)
            undone = tuple(before.task.name for before in befores if not _is_done_by(before, work.fact.start))
            if undone:
                yield {"task": work.task.name, "others": undone}


def _is_done_by(work: TaskWork, day: date) -> bool:
    fact = work.fact
    return fact is not None and fact.finish is not None and fact.finish <= day


DOUBTFUL_MULTIPLE = 2
"""More than this multiple of what is planned is doubtful."""


def actual_findings(
    case: Case, months: Collection[Month], planned: Sequence[CostLine], contingency: ContingencyUse | None
) -> Iterator[Finding]:
    """Do bookings and closed months go with the status date and the plan, and is the contingency enough?

    `months` are the plan's, `planned` the lines without what was booked.
    """
    scenario = case.scenario
    bookings, closed = tuple(bookings_of(scenario)), {Month.from_text(text) for text in scenario.status.closed}
    if early := tuple(sorted(month for month in closed - closed_months(scenario) if month in months)):
        facts: dict[str, Fact] = {"months": early, "day": scenario.status.at}
        yield Finding(Code.STATUS_CLOSED_AHEAD, Severity.WARNING, facts)
    if outside := tuple(sorted((closed | {booking.month for booking, _ in bookings}).difference(months))):
        yield Finding(Code.STATUS_OUTSIDE_PLAN, Severity.WARNING, {"months": outside})
    named = {task.id: task.name for task in case.model.tasks}
    known = {"", *(work.task.id for work in case.task_works)}
    if unknown := sorted({booking.task for booking, _ in bookings}.difference(known)):
        names = tuple(named.get(key, key) for key in unknown)
        yield Finding(Code.STATUS_BOOKED_NOT_IN_PLAN, Severity.WARNING, {"tasks": names})
    yield from _amount_findings(case, bookings, planned)
    if contingency is not None and contingency.left < 0:
        facts = {"total": contingency.total, "overruns": contingency.overruns}
        yield Finding(Code.STATUS_CONTINGENCY_USED_UP, Severity.WARNING, facts)


def _amount_findings(
    case: Case, bookings: Sequence[tuple[Booked, Decimal]], planned: Sequence[CostLine]
) -> Iterator[Finding]:
    """Is far more booked than planned, more credited than booked, or nothing of what was planned?"""
    closed = closed_months(case.scenario)
    booked: dict[CostCategory, Decimal] = defaultdict(lambda: ZERO)
    for booking, amount in bookings:
        booked[booking.category] += amount
    expected: dict[CostCategory, Decimal] = defaultdict(lambda: ZERO)
    for line in planned:
        if line.is_cash and line.paid_in in closed and line.category is not CostCategory.CONTINGENCY:
            expected[line.category] += line.amount or ZERO
    there = {booking.category for booking, _ in bookings if booking.month in closed}
    lacking = _categories(category for category, amount in expected.items() if amount > 0 and category not in there)
    if lacking:
        amount = total(expected[CostCategory(category)] for category in lacking)
        yield Finding(Code.STATUS_NOTHING_BOOKED, Severity.INFO, {"categories": lacking, "planned": amount})
    much = _categories(category for category, amount in booked.items() if _is_much(category, amount, planned))
    if much:
        yield Finding(Code.STATUS_BOOKED_MUCH, Severity.WARNING, {"categories": much})
    if credited := _categories(category for category, amount in booked.items() if amount < 0):
        yield Finding(Code.STATUS_CREDITS_EXCEED, Severity.WARNING, {"categories": credited})


def _is_much(category: CostCategory, booked: Decimal, planned: Iterable[CostLine]) -> bool:
    """Tell whether far more is booked than is planned altogether; what has no price cannot be compared."""
    amounts = [line.amount for line in planned if line.category is category]
    known = [amount for amount in amounts if amount is not None]
    return len(known) == len(amounts) and booked > DOUBTFUL_MULTIPLE * max(sum(known, ZERO), ZERO)


def _categories(categories: Iterable[CostCategory]) -> tuple[str, ...]:
    return tuple(str(category) for category in sorted(categories, key=lambda category: CATEGORY_ORDER[category]))
