"""What the introductions of several clients cost together, where their efforts, waits and prices are drawn (M41).

A price or a day rate is one draw for all clients: what makes it dearer for one makes it dearer for all. Efforts and
waits are each client's own, and go together only within a client. Decides nothing about one client: a draw is that of
`simulation`. Nothing of a client is kept but what it adds to the sums.

Laws: of one client alone the draws are those of `simulate`; the order of the clients decides nothing; the months of a
draw's money add up to what it costs over the horizons; the months of its days, with what is later, to its days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial

import numpy as np

from zt_planner.domain.money import from_cents, rounded
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.scenario.uncertainty import DRAWS
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.costs import Cents, SampledTotals, Totals, rounded_as
from zt_planner.engine.simulation.draws import PAGE, Distribution, Floats, RandomSource, rank
from zt_planner.engine.simulation.ranges import PRICE
from zt_planner.engine.simulation.result import (
    HIGH,
    MIDDLE,
    SURE,
    DrawnFactors,
    SimulationModel,
    draw_pages,
    estimate_of,
)

SHARES = (MIDDLE, SURE, HIGH)
"""The shares of the draws that are told of a sum."""


@dataclass(frozen=True, slots=True)
class MonthOfDraws:
    """What is enough in a month in each of `SHARES` of the draws: money, and the provider's days."""

    month: Month
    money: tuple[Decimal, ...]
    external_days: tuple[Decimal, ...]


@dataclass(frozen=True)
class JointDraws:
    """The sums of all clients in each draw, in cents and days; a row for each of the `months`, one more for later days.

    `singles` are the sums of what each client's own draws say is enough, by share. What clients in `at_least` cost is
    not wholly known: a price is missing or hidden.
    """

    clients: tuple[str, ...]
    at_least: tuple[str, ...]
    months: tuple[Month, ...]
    introduction: Cents
    money: Cents
    external_days: Cents
    singles: Mapping[float, Decimal]

    def introduction_at(self, share: float) -> Decimal:
        """Return the smallest sum of budgets that introduces everything everywhere in a share of the draws."""
        return from_cents(int(_at(self.introduction, share)))

    def apart(self, share: float) -> Decimal:
        """Return by how much the sum of the clients' own budgets is more than what is enough together."""
        return self.singles[share] - self.introduction_at(share)

    def by_month(self) -> tuple[MonthOfDraws, ...]:
        """Return the months; a month's amounts are those of that month alone and do not add up to those of the sum."""
        ranks = [rank(share, len(self.introduction)) for share in SHARES]
        money = np.rint(np.partition(self.money, ranks, axis=1)[:, ranks])
        days = np.partition(self.external_days[:-1], ranks, axis=1)[:, ranks]
        return tuple(
            MonthOfDraws(
                month,
                tuple(from_cents(int(cents)) for cents in month_money),
                tuple(rounded(Decimal(float(each)), 2) for each in month_days),
            )
            for month, month_money, month_days in zip(self.months, money, days, strict=True)
        )

    def later_days_at(self, share: float) -> Decimal:
        """Return the provider's days after all months that are enough in a share of the draws."""
        return rounded(Decimal(float(_at(self.external_days[-1], share))), 2)


def _at(values: Cents, share: float) -> float:
    index = rank(share, len(values))
    return float(np.partition(values, index)[index])


def joint_draws(plans: Mapping[str, Plan], *, draws: int = DRAWS) -> JointDraws:
    """Draw the plans of clients, by their keys, together; there is one at least.

    The seed is the lowest of the clients'.
    """
    first = min(plan.horizon[0] for plan in plans.values())
    months = months_from(first, first.until(max(plan.horizon[-1] for plan in plans.values())) + 1)
    seed = min(plan.scenario.uncertainty.seed for plan in plans.values())
    introduction, money = np.zeros(draws), np.zeros((len(months), draws))
    days = np.zeros((len(months) + 1, draws))
    singles = dict.fromkeys(SHARES, Decimal(0))
    for key in sorted(plans):
        plan = plans[key]
        given, model = plan.scenario.uncertainty, SimulationModel(plan)
        correlation, estimate = float(given.correlation), estimate_of(plan, plan.headlines)
        alone = RandomSource(given.seed, correlation)
        offset, scope = first.until(plan.horizon[0]), "" if len(plans) == 1 else f"{key}/"
        own = np.zeros(draws)
        for page, count in draw_pages(draws):
            part = slice(page * PAGE, page * PAGE + count)
            _, totals = model.page(partial(alone.factors, page=page, count=count))
            own[part] = introduction_of(totals, estimate)
            drawn = _drawn(seed, correlation, scope, page, count)
            dates, totals = model.page(drawn)
            by_month = model.by_month(drawn, dates, len(months) - offset)
            introduction[part] += introduction_of(totals, estimate)
            money[offset:, part] += by_month.money[:, 1:]
            days[offset:, part] += by_month.external_days[:, 1:]
        for share in SHARES:
            singles[share] += from_cents(int(_at(own, share)))
    keys = tuple(sorted(plans))
    at_least = tuple(key for key in keys if not (plans[key].is_complete and plans[key].shows_labour))
    return JointDraws(keys, at_least, months, introduction, money, days, singles)


def introduction_of(totals: SampledTotals, estimate: Totals[int]) -> Cents:
    """Return the cents of each draw's introduction, without the estimate, as `simulate` has them."""
    cents: Cents = np.rint(rounded_as(totals, estimate).introduction[1:])
    return cents


def _drawn(seed: int, correlation: float, scope: str, page: int, count: int) -> DrawnFactors:
    """Return the draws of a client: prices are those of all clients, everything else is its own."""
    common, own = RandomSource(seed, correlation), RandomSource(seed, correlation, scope)

    @cache
    def drawn(name: str, distribution: Distribution) -> Floats:
        source = common if name.startswith(PRICE) else own
        return distribution.values(source.deviates(name, page))[: count + 1]

    return drawn
