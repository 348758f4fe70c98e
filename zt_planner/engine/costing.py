"""What is bought, in which month, at which price (M11, M13, M14, M15, M17).

Decides months; `purchases` decides quantities, `pricing` what a unit costs and
`seats` when licences start. Laws: an amount is quantity times unit price,
rounded once; a line without a price has no amount; contingency is a share of
the same month's one-off cash.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain.money import ZERO, rounded_product
from zt_planner.domain.month import MONTHS_A_YEAR, Month, months_from
from zt_planner.domain.plan import SHARE, CostCategory, CostLine, Kind, UnitPrice
from zt_planner.domain.price_book import Unit
from zt_planner.engine.purchases import Manner, Purchase, purchases_of
from zt_planner.engine.seats import Role, Seats
from zt_planner.engine.terms import Span, stretches
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zt_planner.domain.plan import LineUnit, ScheduledTask
    from zt_planner.domain.scenario import Scenario
    from zt_planner.engine.pricing import PriceList

LICENCES = "licences"
CONTINGENCY = "contingency"


def lines_of(  # noqa: PLR0913 - the parts of a line, all named
    *,
    months: Iterable[Month],
    task_id: str,
    price_id: str,
    item: str,
    category: CostCategory,
    kind: Kind,
    quantity: int,
    unit: LineUnit,
    price: UnitPrice | None,
    paid_in: Month | None = None,
) -> Iterator[CostLine]:
    """Yield a line a month whose amount is quantity times unit price, None without a price."""
    exact = Fraction(quantity)
    amount = None if price is None else rounded_product(quantity, price.amount)
    for month in months:
        yield CostLine(
            month=month,
            task_id=task_id,
            price_id=price_id,
            item=item,
            category=category,
            kind=kind,
            quantity=exact,
            unit=unit,
            unit_price=price,
            amount=amount,
            paid_in=month if paid_in is None else paid_in,
        )


class Buyer:
    """Makes cost lines from what is bought, with one price list and one span of months."""

    def __init__(self, scenario: Scenario, price_list: PriceList, span: Span) -> None:
        """Keep what every line needs."""
        self.scenario = scenario
        self.price_list = price_list
        self.span = span

    def named(self, price_id: str, month: Month) -> tuple[str, LineUnit]:
        """Return product and unit of a price as the book names them; the id where it is unknown."""
        row = self.price_list.row_of(price_id, month)
        return (price_id, "") if row is None else (row.product, row.unit)

    def bought(self, purchase: Purchase, first: Month) -> Iterator[CostLine]:
        """Yield the lines of something that is bought from a month on."""
        if purchase.or_dearer is not None:
            yield from self._larger(purchase, purchase.or_dearer, first)
        elif purchase.has_minimum:
            yield from self._with_minimum(purchase, first)
        elif purchase.manner is Manner.EVERY_MONTH:
            yield from self._monthly(purchase, first)
        else:
            yield from self._single(purchase, first, Kind.ONE_OFF)
            month = first.plus(MONTHS_A_YEAR)
            while purchase.manner is Manner.EVERY_YEAR and month <= self.span.until:
                yield from self._single(purchase, month, Kind.RECURRING)
                month = month.plus(MONTHS_A_YEAR)

    def _single(self, purchase: Purchase, month: Month, kind: Kind) -> Iterator[CostLine]:
        item, unit = self.named(purchase.price_id, month)
        yield from lines_of(
            months=(month,),
            task_id=purchase.task_id,
            price_id=purchase.price_id,
            item=item,
            category=purchase.category,
            kind=kind,
            quantity=purchase.quantity,
            unit=unit,
            price=self.price_list.price_of(purchase.price_id, month),
        )

    def _monthly(self, purchase: Purchase, first: Month) -> Iterator[CostLine]:
        """Yield the lines of something paid every month."""
        for stretch in stretches(self.price_list, self.span, purchase.price_id, first):
            item, unit = self.named(purchase.price_id, stretch.bought)
            yield from lines_of(
                months=stretch.months,
                task_id=purchase.task_id,
                price_id=purchase.price_id,
                item=item,
                category=purchase.category,
                kind=Kind.RECURRING,
                quantity=purchase.quantity,
                unit=unit,
                price=self.price_list.price_of(purchase.price_id, stretch.bought),
                paid_in=stretch.paid_in,
            )

    def seats(self, seats: Seats) -> Iterator[CostLine]:
        """Yield the lines of licence seats: bought, credited (negative), or kept (0)."""
        for stretch in stretches(self.price_list, self.span, seats.product, seats.first):
            item, unit = self.named(seats.product, stretch.bought)
            price = self.price_list.price_of(seats.product, stretch.bought)
            if seats.role is Role.KEPT:
                row = self.price_list.row_of(seats.product, stretch.bought)
                price = UnitPrice(ZERO, seats.product, row, stretch.bought)
            yield from lines_of(
                months=stretch.months,
                task_id=seats.task_id,
                price_id=seats.product,
                item=item,
                category=CostCategory.LICENCE,
                kind=Kind.RECURRING,
                quantity=-seats.count if seats.role is Role.CREDITED else seats.count,
                unit=unit,
                price=price,
                paid_in=stretch.paid_in,
            )

    def unpriced_licences(self, seats: int, task: ScheduledTask) -> Iterator[CostLine]:
        """Yield the lines of licences for which no mix is allowed: without an amount, never 0."""
        first = Month.of(task.start)
        yield from lines_of(
            months=months_from(first, first.until(self.span.until) + 1),
            task_id=task.task.id,
            price_id=LICENCES,
            item=msgid("Licences"),
            category=CostCategory.LICENCE,
            kind=Kind.RECURRING,
            quantity=seats,
            unit=Unit.USER_MONTH,
            price=None,
        )

    def _larger(self, entry: Purchase, per_unit: Purchase, first: Month) -> Iterator[CostLine]:
        """Yield, month by month, the dearer of two prices: an entry price and one per unit (M13)."""
        if entry.price_id in self.price_list.own:
            yield from self._monthly(entry, first)
            return
        # Both begin with one task and cover the span; past it only a whole prepaid year of one of them goes on, which
        # there is nothing to compare with: where the lines of one end, the choice ends.
        for base, other in zip(self._monthly(entry, first), self._monthly(per_unit, first), strict=False):
            if base.amount is None or other.amount is None:
                yield base if base.amount is None else other
            else:
                yield other if other.amount > base.amount else base

    def _with_minimum(self, purchase: Purchase, first: Month) -> Iterator[CostLine]:
        """Yield monthly lines that cost at least the row's minimum (M13)."""
        for found in self._monthly(purchase, first):
            price = found.unit_price
            row = None if price is None else price.row
            if price is None or found.amount is None or row is None or row.min_per_month is None:
                yield found
                continue
            minimum = self.price_list.in_eur(row, row.min_per_month, price.priced_in)
            if found.amount >= minimum.amount:
                yield found
                continue
            yield from lines_of(
                months=(found.month,),
                task_id=found.task_id,
                price_id=found.price_id,
                item=found.item,
                category=found.category,
                kind=found.kind,
                quantity=1,
                unit=Unit.COMPANY_MONTH,
                price=minimum,
                paid_in=found.paid_in,
            )


def bought_lines(scenario: Scenario, tasks: Sequence[ScheduledTask], buyer: Buyer) -> Iterator[CostLine]:
    """Yield the lines of everything that is bought with these tasks, but the mix's licences."""
    starts = {task.task.id: Month.of(task.start) for task in tasks}
    for purchase in purchases_of(scenario):
        first = starts.get(purchase.task_id)
        if first is not None and (purchase.quantity or purchase.has_minimum):
            yield from buyer.bought(purchase, first)


def contingency_lines(scenario: Scenario, lines: Iterable[CostLine]) -> Iterator[CostLine]:
    """Yield one line a month: the given share of that month's one-off cash (M17)."""
    share = scenario.finance.contingency
    if not share:
        return
    by_month: dict[Month, list[CostLine]] = {}
    for found in lines:
        if found.is_cash and found.kind is Kind.ONE_OFF:
            by_month.setdefault(found.month, []).append(found)
    for month, once in sorted(by_month.items()):
        base = sum((found.amount for found in once if found.amount is not None), ZERO)
        yield CostLine(
            month=month,
            task_id="",
            price_id=CONTINGENCY,
            item=msgid("Contingency"),
            category=CostCategory.CONTINGENCY,
            kind=Kind.ONE_OFF,
            quantity=Fraction(share),
            unit=SHARE,
            unit_price=UnitPrice(base, CONTINGENCY, None, month),
            amount=rounded_product(share, base),
            paid_in=month,
        )
