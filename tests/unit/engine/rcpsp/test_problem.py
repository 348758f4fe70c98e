"""Problems: windows, faults, and what a schedule spends by period."""

from __future__ import annotations

from dataclasses import replace

from tests.problems import chain, ledger_of, two_side_by_side, wait_until_even
from zt_planner.engine.rcpsp.problem import (
    Resource,
    chain_bound,
    earliest_starts,
    latest_starts,
    plain_problem,
)
from zt_planner.engine.rcpsp.serial import LedgerAccount


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


def test_no_end_is_early_enough_for_a_start_before_every_wait() -> None:
    assert replace(chain(2, 3), waits=(wait_until_even(3), None)).latest_end(0, 1, 1) == 0


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
