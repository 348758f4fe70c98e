"""What is promised: the budget, the days and the finish that hold in the share of the draws that is asked for (M34).

Laws: the budget that is promised is never below the plan's own; where the draws give no percentile, the plan's own
figures are promised, and it is said why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zt_planner.domain.headlines import AmountState
from zt_planner.domain.money import exact_decimal
from zt_planner.domain.scenario.scenario import Sureness
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.result import SimulationResult


class AsPlanned(StrEnum):
    """Why the plan's own figures are promised: that was asked for, or what keeps a percentile from being told."""

    ASKED = "asked"
    NO_DRAWS = "no_draws"
    MISSING_PRICES = "missing_prices"
    HIDDEN_RATES = "hidden_rates"
    NO_DATE = "no_date"


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised, and how sure it is: None where the plan's own figures are, for the reason that is given.

    `budget` is that of the introduction, None where nothing of it is known. The chances are those of keeping the
    plan's own budget, its own finish, and both.
    """

    sureness: Sureness
    budget: Decimal | None
    finish: date
    mfa: date | None
    internal_days: Decimal
    why_planned_budget: AsPlanned | None = None
    why_planned_finish: AsPlanned | None = None
    budget_chance: float | None = None
    finish_chance: float | None = None
    both_chance: float | None = None


def promise_of(plan: Plan, simulation: SimulationResult | None) -> Promise:
    """Return what a plan promises; `simulation` are its draws, None while there are none."""
    figures, sureness = plan.headlines, plan.scenario.timeline.confidence
    share, amount = sureness.share, figures["introduction_budget"]
    budget_why = _why_planned_budget(share, simulation, amount.state)
    chances: dict[str, float | None] = {}
    if simulation is not None:
        chances["finish_chance"] = simulation.chance(by=figures.finish_date)
        if amount.state is AmountState.KNOWN and plan.shows_labour:
            chances["budget_chance"] = simulation.chance(budget=figures.introduction_budget)
            chances["both_chance"] = simulation.chance(budget=figures.introduction_budget, by=figures.finish_date)
    budget, finish, mfa = amount.known, figures.finish_date, figures.mfa_date
    internal_days, finish_why = exact_decimal(figures.internal_days), budget_why
    if share is not None and simulation is not None:
        drawn = simulation.finish_at(share)
        finish_why = AsPlanned.NO_DATE if drawn > simulation.limit else None
        finish, mfa = (finish, mfa) if finish_why else (drawn, simulation.mfa_at(share))
        internal_days = simulation.internal_days_at(share)
        if budget_why is None and budget is not None:
            budget = max(budget, simulation.introduction_at(share))
    return Promise(sureness, budget, finish, mfa, internal_days, budget_why, finish_why, **chances)


def _why_planned_budget(
    share: float | None, simulation: SimulationResult | None, state: AmountState
) -> AsPlanned | None:
    if share is None:
        return AsPlanned.ASKED
    if simulation is None:
        return AsPlanned.NO_DRAWS
    if state is AmountState.HIDDEN:
        return AsPlanned.HIDDEN_RATES
    return None if state is AmountState.KNOWN else AsPlanned.MISSING_PRICES
