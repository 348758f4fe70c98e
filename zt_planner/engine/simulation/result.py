"""All draws of a plan and their statistics: percentiles, the chance of meeting both a date and a budget (M22).

Laws: the same plan and source give the same draws; a percentile is one of the
draws; more money or a later date is never less likely; where nothing is
uncertain every draw is the plan, to the cent and the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zt_planner.domain.money import from_cents, to_cents
from zt_planner.domain.scenario.uncertainty import DRAWS
from zt_planner.engine.costing.pricing import price_list_of
from zt_planner.engine.simulation.costs import Cents, SampledCosts, SampledTotals
from zt_planner.engine.simulation.draws import PAGE, RandomSource
from zt_planner.engine.simulation.order import Order, axis_for
from zt_planner.engine.simulation.quantiles import Constant, Deviates, factor_of
from zt_planner.engine.simulation.ranges import EFFORT, PRICE, WAIT, ranges_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from decimal import Decimal

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import Plan
    from zt_planner.engine.simulation.order import SampledCalendar, SampledSchedule
    from zt_planner.engine.simulation.quantiles import Distribution, Floats

LOW, MIDDLE, SURE, HIGH = 0.1, 0.5, 0.8, 0.9
"""The shares of the draws that are told: one in ten, half of them, enough to be called sure, nine in ten."""
PERCENTILES = (LOW, MIDDLE, SURE, HIGH)
ENOUGH = 0.7
"""The share of the draws in which date and budget shall hold together."""


@dataclass(frozen=True)
class SimulationResult:
    """The draws of a plan: cents of the first year and of the horizon, and the index of the finish, draw by draw.

    `first_year_contingency` is the part of the first year that is reserve (M17), `planned_contingency` that of the
    plan. `axis` tells the day of an index.
    """

    source: RandomSource
    axis: SampledCalendar
    finish: NDArray[np.int32]
    first_year: Cents
    horizon: Cents
    first_year_contingency: Cents
    planned_contingency: int

    @property
    def draws(self) -> int:
        """How many there are."""
        return len(self.finish)

    @cached_property
    def beyond_limit(self) -> int:
        """The draws that are not done when the calendar ends: their date is the first day past it."""
        return int(np.count_nonzero(self.finish >= self.axis.last))

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.int32], Cents, Cents]:
        return np.sort(self.finish), np.sort(self.first_year), np.sort(self.horizon)

    def finish_at(self, share: float) -> date:
        """Return the first day by which a share of the draws, 0 to 1, is done."""
        return self.axis.day(int(self._sorted[0][rank(share, self.draws)]))

    def first_year_at(self, share: float) -> Decimal:
        """Return the smallest first-year budget that is enough in a share of the draws."""
        return from_cents(int(self._sorted[1][rank(share, self.draws)]))

    def horizon_at(self, share: float) -> Decimal:
        """Return the smallest total over the horizon that is enough in a share of the draws."""
        return from_cents(int(self._sorted[2][rank(share, self.draws)]))

    def chance(self, *, budget: Decimal | None = None, by: date | None = None) -> float:
        """Return the share of the draws whose first year costs at most a budget and that are done by a day, both."""
        holds = np.ones(self.draws, bool)
        if budget is not None:
            holds &= self.first_year <= to_cents(budget)
        if by is not None:
            holds &= self.finish < self.axis.index_after(by)
        return float(np.count_nonzero(holds)) / self.draws

    def budget_for(self, share: float, by: date) -> Decimal | None:
        """Return the smallest first-year budget that holds together with a day in a share of the draws.

        None when the day alone holds in fewer.
        """
        in_time = np.sort(self.first_year[self.finish < self.axis.index_after(by)])
        index = rank(share, self.draws)
        return from_cents(int(in_time[index])) if index < len(in_time) else None

    def contour(self, share: float) -> tuple[tuple[date, Decimal], ...]:
        """Return the days, each with the smallest budget, that are met together in a share of the draws.

        One point for each day that is the finish of some draw, from the first that is late enough.
        """
        order = np.argsort(self.finish, kind="stable")
        finishes, costs = self.finish[order], self.first_year[order]
        index = rank(share, self.draws)
        found: list[tuple[date, Decimal]] = []
        for end in np.append(np.nonzero(np.diff(finishes))[0] + 1, self.draws):
            if end > index:
                budget = int(np.partition(costs[:end], index)[index])
                found.append((self.axis.day(int(finishes[end - 1])), from_cents(budget)))
        return tuple(found)


def rank(share: float, count: int) -> int:
    """Return the index of the smallest of so many sorted draws at or below which a share of them lies."""
    return min(max(ceil(round(share * count, 6)) - 1, 0), count - 1)


class SimulationModel:
    """A plan ready to be drawn: its order, its costs, and a distribution for everything that is uncertain."""

    def __init__(self, plan: Plan, price_book: PriceBook) -> None:
        """Ask for everything that does not depend on a draw. The plan has a schedule."""
        self.plan, price_list = plan, price_list_of(plan.scenario, price_book)
        self.ranges = ranges_of(plan.scenario, plan.tasks, price_list.book)
        self.distributions: dict[str, Distribution] = {
            name: factor_of(each.low, each.high) for name, each in self.ranges.items()
        }
        self.order = Order(plan, axis_for(plan))
        prices = {name.removeprefix(PRICE): each for name, each in self.ranges.items() if name.startswith(PRICE)}
        self.costs = SampledCosts(plan, price_list, self.order.tasks, prices)

    def page(self, deviates: Callable[[str], Deviates], fixed: str = "") -> tuple[SampledSchedule, SampledTotals]:
        """Return dates and costs of the draws that `deviates` gives by name; what is `fixed` stays as estimated."""
        order = self.order

        def factor(name: str) -> Floats:
            known = name == fixed or name not in self.distributions
            return (CERTAIN if known else self.distributions[name]).values(deviates(name))

        efforts = [factor(EFFORT + task.task.id) for task in order.tasks]
        waits = {number: factor(WAIT + order.tasks[number].task.id) for number in order.waiting}
        prices = {name.removeprefix(PRICE): factor(name) for name in self.distributions if name.startswith(PRICE)}
        dates = order.dates(efforts, waits)
        return dates, self.costs.of(order.axis, dates, efforts, prices)


CERTAIN = Constant()


def simulate(
    plan: Plan, price_book: PriceBook, *, draws: int = DRAWS, seen: Callable[[int], None] | None = None
) -> SimulationResult | None:
    """Draw a plan; None for one that has stopped.

    After each page of draws `seen` is told how many there are.
    """
    if plan.headlines is None:
        return None
    given = plan.scenario.uncertainty
    source, model = RandomSource(given.seed, float(given.correlation)), SimulationModel(plan, price_book)
    estimate = to_cents(plan.headlines.first_year_budget), to_cents(plan.headlines.horizon_total)
    finishes, money, reserve = list[NDArray[np.int32]](), list[SampledTotals](), 0
    for page, count in draw_pages(draws):
        dates, costs = model.page(partial(source.deviates, page=page))
        found = costs.rounded_as(estimate)
        finishes.append(dates.finish[1 : count + 1])
        money.append(SampledTotals(*(cents[1 : count + 1] for cents in found)))
        reserve = round(found.first_year_contingency[0])
        if seen is not None:
            seen(page * PAGE + count)
    sums = SampledTotals(*(np.rint(np.concatenate(part)) for part in zip(*money, strict=True)))
    return SimulationResult(source, model.order.axis, np.concatenate(finishes), *sums, planned_contingency=reserve)


def draw_pages(draws: int) -> Iterator[tuple[int, int]]:
    """Yield the number of each page with the draws that are taken from it."""
    for page in range(-(-draws // PAGE)):
        yield page, min(PAGE, draws - page * PAGE)
