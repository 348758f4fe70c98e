"""What is said of a simulation: bands of the headline figures, and the chance that both hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.planner import build_plan
from zt_planner.engine.simulation.result import SimulationResult, simulate
from zt_planner.language import Language, LanguageCode
from zt_planner.reports.analyses.confidence import band_positions, chance_text, sureness_of

if TYPE_CHECKING:
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import Plan

ENGLISH, GERMAN = Language(LanguageCode.ENGLISH), Language(LanguageCode.GERMAN)


@pytest.fixture(scope="module")
def drawn(price_book: PriceBook, phase_model: PhaseModel, today: date) -> tuple[Plan, SimulationResult]:
    """Return the default plan and its simulation."""
    plan = build_plan(Scenario(), price_book, phase_model, today=today)
    found = simulate(plan, price_book)
    assert found is not None
    return plan, found


def test_each_headline_figure_has_a_band_with_what_is_sure(drawn: tuple[Plan, SimulationResult]) -> None:
    plan, simulation = drawn
    said = sureness_of(plan, simulation, ENGLISH)
    assert said is not None
    finish, first, whole = said.bands
    figures = plan.headlines
    assert figures is not None
    assert finish.title == f"Done by {ENGLISH.day(figures.finish_date)}"
    assert finish.sure == f"80% sure by {ENGLISH.day(simulation.finish_at(0.8))}"
    assert first.title == f"First-year budget: {ENGLISH.money(figures.first_year_budget)}"
    assert first.sure == f"80% sure with {ENGLISH.money(simulation.first_year_at(0.8))}"
    assert whole.title == f"In total, 36 months: {ENGLISH.money(figures.horizon_total)}"
    assert ENGLISH.money(simulation.horizon_at(0.9)) in whole.span
    assert all(band.sure in band.alt for band in said.bands)
    for band in said.bands:
        low, middle, sure, high, estimate = band.places
        assert 0 < low <= middle <= sure <= high < 100
        assert 0 < estimate < 100


def test_the_chance_that_both_hold_is_said_in_both_languages(drawn: tuple[Plan, SimulationResult]) -> None:
    plan, simulation = drawn
    assert plan.headlines is not None
    chance = simulation.chance(budget=plan.headlines.first_year_budget, by=plan.headlines.finish_date)
    english, german = sureness_of(plan, simulation, ENGLISH), sureness_of(plan, simulation, GERMAN)
    assert english is not None
    assert german is not None
    assert f": {chance:.0%}." in english.sentence
    assert f"im ersten Jahr einzuhalten: {chance * 100:.0f}\N{NO-BREAK SPACE}%" in german.sentence


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0, "less than 1%"),
        (0.004, "less than 1%"),
        (0.255, "26%"),
        (0.99, "99%"),
        (0.996, "more than 99%"),
        (1, "more than 99%"),
    ],
)
def test_no_chance_is_said_to_be_certain_or_impossible(chance: float, said: str) -> None:
    assert chance_text(chance, ENGLISH) == said


def test_places_lie_within_the_band_in_the_order_of_their_values() -> None:
    assert band_positions((10, 20, 30, 50, 0)) == (22.4, 40.8, 59.2, 96.0, 4.0)
    assert band_positions((7, 7, 7, 7, 7)) == (50.0,) * 5


def test_a_plan_that_has_stopped_has_no_bands(drawn: tuple[Plan, SimulationResult], price_book: PriceBook) -> None:
    stopped = build_plan(Scenario(), price_book, PhaseModel((), ()), today=date(2026, 11, 24))
    assert sureness_of(stopped, drawn[1], ENGLISH) is None
    assert Decimal(drawn[1].draws) == 10_000
