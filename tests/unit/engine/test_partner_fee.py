"""What a partner costs who operates identities and devices: what the plan with one pays, known without one (M23)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.builders import plan_for
from tests.handouts import handout
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.month import MONTHS_A_YEAR, Month, months_from
from zt_planner.domain.scenario.scenario import Monitoring, Operator
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.operation import activities_of, monitoring_fee, partner_fee, training_a_year
from zt_planner.topics.view import View

MORE_THAN_THE_LEAST, THE_LEAST = {"company": {"employees": 400}}, {"company": {"employees": 5}}


def fee(given: View) -> object:
    """Return what a partner costs a plan."""
    return partner_fee(given.case, given.plan.tasks, given.plan.headlines.finish_date)


ENROLLED = {"tasks": {"edits": {"enrolment": {"done": 1}}}}


@pytest.mark.parametrize("scenario", [{}, MORE_THAN_THE_LEAST, THE_LEAST, ENROLLED])
def test_it_is_what_the_plan_with_a_partner_pays_a_month(scenario: dict[str, object]) -> None:
    given = handout(scenario)
    partner = plan_for(given.case.changed(given.plan.scenario.changed("choices.operation", Operator.PARTNER)))
    paid = [
        line for line in figure_lines(FigureName.RUN_RATE_MONTHLY, partner) if line.category is CostCategory.OPERATION
    ]
    assert fee(given) == sum_of(paid) > 0
    assert partner.headlines.run_rate_monthly - given.plan.headlines.run_rate_monthly == fee(given)


def test_without_a_price_it_is_not_known() -> None:
    assert fee(handout({"timeline": {"start": "2021-03-01"}})) is None


def test_other_choices_are_asked_for_without_a_plan_of_their_own() -> None:
    given = handout()
    chosen = given.plan.scenario.choices
    siem, mdr = (
        {row.id for row, _ in activities_of(given.case, chosen.model_copy(update={"monitoring": monitoring}))}
        for monitoring in (Monitoring.SIEM, Monitoring.MDR)
    )
    assert siem == {row.id for row, _ in activities_of(given.case)}
    assert siem ^ mdr == {"watch_siem", "mdr_contact"}


@pytest.mark.parametrize("other", Monitoring)
def test_a_monitoring_costs_what_the_plan_with_it_pays_a_month(other: Monitoring) -> None:
    given = handout({"choices": {"monitoring": other}})
    lines = figure_lines(FigureName.RUN_RATE_MONTHLY, given.plan)
    paid = sum_of([line for line in lines if line.category is CostCategory.MONITORING])
    asked = handout()
    for plan in (given, asked):
        assert monitoring_fee(plan.case, plan.plan.tasks, plan.plan.headlines.finish_date, other) == paid


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ({}, Decimal("1440.00")),
        ({"tasks": {"edits": {"mfa_rollout": {"in_scope": False}}}}, Decimal("0.00")),
        ({"tasks": {"edits": {"mfa_rollout": {"done": 1}}}}, Decimal("1440.00")),
        ({"company": {"running": ["training"]}}, Decimal("0.00")),
        ({"timeline": {"start": "2021-03-01"}}, None),
    ],
)
def test_a_year_of_training_is_what_recurs_in_the_twelve_months_after_the_finish(
    scenario: dict[str, object], expected: Decimal | None
) -> None:
    given = handout(scenario)
    figures = given.plan.headlines
    assert figures is not None
    assert training_a_year(given.case, given.plan.tasks, figures.finish_date) == expected
    after = months_from(Month.of(figures.finish_date).plus(1), MONTHS_A_YEAR)
    lines = [line for line in given.plan.cost_lines if line.category is CostCategory.TRAINING and line.month in after]
    assert expected is None or sum_of(lines) == expected
