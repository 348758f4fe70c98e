"""The words for a chart name what the chart draws: its dearest month and its total, in its view."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests import builders
from tests.words import ENGLISH, plain, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine
from zt_planner.engine.costing.budget import accrual, payment
from zt_planner.engine.plan import Plan
from zt_planner.topics.picture.alt import budget_alt, roadmap_alt, roadmap_and_money_alt
from zt_planner.topics.picture.whole import Picture, budget_of, picture_of

SLOW = {f"timeline__{team}_days_per_week": 1 for team in ("internal", "external")}
SITUATIONS: dict[str, dict[str, Any]] = {
    "default": {},
    "paid a year ahead": {"choices__billing": "annual_prepaid"},
    "longer than the horizon": {"finance__horizon_months": 12, "timeline__mode": "capacity", **SLOW},
    "credits": {
        "company__owned_licences": [{"licence": "m365-business-standard"}],
        "choices__billing": "annual_prepaid",
    },
}


@pytest.fixture(params=SITUATIONS.values(), ids=tuple(SITUATIONS))
def plan(request: pytest.FixtureRequest, price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    return builders.plan(builders.scenario(**request.param), price_book, phase_model)


def bars_of(picture: Picture) -> dict[Month, Decimal]:
    """Return what each month's stack in a picture comes to."""
    assert picture.money is not None
    months = (Month(*map(int, stack.month.split("-"))) for stack in picture.money.stacks)
    sums = (sum((Decimal(part.amount) for part in stack.slices), Decimal(0)) for stack in picture.money.stacks)
    return dict(zip(months, sums, strict=True))


def assert_names_the_highest(words: str, bars: dict[Month, Decimal]) -> None:
    """Check that a description names the highest bar with its amount."""
    dearest = max(bars, key=lambda month: bars[month])
    assert ENGLISH.month(dearest) in words
    assert ENGLISH.money(bars[dearest]) in words


@pytest.mark.parametrize("month_of", [accrual, payment])
def test_the_budget_is_described_as_it_is_drawn(plan: Plan, month_of: Callable[[CostLine], Month]) -> None:
    words = told(budget_alt(plan, plan.months, month_of))
    bars = bars_of(told(budget_of(plan, month_of=month_of)))
    assert_names_the_highest(words, bars)
    assert ENGLISH.money(sum(bars.values(), Decimal(0))) in words
    assert f"over {len(plan.months)} months" in words


def test_the_one_picture_is_described_as_it_is_drawn(plan: Plan) -> None:
    assert_names_the_highest(told(roadmap_and_money_alt(plan)), bars_of(told(picture_of(plan))))


def test_the_roadmap_alone_says_nothing_about_money(plan: Plan) -> None:
    words = told(roadmap_alt(plan))
    assert ENGLISH.day(plan.headlines.finish_date) in words
    assert not {"money", "EUR"} & set(plain(words).split())


def test_the_two_views_have_different_words(price_book: PriceBook, phase_model: PhaseModel) -> None:
    prepaid = builders.plan(builders.scenario(choices__billing="annual_prepaid"), price_book, phase_model)
    used, paid = (told(budget_alt(prepaid, prepaid.months, view)) for view in (accrual, payment))
    assert used != paid
