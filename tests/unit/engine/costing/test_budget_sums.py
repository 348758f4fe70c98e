"""Sums of cost lines by month and category, and the lines that each figure is the sum of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import scenario
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.plan import FigureName
from zt_planner.domain.scenario.display import Display
from zt_planner.domain.scenario.fields import leaves_of
from zt_planner.domain.scenario.task_edits import own_id_for
from zt_planner.engine.case import case_of
from zt_planner.engine.costing.budget import cash_of, first_year_of, payment, sum_of, sums_by_month
from zt_planner.engine.plan import figure_lines
from zt_planner.engine.planner import build_plan

TODAY = date(2026, 11, 24)
PLAN = build_plan(case_of(scenario(), price_book(), phase_model(), today=TODAY))
NEVER = scenario(
    company__apps=500, company__employees=5000, timeline__mode="capacity", timeline__internal_days_per_week=0.25
)


def test_months_and_categories_add_up_to_the_horizon() -> None:
    assert PLAN.headlines is not None
    sums = sums_by_month(PLAN.cost_lines, PLAN.horizon)
    assert sum((cash_of(month) for month in sums.values()), Decimal(0)) == PLAN.headlines.horizon_total
    first = sums_by_month(PLAN.cost_lines, PLAN.horizon[:1])
    assert first == {PLAN.horizon[0]: sums[PLAN.horizon[0]]}
    paid = sums_by_month((*PLAN.cost_lines, *PLAN.prepaid_tail), PLAN.months, payment)
    assert sum((cash_of(month) for month in paid.values()), Decimal(0)) >= PLAN.headlines.horizon_total


@pytest.mark.parametrize("name", FigureName)
def test_a_figure_is_the_sum_of_its_lines(name: FigureName) -> None:
    assert PLAN.headlines is not None
    assert sum_of(figure_lines(name, PLAN)) == getattr(PLAN.headlines, name)


def test_a_plan_that_stopped_has_no_lines() -> None:
    stopped = build_plan(case_of(NEVER, price_book(), phase_model(), today=TODAY))
    assert stopped.headlines is None
    assert figure_lines(FigureName.FIRST_YEAR_BUDGET, stopped) == ()


def test_the_first_year_can_be_told_without_labour() -> None:
    assert PLAN.headlines is not None
    whole = first_year_of(PLAN.cost_lines, PLAN.horizon)
    assert whole == PLAN.headlines.first_year_budget > first_year_of(PLAN.cost_lines, PLAN.horizon, shows_labour=False)


def test_what_is_shown_beside_amounts_changes_no_figure() -> None:
    assert PLAN.priced_on == TODAY
    shown = PLAN.scenario.shown_as(Display(currency="CHF"))
    assert (shown.display.currency, shown.company) == ("CHF", PLAN.scenario.company)


def test_every_field_has_a_path_and_an_own_task_is_one_field() -> None:
    own = {"audit": {"step": "5", "name": "Audit", "effort_days": 1}}
    fields = dict(leaves_of(scenario(tasks__own=own).model_dump(mode="json")))
    assert fields["company.employees"] == 120
    assert fields["tasks.own.audit"]["name"] == "Audit"


def test_an_own_task_gets_an_id_of_its_name_that_nobody_has() -> None:
    assert own_id_for("Übergabe & Schulung!", ()) == "ubergabe-schulung"
    assert own_id_for("Audit", {"audit", "audit-2"}) == "audit-3"
    assert own_id_for("監査", ()) == "task"
