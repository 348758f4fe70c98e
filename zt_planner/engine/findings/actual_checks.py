"""What is doubtful about bookings and closed months (M27).

Decides nothing about words (`topics.findings.status`). Law: no booking is refused for what the plan says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from zt_planner.domain.bookings import Booked
from zt_planner.domain.categories import CATEGORY_ORDER, CostCategory
from zt_planner.domain.finding import Code, Fact, Finding, Severity
from zt_planner.domain.money import ZERO, total
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine
from zt_planner.domain.progress import ContingencyUse
from zt_planner.engine.case import Case
from zt_planner.engine.costing.actuals import bookings_of, closed_months

SO_MANY_TIMES = 2
"""More than so many times what is planned is doubtful."""


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
    return len(known) == len(amounts) and booked > SO_MANY_TIMES * max(sum(known, ZERO), ZERO)


def _categories(found: Iterable[CostCategory]) -> tuple[str, ...]:
    return tuple(str(category) for category in sorted(found, key=lambda category: CATEGORY_ORDER[category]))
