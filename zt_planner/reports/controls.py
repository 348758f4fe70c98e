"""Which prices the controls show: the ones that a person would want to move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.month import Month
from zt_planner.engine.costing import SIEM_COMPANY, SIEM_USER
from zt_planner.engine.seats import starts_of

if TYPE_CHECKING:
    from decimal import Decimal

    from zt_planner.domain.plan import Plan, UnitPrice
    from zt_planner.engine.pricing import PriceList


def licence_month(plan: Plan) -> Month:
    """Return the month in which most licences start; the plan's first where there is no schedule."""
    others = starts_of(plan.tasks).others
    return plan.months[0] if others is None else Month.of(others.start)


def licence_in_view(plan: Plan, prices: PriceList) -> tuple[str, UnitPrice] | None:
    """Return the licence whose price is moved: one with an own price, otherwise the mix's largest product."""
    own = next((key for key in prices.own if key in prices.book.user_licences), None)
    price_id = own or (plan.mix.largest_product if plan.mix else None)
    price = None if price_id is None else prices.price_of(price_id, licence_month(plan))
    return None if price_id is None or price is None else (price_id, price)


def monitoring_start_price(plan: Plan, prices: PriceList) -> Decimal | None:
    """Return what the SIEM costs a month for this company: the dearer of entry price and price per user (M13)."""
    month = plan.months[0]
    entry, per_user = prices.price_of(SIEM_COMPANY, month), prices.price_of(SIEM_USER, month)
    if entry is None or entry.is_own or per_user is None:
        return None if entry is None else entry.amount
    return max(entry.amount, per_user.amount * plan.scenario.company.employees)
