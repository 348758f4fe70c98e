"""The cost lines of what is bought, and of contingency (M11, M13, M14, M15, M17).

`charges` decides months and prices, `purchases` quantities, and `seats` when
licences start. Laws: an amount is quantity times unit price,
rounded once; a line without a price has no amount; contingency is a share of
the same month's one-off cash.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zt_planner.domain.categories import CATEGORY_ORDER, CostCategory, Kind
from zt_planner.domain.data.price_book import PriceUnit
from zt_planner.domain.money import ZERO, rounded_product
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import SHARE, CostLine, LineUnit, ScheduledTask, UnitPrice
from zt_planner.engine.costing.charges import BillingWindow, Charge, charges
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.costing.purchases import Purchase
from zt_planner.errors import msgid

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
    """Makes cost lines from what is bought, with one price list and one span of months."""

    def __init__(self, price_list: PriceList, span: BillingWindow, purchases: Iterable[Purchase]) -> None:
        """Keep what every line needs, and what may be bought."""
        self.price_list, self.span, self.purchases = price_list, span, tuple(purchases)

    def named(self, price_id: str, month: Month) -> tuple[str, LineUnit]:
        """Return product and unit of a price as the book names them; the id where it is unknown."""
        row = self.price_list.row_of(price_id, month)
        return (price_id, "") if row is None else (row.product, row.unit)

    def bought(self, purchase: Purchase, first: Month) -> Iterator[CostLine]:
        """Yield the lines of something that is bought from a month on."""
        for charge in charges(self.price_list, self.span, purchase, first):
            item, unit = self.named(charge.price_id, charge.bought)
            yield from monthly_lines(
                (charge,), task_id=purchase.task_id, item=item, category=purchase.category, unit=unit
            )

    def unpriced_licences(self, seats: int, first: Month, task_id: str) -> Iterator[CostLine]:
        """Yield the lines of licences for which no mix is allowed: without an amount, never 0."""
        months = months_from(first, first.until(self.span.until) + 1)
        unpriced = Charge(LICENCES, first, months, Kind.RECURRING, seats, None)
        item = msgid("Licences")
        category, unit = CostCategory.LICENCE, PriceUnit.USER_MONTH
        yield from monthly_lines((unpriced,), task_id=task_id, item=item, category=category, unit=unit)


def bought_lines(tasks: Sequence[ScheduledTask], builder: CostLineBuilder) -> Iterator[CostLine]:
    """Yield the lines of everything that is bought with these tasks, but the mix's licences."""
    by_id = {task.task.id: task for task in tasks}
    for purchase in builder.purchases:
        task = by_id.get(purchase.task_id)
        if task is not None and (purchase.quantity or purchase.has_minimum):
            first = Month.of(task.finish).plus(1) if purchase.is_after_finish else Month.of(task.start)
            yield from builder.bought(purchase, first)


def lines_after_finish(known: Container[str], finish: date, builder: CostLineBuilder) -> Iterator[CostLine]:
    """Yield the lines of what is bought after the finish of a task that is not among the known ones: after the plan's.

    `known` are ids of tasks.
    """
    for purchase in builder.purchases:
        if purchase.is_after_finish and purchase.task_id not in known:
            yield from builder.bought(purchase, Month.of(finish).plus(1))


def contingency_lines(share: Decimal, lines: Iterable[CostLine]) -> Iterator[CostLine]:
    """Yield one line a month: the given share of that month's one-off cash (M17), of what has a price."""
    if not share:
        return
    by_month: dict[Month, list[CostLine]] = {}
    for found in lines:
        if found.is_cash and found.kind is Kind.ONE_OFF:
            by_month.setdefault(found.month, []).append(found)
    for month, once in sorted(by_month.items()):
        amounts = [found.amount for found in once if found.amount is not None]
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
