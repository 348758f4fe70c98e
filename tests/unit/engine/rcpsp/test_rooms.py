"""The rooms of the exact scheduler one by one: windows, faults, serial schedules, joint resources, bounds."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

import pytest

from tests.problems import is_allowed, ledger_of, shortest, two_side_by_side, wait_until_even
from zt_planner.engine.rcpsp import bounds
from zt_planner.engine.rcpsp.bounds import Packing, TooManyStepsError, bound_of, joint_resource, relaxed_bound
from zt_planner.engine.rcpsp.budget import SolverBudget, Watch, ignore_progress, never
from zt_planner.engine.rcpsp.problem import (
    Problem,
    Resource,
    chain_bound,
    earliest_starts,
    latest_starts,
    period_sums,
    plain_problem,
)
from zt_planner.engine.rcpsp.serial import LedgerAccount, precedence_list, serial_schedule, tries, urgent_first


def chain(*lengths: int) -> Problem:
    """Return tasks one after the other."""
    after = tuple((index - 1,) if index else () for index in range(len(lengths)))
    return plain_problem(lengths, after, ())


def test_windows_follow_links_waits_and_own_days() -> None:
    waiting = replace(chain(2, 3), waits=(wait_until_even(1), None), earliest=(1, 0), horizon=12)
    assert earliest_starts(waiting) == [1, 4]
    assert latest_starts(waiting, 12) == [5, 9]
    assert chain_bound(waiting) == 7
    assert latest_starts(replace(waiting, latest=(3, None)), 12) == [3, 9]


def test_tasks_that_end_by_a_day_have_that_day_and_their_own() -> None:
    problem = replace(chain(2, 3, 1), latest=(None, 4, 5)).ended_by((0, 1, 2), 7)
    assert problem.latest == (5, 4, 5)
    assert problem.end_of((0, 2), (0, 2, 5)) == 6


def test_what_must_end_soon_is_placed_first() -> None:
    problem = plain_problem((2, 2, 2), ((), (), ()), [Resource(1, (1, 1, 1))])
    assert urgent_first(problem.ended_by((2,), 2), (0, 2, 4)) == (2, 4, 0)
    assert urgent_first(problem.ended_by((1, 2), 2), (0, 2, 4)) is None
    assert urgent_first(problem.ended_by((2,), 1), (0, 2, 4)) is None


def test_what_an_early_finish_spends_counts_for_what_is_placed_first() -> None:
    """From the third period on the finish spends two of four, where it is no later than day 16."""
    early = tuple((period, 2) for period in range(2, 12))
    ledger = replace(ledger_of(4, (0, 2, 2, 0)), of_finish=lambda end: early if end <= 16 else ())
    problem = plain_problem((8, 1, 1, 16), ((), (0,), (0,), ()), [])
    problem = replace(problem, horizon=24, ledger=ledger)
    starts = urgent_first(problem, (0, 8, 8, 0))
    assert starts is not None
    assert sorted(starts) == [0, 0, 8, 12]
    assert urgent_first(replace(problem, ledger=replace(ledger, limits=(3,) * 12)), (0, 8, 8, 0)) is None


def test_no_end_is_early_enough_for_a_start_before_every_wait() -> None:
    assert replace(chain(2, 3), waits=(wait_until_even(3), None)).latest_end(0, 1) == 0


def test_faults_are_named_one_by_one() -> None:
    problem = replace(
        plain_problem((2, 2), ((), (0,)), [Resource(1, (1, 1))]),
        earliest=(1, 0),
        latest=(None, 1),
        horizon=3,
        ledger=ledger_of(1, (2, 0)),
    )
    assert list(problem.faults_of((0, 2))) == [
        "task 0 starts on 0, outside its window",
        "task 1 starts on 2, outside its window",
        "the last task ends on 4, past the horizon",
        "a period spends more than its limit",
    ]
    assert list(problem.faults_of((1, 1)))[:2] == [
        "task 1 starts on 1, before task 0 lets it",
        "resource 0 is used above its capacity on 1",
    ]


def test_a_chain_is_related() -> None:
    problem = two_side_by_side()
    assert problem.related == (0b1000, 0, 0, 0b0001)
    assert problem.size == 4


def test_a_ledger_without_openings_spends_what_tasks_and_finish_say() -> None:
    ledger = ledger_of(5, (3, 0), finish=1)
    assert ledger.spent((0, 1), 2)[:2] == [4, 0]
    assert ledger.opening_amounts((0, 1), 2) == []
    assert ledger.is_kept((0, 1), 2)
    assert not ledger_of(3, (3, 0), finish=1).is_kept((0, 1), 2)


def test_the_kind_of_the_leading_opening_decides_what_the_other_one_costs() -> None:
    """The second period has the dearer kind: rent two from there on, and one less for the last task's opening."""
    ledger = ledger_of(9, (0, 0), opening=(0,), rents=(1, 2), kinds=(0, 1) + (0,) * 10)
    assert ledger.spent((0, 0), 1)[:3] == [1 + 2, 1, 1]
    assert ledger.spent((4, 0), 5)[:3] == [1, 2, 2]
    assert ledger.opening_amounts((None, None), 5) == []


def test_an_opening_without_tasks_begins_with_the_finish_and_leads_from_there() -> None:
    ledger = ledger_of(9, (0, 0), rents=(1, 2), kinds=(0, 1) + (0,) * 10)
    assert ledger.spent((0, 0), 4)[:3] == [1 + 2, 1, 1]
    assert ledger.spent((0, 0), 5)[:3] == [1, 2, 2]
    assert ledger.spent((0, 0), 8)[:3] == [1, 2, 2]
    assert ledger.opening_amounts((None, None), 0) == [tuple((period, 1) for period in range(12))]
    assert not LedgerAccount(ledger_of(2, (0, 1), rents=(2,)), 2, 5).fits(1, 4)


def test_an_account_books_only_what_fits() -> None:
    account = LedgerAccount(ledger_of(4, (3, 1, 2), opening=(2,), rent=1), 3, 1)
    assert account.fits(0, 0)
    account.book(0, 0)
    assert account.fits(1, 0)
    assert not account.fits(2, 0)
    assert account.fits(2, 4)
    account.book(2, 4)
    assert period_sums([((0, 1),), ((0, 2), (1, 1))], 2) == [3, 1]


def test_a_list_has_each_task_after_its_predecessors() -> None:
    assert precedence_list(chain(1, 1, 1), (3, 2, 1)) == [0, 1, 2]


def test_a_task_without_a_day_left_has_no_schedule() -> None:
    problem = plain_problem((2, 2), ((), ()), [Resource(1, (1, 1))])
    assert serial_schedule(problem, (0, 1), 3) is None
    assert serial_schedule(replace(problem, latest=(None, 1)), (0, 1), 4) is None
    assert serial_schedule(problem, (0, 1), 4) == (0, 2)


def test_tries_lead_to_a_shorter_schedule_and_never_to_a_longer_one() -> None:
    lengths = (4, 3, 3, 2, 2, 5, 1, 4)
    after = ((), (), (0,), (1,), (1,), (), (5,), (2,))
    problem = plain_problem(lengths, after, [Resource(4, (2, 3, 1, 2, 3, 1, 4, 2))])
    begun = serial_schedule(problem, precedence_list(problem, range(8)), problem.horizon)
    assert begun is not None
    results = list(islice(tries(problem, begun), 40))
    assert all(is_allowed(problem, starts) for starts in results)
    finishes = [problem.finish_of(starts) for starts in (begun, *results)]
    assert finishes == sorted(finishes, reverse=True)
    assert finishes[-1] < finishes[0]
    assert results == list(islice(tries(problem, begun), 40))


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


def test_a_watch_counts_work_or_asks_the_clock() -> None:
    ticks = iter((10.0, 12.0, 13.0))
    by_clock = Watch(SolverBudget(5.0, clock=lambda: next(ticks)))
    by_clock.count(100.0)
    assert by_clock.elapsed == 2.0
    assert by_clock.left == 2.0
    by_work = Watch(SolverBudget(5.0, clock=lambda: 0.0, is_repeatable=True))
    by_work.count(2.0)
    assert by_work.left == 3.0
    ignore_progress(None)
    assert not never()


def test_the_bound_counts_the_least_that_any_later_finish_spends() -> None:
    """A finish by day 4 spends more than a period holds, a later one nothing: so day 5 is possible."""
    ledger = replace(ledger_of(4, (1,)), of_finish=lambda end: ((0, 5),) if end <= 4 else ())
    problem = replace(chain(1), horizon=8, ledger=ledger)
    assert relaxed_bound(problem, ledger, 1, 8) == 5
