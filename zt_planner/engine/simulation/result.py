"""All draws of a plan and their statistics: percentiles, the chance of meeting both a date and a budget (M22).

Laws: the same plan and source give the same draws; a percentile is one of the
draws; more money or a later date is never less likely; where nothing is
uncertain every draw is the plan without its contingency, to the cent and the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from zt_planner.domain.categories import CostCategory
from zt_planner.domain.headlines import FigureName, Headlines
from zt_planner.domain.money import from_cents, rounded, to_cents, up_to_thousands
from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.uncertainty import DRAWS
from zt_planner.engine.costing.labour import coordination_share
from zt_planner.engine.figures import contingency_in
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.costs import (
    FIGURES,
    Cents,
    SampledCosts,
    SampledMonths,
    SampledTotals,
    Totals,
    cents_by_month,
    rounded_as,
)
from zt_planner.engine.simulation.draws import (
    PAGE,
    SHARED,
    Constant,
    Distribution,
    Floats,
    RandomSource,
    factor_of,
    rank,
)
from zt_planner.engine.simulation.order import Order, SampledCalendar, SampledSchedule, axis_for
from zt_planner.engine.simulation.ranges import EFFORT, PRICE, WAIT, ranges_of

LOW, MIDDLE, SURE, HIGH = 0.1, 0.5, 0.8, 0.9
"""The shares of the draws that are told: one in ten, half of them, enough to be called sure, nine in ten."""
PERCENTILES = (LOW, MIDDLE, SURE, HIGH)
ENOUGH = 0.7
"""The share of the draws in which date and budget shall hold together."""


@dataclass(frozen=True)
class SimulationResult:
    """The draws of a plan: cents without contingency, the own team's days, indices of the finish and of MFA for all.

    `mfa` is None where no task of the plan brings it. `axis` has the day of an index.
    """

    source: RandomSource
    axis: SampledCalendar
    finish: NDArray[np.int32]
    mfa: NDArray[np.int32] | None
    introduction: Cents
    first_year: Cents
    horizon: Cents
    internal_days: Cents

    @property
    def draws(self) -> int:
        return len(self.finish)

    @cached_property
    def beyond_limit(self) -> int:
        """The draws that are not done when the calendar ends: their date is the first day past it."""
        return int(np.count_nonzero(self.finish >= self.axis.last))

    @property
    def limit(self) -> date:
        """The last day of the calendar; what a draw has not done by then has no date."""
        return self.axis.day(self.axis.last) - timedelta(days=1)

    @cached_property
    def _days(self) -> tuple[NDArray[np.int32], NDArray[np.int32] | None]:
        return np.sort(self.finish), None if self.mfa is None else np.sort(self.mfa)

    @cached_property
    def _sums(self) -> SampledTotals:
        return Totals(*(np.sort(cents) for cents in (self.introduction, self.first_year, self.horizon)))

    def finish_at(self, share: float) -> date:
        """Return the first day by which a share of the draws, 0 to 1, is done."""
        return self.axis.day(int(self._days[0][rank(share, self.draws)]))

    def mfa_at(self, share: float) -> date | None:
        """Return the first day by which everyone has MFA in a share of the draws; None where no task brings it."""
        mfa = self._days[1]
        return None if mfa is None else self.axis.day(int(mfa[rank(share, self.draws)]))

    def internal_days_at(self, share: float) -> Decimal:
        """Return the person-days of the own team, coordination included, that are enough in a share of the draws."""
        index = rank(share, self.draws)
        return rounded(Decimal(float(np.partition(self.internal_days, index)[index])), 2)

    def introduction_at(self, share: float) -> Decimal:
        """Return the smallest budget that introduces everything in a share of the draws."""
        return from_cents(int(self._sums.introduction[rank(share, self.draws)]))

    def first_year_at(self, share: float) -> Decimal:
        """Return the smallest amount of cash that is enough for the first year in a share of the draws."""
        return from_cents(int(self._sums.first_year[rank(share, self.draws)]))

    def horizon_at(self, share: float) -> Decimal:
        """Return the smallest total over the horizon that is enough in a share of the draws."""
        return from_cents(int(self._sums.horizon[rank(share, self.draws)]))

    def chance(self, *, budget: Decimal | None = None, by: date | None = None) -> float:
        """Return the share of the draws that cost at most a budget to introduce and are done by a day, both."""
        holds = np.ones(self.draws, bool)
        if budget is not None:
            holds &= self.introduction <= to_cents(budget)
        if by is not None:
            holds &= self.finish < self.axis.index_after(by)
        return float(np.count_nonzero(holds)) / self.draws

    def budget_for(self, share: float, by: date) -> Decimal | None:
        """Return the smallest budget that holds together with a day in a share of the draws.

        None when the day alone holds in fewer.
        """
        in_time = np.sort(self.introduction[self.finish < self.axis.index_after(by)])
        index = rank(share, self.draws)
        return from_cents(int(in_time[index])) if index < len(in_time) else None

    def contour(self, share: float) -> tuple[tuple[date, Decimal], ...]:
        """Return the days, each with the smallest budget, that are met together in a share of the draws.

        One point for each day that is the finish of some draw, from the first that is late enough; none past the limit.
        """
        order = np.argsort(self.finish, kind="stable")
        finishes, costs = self.finish[order], self.introduction[order]
        index = rank(share, self.draws)
        points: list[tuple[date, Decimal]] = []
        for end in np.append(np.nonzero(np.diff(finishes))[0] + 1, self.draws):
            if end > index and finishes[end - 1] < self.axis.last:
                budget = int(np.partition(costs[:end], index)[index])
                points.append((self.axis.day(int(finishes[end - 1])), from_cents(budget)))
        return tuple(points)


SIMULATED_FIGURES: Mapping[str, Callable[[SimulationResult, float], Decimal | date | None]] = {
    "introduction_budget": SimulationResult.introduction_at,
    "horizon_total": SimulationResult.horizon_at,
    "mfa_date": SimulationResult.mfa_at,
    "finish_date": SimulationResult.finish_at,
}
"""The headline figures of which the draws give percentiles, by name."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """The one 80 % budget: what a plan's introduction takes to be sure, and what is to be added for it.

    `budget` is the plan's figure, `contingency` the part of it that is reserve already (M17), `sure` what is enough
    in 80 % of the draws, `chance` the share of the draws in which the plan's figure is.
    """

    budget: Decimal
    contingency: Decimal
    sure: Decimal
    chance: float

    @property
    def to_add(self) -> Decimal:
        """What the 80 % budget takes beyond the plan's, 0 where its contingency is enough."""
        return max(self.sure - self.budget, Decimal(0))

    @property
    def shown_sure(self) -> Decimal:
        """The 80 % budget as it is shown: as a promise is (M34), and the plan's where that is enough."""
        return up_to_thousands(self.sure) if self.to_add else self.budget

    @property
    def shown_to_add(self) -> Decimal:
        """What that takes beyond the plan's as it is shown."""
        return self.shown_sure - rounded(self.budget, 0) if self.to_add else Decimal(0)


def reserve_of(plan: Plan, figures: Headlines, simulation: SimulationResult) -> Reserve:
    """Return the 80 % budget of a plan beside its own."""
    budget = figures.introduction_budget
    contingency = contingency_in(FigureName.INTRODUCTION_BUDGET, plan)
    return Reserve(budget, contingency, simulation.introduction_at(SURE), simulation.chance(budget=budget))


DrawnFactors: TypeAlias = Callable[[str, Distribution], Floats]
"""The factors of a quantity by its name, as many as there are draws, the estimate first."""


class DateModel:
    """A plan whose dates are ready to be drawn: its order, and a distribution for everything that is uncertain."""

    def __init__(self, plan: Plan) -> None:
        """Compute everything that does not depend on a draw. The plan has a schedule."""
        self.plan = plan
        self.ranges = ranges_of(plan.scenario, plan.tasks)
        self.distributions: dict[str, Distribution] = {
            name: factor_of(given.low, given.high) for name, given in self.ranges.items()
        }
        self.order = Order(plan, axis_for(plan))

    def dates(self, drawn: DrawnFactors, fixed: str = "") -> SampledSchedule:
        """Return the dates of the draws of some factors; what is `fixed` stays as estimated."""
        order = self.order
        if not order.tasks:
            return order.nothing_left(len(drawn(SHARED, CERTAIN)))
        waits = {number: self._factor(WAIT + order.tasks[number].task.id, drawn, fixed) for number in order.waiting}
        return order.dates(self._efforts(drawn, fixed), waits)

    def _efforts(self, drawn: DrawnFactors, fixed: str = "") -> list[Floats]:
        return [self._factor(EFFORT + task.task.id, drawn, fixed) for task in self.order.tasks]

    def _factor(self, name: str, drawn: DrawnFactors, fixed: str = "") -> Floats:
        """Return the factors of a quantity; what is known needs no draws of its own."""
        known = name == fixed or name not in self.distributions
        return drawn(SHARED, CERTAIN) if known else drawn(name, self.distributions[name])


class SimulationModel(DateModel):
    """A plan ready to be drawn, its costs too."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        prices = {name.removeprefix(PRICE) for name in self.ranges if name.startswith(PRICE)}
        self.costs = SampledCosts(plan, plan.case.prices, self.order, prices)

    def page(
        self, drawn: DrawnFactors, fixed: str = "", *, has_fixed_quote: bool = False
    ) -> tuple[SampledSchedule, SampledTotals]:
        """Return dates and costs of the draws of some factors; what is `fixed` stays as estimated.

        With a fixed quote the consultant's days and day rate cost what they are estimated at, however long the work
        takes.
        """
        efforts, prices = self._efforts(drawn, fixed), self._prices(drawn, fixed)
        dates = self.dates(drawn, fixed)
        if has_fixed_quote:
            efforts = [drawn(SHARED, CERTAIN)] * len(efforts)
            prices.pop(self.costs.external_day, None)
        return dates, self.costs.of(dates, efforts, prices)

    def _prices(self, drawn: DrawnFactors, fixed: str = "") -> dict[str, Floats]:
        names = [name for name in self.distributions if name.startswith(PRICE)]
        return {name.removeprefix(PRICE): self._factor(name, drawn, fixed) for name in names}

    def by_month(self, drawn: DrawnFactors, dates: SampledSchedule, months: int) -> SampledMonths:
        """Return money and the consultant's days of draws in each of so many months, of which the plan is the first.

        As the totals do, the money moves by the cents by which the estimate misses the plan.
        """
        drawn_months = self.costs.by_month(dates, self._efforts(drawn), self._prices(drawn), months)
        planned = cents_by_month(self.plan, lambda line: line.category is not CostCategory.CONTINGENCY)
        money = drawn_months.money
        money[: len(planned)] += (planned - money[: len(planned), 0])[:, np.newaxis]
        return drawn_months

    def internal_days(self, drawn: DrawnFactors) -> Cents:
        """Return the person-days of the own team in each draw, with their coordination."""
        parameters, total = self.plan.case.size.parameters, np.zeros(len(drawn(SHARED, CERTAIN)))
        coordinated = 1 + float(coordination_share(self.plan.scenario, parameters, Team.INTERNAL))
        for task in self.order.tasks:
            days = float(task.work.whole.internal) * coordinated
            np.add(total, self._factor(EFFORT + task.task.id, drawn) * np.float32(days), out=total)
        return total


CERTAIN = Constant()


def estimate_of(plan: Plan, figures: Headlines) -> Totals[int]:
    """Return the plan's figures without their contingency, in cents."""
    amounts = Totals(figures.introduction_budget, figures.first_year_budget, figures.horizon_total)
    return Totals(
        *(to_cents(amount - contingency_in(figure, plan)) for figure, amount in zip(FIGURES, amounts, strict=True))
    )


def simulate(plan: Plan, *, draws: int = DRAWS, has_fixed_quote: bool = False) -> SimulationResult:
    """Draw a plan, with the consultant's cost certain where that is quoted at a fixed price."""
    given = plan.scenario.uncertainty
    source, model = RandomSource(given.seed, float(given.correlation)), SimulationModel(plan)
    estimate = estimate_of(plan, plan.headlines)
    finishes, mfa, money = list[NDArray[np.int32]](), list[NDArray[np.int32]](), list[SampledTotals]()
    days = list[Cents]()
    for page, count in draw_pages(draws):
        drawn = partial(source.factors, page=page, count=count)
        dates, costs = model.page(drawn, has_fixed_quote=has_fixed_quote)
        days.append(model.internal_days(drawn)[1:])
        finishes.append(dates.finish[1:])
        mfa += (finish[1:] for finish in model.order.mfa(dates))
        money.append(Totals(*(cents[1:] for cents in rounded_as(costs, estimate))))
    sums = Totals(*(np.rint(np.concatenate(part)) for part in zip(*money, strict=True)))
    with_mfa = np.concatenate(mfa) if mfa else None
    return SimulationResult(source, model.order.axis, np.concatenate(finishes), with_mfa, *sums, np.concatenate(days))


def finish_in(plan: Plan, share: float) -> date | None:
    """Return the first day by which a share of a plan's draws is done, without their costs; None past the limit.

    Law: it is that of `simulate`.
    """
    given, model = plan.scenario.uncertainty, DateModel(plan)
    source = RandomSource(given.seed, float(given.correlation))
    pages = (partial(source.factors, page=page, count=count) for page, count in draw_pages(DRAWS))
    finishes = np.sort(np.concatenate([model.dates(drawn).finish[1:] for drawn in pages]))
    index = int(finishes[rank(share, len(finishes))])
    return model.order.axis.day(index) if index < model.order.axis.last else None


def draw_pages(draws: int) -> Iterator[tuple[int, int]]:
    """Yield the number of each page with the draws that are taken from it."""
    for page in range(-(-draws // PAGE)):
        yield page, min(PAGE, draws - page * PAGE)
