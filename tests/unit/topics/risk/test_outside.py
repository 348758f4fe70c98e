"""The plan's spread beside that of finished projects, and what a fixed price takes off its budget."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.figures import drawn
from tests.papers import handout
from tests.words import ENGLISH, told
from zt_planner.domain.money import up_to_thousands
from zt_planner.engine.simulation.result import SimulationResult
from zt_planner.topics.risk.outside import fixed_price_text, outside_group, outside_table, overrun_text
from zt_planner.topics.view import View, no_draws


@pytest.fixture(scope="module")
def view() -> View:
    """Return the default plan, drawn."""
    return drawn(handout())


@pytest.fixture(scope="module")
def draws(view: View) -> SimulationResult:
    assert view.simulation is not None
    return view.simulation


def test_the_plans_rows_stand_first_and_those_of_others_have_their_population_and_source(
    view: View, draws: SimulationResult
) -> None:
    cost, duration, *others = told(outside_table(view, draws)).rows
    assert [row[0] for row in (cost, duration)] == ["Cost", "Duration"]
    assert len(others) == len(view.case.base_model.rules.outside_view)
    assert all(row[5] and row[7] for row in others)


def test_a_fixed_price_takes_off_what_the_consultants_work_adds(view: View, draws: SimulationResult) -> None:
    assert view.quoted is not None
    now, then = (up_to_thousands(each.introduction_at(0.8)) for each in (draws, view.quoted))
    assert then < now
    said = told(fixed_price_text(view, draws))
    assert f"the 80% budget falls from {ENGLISH.money(now)} to {ENGLISH.money(then)}, before the surcharge" in said


def test_a_fixed_price_is_told_for_the_confidence_that_is_asked_for() -> None:
    given = drawn(handout(builders.scenario(timeline__confidence="0.9")))
    assert given.simulation is not None
    assert "the 90% budget falls from " in told(fixed_price_text(given, given.simulation))


def test_where_day_rates_are_hidden_only_the_duration_is_compared(view: View, draws: SimulationResult) -> None:
    hidden = replace(view, plan=replace(view.plan, case=replace(view.case, shows_labour=False)))
    assert told(outside_table(hidden, draws)).rows[0][0] == "Duration"
    assert fixed_price_text(hidden, draws) == ""
    assert "costs" not in told(overrun_text(hidden, draws))


def test_without_draws_nothing_is_compared(view: View) -> None:
    assert outside_group(replace(view, draws=no_draws)) is None
