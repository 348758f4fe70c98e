"""The prices that a person would want to move, as their controls show them, and what replaced hardware comes to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain.money import ZERO, rounded
from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.fields import OWN_PRICES, OWN_ROWS
from zt_planner.engine.costing.cost_lines import by_step
from zt_planner.engine.costing.labour import rate_id
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.costing.purchases import MDR, SIEM_COMPANY, SIEM_USER
from zt_planner.engine.costing.trust import Mark, marks_of
from zt_planner.language import Listed, Plural, Text, Words

if TYPE_CHECKING:
    from zt_planner.domain.month import Month
    from zt_planner.engine.company_size import CompanySize
    from zt_planner.engine.plan import AnyPlan

RATE_FIELDS = {Team.INTERNAL: "labour.internal_day_cost", Team.EXTERNAL: "labour.external_day_rate"}


def hardware_words(size: CompanySize) -> Words:
    """Say how much of the network hardware is replaced: `Replaced: 1 of 2 firewalls, ...` (M14)."""
    if not any(size.replaced):
        return Text("Nothing is replaced.")
    (firewalls, switches, points), replaced = size.needed, size.replaced
    parts = (
        Plural("{replaced} of {n} firewall", "{replaced} of {n} firewalls", firewalls, replaced=replaced[0]),
        Plural("{replaced} of {n} switch", "{replaced} of {n} switches", switches, replaced=replaced[1]),
        Plural("{replaced} of {n} access point", "{replaced} of {n} access points", points, replaced=replaced[2]),
    )
    return Text("Replaced: {parts}.", parts=Listed(parts, ", "))


@dataclass(frozen=True, slots=True)
class ShownPrice:
    """A price as its control shows it: the field that moves it, and those that must be empty for the book's again.

    `marks` say what a reader must know about it, `mean_of` of how many units it is the mean where it falls by steps.
    """

    price_id: str
    amount: Decimal
    is_own: bool
    path: str
    own_fields: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    mean_of: int | None = None


@dataclass(frozen=True, slots=True)
class ShownPrices:
    """The prices of the controls; None when there is no price to start from."""

    licence: ShownPrice | None
    siem: ShownPrice | None
    mdr: ShownPrice | None
    internal_day: ShownPrice | None
    external_day: ShownPrice | None


def shown_prices(plan: AnyPlan) -> ShownPrices:
    """Return what the controls show for a plan, at the prices of its start month, licences at those of theirs."""
    prices = plan.case.prices
    return ShownPrices(
        licence=_shown(plan, prices, licence_in_view(plan, prices), shown_licence_month(plan)),
        siem=_siem(plan, prices),
        mdr=_mdr(plan, prices),
        internal_day=_day(Team.INTERNAL, plan, prices),
        external_day=_day(Team.EXTERNAL, plan, prices),
    )


def shown_licence_month(plan: AnyPlan) -> Month:
    """Return the month whose prices decide the mix; the first where there is no schedule."""
    return plan.licence_month or plan.months[0]


def licence_in_view(plan: AnyPlan, prices: PriceList) -> str | None:
    """Return the licence of the mix whose price is moved: one with an own price, otherwise its largest product."""
    rows = prices.book.rows_by_id
    own = next((key for key in prices.own if key in rows and rows[key][-1].is_in_mix), None)
    return own or (plan.mix.largest_product if plan.mix else None)


def _shown(plan: AnyPlan, prices: PriceList, price_id: str | None, month: Month) -> ShownPrice | None:
    """Return a price that an override moves."""
    price = None if price_id is None else prices.price_of(price_id, month)
    if price_id is None or price is None:
        return None
    path = OWN_PRICES + price_id
    own = OWN_ROWS + price_id if price.is_own and not price.is_override else path
    return ShownPrice(price_id, price.amount, price.is_own, path, (own,), marks_of(price, plan.priced_on))


def _siem(plan: AnyPlan, prices: PriceList) -> ShownPrice | None:
    """Return the monthly SIEM price of this company: the higher of entry price and price per user (M13)."""
    month = plan.months[0]
    entry, per_user = _shown(plan, prices, SIEM_COMPANY, month), prices.price_of(SIEM_USER, month)
    if entry is None or per_user is None or prices.stands_alone(SIEM_COMPANY, SIEM_USER):
        return entry
    steps = by_step(prices, per_user, plan.scenario.company.employees)
    by_size = sum((number * each.amount for number, each in steps if each is not None), ZERO)
    if by_size <= entry.amount:
        return entry
    return replace(entry, amount=by_size, marks=marks_of(per_user, plan.priced_on))


def _mdr(plan: AnyPlan, prices: PriceList) -> ShownPrice | None:
    """Return the MDR's price of an endpoint for this company: the mean of the steps that it reaches (M13)."""
    month = plan.months[0]
    shown, price = _shown(plan, prices, MDR, month), prices.price_of(MDR, month)
    count = plan.case.size.endpoints
    if shown is None or price is None or not count:
        return shown
    amounts = [number * each.amount for number, each in by_step(prices, price, count) if each is not None]
    mean_of = count if len(amounts) > 1 else None
    return replace(shown, amount=rounded(Fraction(sum(amounts)) / count, 2), mean_of=mean_of)


def _day(team: Team, plan: AnyPlan, prices: PriceList) -> ShownPrice | None:
    """Return a team's day, moved by the field that counts: an override where there is one, else the rate."""
    shown = _shown(plan, prices, rate_id(team, prices), plan.months[0])
    if shown is None:
        return None
    path = shown.path if shown.price_id in plan.scenario.prices.overrides else RATE_FIELDS[team]
    return replace(shown, path=path, own_fields=(*shown.own_fields, RATE_FIELDS[team]))
