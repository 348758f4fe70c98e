"""What operation takes every month once the introduction is done: days of the own team (M23).

Laws: an activity begins in the month after its task is finished, after the plan where that task is not in it;
what a partner takes over falls away with one; a model without operation has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.data.phase_model import Operated, Operation
from zt_planner.domain.data.price_book import DayRate, PriceUnit
from zt_planner.domain.money import from_cents
from zt_planner.domain.month import MONTHS_A_YEAR, Month, months_from
from zt_planner.domain.plan import CostLine, ScheduledTask
from zt_planner.domain.scenario.scenario import Choices, Monitoring, Operator
from zt_planner.engine.case import Case
from zt_planner.engine.costing.cost_lines import BillingWindow, charges
from zt_planner.engine.costing.labour import labour_cost
from zt_planner.engine.costing.purchases import Purchase, keys_and_training, monitoring, operation


class Activity(NamedTuple):
    """What the own team does every month: the row, and its days."""

    row: Operation
    days: Fraction


def activities_of(case: Case, other: Choices | None = None) -> tuple[Activity, ...]:
    """Return the activities of operation that choices leave to the own team, with their days a month.

    The choices are the case's, or others of monitoring and operation.
    """
    choices, drivers = other or case.scenario.choices, case.size.drivers
    left_out = Operated.TAKEN_OVER if choices.operation is Operator.PARTNER else Operated.NEEDS_PARTNER
    return tuple(
        Activity(
            row,
            Fraction(row.base_days_per_month)
            + Fraction(row.days_per_unit) * (drivers[row.driver] if row.driver else 0),
        )
        for row in case.base_model.operations
        if row.by_partner is not left_out and (not row.monitoring or choices.monitoring in row.monitoring)
    )


def first_month(case: Case, task_id: str, tasks: Sequence[ScheduledTask], finish: date) -> Month:
    """Return the month after the finish of a task, of the plan where it is not in it; the first where it was done."""
    if any(task.id == task_id for task in case.done):
        return Month.of(case.start)
    finished = next((task.finish for task in tasks if task.task.id == task_id), finish)
    return Month.of(finished).plus(1)


def partner_fee(case: Case, tasks: Sequence[ScheduledTask], finish: date) -> Decimal | None:
    """Return what a partner costs in the month after the finish, engaged or not; None without a price."""
    choices = case.scenario.choices.model_copy(update={"operation": Operator.PARTNER})
    return _fee(case, operation(case.size.counts, choices, case.scenario.company.running), tasks, finish)


def monitoring_fee(case: Case, tasks: Sequence[ScheduledTask], finish: date, other: Monitoring) -> Decimal | None:
    """Return what a monitoring costs in the month after the finish, chosen or not; None without a price."""
    choices = case.scenario.choices.model_copy(update={"monitoring": other})
    return _fee(case, monitoring(case.size, choices, case.scenario.company.running), tasks, finish)


def _begins(case: Case, tasks: Sequence[ScheduledTask]) -> dict[str, Month]:
    """Return the month from which what belongs to a task is paid, by its id: the first one where it was done."""
    done = {task.id: Month.of(case.start) for task in case.done}
    return done | {task.task.id: Month.of(task.start) for task in tasks}


def _fee(case: Case, purchases: Iterable[Purchase], tasks: Sequence[ScheduledTask], finish: date) -> Decimal | None:
    """Return what purchases cost in the month after the finish."""
    month = Month.of(finish).plus(1)
    starts = _begins(case, tasks)
    cents: list[int | None] = []
    for purchase in purchases:
        begins = starts.get(purchase.task_id, month)
        first = first_month(case, purchase.task_id, tasks, finish) if purchase.is_after_finish else begins
        bought = charges(case.prices, BillingWindow(month, month), purchase, first)
        cents += (charge.cents for charge in bought if month in charge.months)
    return None if None in cents else from_cents(sum(filter(None, cents)))


def training_a_year(case: Case, tasks: Sequence[ScheduledTask], finish: date) -> Decimal | None:
    """Return what training costs again in the twelve months after the finish; None without a price."""
    months = months_from(Month.of(finish).plus(1), MONTHS_A_YEAR)
    starts = _begins(case, tasks)
    cents = [
        charge.cents
        for purchase in keys_and_training(case.size.counts, case.scenario)
        if purchase.task_id in starts
        for charge in charges(case.prices, BillingWindow(months[-1], months[-1]), purchase, starts[purchase.task_id])
        if charge.kind is Kind.RECURRING and charge.bought in months
    ]
    return None if None in cents else from_cents(sum(filter(None, cents)))


def operation_lines(case: Case, tasks: Sequence[ScheduledTask], finish: date, until: Month) -> Iterator[CostLine]:
    """Yield the days of the own team in each month of operation, at the rate of the month."""
    for row, days in activities_of(case):
        first = first_month(case, row.from_finish_of, tasks, finish)
        for month in months_from(first, max(0, first.until(until) + 1)):
            price = case.prices.price_of(DayRate.INTERNAL, month)
            yield CostLine(
                month=month,
                task_id=row.from_finish_of,
                price_id=DayRate.INTERNAL,
                item=row.activity,
                category=CostCategory.INTERNAL,
                kind=Kind.RECURRING,
                quantity=days,
                unit=PriceUnit.DAY,
                unit_price=price,
                amount=labour_cost(days, price),
                paid_in=month,
            )
