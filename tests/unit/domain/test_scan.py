"""What a scan says: quantities that fit together, and one result for the rows of a control."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from zt_planner.domain.scan import (
    ControlOutcome,
    CountKind,
    Quantity,
    Result,
    Tally,
    UnseenReason,
    combined,
    counted_result,
    quantity_of,
    tallies,
    unseen_result,
)

PASSED, FAILED = Result("c", ControlOutcome.PASSED), Result("c", ControlOutcome.FAILED)
MANUAL, MUTED = unseen_result("c", UnseenReason.MANUAL), unseen_result("c", UnseenReason.SET_ASIDE)


@pytest.mark.parametrize(("count", "total"), [(None, 5), (5, None), (1, 0), (6, 5), (-1, 5)])
def test_numbers_that_do_not_fit_together_are_no_quantity(count: int | None, total: int | None) -> None:
    assert quantity_of(count, total) is None


def test_so_many_of_so_many_is_a_share() -> None:
    assert quantity_of(1165, 1250) == Quantity(Fraction(233, 250), 1165, 1250)


@pytest.mark.parametrize(
    ("count", "outcome"), [(0, ControlOutcome.FAILED), (3, ControlOutcome.PARTLY), (5, ControlOutcome.PASSED)]
)
def test_a_control_that_counts_passed_where_all_have_it_and_failed_where_nobody_has(
    count: int, outcome: ControlOutcome
) -> None:
    assert counted_result("c", quantity_of(count, 5)) == Result("c", outcome, None, quantity_of(count, 5))


def test_what_was_not_counted_says_nothing() -> None:
    assert counted_result("c", None) == unseen_result("c", UnseenReason.NOT_COUNTED)


def test_nothing_counted_is_no_count() -> None:
    numbers = {CountKind.PEOPLE: 80, CountKind.GUESTS: 0, CountKind.DEVICES: None}
    assert tallies(numbers) == (Tally(CountKind.PEOPLE, 80),)


@pytest.mark.parametrize(
    ("rows", "outcome", "passed"),
    [
        ((PASSED, PASSED), ControlOutcome.PASSED, (2, 2)),
        ((FAILED, FAILED), ControlOutcome.FAILED, (0, 2)),
        ((PASSED, FAILED), ControlOutcome.PARTLY, (1, 2)),
        ((PASSED, FAILED, MANUAL), ControlOutcome.PARTLY, (1, 2)),
        ((FAILED, MANUAL), ControlOutcome.FAILED, (0, 1)),
        ((PASSED, FAILED, MUTED), ControlOutcome.PARTLY, (1, 2)),
    ],
)
def test_rows_pass_only_together_in_whatever_order(
    rows: tuple[Result, ...], outcome: ControlOutcome, passed: tuple[int, int]
) -> None:
    for order in permutations(rows):
        assert combined("c", order) == Result("c", outcome, None, quantity_of(*passed))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((PASSED,), PASSED),
        ((PASSED, MUTED), PASSED),
        ((MUTED, MUTED), MUTED),
        ((PASSED, MANUAL), MANUAL),
        ((MANUAL, MANUAL), MANUAL),
    ],
)
def test_a_row_that_says_nothing_leaves_nothing_passed(rows: tuple[Result, ...], said: Result) -> None:
    for order in permutations(rows):
        assert combined("c", order) == said
