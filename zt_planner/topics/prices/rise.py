"""What a rise of the list prices costs a plan, beside the same plan without it.

Laws: an amount is the difference of two figures of the two plans, to the cent;
without a rise, or without figures, there is nothing to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.money import ZERO
from zt_planner.engine.costing.budget import accrual, cash_by_month
from zt_planner.engine.costing.pricing import first_month_from
from zt_planner.engine.plan import StoppedPlan
from zt_planner.language import Money, Plural, Text, Words, exact_percent, sentences
from zt_planner.topics.sentence import missing_prices

if TYPE_CHECKING:
    from decimal import Decimal

    from zt_planner.domain.month import Month
    from zt_planner.domain.scenario.prices import Prices
    from zt_planner.engine.plan import AnyPlan, Plan


@dataclass(frozen=True, slots=True)
class RiseCost:
    """What a plan costs more than without the rise; `first_month` is the first in which that is so, if any is."""

    first_year: Decimal
    horizon: Decimal
    monthly: Decimal
    first_month: Month | None

    @property
    def is_dearer(self) -> bool:
        """No figure is lower than without the rise."""
        return min(self.first_year, self.horizon, self.monthly) >= ZERO


def cost_of_rise(raised: AnyPlan, without: AnyPlan) -> RiseCost | None:
    """Compare a plan with the same one without the rise; None when there is no rise, or there are no figures."""
    if not raised.scenario.prices.rise or isinstance(raised, StoppedPlan) or isinstance(without, StoppedPlan):
        return None
    now, before = raised.headlines, without.headlines
    months, earlier = (cash_by_month(plan.cost_lines, plan.months, accrual) for plan in (raised, without))
    return RiseCost(
        first_year=now.first_year_budget - before.first_year_budget,
        horizon=now.horizon_total - before.horizon_total,
        monthly=now.run_rate_monthly - before.run_rate_monthly,
        first_month=next((month for month in raised.months if months[month] != earlier[month]), None),
    )


def rise_named(prices: Prices) -> Words:
    """Name the what-if: `List prices +10% from 1 July 2027 on`."""
    rise = exact_percent(prices.rise, is_signed=True)
    if prices.rise_from is None:
        return Text("List prices {rise}", rise=rise)
    return Text("List prices {rise} from {day} on", rise=rise, day=prices.rise_from)


def rise_sentence(cost: RiseCost, raised: Plan) -> Words:
    """Say what the rise costs: in the first year, over the horizon, a month after the end, and from when on."""
    money = partial(Money, is_signed=not cost.is_dearer)
    values = {
        "rise": rise_named(raised.scenario.prices),
        "first_year": money(cost.first_year),
        "horizon": money(cost.horizon),
        "monthly": money(cost.monthly),
    }
    if cost.is_dearer:
        text = Plural(
            "{rise} cost this plan {first_year} in the first year, {horizon} over {n} month, "
            "and {monthly} in the month after the work is finished.",
            "{rise} cost this plan {first_year} in the first year, {horizon} over {n} months, "
            "and {monthly} in the month after the work is finished.",
            len(raised.horizon),
            **values,
        )
    else:
        text = Plural(
            "{rise} change this plan by {first_year} in the first year, {horizon} over {n} month, "
            "and {monthly} in the month after the work is finished.",
            "{rise} change this plan by {first_year} in the first year, {horizon} over {n} months, "
            "and {monthly} in the month after the work is finished.",
            len(raised.horizon),
            **values,
        )
    return sentences(text, since(cost, raised), missing_prices(raised))


def since(cost: RiseCost, raised: Plan) -> Words:
    """Say in which month the rise first acts; where licences were bought before it, that this is their renewal."""
    if cost.first_month is None:
        return Text("It changes no month of this plan.")
    month, day = cost.first_month, raised.scenario.prices.rise_from
    bought = any(line.category is CostCategory.LICENCE and line.month < cost.first_month for line in raised.cost_lines)
    if bought and day is not None and first_month_from(day) < cost.first_month:
        return Text("The first month that it changes is {month}: a one-year term keeps its price.", month=month)
    return Text("The first month that it changes is {month}.", month=month)
