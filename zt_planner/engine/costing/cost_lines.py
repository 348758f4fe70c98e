"""What is bought from a month on, as charges by month and as cost lines; contingency (M2, M3, M11, M13 to M15, M17).

The one place that prices purchases by month, for the plan's cost lines, for what every possible start would make a
month pay (`engine.levelling.problem`) and for the draws (`engine.simulation.costs`). Decides months, prices and which
of two prices holds; `purchases` decides quantities, and `seats` when licences start.

Laws: the billing periods of a price follow each other without a gap, and within one the price does not move; an amount
is quantity times unit price, rounded once; without a price there is no amount, never 0; contingency is a share of the
same month's one-off cash.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from zt_planner.domain.categories import CATEGORY_ORDER, CostCategory, Kind
from zt_planner.domain.data.price_book import PriceUnit
from zt_planner.domain.money import ZERO, rounded_product, to_cents
from zt_planner.domain.month import MONTHS_A_YEAR, Month, months_from
from zt_planner.domain.plan import SHARE, CostLine, LineUnit, ScheduledTask, UnitPrice
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.costing.purchases import Purchase, Recurrence
from zt_planner.errors import msgid


@dataclass(frozen=True, slots=True)
class BillingWindow:
    """The months of recurring charges: up to `until`, and prepaid terms begun by `last` to their end.

    `until` is `last` or later.
    """

    last: Month
    until: Month


class BillingPeriod(NamedTuple):
    """The months of a recurring price that one purchase covers; `paid_in` where they are paid at once."""

    bought: Month
    months: tuple[Month, ...]
    paid_in: Month | None
    price: UnitPrice | None


@lru_cache(maxsize=8192)
def periods(price_list: PriceList, window: BillingWindow, price_id: str, first: Month) -> tuple[BillingPeriod, ...]:
    """Return the billing periods of a recurring price from a month on; remembered, as prices seldom move.

    Price and term are those of the month of the purchase; where there is no price, a period is one month.
    """
    bought, billed = first, list[BillingPeriod]()
    while bought <= window.until:
        price = price_list.price_of(price_id, bought)
        is_prepaid = price_list.is_prepaid(price_id, bought)
        covered = 1 if price is None else price_list.term_months(price_id, bought)
        left = bought.until(window.until) + 1
        is_whole = is_prepaid and bought <= window.last
        months = months_from(bought, covered if is_whole else min(covered, left))
        billed.append(BillingPeriod(bought, months, bought if is_prepaid else None, price))
        bought = bought.plus(covered)
    return tuple(billed)


class Charge(NamedTuple):
    """So many units at one price in each of some months that follow each other.

    The price is that of the month `bought`, None when there is none. `unit` is given where it is not the price's,
    `paid_in` where all months are paid at once.
    """

    price_id: str
    bought: Month
    months: tuple[Month, ...]
    kind: Kind
    quantity: int
    price: UnitPrice | None
    unit: PriceUnit | None = None
    paid_in: Month | None = None

    @property
    def cents(self) -> int | None:
        """The cents of each month; None when there is no price."""
        return None if self.price is None else self.quantity * to_cents(self.price.amount)


def charges(price_list: PriceList, window: BillingWindow, purchase: Purchase, first: Month) -> Iterator[Charge]:
    """Yield the charges of a purchase that begins in a month."""
    other = purchase.or_per_unit
    if other is not None and not price_list.stands_alone(purchase.price_id, other.price_id):
        yield from _dearer(price_list, window, (purchase, other), first)
    elif purchase.recurrence is Recurrence.EVERY_MONTH:
        yield from chain.from_iterable(_bills(price_list, window, purchase, first))
    elif purchase.recurrence is Recurrence.ONCE:
        yield from _paid_at_once(price_list, purchase, first, Kind.ONE_OFF)
    else:
        month = first.plus(MONTHS_A_YEAR)
        while month <= window.until:
            yield from _paid_at_once(price_list, purchase, month, Kind.RECURRING)
            month = month.plus(MONTHS_A_YEAR)


def _paid_at_once(price_list: PriceList, purchase: Purchase, month: Month, kind: Kind) -> Iterator[Charge]:
    price = price_in(price_list, purchase, month, price_list.price_of(purchase.price_id, month))
    for count, step_price in by_step(price_list, price, purchase.quantity):
        yield Charge(purchase.price_id, month, (month,), kind, count, step_price)


def price_in(price_list: PriceList, purchase: Purchase, month: Month, price: UnitPrice | None) -> UnitPrice | None:
    """Return the price of a purchase in a month: 0 for what is paid for already."""
    if not purchase.is_kept:
        return price
    return UnitPrice(ZERO, purchase.price_id, price_list.row_of(purchase.price_id, month), month)


def _bills(
    price_list: PriceList, window: BillingWindow, purchase: Purchase, first: Month
) -> Iterator[tuple[Charge, ...]]:
    """Yield the charges of each billing period: one a step, or a row's least amount if that is more (M13)."""
    key = purchase.price_id
    for period in periods(price_list, window, key, first):
        price = price_in(price_list, purchase, period.bought, period.price)
        quantity, unit = purchase.quantity, None
        parts = by_step(price_list, price, quantity)
        least = least_of(price_list, price) if purchase.has_minimum else None
        if least is not None and sum(count * step.amount for count, step in parts if step) < least.amount:
            parts, unit = ((1, least),), PriceUnit.COMPANY_MONTH
        yield tuple(
            Charge(key, period.bought, period.months, Kind.RECURRING, count, step, unit, period.paid_in)
            for count, step in parts
        )


def by_step(price_list: PriceList, price: UnitPrice | None, quantity: int) -> tuple[tuple[int, UnitPrice | None], ...]:
    """Return how many units are bought at the price of each step; what has no steps is bought at its price."""
    if price is None or not price.amount or quantity <= 1:
        return ((quantity, price),)
    steps = price_list.steps_of(price)
    ends = (*(first - 1 for first, _ in steps[1:]), quantity)
    counts = (min(end, quantity) - first + 1 for (first, _), end in zip(steps, ends, strict=True))
    return tuple((count, step) for count, (_, step) in zip(counts, steps, strict=True) if count > 0)


def least_of(price_list: PriceList, price: UnitPrice | None) -> UnitPrice | None:
    """Return the least amount a month of a price's row, converted as the price is; None when it has none.

    An override may have a row that does not hold in the month: it has none either.
    """
    row = None if price is None else price_list.valid_row(price.price_id, price.priced_in)
    if price is None or row is None or row.min_per_month is None:
        return None
    return price_list.in_eur(row, row.min_per_month, price.priced_in)


def _dearer(
    price_list: PriceList, window: BillingWindow, purchases: tuple[Purchase, Purchase], first: Month
) -> Iterator[Charge]:
    """Yield the dearer of two prices in each month: an entry price and one per unit (M13)."""
    # Both begin with one task and cover the window; past it only a prepaid year goes on, whole where it was chosen.
    entry_bills, per_unit_bills = (_bills(price_list, window, purchase, first) for purchase in purchases)
    entry, per_unit = next(entry_bills, ()), next(per_unit_bills, ())
    while entry and per_unit:
        months = min(len(entry[0].months), len(per_unit[0].months))
        entry_cents, per_unit_cents = _cents_of(entry), _cents_of(per_unit)
        is_per_unit = entry_cents is not None and (per_unit_cents is None or per_unit_cents > entry_cents)
        yield from _in_months(per_unit if is_per_unit else entry, slice(months))
        entry_rest, per_unit_rest = (_in_months(bill, slice(months, None)) for bill in (entry, per_unit))
        entry, per_unit = entry_rest or next(entry_bills, ()), per_unit_rest or next(per_unit_bills, ())
        if not entry or not per_unit:
            rest = per_unit_rest if is_per_unit else entry_rest
            yield from (charge for charge in rest if charge.paid_in is not None)


def _cents_of(bill: tuple[Charge, ...]) -> int | None:
    """Return the cents of a bill in each month; None when there is no price."""
    cents = [charge.cents for charge in bill]
    return None if None in cents else sum(filter(None, cents))


def _in_months(bill: tuple[Charge, ...], part: slice) -> tuple[Charge, ...]:
    """Return a bill for a part of its months; nothing for none."""
    return tuple(charge._replace(months=charge.months[part]) for charge in bill if charge.months[part])


LICENCES = "licences"
CONTINGENCY = "contingency"


def monthly_lines(
    charges: Iterable[Charge], *, task_id: str, item: str, category: CostCategory, unit: LineUnit
) -> Iterator[CostLine]:
    """Yield a line a month whose amount is quantity times unit price, None without a price."""
    for charge in charges:
        quantity, price, paid_in = Fraction(charge.quantity), charge.price, charge.paid_in
        amount = None if price is None else rounded_product(charge.quantity, price.amount)
        for month in charge.months:
            yield CostLine(
                month=month,
                task_id=task_id,
                price_id=charge.price_id,
                item=item,
                category=category,
                kind=charge.kind,
                quantity=quantity,
                unit=unit if charge.unit is None else charge.unit,
                unit_price=price,
                amount=amount,
                paid_in=month if paid_in is None else paid_in,
            )


class CostLineBuilder:
    """Makes cost lines from purchases, with one price list and one window of months."""

    def __init__(self, price_list: PriceList, window: BillingWindow, purchases: Iterable[Purchase]) -> None:
        self.price_list, self.window, self.purchases = price_list, window, tuple(purchases)

    def named(self, price_id: str, month: Month) -> tuple[str, LineUnit]:
        """Return product and unit of a price as the book names them; the id where it is unknown."""
        row = self.price_list.row_of(price_id, month)
        return (price_id, "") if row is None else (row.product, row.unit)

    def bought(self, purchase: Purchase, first: Month) -> Iterator[CostLine]:
        for charge in charges(self.price_list, self.window, purchase, first):
            item, unit = self.named(charge.price_id, charge.bought)
            yield from monthly_lines(
                (charge,), task_id=purchase.task_id, item=item, category=purchase.category, unit=unit
            )

    def unpriced_licences(self, seats: int, first: Month, task_id: str) -> Iterator[CostLine]:
        """Yield the lines of licences for which no mix is allowed: without an amount, never 0."""
        months = months_from(first, first.until(self.window.until) + 1)
        unpriced = Charge(LICENCES, first, months, Kind.RECURRING, seats, None)
        item = msgid("Licences")
        category, unit = CostCategory.LICENCE, PriceUnit.USER_MONTH
        yield from monthly_lines((unpriced,), task_id=task_id, item=item, category=category, unit=unit)


def bought_lines(tasks: Sequence[ScheduledTask], builder: CostLineBuilder) -> Iterator[CostLine]:
    """Yield the lines of everything that is bought with these tasks, but the mix's licences."""
    by_id = {task.task.id: task for task in tasks}
    for purchase in builder.purchases:
        task = by_id.get(purchase.task_id)
        if task is not None and purchase.is_bought:
            first = Month.of(task.finish).plus(1) if purchase.is_after_finish else Month.of(task.start)
            yield from builder.bought(purchase, first)


def lines_from_start(done: Container[str], start: Month, builder: CostLineBuilder) -> Iterator[CostLine]:
    """Yield the lines of what belongs to tasks that were done before the plan begins: from its first month (M11)."""
    for purchase in builder.purchases:
        if purchase.is_bought and purchase.task_id in done and purchase.recurrence is not Recurrence.ONCE:
            yield from builder.bought(purchase, start)


def lines_after_finish(known: Container[str], finish: date, builder: CostLineBuilder) -> Iterator[CostLine]:
    """Yield the lines of what begins after a task that is not among `known` ids: after the plan's finish."""
    for purchase in builder.purchases:
        if purchase.is_bought and purchase.is_after_finish and purchase.task_id not in known:
            yield from builder.bought(purchase, Month.of(finish).plus(1))


def contingency_lines(share: Decimal, lines: Iterable[CostLine]) -> Iterator[CostLine]:
    """Yield one line a month: the given share of that month's one-off cash (M17), of what has a price."""
    if not share:
        return
    by_month: dict[Month, list[CostLine]] = {}
    for line in lines:
        if line.is_cash and line.kind is Kind.ONE_OFF:
            by_month.setdefault(line.month, []).append(line)
    for month, once in sorted(by_month.items()):
        amounts = [line.amount for line in once if line.amount is not None]
        base, is_known = sum(amounts, ZERO), bool(amounts)
        yield CostLine(
            month=month,
            task_id="",
            price_id=CONTINGENCY,
            item=msgid("Contingency"),
            category=CostCategory.CONTINGENCY,
            kind=Kind.ONE_OFF,
            quantity=Fraction(share),
            unit=SHARE,
            unit_price=UnitPrice(base, CONTINGENCY, None, month) if is_known else None,
            amount=rounded_product(share, base) if is_known else None,
            paid_in=month,
        )


def with_contingency(share: Decimal, lines: Iterable[CostLine], closed: Container[Month]) -> tuple[CostLine, ...]:
    """Return lines with another share of contingency; closed months have none (M27)."""
    bought = tuple(line for line in lines if line.category is not CostCategory.CONTINGENCY)
    return *bought, *(line for line in contingency_lines(share, bought) if line.paid_in not in closed)


def in_order(lines: Iterable[CostLine]) -> tuple[CostLine, ...]:
    """Return lines by month, and as the budget has its columns."""
    return tuple(sorted(lines, key=lambda line: (line.month, CATEGORY_ORDER[line.category])))
