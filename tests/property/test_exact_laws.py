"""The laws of the exact scheduler, held against trying everything."""

from __future__ import annotations

from itertools import islice

from hypothesis import given

from tests.problems import is_allowed, problems, shortest, watch
from zt_planner.engine.rcpsp.bounds import bound_of, joint_resource, relaxed_bound
from zt_planner.engine.rcpsp.budget import Aim
from zt_planner.engine.rcpsp.problem import Problem, chain_bound, earliest_starts, latest_starts
from zt_planner.engine.rcpsp.search import Search
from zt_planner.engine.rcpsp.serial import precedence_list, serial_schedule, tries


@given(problems())
def test_the_search_finds_and_proves_the_earliest_finish_of_all(problem: Problem) -> None:
    result, best = Search(problem, watch()).run(), shortest(problem)
    assert result.is_impossible == (best is None)
    if result.starts is not None:
        assert is_allowed(problem, result.starts)
        assert problem.finish_of(result.starts) == result.bound == best
        assert Aim.FINISH in result.proven


@given(problems(most=4, with_ledger=True))
def test_a_ledger_is_kept_and_the_earliest_finish_that_keeps_it_is_found(problem: Problem) -> None:
    result, best = Search(problem, watch()).run(), shortest(problem)
    assert (result.starts is None) == (best is None)
    if result.starts is not None:
        assert is_allowed(problem, result.starts)
        assert problem.finish_of(result.starts) == result.bound == best


@given(problems())
def test_serial_schedules_keep_everything_and_tries_make_none_longer(problem: Problem) -> None:
    starts = serial_schedule(
        problem, precedence_list(problem, latest_starts(problem, problem.horizon)), problem.horizon
    )
    if starts is not None:
        every = (starts, *islice(tries(problem, starts), 10))
        assert all(is_allowed(problem, schedule) for schedule in every)
        finishes = [problem.finish_of(schedule) for schedule in every]
        assert finishes == sorted(finishes, reverse=True)


@given(problems())
def test_no_bound_is_above_the_earliest_finish(problem: Problem) -> None:
    best = shortest(problem)
    starts = serial_schedule(problem, precedence_list(problem, earliest_starts(problem)), problem.horizon)
    if best is not None and starts is not None:
        joint = joint_resource(problem, starts, 0)
        assert chain_bound(problem) <= best
        assert joint is None or bound_of(problem, joint) <= best


@given(problems(most=4, with_ledger=True))
def test_the_bound_of_a_ledger_is_never_above_the_earliest_finish(problem: Problem) -> None:
    best = shortest(problem)
    if best is not None and problem.ledger is not None:
        least = chain_bound(problem)
        assert relaxed_bound(problem, problem.ledger, least, problem.horizon) <= best


@given(problems(with_ledger=True))
def test_what_has_no_faults_keeps_everything_and_the_other_way_round(problem: Problem) -> None:
    starts = tuple(earliest_starts(problem))
    assert is_allowed(problem, starts) == (not list(problem.faults_of(starts)))
