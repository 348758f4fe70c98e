"""Any plan of the shipped prices and tasks: what most laws are about."""

from __future__ import annotations

from hypothesis import reject
from hypothesis import strategies as st

from tests.builders import case
from tests.handouts import shipped
from tests.property.shared import shared
from tests.property.strategies import scenarios
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.planner import build_plan

# Not the fixtures: a failing example would print every row of both.
SHIPPED, MODEL = shipped()
PLANS: dict[tuple[str, bool], AnyPlan] = {}
MOST_PLANS = 200


def built(scenario: Scenario, *, shows_labour: bool = True) -> AnyPlan:
    """Return the plan of a scenario, computed anew."""
    return build_plan(case(scenario, SHIPPED, MODEL, shows_labour=shows_labour))


def any_planned(scenario: Scenario, *, shows_labour: bool = True) -> AnyPlan:
    """Return the plan of a scenario; the latest are kept."""
    key = scenario.version, shows_labour
    plan = PLANS.pop(key, None) or built(scenario, shows_labour=shows_labour)
    while len(PLANS) >= MOST_PLANS:
        del PLANS[next(iter(PLANS))]
    PLANS[key] = plan
    return plan


@st.composite
def _with_few_tasks(draw: st.DrawFn) -> Scenario:
    data = draw(scenarios(SHIPPED, tuple(MODEL.by_id))).model_dump()
    kept = draw(st.sets(st.sampled_from([*MODEL.by_id]), min_size=2, max_size=12))
    for name in MODEL.by_id.keys() - kept:
        data["tasks"]["edits"][name] = {**data["tasks"]["edits"].get(name, {}), "in_scope": False}
    return Scenario.model_validate(data)


any_scenario, small_scenario = shared(scenarios(SHIPPED, tuple(MODEL.by_id))), shared(_with_few_tasks())
"""Any scenario: one of four anywhere within the bounds; and one with a dozen of the shipped tasks at most in scope, for
laws that cost much for each task.
"""


def planned(scenario: Scenario, *, shows_labour: bool = True) -> Plan:
    """Return the same; an example that stops is no example."""
    plan = any_planned(scenario, shows_labour=shows_labour)
    return reject() if isinstance(plan, StoppedPlan) else plan
