"""Any plan of the shipped prices and tasks: what most laws are about."""

from __future__ import annotations

from tests.handouts import TODAY, shipped
from tests.property.strategies import scenarios
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.planner import build_plan

# Not the fixtures: a failing example would print every row of both.
SHIPPED, MODEL = shipped()
any_scenario = scenarios(SHIPPED, tuple(MODEL.by_id))
LATEST: dict[tuple[str, bool], Plan] = {}


def built(scenario: Scenario, *, shows_labour: bool = True) -> Plan:
    """Return the plan of a scenario, computed anew."""
    return build_plan(case_of(scenario, SHIPPED, MODEL, today=TODAY, shows_labour=shows_labour))


def planned(scenario: Scenario, *, shows_labour: bool = True) -> Plan:
    """Return the plan of a scenario; the last few are kept, as a law asks for one that something was drawn for."""
    key = scenario.version, shows_labour
    if key not in LATEST:
        while len(LATEST) > 3:
            del LATEST[next(iter(LATEST))]
        LATEST[key] = built(scenario, shows_labour=shows_labour)
    return LATEST[key]
