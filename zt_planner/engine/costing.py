"""What is bought, in which month, at which price (M11, M13, M14, M15, M17).

Decides quantities and months; `pricing` decides what a unit costs and
`seats` when licences start. Laws: an amount is quantity times unit price,
rounded once; a line without a price has no amount; contingency is a share of
the same month's one-off cash.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from zt_planner.domain.money import ZERO, rounded_product
from zt_planner.domain.month import MONTHS_A_YEAR, Month, months_from
from zt_planner.domain.phase_model import NamedTask
from zt_planner.domain.plan import SHARE, CostCategory, CostLine, Kind, UnitPrice
from zt_planner.domain.price_book import Unit
from zt_planner.domain.scenario import RemoteAccess
from zt_planner.engine.effort import sites_to_replace
from zt_planner.engine.seats import Role, Seats
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zt_planner.domain.plan import LineUnit, ScheduledTask
    from zt_planner.domain.scenario import Scenario
    from zt_planner.engine.pricing import PriceList

KEYS_PER_ADMIN = 2
PORT_RESERVE = Fraction(13, 10)
PORTS_PER_SWITCH = 24

SIEM_COMPANY, SIEM_USER, MDR = "cloud-siem", "cloud-siem-user", "mdr-endpoint"
SERVER_PROTECTION = "defender-business-servers"
LICENCES = "licences"
CONTINGENCY = "contingency"


@dataclass(frozen=True, slots=True)
class Purchase:
    """Something bought for a task: the same quantity each time."""

    price_id: str
    category: CostCategory
    quantity: int
    task: ScheduledTask

    @property
    def first(self) -> Month:
        """The month in which its task starts."""
        return Month.of(self.task.start)


@dataclass(frozen=True, slots=True)
class Span:
    """The months for which recurring lines are made: up to `until`, and prepaid terms begun by `last` to their end.

    `until` is `last` or later.
    """

    last: Month
    until: Month


@dataclass(frozen=True, slots=True)
class Stretch:
    """The months of a recurring price that one purchase covers; `paid_in` where they are paid at once."""

    bought: Month
    months: tuple[Month, ...]
    paid_in: Month | None


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

    def once(self, purchase: Purchase) -> Iterator[CostLine]:
        """Yield the line of something bought once."""
        yield from self._single(purchase, purchase.first, Kind.ONE_OFF)

    def again(self, purchase: Purchase, month: Month) -> Iterator[CostLine]:
        """Yield the line of something bought again in a later month."""
        yield from self._single(purchase, month, Kind.RECURRING)

    def _single(self, purchase: Purchase, month: Month, kind: Kind) -> Iterator[CostLine]:
        item, unit = self.named(purchase.price_id, month)
        yield from lines_of(
            months=(month,),
            task_id=purchase.task.task.id,
            price_id=purchase.price_id,
            item=item,
            category=purchase.category,
            kind=kind,
            quantity=purchase.quantity,
            unit=unit,
            price=self.price_list.price_of(purchase.price_id, month),
        )

    def stretches(self, price_id: str, first: Month) -> Iterator[Stretch]:
        """Yield the months of a recurring price, purchase by purchase.

        A term starts with the price that was found: where there is none, it is asked for again the next month.
        """
        is_prepaid = self.price_list.is_prepaid(price_id, first)
        term_months = self.price_list.term_months(price_id, first)
        bought = first
        while bought <= self.span.until:
            is_priced = self.price_list.price_of(price_id, bought) is not None
            covered = term_months if is_priced else 1
            left = bought.until(self.span.until) + 1
            is_whole = is_prepaid and bought <= self.span.last
            months = months_from(bought, covered if is_whole else min(covered, left))
            yield Stretch(bought, months, bought if is_prepaid else None)
            bought = bought.plus(covered)
            if not is_priced:
                term_months = self.price_list.term_months(price_id, bought)

    def monthly(self, purchase: Purchase) -> Iterator[CostLine]:
        """Yield the lines of something paid every month from its task's start on."""
        for stretch in self.stretches(purchase.price_id, purchase.first):
            item, unit = self.named(purchase.price_id, stretch.bought)
            yield from lines_of(
                months=stretch.months,
                task_id=purchase.task.task.id,
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
        for stretch in self.stretches(seats.product, seats.first):
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

    def larger(self, entry: Purchase, per_unit: Purchase) -> Iterator[CostLine]:
        """Yield, month by month, the dearer of two prices: an entry price and one per unit (M13)."""
        if entry.price_id in self.price_list.own:
            yield from self.monthly(entry)
            return
        # Both begin with one task and cover the span; past it only a whole prepaid year of one of them goes on, which
        # there is nothing to compare with: where the lines of one end, the choice ends.
        for first, second in zip(self.monthly(entry), self.monthly(per_unit), strict=False):
            if first.amount is None or second.amount is None:
                yield first if first.amount is None else second
            else:
                yield second if second.amount > first.amount else first

    def with_minimum(self, purchase: Purchase) -> Iterator[CostLine]:
        """Yield monthly lines that cost at least the row's minimum (M13)."""
        for found in self.monthly(purchase):
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


def switches_in_all(scenario: Scenario) -> int:
    """Return the switches that all sites need, spare ports included (M14)."""
    company = scenario.company
    ports = Fraction(company.device_count, company.sites) * PORT_RESERVE
    return company.sites * ceil(ports / PORTS_PER_SWITCH)


def hardware_lines(scenario: Scenario, tasks: Mapping[str, ScheduledTask], buyer: Buyer) -> Iterator[CostLine]:
    """Yield firewalls, switches and the firewalls' subscriptions (M14)."""
    install = tasks.get(NamedTask.HARDWARE_INSTALL)
    if install is None:
        return
    firewalls = sites_to_replace(scenario)
    switches = ceil(switches_in_all(scenario) * (1 - Fraction(scenario.choices.hardware_reuse)))
    for price_id, quantity in (("site-firewall", firewalls), ("managed-switch-24", switches)):
        if quantity:
            yield from buyer.once(Purchase(price_id, CostCategory.HARDWARE, quantity, install))
    if firewalls:
        yield from buyer.monthly(Purchase("firewall-subscription", CostCategory.HARDWARE, firewalls, install))


def monitoring_lines(scenario: Scenario, tasks: Mapping[str, ScheduledTask], buyer: Buyer) -> Iterator[CostLine]:
    """Yield SIEM and MDR from the month in which the sources are connected (M13)."""
    onboarding = tasks.get(NamedTask.MONITORING_ONBOARDING)
    if onboarding is None:
        return
    company = scenario.company
    if scenario.choices.monitoring.has_siem:
        entry = Purchase(SIEM_COMPANY, CostCategory.MONITORING, 1, onboarding)
        yield from buyer.larger(entry, Purchase(SIEM_USER, CostCategory.MONITORING, company.employees, onboarding))
    if scenario.choices.monitoring.has_mdr:
        endpoints = company.device_count + company.server_count
        yield from buyer.with_minimum(Purchase(MDR, CostCategory.MONITORING, endpoints, onboarding))


def other_licence_lines(scenario: Scenario, tasks: Mapping[str, ScheduledTask], buyer: Buyer) -> Iterator[CostLine]:
    """Yield server protection and Zero Trust network access (M11, M13)."""
    company = scenario.company
    protection, access = tasks.get(NamedTask.EDR_ONBOARDING), tasks.get(NamedTask.ZTNA)
    if protection is not None and company.server_count:
        yield from buyer.monthly(Purchase(SERVER_PROTECTION, CostCategory.LICENCE, company.server_count, protection))
    if access is not None and scenario.choices.remote_access is RemoteAccess.ZTNA and company.remote_count:
        yield from buyer.monthly(Purchase("ztna-user", CostCategory.LICENCE, company.remote_count, access))


def key_and_training_lines(scenario: Scenario, tasks: Mapping[str, ScheduledTask], buyer: Buyer) -> Iterator[CostLine]:
    """Yield security keys for administrators and awareness training for all, again every year (M15)."""
    keys, rollout = tasks.get(NamedTask.ADMIN_MFA), tasks.get(NamedTask.MFA_ROLLOUT)
    if keys is not None:
        count = KEYS_PER_ADMIN * scenario.company.admin_count
        yield from buyer.once(Purchase("fido2-key", CostCategory.HARDWARE, count, keys))
    if rollout is not None:
        training = Purchase("awareness-user", CostCategory.TRAINING, scenario.company.employees, rollout)
        yield from buyer.once(training)
        month = training.first.plus(MONTHS_A_YEAR)
        while month <= buyer.span.until:
            yield from buyer.again(training, month)
            month = month.plus(MONTHS_A_YEAR)


def bought_lines(scenario: Scenario, tasks: Sequence[ScheduledTask], buyer: Buyer) -> Iterator[CostLine]:
    """Yield everything bought but the mix's licences."""
    by_id = {task.task.id: task for task in tasks}
    yield from other_licence_lines(scenario, by_id, buyer)
    yield from monitoring_lines(scenario, by_id, buyer)
    yield from hardware_lines(scenario, by_id, buyer)
    yield from key_and_training_lines(scenario, by_id, buyer)


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
