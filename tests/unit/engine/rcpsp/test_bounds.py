"""Lower bounds: joint resources, and what a ledger leaves possible."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from tests.problems import chain, ledger_of, shortest
from zt_planner.engine.rcpsp import bounds
from zt_planner.engine.rcpsp.bounds import Packing, TooManyStepsError, bound_of, joint_resource, relaxed_bound
from zt_planner.engine.rcpsp.problem import (
    Resource,
    plain_problem,
)


def test_a_joint_resource_is_what_never_runs_side_by_side() -> None:
    problem = plain_problem((3, 3, 2), ((), (), ()), [Resource(3, (2, 2, 2))])
    joint = joint_resource(problem, (0, 3, 6), 6)
    assert joint is not None
    assert bound_of(problem, joint) == 8
    assert joint_resource(problem, (0, 3, 6), 8) is None
    assert bound_of(problem, Resource(0, (0, 0, 0))) == 0


def test_no_joint_resource_is_better_than_a_wrong_one(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = plain_problem((3, 3, 2), ((), (), ()), [Resource(3, (2, 2, 2))])
    monkeypatch.setattr(bounds, "MOST_ROUNDS", 0)
    assert joint_resource(problem, (0, 3, 6), 6) is None
    monkeypatch.undo()
    monkeypatch.setattr(bounds, "MOST_STEPS", 0)
    assert joint_resource(problem, (0, 3, 6), 6) is None
    with pytest.raises(TooManyStepsError):
        Packing(problem).heaviest((1.0, 1.0, 1.0))


def test_sets_are_added_until_the_prices_are_right() -> None:
    """Four tasks of which any two run side by side, begun one by one: the programme finds the pairs itself."""
    problem = plain_problem((2, 2, 2, 2), ((),) * 4, [Resource(2, (1, 1, 1, 1))])
    prices = bounds.DualPrices(Packing(problem), [(index,) for index in range(4)]).solve(3)
    assert prices is not None
    assert sum(2 * price for price in prices) == pytest.approx(4)


def test_what_must_be_spent_is_a_bound() -> None:
    """Three tasks that cost three each, with four a period: the last one waits for the third period at least."""
    problem = replace(plain_problem((1, 1, 1), ((),) * 3, ()), horizon=20, ledger=ledger_of(4, (3, 3, 3)))
    assert problem.ledger is not None
    assert relaxed_bound(problem, problem.ledger, 1, 20) == 9


def test_a_bound_counts_the_coordination_until_itself() -> None:
    """Seven must be spent, and two a period are left beside coordination: four periods, so day thirteen at least."""
    ledger = ledger_of(4, (2, 2, 2, 1), finish=2)
    problem = replace(plain_problem((1, 1, 1, 1), ((),) * 4, ()), horizon=30, ledger=ledger)
    assert relaxed_bound(problem, ledger, 1, 30) == 13


def test_what_is_spent_after_the_finish_does_not_count() -> None:
    late = replace(ledger_of(4, (3, 3)), of_task=lambda index, _: ((5, 4 + index),))
    problem = replace(plain_problem((1, 1), ((), ()), ()), horizon=30, ledger=late)
    assert relaxed_bound(problem, late, 1, 12) == 1


@pytest.mark.parametrize(
    ("further", "least"),
    [({}, 1), ({"opening": (0, 1), "rent": 1}, 5), ({"opening": (0, 1), "rents": (1, 1)}, 5), ({"finish": 1}, 5)],
)
def test_openings_and_coordination_count_in_a_bound(further: dict[str, Any], least: int) -> None:
    """Two tasks that cost two each, with four a period: anything that is spent else moves one to the next period."""
    ledger = ledger_of(4, (2, 2), **further)
    problem = replace(plain_problem((1, 1), ((), ()), [Resource(2, (1, 1))]), horizon=12, ledger=ledger)
    assert relaxed_bound(problem, ledger, 1, 12) == shortest(problem) == least


def test_a_bound_is_one_wherever_its_search_ends() -> None:
    problem = replace(plain_problem((1, 1, 1), ((),) * 3, ()), horizon=20, ledger=ledger_of(4, (3, 3, 3)))
    assert problem.ledger is not None
    bounds = [
        relaxed_bound(problem, problem.ledger, 1, 20, partial(next, iter((True,) * steps + (False,))))
        for steps in range(8)
    ]
    assert bounds[0] == 1
    assert bounds == sorted(bounds)
    assert bounds[-1] == 9 == shortest(problem)


def test_a_problem_too_large_has_no_bound_by_its_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_SHARES", 0)
    problem = replace(plain_problem((1, 1), ((),) * 2, ()), ledger=ledger_of(4, (3, 3)))
    assert problem.ledger is not None
    assert relaxed_bound(problem, problem.ledger, 1, 20) == 1


def test_the_bound_counts_the_least_that_any_later_finish_spends() -> None:
    """A finish by day 4 spends more than a period holds, a later one nothing: so day 5 is possible."""
    ledger = replace(ledger_of(4, (1,)), of_finish=lambda end: ((0, 5),) if end <= 4 else ())
    problem = replace(chain(1), horizon=8, ledger=ledger)
    assert relaxed_bound(problem, ledger, 1, 8) == 5
