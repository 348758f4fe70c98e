"""Money is exact to the cent and rounded once, half up (M1)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from zt_planner.domain.money import (
    exact_decimal,
    floor_div_round,
    from_cents,
    rounded,
    rounded_product,
    spread_by_days,
    to_cents,
    total,
)


def test_cents_survive_the_way_to_an_amount_and_back() -> None:
    assert from_cents(120_000_36) == Decimal("120000.36")
    assert to_cents(Decimal("120000.36")) == 120_000_36


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("1.004", "1.00"), ("1.005", "1.01"), ("2.675", "2.68"), ("-1.005", "-1.01"), ("-1.004", "-1.00"), ("0", "0.00")],
)
def test_half_a_cent_is_rounded_up_and_a_credit_as_its_charge(value: str, rounded: str) -> None:
    assert rounded_product(Decimal(value)) == Decimal(rounded)


def test_a_third_of_an_euro_is_rounded_from_the_exact_fraction() -> None:
    assert rounded_product(Fraction(1, 3)) == Decimal("0.33")


def test_a_product_is_rounded_once() -> None:
    # 1.005 x 1.005 is 1.010025; rounded on the way it would be 1.01 x 1.01, which is 1.02.
    assert rounded_product(Decimal("1.005"), Fraction(201, 200)) == Decimal("1.01")
    assert str(rounded_product(-3, Decimal("0.00"))) == "0.00"


def test_division_rounds_half_away_from_zero() -> None:
    assert [floor_div_round(numerator, 2) for numerator in (-3, -1, 0, 1, 3)] == [-2, -1, 0, 1, 2]


def test_the_total_of_nothing_is_zero_euro() -> None:
    assert total([]) == Decimal("0.00")
    assert total([Decimal("1.10"), Decimal("2.20")]) == Decimal("3.30")


def test_leftover_cents_go_one_each_to_the_earliest_months() -> None:
    # 100 cents by 1:1:1 are 33 each; one cent is left.
    assert spread_by_days(Decimal("1.00"), (1, 1, 1)) == (Decimal("0.34"), Decimal("0.33"), Decimal("0.33"))


def test_a_month_without_days_gets_no_leftover_cent() -> None:
    # 5 cents by 0:2:2 are 2 each; the cent that is left skips the empty month.
    assert spread_by_days(Decimal("0.05"), (0, 2, 2)) == (Decimal("0.00"), Decimal("0.03"), Decimal("0.02"))


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(-5, 2), 0, "-3"),
        (Decimal("0.125"), 2, "0.13"),
        (7, 1, "7.0"),
    ],
)
def test_what_is_shown_is_rounded_half_up(value: Fraction | Decimal | int, places: int, expected: str) -> None:
    assert str(rounded(value, places)) == expected


def test_quarters_and_decimals_are_exact_as_decimals() -> None:
    assert exact_decimal(Fraction(9, 4)) == Decimal("2.25")
    assert exact_decimal(0) == Decimal(0)
