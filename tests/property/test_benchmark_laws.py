"""The plan's money beside what others say: the shares of any plan add up to the whole, as they are shown."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.property.strategies import scenarios
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.money import to_cents
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.planner import build_plan
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.budget.benchmarks import parts_of
from zt_planner.topics.view import View

SHIPPED, MODEL = price_book(), phase_model()


@given(scenario=scenarios(SHIPPED, tuple(MODEL.by_id)), shows_labour=st.booleans())
def test_the_shares_of_every_plan_add_up_to_the_whole(scenario: Scenario, *, shows_labour: bool) -> None:
    case = case_of(scenario, SHIPPED, MODEL, today=date(2026, 11, 24), shows_labour=shows_labour)
    plan = build_plan(case)
    parts = parts_of(View(plan, Language(LanguageCode.ENGLISH)))
    if not parts:
        return
    assert plan.headlines is not None
    assert sum(part.share for part in parts) == 1
    assert all(part.share == round(part.share, 3) for part in parts)
    assert sum(to_cents(part.amount) for part in parts) == to_cents(plan.headlines.horizon_total)
