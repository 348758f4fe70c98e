"""What a partner costs who operates identities and devices: what the plan with one pays, known without one (M23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handouts import handout
from zt_planner.domain.plan import CostCategory, FigureName
from zt_planner.domain.scenario.scenario import Monitoring, Operator
from zt_planner.engine.costing.budget import figure_lines, sum_of
from zt_planner.engine.operation import activities_of, partner_fee
from zt_planner.engine.planner import plan_of

if TYPE_CHECKING:
    from zt_planner.reports.documents.handout import Handout

MORE_THAN_THE_LEAST, THE_LEAST = {"company": {"employees": 400}}, {"company": {"employees": 5}}


def fee(given: Handout) -> object:
    """Return what a partner costs a plan."""
    assert given.plan.headlines is not None
    return partner_fee(given.case, given.plan.tasks, given.plan.headlines.finish_date)


@pytest.mark.parametrize("scenario", [{}, MORE_THAN_THE_LEAST, THE_LEAST])
def test_it_is_what_the_plan_with_a_partner_pays_a_month(scenario: dict[str, object]) -> None:
    given = handout(scenario)
    partner = plan_of(given.case.changed(given.plan.scenario.changed("choices.operation", Operator.PARTNER)))
    paid = [
        line for line in figure_lines(FigureName.RUN_RATE_MONTHLY, partner) if line.category is CostCategory.OPERATION
    ]
    assert partner.headlines is not None
    assert given.plan.headlines is not None
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
