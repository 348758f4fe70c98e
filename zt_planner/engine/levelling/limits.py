"""What a levelled plan keeps to: team days, a monthly cap, and a last day; closures and own dates are the scenario's.

Laws: the scenario that limits ask for has given teams and no levelled dates; whatever else it says stays, an order of
tasks too if it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zt_planner.domain.scenario.levelled import Levelling
from zt_planner.domain.scenario.scenario import Mode, Scenario
from zt_planner.domain.scenario.values import LEAST_DAYS_A_WEEK
from zt_planner.engine.plan import AnyPlan


@dataclass(frozen=True, slots=True)
class Limits:
    """Person-days a week of both teams, the most that a month may pay, and the day on which all must be done."""

    internal: Decimal
    external: Decimal
    cap: Decimal | None = None
    finish_by: date | None = None


def limits_of(plan: AnyPlan) -> Limits:
    """Return the limits that a plan's scenario sets: with a deadline, the teams that it takes, and its last day."""
    scenario, teams = plan.scenario, plan.capacity
    timeline = scenario.timeline
    internal, external = (
        (timeline.internal_days_per_week, timeline.external_days_per_week)
        if teams is None
        else (max(teams.internal, LEAST_DAYS_A_WEEK), max(teams.external, LEAST_DAYS_A_WEEK))
    )
    return Limits(internal, external, scenario.finance.monthly_cap, scenario.levelling.finish_by)


def with_limits(scenario: Scenario, limits: Limits) -> Scenario:
    """Return the scenario with the teams and limits given, and without levelled dates."""
    timeline = scenario.timeline.model_copy(
        update={
            "mode": Mode.CAPACITY,
            "internal_days_per_week": limits.internal,
            "external_days_per_week": limits.external,
        }
    )
    finance = scenario.finance.model_copy(update={"monthly_cap": limits.cap})
    levelling = Levelling(finish_by=limits.finish_by, order=scenario.task_order)
    return scenario.model_copy(update={"timeline": timeline, "finance": finance, "levelling": levelling})
