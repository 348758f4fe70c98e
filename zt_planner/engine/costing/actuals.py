"""What was booked in place of what was planned, for the months that are closed (M27).

The one place that says which months are closed, for plan, draws and levelling. A planned line is replaced where the
month in which it is paid is closed, so that the invoice for a prepaid year replaces its twelve months. Laws: without a
closed month the lines are those that were given; what is paid in a closed month is what was booked in it, to the cent;
what was booked just as planned is used up just as planned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.money import ZERO, from_cents, largest_remainder, to_cents, total
from zt_planner.domain.month import Month
from zt_planner.domain.plan import ACTUAL, CostLine
from zt_planner.domain.scenario.bookings import Booked
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.cost_lines import in_order
from zt_planner.errors import msgid

RECURRING = frozenset({CostCategory.LICENCE, CostCategory.MONITORING, CostCategory.OPERATION})
"""What is paid again and again, where no planned line says more."""
MonthCategory: TypeAlias = tuple[Month, CostCategory]


class Use(NamedTuple):
    """What money is used up for: a task, none where it is empty, in a month, once or again and again."""

    task_id: str
    month: Month
    kind: Kind


Cents: TypeAlias = Mapping[Use, int]


def bookings_of(scenario: Scenario) -> Iterator[tuple[Booked, Decimal]]:
    """Yield what was booked, in the order of its keys."""
    for key, amount in scenario.status.bookings.items():
        yield Booked.of(key), amount


def closed_months(scenario: Scenario) -> frozenset[Month]:
    """Return the months that were closed and are over on the status date; none without one."""
    at = scenario.status.at
    months = map(Month.from_text, scenario.status.closed)
    return frozenset(month for month in months if at is not None and month.last_day <= at)


def month_after(scenario: Scenario, finish: date) -> Month:
    """Return the first month after the finish that is not closed: what goes on every month is told of it."""
    closed, month = closed_months(scenario), Month.of(finish).plus(1)
    while month in closed:
        month = month.plus(1)
    return month


def replaced(scenario: Scenario, lines: Iterable[CostLine], months: Collection[Month]) -> tuple[CostLine, ...]:
    """Return the lines that bookings replace; `months` are the plan's."""
    closed = closed_months(scenario).intersection(months)
    return tuple(line for line in lines if line.is_cash and line.paid_in in closed) if closed else ()


def with_actuals(scenario: Scenario, lines: tuple[CostLine, ...], months: Collection[Month]) -> tuple[CostLine, ...]:
    """Return lines with what was booked in closed months in place of what was planned; `months` are the plan's."""
    closed = closed_months(scenario).intersection(months)
    if not closed:
        return lines
    planned: dict[MonthCategory, dict[Use, int]] = defaultdict(lambda: defaultdict(int))
    for line in replaced(scenario, lines, closed):
        if line.amount:
            planned[line.paid_in, line.category][Use(line.task_id, line.month, line.kind)] += to_cents(line.amount)
    booked: dict[MonthCategory, dict[str, int]] = defaultdict(dict)
    for booking, amount in bookings_of(scenario):
        if booking.month in closed:
            booked[booking.cell][booking.task] = to_cents(amount)
    kept = (line for line in lines if not line.is_cash or line.paid_in not in closed)
    actual = (line for cell, amounts in booked.items() for line in _actual_lines(cell, amounts, planned[cell]))
    return in_order((*kept, *actual))


def _actual_lines(cell: MonthCategory, amounts: Mapping[str, int], planned: Cents) -> Iterator[CostLine]:
    """Yield what was booked by task in a month and category, used up as what was planned there."""
    month, category = cell
    for task_id, cents in amounts.items():
        uses = _uses_of(task_id, amounts, planned)
        usual = Use(task_id, month, Kind.RECURRING if category in RECURRING else Kind.ONE_OFF)
        for use, share in (_moved_to(cents, uses) if any(uses.values()) else {usual: cents}).items():
            yield CostLine(
                month=use.month,
                task_id=use.task_id,
                price_id=ACTUAL,
                item=msgid("Invoiced or bought"),
                category=category,
                kind=use.kind,
                quantity=Fraction(1),
                unit="",
                unit_price=None,
                amount=from_cents(share),
                paid_in=month,
            )


def _uses_of(task_id: str, amounts: Mapping[str, int], planned: Cents) -> Cents:
    """Return the planned uses that a booking replaces.

    Those of its task; without a task, of all tasks that have no booking of their own; where there are none, it is
    used up in the months of the whole category.
    """
    if task_id:
        own = {use: cents for use, cents in planned.items() if use.task_id == task_id}
    else:
        own = {use: cents for use, cents in planned.items() if not use.task_id or use.task_id not in amounts}
    if own:
        return own
    of_category: dict[Use, int] = defaultdict(int)
    for use, cents in planned.items():
        of_category[use._replace(task_id=task_id)] += cents
    return of_category


def _moved_to(cents: int, uses: Cents) -> Cents:
    """Return uses that add up to a sum: what it has more or less is shared by their size, to the cent."""
    sizes = [abs(planned) for planned in uses.values()]
    more = cents - sum(uses.values())
    shares = largest_remainder([more * size for size in sizes], sum(sizes))
    moved = {use: planned + share for (use, planned), share in zip(uses.items(), shares, strict=True)}
    return {use: amount for use, amount in moved.items() if amount}


def paid(lines: Iterable[CostLine]) -> Mapping[MonthCategory, Decimal | None]:
    """Return what is paid by month and category; None where something of it has no price."""
    sums: dict[MonthCategory, Decimal | None] = {}
    for line in lines:
        before = sums.get((line.paid_in, line.category), ZERO)
        sums[line.paid_in, line.category] = None if before is None or line.amount is None else before + line.amount
    return sums


def overruns(planned: Iterable[CostLine], lines: Iterable[CostLine]) -> Decimal:
    """Return how much more was booked in closed months than planned, contingency left out; at least 0.

    What was planned without a price is not compared.
    """
    expected = {cell: amount for cell, amount in paid(planned).items() if cell[1] is not CostCategory.CONTINGENCY}
    booked = paid(line for line in lines if line.is_actual)
    compared = [cell for cell in expected.keys() | booked.keys() if expected.get(cell, ZERO) is not None]
    more = total((booked.get(cell) or ZERO) - (expected.get(cell) or ZERO) for cell in compared)
    return max(more, ZERO)
