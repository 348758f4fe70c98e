"""The rooms of the exact scheduler one by one: windows, faults, serial schedules, joint resources, bounds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.problems import is_allowed, ledger_of, two_side_by_side, wait_until_even
from zt_planner.engine.exact import packing, relaxation, thrift
from zt_planner.engine.exact.ledger import Account, added
from zt_planner.engine.exact.lines import Line, words_of
from zt_planner.engine.exact.model import Model
from zt_planner.engine.exact.packing import Packing, TooManyStepsError, bound_of, joint_resource
from zt_planner.engine.exact.patience import Patience, Watch, never, nobody
from zt_planner.engine.exact.population import STALLED, Population
from zt_planner.engine.exact.problem import Problem, Resource, plain_problem
from zt_planner.engine.exact.relaxation import relaxed_bound
from zt_planner.engine.exact.serial import improved, justified, last_fit, listed, placed, pushed_right
from zt_planner.engine.exact.thrift import ledger_bound
from zt_planner.engine.exact.windows import chain_bound, earliest_starts, latest_starts


def chain(*lengths: int) -> Problem:
    """Return tasks one after the other."""
    after = tuple((place - 1,) if place else () for place in range(len(lengths)))
    return plain_problem(lengths, after, ())


def test_windows_follow_links_waits_and_own_days() -> None:
    waiting = replace(chain(2, 3), waits=(wait_until_even(1), None), earliest=(1, 0), horizon=12)
    assert earliest_starts(waiting) == [1, 4]
    assert latest_starts(waiting, 12) == [5, 9]
    assert chain_bound(waiting) == 7
    assert latest_starts(replace(waiting, latest=(3, None)), 12) == [3, 9]


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


def test_a_chain_is_related_and_ranked() -> None:
    problem = two_side_by_side()
    assert problem.related == (0b1000, 0, 0, 0b0001)
    assert problem.ranks[0] < problem.ranks[3]
    assert problem.size == 4


def test_a_ledger_without_openings_spends_what_tasks_and_finish_say() -> None:
    ledger = ledger_of(5, (3, 0), finish=1)
    assert ledger.spent((0, 1), 2)[:2] == [4, 0]
    assert ledger.opening_amounts((0, 1)) == []
    assert ledger.is_kept((0, 1), 2)
    assert not ledger_of(3, (3, 0), finish=1).is_kept((0, 1), 2)


def test_the_kind_of_the_leading_opening_decides_what_the_other_one_costs() -> None:
    """The second period has the dearer kind: rent two from there on, and one less for the last task's opening."""
    ledger = ledger_of(9, (0, 0), opening=(0,), rents=(1, 2), kinds=(0, 1) + (0,) * 10)
    assert ledger.spent((0, 0), 1)[:3] == [1 + 2, 1, 1]
    assert ledger.spent((4, 0), 5)[:3] == [1, 2, 2]
    assert ledger.opening_amounts((None, None)) == []


def test_an_account_books_only_what_fits() -> None:
    account = Account(ledger_of(4, (3, 1, 2), opening=(2,), rent=1), 3, 1)
    assert account.fits(0, 0)
    account.book(0, 0)
    assert account.fits(1, 0)
    assert not account.fits(2, 0)
    assert account.fits(2, 4)
    account.book(2, 4)
    assert added([((0, 1),), ((0, 2), (1, 1))], 2) == [3, 1]


def test_a_list_has_each_task_after_its_predecessors() -> None:
    assert listed(chain(1, 1, 1), (3, 2, 1)) == [0, 1, 2]


def test_a_task_without_a_day_left_has_no_schedule() -> None:
    problem = plain_problem((2, 2), ((), ()), [Resource(1, (1, 1))])
    assert placed(problem, (0, 1), 3) is None
    assert placed(replace(problem, latest=(None, 1)), (0, 1), 4) is None
    assert placed(problem, (0, 1), 4) == (0, 2)


def test_pushing_to_the_right_and_to_the_left_again_closes_a_gap() -> None:
    """One long task and two short ones of which each fits beside it: seven days become five."""
    problem = plain_problem((5, 2, 2), ((), (), (1,)), [Resource(2, (1, 1, 1))])
    assert problem.finish_of((0, 3, 5)) == 7
    assert problem.finish_of(justified(problem, (0, 3, 5))) == 5
    assert pushed_right(problem, (0, 3, 5))[0] == 2
    assert last_fit(1, 2, [([3, 3], 0)]) == -2


def test_tries_end_when_they_may_not_go_on() -> None:
    problem = two_side_by_side()
    assert improved(problem, (0, 0, 2, 2), 5, lambda: False) == justified(problem, (0, 0, 2, 2))
    assert problem.finish_of(improved(problem, (0, 2, 4, 6), 20)) == 4


def test_a_try_that_is_longer_is_forgotten() -> None:
    lengths = (4, 3, 3, 2, 2, 5, 1, 4)
    after = ((), (), (0,), (1,), (1,), (), (5,), (2,))
    problem = plain_problem(lengths, after, [Resource(4, (2, 3, 1, 2, 3, 1, 4, 2))])
    begun = placed(problem, listed(problem, range(8)), problem.horizon)
    assert begun is not None
    better = improved(problem, begun, 40)
    assert not list(problem.faults_of(better))
    assert problem.finish_of(better) <= problem.finish_of(begun)


def test_a_joint_resource_is_what_never_runs_side_by_side() -> None:
    problem = plain_problem((3, 3, 2), ((), (), ()), [Resource(3, (2, 2, 2))])
    joint = joint_resource(problem, (0, 3, 6), 6)
    assert joint is not None
    assert bound_of(problem, joint) == 8
    assert joint_resource(problem, (0, 3, 6), 8) is None
    assert bound_of(problem, Resource(0, (0, 0, 0))) == 0


def test_no_joint_resource_is_better_than_a_wrong_one(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = plain_problem((3, 3, 2), ((), (), ()), [Resource(3, (2, 2, 2))])
    monkeypatch.setattr(packing, "MOST_ROUNDS", 0)
    assert joint_resource(problem, (0, 3, 6), 6) is None
    monkeypatch.undo()
    monkeypatch.setattr(packing, "MOST_STEPS", 0)
    assert joint_resource(problem, (0, 3, 6), 6) is None
    with pytest.raises(TooManyStepsError):
        Packing(problem).heaviest((1.0, 1.0, 1.0))


def test_sets_are_added_until_the_prices_are_right() -> None:
    """Four tasks of which any two run side by side, begun one by one: the programme finds the pairs itself."""
    problem = plain_problem((2, 2, 2, 2), ((),) * 4, [Resource(2, (1, 1, 1, 1))])
    prices = packing.Prices(Packing(problem), [(place,) for place in range(4)]).solve(3)
    assert prices is not None
    assert sum(2 * price for price in prices) == pytest.approx(4)


def test_what_must_be_spent_is_a_bound() -> None:
    """Three tasks that cost three each, with four a period: the third waits for the third period, day nine."""
    problem = replace(plain_problem((1, 1, 1), ((),) * 3, ()), horizon=20, ledger=ledger_of(4, (3, 3, 3)))
    assert problem.ledger is not None
    assert ledger_bound(problem, problem.ledger, 1, 20) >= 5
    assert relaxed_bound(problem, problem.ledger, (), 1, 20) >= 5
    assert max(ledger_bound(problem, problem.ledger, 1, 20), relaxed_bound(problem, problem.ledger, (), 1, 20)) <= 9


def test_a_bound_counts_the_coordination_until_itself() -> None:
    """Seven must be spent, and two a period are left beside coordination: four periods, so day thirteen at least."""
    ledger = ledger_of(4, (2, 2, 2, 1), finish=2)
    problem = replace(plain_problem((1, 1, 1, 1), ((),) * 4, ()), horizon=30, ledger=ledger)
    assert ledger_bound(problem, ledger, 1, 30) == 13


def test_what_is_spent_after_the_finish_does_not_count() -> None:
    late = replace(ledger_of(4, (3, 3)), of_task=lambda place, _: ((5, 4 + place),))
    problem = replace(plain_problem((1, 1), ((), ()), ()), horizon=30, ledger=late)
    assert relaxed_bound(problem, late, (), 1, 12) == 1


def test_openings_and_coordination_count_in_both_bounds() -> None:
    ledger = ledger_of(4, (1, 1, 1), opening=(0, 1), rents=(1, 2), finish=1)
    problem = replace(plain_problem((3, 3, 3), ((), (0,), (1,)), [Resource(1, (1, 1, 1))]), horizon=20, ledger=ledger)
    pause = replace(problem, lengths=(3, 0, 3))
    assert relaxed_bound(pause, ledger, problem.resources, 5, 20) >= 6
    assert 9 <= ledger_bound(problem, ledger, 9, 20) <= 20
    assert 9 <= relaxed_bound(problem, ledger, problem.resources, 9, 20) <= 20
    assert ledger_bound(problem, ledger, 5, 12) >= 9
    assert relaxed_bound(problem, ledger, problem.resources, 5, 12) >= 9


def test_a_problem_too_large_has_no_bound_by_its_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thrift, "MOST_CELLS", 0)
    monkeypatch.setattr(relaxation, "MOST_SHARES", 0)
    problem = replace(plain_problem((1, 1), ((),) * 2, ()), ledger=ledger_of(4, (3, 3)))
    assert problem.ledger is not None
    assert ledger_bound(problem, problem.ledger, 1, 20) == 1
    assert relaxed_bound(problem, problem.ledger, (), 1, 20) == 1


def test_resources_that_do_not_fit_into_one_number_have_more() -> None:
    wide = [Resource(1 << 40, (1, 1)), Resource(1 << 40, (1, 2))]
    assert len(list(words_of(plain_problem((1, 1), ((), ()), wide)))) == 2
    assert not list(words_of(plain_problem((1, 1), ((), ()), ())))


def test_a_line_places_many_lists_at_once_as_one_by_one() -> None:
    problem = replace(two_side_by_side(), waits=(wait_until_even(1), None, None, None), latest=(None, None, None, 8))
    keys = np.array([[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]], np.float64)
    starts, is_whole = Line(problem, 12).place(keys)
    assert is_whole.all()
    for row, key in zip(starts, keys, strict=True):
        assert tuple(row) == placed(problem, listed(problem, key.tolist()), 12)


def test_room_that_is_first_found_beyond_a_window_of_days_is_found() -> None:
    """Tasks of 70 days take all: no window of 64 days has room for the second one or for what comes after."""
    problem = plain_problem(
        (70, 70, 0, 2), ((), (), (1,), ()), [Resource(2, (2, 2, 2, 1)), Resource(1 << 40, (1,) * 4)]
    )
    starts, is_whole = Line(problem, 142).place(np.array([[0, 1, 2, 3], [1, 0, 2, 3]], np.float64))
    assert starts.tolist() == [[0, 70, 140, 140], [70, 0, 70, 140]]
    assert is_whole.all()
    for days in (69, 141):
        assert not Line(problem, days).place(np.array([[0, 1, 2, 3]], np.float64))[1].any()


def test_what_a_wait_moves_past_all_days_has_no_day() -> None:
    problem = replace(plain_problem((2, 0), ((), (0,)), ()), waits=(wait_until_even(4), None))
    keys = np.zeros((1, 2))
    assert Line(problem, 6).place(keys)[0].tolist() == [[0, 6]]
    assert Line(problem, 6).place(keys)[1].all()
    assert not Line(problem, 5).place(keys)[1].any()


def test_a_population_that_finds_nothing_shorter_begins_anew_and_keeps_its_best() -> None:
    problem = two_side_by_side()
    people = Population(problem, (0, 2, 4, 6))
    best = problem.finish_of(people.best)
    for _ in range(3 * STALLED):
        people.next_generation()
        assert is_allowed(problem, people.best)
        assert problem.finish_of(people.best) <= best
    assert people.rounds == 2
    assert problem.finish_of(people.best) == 4


def test_an_island_on_which_no_list_ends_in_time_begins_with_the_shortest_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = two_side_by_side()
    people = Population(problem, (0, 2, 4, 6))
    monkeypatch.setattr(people, "_justified", lambda *_: [island.starts[:0] for island in people.islands])
    for _ in range(STALLED + 2):
        people.next_generation()
    assert people.rounds == 1
    assert all(island.shortest == problem.finish_of(people.best) for island in people.islands)


def test_the_same_seed_and_number_of_generations_give_the_same_schedules() -> None:
    one, other = (Population(two_side_by_side(), (0, 2, 4, 6), seed=7) for _ in range(2))
    for people in (one, other):
        people.next_generation()
    assert all((a.starts == b.starts).all() for a, b in zip(one.islands, other.islands, strict=True))


def test_a_population_never_has_a_longer_best() -> None:
    problem = replace(two_side_by_side(), waits=(wait_until_even(0), None, None, None))
    people = Population(problem, (0, 2, 4, 6))
    first = problem.finish_of(people.best)
    people.next_generation()
    assert problem.finish_of(people.best) <= first
    assert people.cells > 0


def test_a_model_beyond_its_horizon_is_not_possible() -> None:
    assert not Model(chain(2, 2), 3).is_possible
    assert not Model(chain(2, 2), 4, least=5).is_possible
    assert Model(plain_problem((), (), ()), 0).is_possible


def test_a_watch_counts_work_or_asks_the_clock() -> None:
    ticks = iter((10.0, 12.0, 13.0))
    by_clock = Watch(Patience(5.0, clock=lambda: next(ticks)))
    by_clock.count(100.0)
    assert by_clock.elapsed == 2.0
    assert by_clock.left == 2.0
    by_work = Watch(Patience(5.0, clock=lambda: 0.0, is_repeatable=True))
    by_work.count(2.0)
    assert by_work.left == 3.0
    nobody(None)
    assert not never()
