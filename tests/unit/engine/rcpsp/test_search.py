"""The search for the best schedule: small problems with answers found by hand, and every way in which it can end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import pytest

from tests.problems import (
    DAYS_A_PERIOD,
    is_allowed,
    ledger_of,
    shortest,
    two_side_by_side,
    wait_until_even,
    watch,
)
from zt_planner.engine.rcpsp import search
from zt_planner.engine.rcpsp.budget import Aim, SolverBudget, SolverProgress, Watch, ignore_progress, never
from zt_planner.engine.rcpsp.problem import Ledger, Problem, Resource, Starts, plain_problem
from zt_planner.engine.rcpsp.search import Search


def in_order(*lengths: int, capacity: int = 2) -> Problem:
    """Return tasks without links that all take one of a resource."""
    return plain_problem(lengths, ((),) * len(lengths), [Resource(capacity, (1,) * len(lengths))])


def with_ledger(problem: Problem, ledger: Ledger) -> Problem:
    """Return a problem with a ledger, and time enough to keep it."""
    return replace(problem, ledger=ledger, horizon=24)


def crowded() -> Problem:
    """Return the problem of Kolisch's kind whose bounds by chain (6) and by work (7) are below its optimum of 8.

    Tasks of three, three and two days, each taking two of three, never run side by side: eight days.
    """
    return plain_problem((3, 3, 2), ((), (), ()), [Resource(3, (2, 2, 2))])


def test_four_tasks_of_which_two_fit_side_by_side_take_four_days() -> None:
    problem = two_side_by_side()
    result = Search(problem, watch()).run()
    assert result.starts is not None
    assert is_allowed(problem, result.starts)
    assert (problem.finish_of(result.starts), result.bound) == (4, 4)
    assert result.proven == {Aim.FINISH}
    assert not result.is_impossible


def test_sets_that_never_run_side_by_side_are_a_bound_of_their_own() -> None:
    problem = crowded()
    asked = Search(problem, watch())
    result = asked.run()
    assert (problem.finish_of(result.starts or ()), result.bound) == (8, 8)


def test_a_schedule_that_is_given_is_never_made_worse() -> None:
    problem = in_order(2, 2, 2)
    result = Search(problem, watch(0.0)).run((0, 0, 2))
    assert result.starts is not None
    assert problem.finish_of(result.starts) == 4


def test_a_schedule_that_breaks_something_is_not_taken() -> None:
    problem = in_order(2, 2, 2)
    result = Search(problem, watch()).run((0, 0, 0))
    assert result.starts is not None
    assert is_allowed(problem, result.starts)


def test_windows_that_links_leave_empty_are_impossible() -> None:
    problem = replace(plain_problem((3, 1), ((), (0,)), ()), latest=(None, 2))
    result = Search(problem, watch()).run()
    assert result.starts is None
    assert result.is_impossible


def test_a_resource_that_a_task_exceeds_is_impossible_and_proven_to_be() -> None:
    result = Search(plain_problem((1,), ((),), [Resource(1, (2,))]), watch(), weights=(1,)).run()
    assert result.starts is None
    assert result.is_impossible


def test_a_ledger_that_no_schedule_keeps_is_impossible_and_proven_to_be() -> None:
    problem = with_ledger(in_order(1, 1), ledger_of(3, (4, 1)))
    result = Search(problem, watch()).run()
    assert result.starts is None
    assert result.is_impossible


def test_a_limit_by_period_moves_what_it_cannot_hold() -> None:
    """Two tasks of one day that cost three each: with four a period, the second waits for the next period."""
    problem = with_ledger(in_order(1, 1), ledger_of(4, (3, 3)))
    result = Search(problem, watch()).run((0, DAYS_A_PERIOD))
    assert result.starts is not None
    assert sorted(result.starts) == [0, DAYS_A_PERIOD]
    assert result.bound == DAYS_A_PERIOD + 1


@pytest.mark.extended
def test_the_kind_of_an_opening_is_chosen_with_its_day() -> None:
    """Rent of two from the opening on is too much with a task that costs three; from the second period on it is one."""
    ledger = ledger_of(4, (3, 3, 1), opening=(0, 1), rents=(2, 1), kinds=(0,) + (1,) * 11)
    problem = with_ledger(in_order(1, 1, 1), ledger)
    result = Search(problem, watch()).run()
    assert result.starts is not None
    assert is_allowed(problem, result.starts)
    assert min(result.starts[:2]) == DAYS_A_PERIOD
    assert result.bound == problem.finish_of(result.starts) == shortest(problem)


@pytest.mark.extended
def test_the_solver_keeps_a_ledger_with_openings_of_two_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "relaxed_bound", lambda *_: 0)
    monkeypatch.setattr(search, "joint_resource", lambda *_: None)
    ledger = ledger_of(5, (3, 3, 2, 2), opening=(0, 1), rents=(2, 1), kinds=(0, 1, 0) + (1,) * 9, finish=1)
    waits = (wait_until_even(1), None, None, None)
    links = ((), (), (0,), ())
    problem = replace(with_ledger(plain_problem((1, 2, 1, 2), links, [Resource(2, (1, 1, 1, 2))]), ledger), waits=waits)
    result = Search(problem, watch(60.0), weights=(1, 2, 1, 3), even=ledger).run()
    assert result.starts is not None
    assert is_allowed(problem, result.starts)
    assert result.bound == problem.finish_of(result.starts) == shortest(problem)
    assert Aim.PROTECTION in result.proven


def test_protection_comes_after_the_finish_and_moves_the_heavier_task_first() -> None:
    problem = in_order(2, 2, capacity=1)
    result = Search(problem, watch(), weights=(1, 5)).run((0, 2))
    assert result.starts == (2, 0)
    assert {Aim.FINISH, Aim.PROTECTION} <= result.proven


def test_evenness_comes_last_and_spreads_what_the_finish_leaves_free() -> None:
    """A chain of nine days fixes the finish; the two free tasks cost, and are spread over two periods of three."""
    problem = plain_problem((9, 1, 1), ((), (), ()), [Resource(1, (0, 1, 1))])
    result = Search(problem, watch(), even=ledger_of(100, (0, 2, 2), finish=1)).run()
    assert result.starts is not None
    periods = {start // DAYS_A_PERIOD for start in result.starts[1:]}
    assert problem.finish_of(result.starts) == 9
    assert len(periods) in {1, 2}
    assert Aim.EVENNESS in result.proven


def test_a_problem_too_large_for_a_ledger_in_the_solver_keeps_what_the_tries_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "MOST_LITERALS", 0)
    monkeypatch.setattr(search, "relaxed_bound", lambda *_: 0)
    problem = with_ledger(in_order(1, 1, 1), ledger_of(4, (3, 3, 3)))
    result = Search(problem, watch(), weights=(1, 1, 1)).run()
    assert result.starts is not None
    assert is_allowed(problem, result.starts)
    assert not result.proven


@pytest.mark.parametrize(("cancelled_after", "tried"), [(100.0, 3), (2.0, 2)])
def test_tries_end_when_their_share_of_the_time_is_used_or_the_search_is_cancelled(
    monkeypatch: pytest.MonkeyPatch, cancelled_after: float, tried: int
) -> None:
    """A try takes a second here: of ten seconds, the tries have three."""
    seconds = [0.0]

    def slow_tries(_: Problem, starts: Starts) -> Iterator[Starts]:
        while True:
            seconds[0] += 1.0
            yield starts

    monkeypatch.setattr(search, "tries", slow_tries)
    problem = with_ledger(in_order(1, 1, 1), ledger_of(4, (3, 3, 3)))
    solver_budget = SolverBudget(10.0, clock=lambda: seconds[0], is_cancelled=lambda: seconds[0] >= cancelled_after)
    assert is_allowed(problem, Search(problem, Watch(solver_budget)).run().starts or ())
    assert seconds[0] == tried


def test_no_time_is_no_crash() -> None:
    problem = with_ledger(in_order(1, 1), ledger_of(4, (3, 3)))
    result = Search(problem, watch(0.0), weights=(1, 2)).run()
    assert result.proven <= {Aim.FINISH}


def test_a_search_that_is_cancelled_returns_what_it_has() -> None:
    problem = crowded()
    solver_budget = SolverBudget(5.0, clock=lambda: 0.0, workers=1, is_repeatable=True, is_cancelled=lambda: True)
    result = Search(problem, Watch(solver_budget), weights=(1, 2, 3)).run((0, 3, 6))
    assert result.starts is not None
    assert is_allowed(problem, result.starts)


def test_without_a_schedule_and_without_time_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SHORTEST_RUN", -1.0)
    monkeypatch.setattr(search, "serial_schedule", lambda *_: None)
    result = Search(hard(), watch(0.0)).run()
    assert result.starts is None
    assert not result.is_impossible
    assert not result.proven


def hard() -> Problem:
    """Return twelve tasks on two resources that no bound settles at once."""
    lengths = (5, 3, 6, 2, 7, 4, 3, 5, 6, 2, 4, 5)
    after = ((), (), (0,), (1,), (), (2, 3), (4,), (1,), (5,), (6, 7), (4,), (9,))
    first = Resource(6, (3, 2, 4, 3, 2, 4, 3, 2, 4, 3, 3, 2))
    other = Resource(5, (2, 3, 1, 2, 3, 2, 4, 3, 1, 2, 3, 2))
    return plain_problem(lengths, after, [first, other])


@pytest.mark.extended
@pytest.mark.parametrize("workers", [1, 2])
def test_schedules_and_bounds_meet_at_the_optimum(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    monkeypatch.setattr(search, "joint_resource", lambda *_: None)
    problem = hard()
    steps: list[SolverProgress] = []
    stops: list[Callable[[], None]] = []
    solver_budget = SolverBudget(
        60.0, clock=lambda: 0.0, workers=workers, is_repeatable=True, on_progress=steps.append, on_solver=stops.append
    )
    result = Search(problem, Watch(solver_budget)).run()
    assert result.starts is not None
    assert is_allowed(problem, result.starts)
    assert result.bound == problem.finish_of(result.starts)
    assert result.proven == {Aim.FINISH}
    assert stops
    bounds = [step.bound for step in steps]
    assert bounds == sorted(bounds)


@pytest.mark.extended
def test_by_the_clock_two_workers_find_the_same_finish() -> None:
    ticks = count()
    solver_budget = SolverBudget(600.0, clock=lambda: next(ticks) / 1000)
    problem = hard()
    result = Search(problem, Watch(solver_budget)).run()
    assert result.bound == problem.finish_of(result.starts or ())


@pytest.mark.extended
def test_a_solver_is_stopped_at_the_next_thing_it_finds_once_the_search_is_cancelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "joint_resource", lambda *_: None)
    running: list[Callable[[], None]] = []
    solver_budget = SolverBudget(
        60.0,
        clock=lambda: 0.0,
        workers=1,
        is_repeatable=True,
        is_cancelled=lambda: bool(running),
        on_solver=running.append,
    )
    problem = hard()
    result = Search(problem, Watch(solver_budget)).run()
    assert len(running) == 1
    assert result.starts is not None
    assert is_allowed(problem, result.starts)


@pytest.mark.extended
def test_a_further_aim_that_is_cancelled_keeps_what_it_has_found() -> None:
    steps: list[SolverProgress] = []
    solver_budget = SolverBudget(
        60.0,
        clock=lambda: 0.0,
        workers=1,
        is_repeatable=True,
        is_cancelled=lambda: any(step.aim is Aim.PROTECTION for step in steps),
        on_progress=steps.append,
    )
    problem = hard()
    weights = tuple(range(problem.size))
    asked = Search(problem, Watch(solver_budget), weights=weights)
    result = asked.run()
    assert result.starts is not None
    assert is_allowed(problem, result.starts)
    assert result.proven == {Aim.FINISH}


def test_what_begins_with_the_finish_leads_the_kind_of_what_begins_with_a_task() -> None:
    """A start on day 0 spends 1 + 2 + 2 of 4 in the first period; from day 3 on the finish is of the other kind."""
    ledger = ledger_of(4, [0], rents=(1, 2), kinds=(0, 1) * 6, finish=2)
    result = Search(with_ledger(in_order(2), ledger), watch()).run()
    assert (result.starts, result.bound) == ((3,), 5)


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
