"""While a headline leaves, the next step of a slider is planned, and the first screen's bands are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine import planner
from zt_planner.engine.uncertainty import outlook
from zt_planner.ui import ahead
from zt_planner.ui.ahead import prepare
from zt_planner.workspace import plans

if TYPE_CHECKING:
    import pytest

    from tests.ui.screen import Screen
    from zt_planner.domain.plan import Plan


def test_the_next_step_is_planned_before_it_is_asked_for(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "prepare", prepare)
    planned: list[int] = []
    drawn: list[int] = []

    def build_plan(*given: object, **options: object) -> Plan:
        made = planner.build_plan(*given, **options)  # type: ignore[arg-type]
        planned.append(made.scenario.company.employees)
        return made

    def simulate(plan: Plan, *given: object) -> object:
        drawn.append(plan.scenario.company.employees)
        return outlook.simulate(plan, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(plans, "build_plan", build_plan)
    monkeypatch.setattr(plans, "simulate", simulate)
    screen.run().move("company.employees:slider", 317)
    planned.clear()
    screen.move("company.employees:slider", 318)
    assert {318, 319} == set(planned)
    assert drawn[-1] == 318
