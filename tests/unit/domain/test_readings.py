"""Which numbers can be read in two ways, and how to write each reading."""

from __future__ import annotations

import pytest

from zt_planner.domain.readings import has_two_readings, readings, without_accents


@pytest.mark.parametrize(
    ("text", "thousands", "decimals"),
    [
        ("1.200", "1200", "1.20"),
        ("1,200", "1200", "1.20"),
        ("999.000", "999000", "999.00"),
        ("1.234", "1234", "1.2340"),
        ("-1.200", "-1200", "-1.20"),
    ],
)
def test_a_mark_before_three_digits_is_that_of_the_thousands_or_of_the_decimals(
    text: str, thousands: str, decimals: str
) -> None:
    assert has_two_readings(text)
    assert readings(text) == (thousands, decimals)
    assert not any(map(has_two_readings, (thousands, decimals)))


@pytest.mark.parametrize(
    "text", ["", "1200", "1.20", "1.2000", "1200.500", "0.125", "0,500", "1.234.567", "1,200.50", "1.200 EUR"]
)
def test_anything_else_has_one_reading_at_most(text: str) -> None:
    assert not has_two_readings(text)


def test_names_that_people_type_are_compared_without_accents_case_and_spaces() -> None:
    assert without_accents("  Catégorie \t Coût ") == without_accents("CATEGORIE cout") == "categorie cout"
