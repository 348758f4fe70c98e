"""What is promised: the budget, the days and the finish that hold in the share of the draws that is asked for (M34).

Laws: an amount that is promised is never below the plan's own; where the draws give no percentile, the plan's own
figures are promised, and it is said why; a plan of which everything is done promises its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from zt_planner.domain.headlines import Amount, AmountState, Headlines
from zt_planner.domain.money import exact_decimal, up_to_thousands
from zt_planner.domain.scenario.scenario import ConfidenceLevel
from zt_planner.engine.figures import FIRST_YEAR_MONTHS, mfa_tasks
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan

if TYPE_CHECKING:  # draws cost half of what a command takes to start
    from zt_planner.engine.simulation.result import SimulationResult


class WhyOwnFigures(StrEnum):
    """Why the plan's own figures are promised: that was asked for, or why there is no percentile."""

    ASKED = "asked"
    NO_DRAWS = "no_draws"
    MISSING_PRICES = "missing_prices"
    HIDDEN_RATES = "hidden_rates"
    NO_DATE = "no_date"


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised; `why_planned_budget` and `why_planned_finish` say why it is the plan's own, if it is.

    `budget` is that of the introduction, None where nothing of it is known; `first_year` is what the first twelve
    months take, None where a price of them is missing. The chances are those of keeping the plan's own budget, its own
    finish, and both; `sure_both_chance` is that of keeping both figures that are promised, where both are percentiles.
    """

    confidence: ConfidenceLevel
    budget: Decimal | None
    finish: date
    mfa: date | None
    internal_days: Decimal
    first_year: Decimal | None = None
    why_planned_budget: WhyOwnFigures | None = None
    why_planned_finish: WhyOwnFigures | None = None
    budget_chance: float | None = None
    finish_chance: float | None = None
    both_chance: float | None = None
    sure_both_chance: float | None = None

    @property
    def rounded_budget(self) -> Decimal | None:
        """The budget as it is shown: rounded up to thousands; the plan's own is not rounded."""
        if self.budget is None or self.why_planned_budget is not None:
            return self.budget
        return up_to_thousands(self.budget)

    @property
    def finish_at_confidence(self) -> date | None:
        """The finish that is promised where it is not the plan's own."""
        return self.finish if self.why_planned_finish is None else None


@dataclass(frozen=True, slots=True)
class PromisedFigure:
    """A figure of a promise; `of` is the plan's own figure that it replaces, `shown` its value as it is shown."""

    of: str
    value: Callable[[Promise], Any]
    shown: Callable[[Promise], Any]
    holds_labour: bool = False

    @classmethod
    def exact(cls, of: str, value: Callable[[Promise], Any]) -> PromisedFigure:
        """Return a figure that is shown as it is."""
        return cls(of, value, value)

    def amount(self, plan: Plan, figures: Headlines) -> None:
        """Return nothing: only the draws tell."""

    def among(self, plan: Plan, promise: Promise) -> Amount[Any] | None:
        """Return the figure as exactly as it is known; None where the plan does not have it."""
        own, value = plan.headlines[self.of], self.value(promise)
        return replace(own, value=own.value if value is None else value, parts=(), rule=self)


def promise_of(plan: Plan, simulation: SimulationResult | None) -> Promise:
    """Return what a plan promises; `simulation` are its draws, None while there are none."""
    figures, confidence = plan.headlines, plan.scenario.timeline.confidence
    share, amount = confidence.share if plan.tasks else None, figures["introduction_budget"]
    budget_why = _why_planned_budget(plan, share, simulation)
    budget_chance = finish_chance = both_chance = sure_both_chance = None
    if simulation is not None and plan.tasks:
        finish_chance = simulation.chance(by=figures.finish_date)
        if amount.state is AmountState.KNOWN and plan.shows_labour:
            budget_chance = simulation.chance(budget=figures.introduction_budget)
            both_chance = simulation.chance(budget=figures.introduction_budget, by=figures.finish_date)
    budget, finish, mfa = amount.known, figures.finish_date, figures.mfa_date
    internal_days = exact_decimal(figures.internal_days)
    finish_why: WhyOwnFigures | None = WhyOwnFigures.ASKED if share is None else WhyOwnFigures.NO_DRAWS
    if share is not None and simulation is not None:
        drawn = simulation.finish_at(share)
        finish_why = WhyOwnFigures.NO_DATE if drawn > simulation.limit else None
        if finish_why is None:
            finish, mfa = drawn, simulation.mfa_at(share) if mfa_tasks(plan.tasks) else mfa
        internal_days = simulation.internal_days_at(share)
        if budget_why is None and budget is not None:
            budget = max(budget, simulation.introduction_at(share))
            if finish_why is None:
                sure_both_chance = simulation.chance(budget=up_to_thousands(budget), by=finish)
    return Promise(
        confidence,
        budget,
        finish,
        mfa,
        internal_days,
        _promised_first_year(plan, share, simulation),
        budget_why,
        finish_why,
        budget_chance=budget_chance,
        finish_chance=finish_chance,
        both_chance=both_chance,
        sure_both_chance=sure_both_chance,
    )


def drawn_promise(plan: AnyPlan) -> Promise | None:
    """Return what a plan promises, by draws made for it; None for a plan without a schedule."""
    if isinstance(plan, StoppedPlan):
        return None
    if plan.scenario.timeline.confidence.share is None:
        return promise_of(plan, None)
    from zt_planner.engine.simulation.result import simulate  # noqa: PLC0415 - paid only where a plan is drawn

    return promise_of(plan, simulate(plan))


def promised_finish(plan: AnyPlan) -> date | None:
    """Return the finish that a plan promises, from draws of its dates alone; None for a plan without a schedule.

    Law: it is that of `promise_of`.
    """
    if isinstance(plan, StoppedPlan):
        return None
    share = plan.scenario.timeline.confidence.share
    if share is None or not plan.tasks:
        return plan.headlines.finish_date
    from zt_planner.engine.simulation.result import finish_in  # noqa: PLC0415 - paid only where dates are drawn

    return finish_in(plan, share) or plan.headlines.finish_date


def promised_first_year(plan: AnyPlan) -> Decimal | None:
    """Return what a plan promises that its first year takes; None without a schedule, or where a price is missing.

    Law: it is that of `promise_of`.
    """
    if isinstance(plan, StoppedPlan):
        return None
    share = plan.scenario.timeline.confidence.share
    if share is None or not (plan.tasks and plan.shows_labour):
        return known_first_year(plan)
    from zt_planner.engine.simulation.result import simulate  # noqa: PLC0415 - paid only where a plan is drawn

    return _promised_first_year(plan, share, simulate(plan))


def known_first_year(plan: AnyPlan) -> Decimal | None:
    """Return the first-year budget of a plan; None where not everything that is paid in it has a price."""
    if isinstance(plan, StoppedPlan):
        return None
    first_year = frozenset(plan.horizon[:FIRST_YEAR_MONTHS])
    is_priced = all(line.amount is not None for line in plan.cost_lines if line.is_cash and line.month in first_year)
    return plan.headlines.first_year_budget if is_priced else None


def _promised_first_year(plan: Plan, share: float | None, simulation: SimulationResult | None) -> Decimal | None:
    own = known_first_year(plan)
    if own is None or share is None or simulation is None or not plan.shows_labour:
        return own
    return max(own, simulation.first_year_at(share))


def _why_planned_budget(plan: Plan, share: float | None, simulation: SimulationResult | None) -> WhyOwnFigures | None:
    if share is None:
        return WhyOwnFigures.ASKED
    if simulation is None:
        return WhyOwnFigures.NO_DRAWS
    if not plan.shows_labour:
        return WhyOwnFigures.HIDDEN_RATES
    return None if plan.headlines["introduction_budget"].is_whole else WhyOwnFigures.MISSING_PRICES
