"""Simulations are remembered by what they follow from, and hide what plans hide."""

from __future__ import annotations

from datetime import date
from functools import partial
from threading import Event, Thread

import pytest

from tests.builders import unstopped
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
    first, other, drawn_otherwise = (
        unstopped(plans.plan(scenario))
        for scenario in (
            Scenario(),
            Scenario().changed("display.currency", "CHF"),
            Scenario().changed("uncertainty.seed", 2),
        )
    )
    drawn = plans.simulation(first)
    assert plans.simulation(other) is drawn
    assert plans.simulation(drawn_otherwise) is not drawn
    assert plans.simulation(unstopped(plans.plan(Scenario(), shows_labour=False))) is not drawn


@pytest.mark.extended
def test_what_the_spread_comes_from_is_computed_once(plans: Plans) -> None:
    first, other = (unstopped(plans.plan(Scenario().changed("display.currency", code))) for code in ("EUR", "CHF"))
    assert plans.drivers(first) is plans.drivers(other)


@pytest.mark.extended
def test_without_labour_no_draw_depends_on_a_day_rate(plans: Plans) -> None:
    dearer = Scenario().changed("labour.external_day_rate", "1900")
    ranged = Scenario().changed("uncertainty.price_ranges", {"external-day": (0.5, 3)})
    hidden = [unstopped(plans.plan(scenario, shows_labour=False)) for scenario in (Scenario(), dearer, ranged)]
    budgets = [plans.simulation(plan).introduction.tolist() for plan in hidden]
    assert budgets[0] == budgets[1] == budgets[2]
    drivers = plans.drivers(hidden[0])
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
