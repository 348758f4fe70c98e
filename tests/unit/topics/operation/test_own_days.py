"""What is paid every month beside the days of the own team, at their value."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.handouts import handout
from tests.words import plain, told
from zt_planner.topics.operation.own_days import Monthly, monthly_of, monthly_words
from zt_planner.topics.view import View


def view(given: dict[str, Any] | None = None, *, shows_labour: bool = True) -> View:
    return handout(given or {}, shows_labour=shows_labour)


def words(paid: int, days: int, value: int) -> str:
    change = Monthly(Decimal(paid), Fraction(days), Decimal(value))
    return plain(str(told(monthly_words("B", change))))


def test_a_month_is_what_is_paid_and_what_the_own_days_are_worth() -> None:
    month = monthly_of(view().plan)
    assert month is not None
    assert month.paid == Decimal("2970.92")
    assert round(month.days, 2) == Fraction("6.49")
    assert month.together == month.paid + month.value


@pytest.mark.parametrize(
    ("change", "said", "verdict"),
    [
        ((1954, -4, -2233), "B costs EUR 1,954 a month more and saves 4.0 days", "EUR 279 a month better"),
        ((1800, -1, -327), "B costs EUR 1,800 a month more and saves 1.0 day", "EUR 1,473 a month worse"),
        ((300, 1, 500), "B costs EUR 300 a month more and takes 1.0 day", "EUR 800 a month worse"),
        ((-700, 1, 500), "B costs EUR 700 a month less and takes 1.0 day", "EUR 200 a month better"),
        ((-700, -1, -500), "B costs EUR 700 a month less and saves 1.0 day", "EUR 1,200 a month better"),
        ((0, 1, 500), "B costs the same a month and takes 1.0 day", "EUR 500 a month worse"),
        ((0, -1, -500), "B costs the same a month and saves 1.0 day", "EUR 500 a month better"),
        (
            (500, -1, -500),
            "B costs EUR 500 a month more and saves 1.0 day",
            "With your own days counted, it costs the same.",
        ),
    ],
)
def test_only_the_sum_is_better_or_worse(change: tuple[int, int, int], said: str, verdict: str) -> None:
    assert words(*change).startswith(said)
    assert verdict in words(*change)


def test_where_the_days_are_the_same_nothing_is_said() -> None:
    assert not words(100, 0, 0)
    assert not told(monthly_words("B", None))


def test_hidden_labour_and_missing_prices_are_not_told() -> None:
    hidden = view(shows_labour=False)
    assert monthly_of(hidden.plan) is None
    unpriced = view({"timeline": {"start": "2020-01-06", "mode": "capacity"}})
    assert monthly_of(unpriced.plan) is None
