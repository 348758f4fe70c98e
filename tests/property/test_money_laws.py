"""Spread shares add up, and months count without gaps (M1, M16)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from zt_planner.domain.money import from_cents, rounded_product, spread_by_days, to_cents
from zt_planner.domain.month import Month, add_months

cents = st.integers(0, 10**12)
months = st.builds(Month, st.integers(2000, 2100), st.integers(1, 12))


@given(cents, st.lists(st.integers(0, 31), min_size=1, max_size=24).filter(any))
def test_the_months_of_a_line_add_up_to_the_line(amount: int, days: list[int]) -> None:
    shares = spread_by_days(from_cents(amount), tuple(days))
    assert sum(shares) == from_cents(amount)
    exact = [Fraction(amount * part, 100 * sum(days)) for part in days]
    assert all(abs(share - part) <= Fraction(1, 100) for share, part in zip(map(Fraction, shares), exact, strict=True))
    assert all(share == 0 for share, part in zip(shares, days, strict=True) if not part)


@given(st.fractions(-(10**9), 10**9))
def test_rounding_moves_an_amount_by_half_a_cent_at_most_and_treats_a_credit_as_its_charge(value: Fraction) -> None:
    rounded = rounded_product(value)
    assert abs(Fraction(rounded) - value) <= Fraction(1, 200)
    assert rounded == -rounded_product(-value)
    assert from_cents(to_cents(rounded)) == rounded


@given(st.integers(-(10**9), 10**9))
def test_half_a_cent_always_grows(whole: int) -> None:
    half = Decimal(whole).scaleb(-2) + Decimal("0.005").copy_sign(whole)
    assert abs(rounded_product(half)) > abs(half)


@given(months, st.integers(-600, 600))
def test_counting_forward_and_back_is_the_same_month(month: Month, step: int) -> None:
    assert month.plus(step).plus(-step) == month
    assert month.until(month.plus(step)) == step
    assert (month.plus(step) > month) == (step > 0)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(0, 100))
def test_the_same_day_months_later_lies_in_that_month(day: date, step: int) -> None:
    later = add_months(day, step)
    assert Month.of(later) == Month.of(day).plus(step)
    assert later.day == day.day or (later.day < day.day and later == Month.of(later).last_day)
