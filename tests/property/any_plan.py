"""Any plan of the shipped prices and tasks: what most laws are about.

Drawing a scenario and planning it takes longer than most laws. So all laws of a process share as many scenarios as
each of them tries, and their plans: the same ones in continuous integration, elsewhere others every day. With
`thorough`, each law draws its own.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from hypothesis import HealthCheck, Phase, given, reject, seed, settings
from hypothesis import strategies as st

from tests.handouts import TODAY, shipped
from tests.property.strategies import scenarios
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.planner import build_plan

# Not the fixtures: a failing example would print every row of both.
SHIPPED, MODEL = shipped()
POOL = settings().max_examples
PLANS: dict[tuple[str, bool], AnyPlan] = {}
MOST_SHARED, MOST_PLANS = 50, 200


def built(scenario: Scenario, *, shows_labour: bool = True) -> AnyPlan:
    """Return the plan of a scenario, computed anew."""
    return build_plan(case_of(scenario, SHIPPED, MODEL, today=TODAY, shows_labour=shows_labour))


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


class SharedScenarios:
    """As many scenarios as a law tries, drawn before the first law."""

    def __init__(self, source: st.SearchStrategy[Scenario]) -> None:
        """Draw from this, later."""
        self.source = source
        self.scenarios: tuple[Scenario, ...] = ()

    def draw(self) -> None:
        """Draw scenarios that have nothing in common: of one run of draws, most are variations of a few."""
        first = 0 if os.environ.get("CI") else datetime.now(UTC).toordinal()
        self.scenarios = tuple(_drawn(self.source, first * POOL + number) for number in range(POOL))

    @property
    def strategy(self) -> st.SearchStrategy[Scenario]:
        """One of them, or with `thorough` any other."""
        return st.deferred(lambda: st.sampled_from(self.scenarios)) if POOL <= MOST_SHARED else self.source


def _drawn(source: st.SearchStrategy[Scenario], number: int) -> Scenario:
    """Return the second of the scenarios that are drawn with a seed; the first is always the plainest."""
    scenarios: list[Scenario] = []
    plain = settings(max_examples=2, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))

    @seed(number)
    @plain
    @given(source)
    def keep(scenario: Scenario) -> None:
        scenarios.append(scenario)

    keep()
    return scenarios[-1]


SHARED = (SharedScenarios(scenarios(SHIPPED, tuple(MODEL.by_id))), SharedScenarios(_with_few_tasks()))
any_scenario, small_scenario = (shared.strategy for shared in SHARED)
"""Any scenario: one of four anywhere within the bounds; and one with a dozen of the shipped tasks at most in scope, for
laws that cost much for each task.
"""


def planned(scenario: Scenario, *, shows_labour: bool = True) -> Plan:
    """Return the same; an example that stops is no example."""
    plan = any_planned(scenario, shows_labour=shows_labour)
    return reject() if isinstance(plan, StoppedPlan) else plan
