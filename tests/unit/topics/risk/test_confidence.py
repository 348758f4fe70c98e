"""What is said of a simulation: bands of the headline figures, and the chance that both hold."""

from __future__ import annotations

import pytest

from tests import builders
from tests.approval import Says
from tests.words import ENGLISH, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.result import SimulationResult, reserve_of, simulate
from zt_planner.files.draws import CSV, PARQUET, draws_bytes, draws_table
from zt_planner.topics.headline.summary import percentiles_of
from zt_planner.topics.risk.confidence import (
    band_positions,
    bands_of,
    chance_text,
    percentile_table,
    reserve_sentence,
    simulation_lines,
)


@pytest.fixture(scope="module")
def drawn(price_book: PriceBook, phase_model: PhaseModel) -> tuple[Plan, SimulationResult]:
    """Return the default plan and its simulation."""
    plan = builders.plan(Scenario(), price_book, phase_model)
    found = simulate(plan)
    assert found is not None
    return plan, found


def test_each_headline_figure_has_a_band_with_what_is_sure(drawn: tuple[Plan, SimulationResult]) -> None:
    plan, simulation = drawn
    bands = told(bands_of(plan, simulation))
    assert list(bands) == ["finish_date", "mfa_date", "introduction_budget", "horizon_total"]
    finish, mfa, first, whole = bands.values()
    figures = plan.headlines
    assert figures is not None
    assert finish.alt.startswith(f"Done by {ENGLISH.day(figures.finish_date)}")
    assert f"80% sure by {ENGLISH.short_day(simulation.finish_at(0.8))}." in finish.alt
    assert figures.mfa_date is not None
    assert mfa.alt.startswith(f"Everyone has MFA by {ENGLISH.day(figures.mfa_date)}")
    assert f"80% sure by {ENGLISH.short_day(simulation.mfa_at(0.8))}." in mfa.alt  # type: ignore[arg-type]
    assert first.alt.startswith(f"Budget to get there: {ENGLISH.money(figures.introduction_budget)}")
    assert f"80% sure with {ENGLISH.money(simulation.introduction_at(0.8))}." in first.alt
    assert whole.alt.startswith(f"Cost over 36 months: {ENGLISH.money(figures.horizon_total)}")
    assert ENGLISH.money(simulation.horizon_at(0.9)) in whole.alt
    for band in bands.values():
        low, middle, sure, high, estimate = band.places
        assert 0 < low <= middle <= sure <= high < 100
        assert 0 < estimate < 100


def test_the_sentence_names_the_one_reserve_or_that_the_contingency_is_enough(
    drawn: tuple[Plan, SimulationResult], price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    plan, simulation = drawn
    reserve = reserve_of(plan, plan.headlines, simulation)
    said = ENGLISH.write(reserve_sentence(plan, simulation))
    for amount in (reserve.shown_sure, reserve.shown_to_add, reserve.budget, reserve.contingency):
        assert ENGLISH.money(amount) in said
    assert said in tuple(map(ENGLISH.write, simulation_lines(plan, simulation)))
    whole = builders.plan(Scenario().changed("finance.contingency", 1), price_book, phase_model)
    found = simulate(whole)
    assert found is not None
    says(ENGLISH.write(reserve_sentence(whole, found)))
    hidden = builders.plan(Scenario(), price_book, phase_model, shows_labour=False)
    assert ENGLISH.write(reserve_sentence(hidden, simulation)) == ""


@pytest.mark.extended
def test_a_plan_without_mfa_for_all_has_no_band_of_it(
    price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    out = {"mfa_rollout": {"in_scope": False}, "remote_mfa": {"in_scope": False}}
    plan = builders.plan(Scenario().changed("tasks.edits", out), price_book, phase_model)
    found = simulate(plan, draws=50)
    assert found is not None
    says([row[0] for row in told(percentile_table(plan, found))][1:3])
    assert percentiles_of(plan, found)["mfa_date"] == {"p10": None, "p50": None, "p80": None, "p90": None}
    table = draws_table(found)
    assert table["mfa_date"].isna().all()
    assert draws_bytes(found, PARQUET).startswith(b"PAR1")
    assert draws_bytes(found, CSV).splitlines()[1].split(b",")[3] == b""


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
    assert ENGLISH.write(chance_text(chance)) == said


def test_places_lie_within_the_band_in_the_order_of_their_values() -> None:
    assert band_positions((10, 20, 30, 50, 0)) == (22.4, 40.8, 59.2, 96.0, 4.0)
    assert band_positions((7, 7, 7, 7, 7)) == (50.0,) * 5
