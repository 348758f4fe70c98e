"""Serial schedules: what is placed first, what fits a ledger, and tries that only get shorter."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from tests.problems import chain, is_allowed, ledger_of
from zt_planner.engine.rcpsp.problem import (
    Resource,
    period_sums,
    plain_problem,
)
from zt_planner.engine.rcpsp.serial import LedgerAccount, precedence_list, serial_schedule, tries, urgent_first


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
