"""Simulations are remembered by what they follow from, and hide what plans hide."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.workspace.plans import SIMULATIONS_REMEMBERED, Plans, Remembered

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.domain.data.price_book import PriceBook


@pytest.fixture
def plans(price_book: PriceBook, phase_model: PhaseModel, today: date) -> Plans:
    """Return plans of the shipped data that remember nothing yet."""
    return Plans(price_book, phase_model, lambda: today)


def test_a_simulation_is_drawn_once_whatever_is_shown_beside_amounts(plans: Plans) -> None:
    first = plans.simulation(Scenario())
    assert plans.simulation(Scenario().changed("display.currency", "CHF")) is first
    assert plans.simulation(Scenario().changed("uncertainty.seed", 2)) is not first
    assert plans.simulation(Scenario(), shows_labour=False) is not first


def test_what_the_spread_comes_from_is_computed_once(plans: Plans) -> None:
    assert plans.drivers(Scenario()) is plans.drivers(Scenario().changed("display.currency", "CHF"))


def test_a_plan_that_has_stopped_has_neither(plans: Plans) -> None:
    empty = replace(plans, phase_model=PhaseModel((), ()))
    assert empty.simulation(Scenario()) is None
    assert empty.drivers(Scenario()) is None


def test_without_labour_no_draw_depends_on_a_day_rate(plans: Plans) -> None:
    dearer = Scenario().changed("labour.external_day_rate", "1900")
    ranged = Scenario().changed("uncertainty.price_ranges", {"external-day": (0.5, 3)})
    simulations = [plans.simulation(each, shows_labour=False) for each in (Scenario(), dearer, ranged)]
    budgets = [None if each is None else each.first_year.tolist() for each in simulations]
    assert budgets[0] is not None
    assert budgets[0] == budgets[1] == budgets[2]
    drivers = plans.drivers(Scenario(), shows_labour=False)
    assert drivers is not None
    assert not drivers.reserve.planned
    assert "price:external-day" not in {swing.name for swing in drivers.by_money()}


def test_only_the_latest_are_remembered() -> None:
    kept: Remembered[int, int] = Remembered(2)
    computed: list[int] = []

    def compute(key: int) -> int:
        computed.append(key)
        return key

    for key in (1, 2, 1, 3, 1, 2):
        assert kept.get(key, partial(compute, key)) == key
    assert computed == [1, 2, 3, 2]
    assert SIMULATIONS_REMEMBERED > 2
