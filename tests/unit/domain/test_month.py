"""Months count, compare and print as budgets need them."""

from __future__ import annotations

from datetime import date

import pytest

from zt_planner.domain.month import Month, add_months, months_from


def test_a_month_knows_its_first_and_last_day() -> None:
    february = Month.of(date(2028, 2, 15))
    assert (february.first_day, february.last_day) == (date(2028, 2, 1), date(2028, 2, 29))


def test_months_count_across_years_in_both_directions() -> None:
    november = Month(2026, 11)
    assert november.plus(2) == Month(2027, 1)
    assert november.plus(-11) == Month(2025, 12)
    assert november.until(Month(2027, 1)) == 2
    assert Month(2027, 1).until(november) == -2


def test_a_month_is_written_as_in_files() -> None:
    assert str(Month(2027, 3)) == "2027-03"
    assert Month.from_text("2027-03") == Month(2027, 3)


def test_months_in_a_row_include_the_first() -> None:
    assert months_from(Month(2026, 12), 2) == (Month(2026, 12), Month(2027, 1))
    assert months_from(Month(2026, 12), 0) == ()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 4), 9, date(2027, 10, 4)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 1, 31), 0, date(2027, 1, 31)),
    ],
)
def test_the_same_day_months_later_is_the_months_last_day_where_it_is_shorter(
    day: date, months: int, later: date
) -> None:
    assert add_months(day, months) == later
