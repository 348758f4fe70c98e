"""Approval and forecasts of a plan: states that are not saved yet.

Laws: the day of an approval is the workspace's; what was approved or forecast before is replaced, and undo brings it
back; figures hold labour, whoever saves them, and an amount of which a part has no price is not kept.
"""

from __future__ import annotations

from zt_planner.domain.scenario.approved import APPROVED_NAME_LENGTH, Forecast
from zt_planner.domain.scenario.fields import APPROVED, FORECASTS
from zt_planner.domain.scenario.status import Status
from zt_planner.engine.plan import StoppedPlan
from zt_planner.engine.promise import promise_of
from zt_planner.engine.simulation.result import SURE
from zt_planner.engine.under_way.approved import approved
from zt_planner.errors import NoSchedule, NoStatusDate
from zt_planner.workspace.names import clean_name
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.state import State


def with_approval(state: State, plans: Plans, mark: str, by: str) -> State:
    """Return a state whose plan, or the variant with a mark, is approved by somebody; what it promises is kept with it.

    Raises NoSchedule or TextRefused.
    """
    scenario = state.scenario_of(state.letter_of(mark))
    approval = approved(plans.plan(scenario).case, clean_name(by, APPROVED_NAME_LENGTH), plans.today())
    plan = plans.plan(scenario.model_copy(update={"status": Status()}))
    if approval is None or isinstance(plan, StoppedPlan):
        raise NoSchedule
    promise = promise_of(plan, plans.simulation(plan))
    promised = {
        "promised_budget": promise.rounded_budget if plan.is_complete else None,
        "promised_finish": promise.finish,
    }
    return state.with_values({APPROVED: approval.model_copy(update=promised).model_dump(mode="json")})


def with_forecast(state: State, plans: Plans, mark: str) -> State:
    """Return a state with a forecast of its plan or a variant as of the status date.

    Raises NoStatusDate and NoSchedule.
    """
    scenario = state.scenario_of(state.letter_of(mark))
    plan, at = plans.plan(scenario), scenario.status.at
    if at is None:
        raise NoStatusDate
    if isinstance(plan, StoppedPlan):
        raise NoSchedule
    drawn = plans.simulation(plan)
    sure = drawn.finish_at(SURE)
    forecast = Forecast(
        finish=plan.headlines.finish_date,
        sure_by=sure if sure <= drawn.limit else None,
        budget=plan.headlines.introduction_budget if plan.is_complete else None,
        sure_budget=drawn.introduction_at(SURE) if plan.is_complete else None,
    )
    return state.with_values({f"{FORECASTS}{at.isoformat()}": forecast.model_dump(mode="json")})
