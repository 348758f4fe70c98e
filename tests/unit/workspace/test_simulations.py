"""Simulations are remembered by what they follow from, and hide what plans hide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from threading import Event, Thread

import pytest

from tests.builders import model
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.workspace.plans import SIMULATIONS_REMEMBERED, Cache, Plans

SECONDS = 20
"""What a wait for another thread may take on the slowest machine; no test waits for it."""


@pytest.fixture
def plans(price_book: PriceBook, phase_model: PhaseModel, today: date) -> Plans:
    """Return plans of the shipped data that remember nothing yet."""
    return Plans(price_book, phase_model, lambda: today)


def test_a_simulation_is_drawn_once_whatever_is_shown_beside_amounts(plans: Plans) -> None:
    first = plans.simulation(Scenario())
    assert plans.simulation(Scenario().changed("display.currency", "CHF")) is first
    assert plans.simulation(Scenario().changed("uncertainty.seed", 2)) is not first
    assert plans.simulation(Scenario(), shows_labour=False) is not first


@pytest.mark.extended
def test_what_the_spread_comes_from_is_computed_once(plans: Plans) -> None:
    assert plans.drivers(Scenario()) is plans.drivers(Scenario().changed("display.currency", "CHF"))


def test_a_plan_that_has_stopped_has_neither(plans: Plans) -> None:
    empty = replace(plans, phase_model=model())
    assert empty.simulation(Scenario()) is None
    assert empty.drivers(Scenario()) is None


@pytest.mark.extended
def test_without_labour_no_draw_depends_on_a_day_rate(plans: Plans) -> None:
    dearer = Scenario().changed("labour.external_day_rate", "1900")
    ranged = Scenario().changed("uncertainty.price_ranges", {"external-day": (0.5, 3)})
    simulations = [plans.simulation(each, shows_labour=False) for each in (Scenario(), dearer, ranged)]
    budgets = [None if each is None else each.introduction.tolist() for each in simulations]
    assert budgets[0] is not None
    assert budgets[0] == budgets[1] == budgets[2]
    drivers = plans.drivers(Scenario(), shows_labour=False)
    assert drivers is not None
    assert "price:external-day" not in {swing.name for swing in drivers.by_money()}


def test_only_the_latest_are_remembered() -> None:
    kept: Cache[int, int] = Cache(2)
    computed: list[int] = []

    def compute(key: int) -> int:
        computed.append(key)
        return key

    for key in (1, 2, 1, 3, 1, 2):
        assert kept.get(key, partial(compute, key)) == key
    assert computed == [1, 2, 3, 2]
    assert SIMULATIONS_REMEMBERED > 2


class Signalling:
    """A key like all others of its kind, which says when it is looked up."""

    def __init__(self) -> None:
        """Wait for that."""
        self.looked_up = Event()

    def __hash__(self) -> int:
        """Say that it is looked up."""
        self.looked_up.set()
        return 0

    def __eq__(self, other: object) -> bool:
        """Tell that all are alike."""
        return isinstance(other, Signalling)


def test_what_many_ask_for_at_once_is_computed_once() -> None:
    kept: Cache[Signalling, object] = Cache(2)
    key, found = Signalling(), []
    other = Thread(target=lambda: found.append(kept.get(key, object)))

    def compute() -> object:
        other.start()
        assert key.looked_up.wait(SECONDS)  # it was not there: what is computed is kept under the same lock
        return object()

    first = kept.get(Signalling(), compute)
    other.join(SECONDS)
    assert found == [first]


def test_what_could_not_be_computed_is_asked_for_again() -> None:
    kept: Cache[int, int] = Cache(2)
    with pytest.raises(ZeroDivisionError):
        kept.get(1, lambda: 1 // 0)
    assert kept.get(1, lambda: 2) == 2
