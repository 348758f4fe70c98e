"""A kind of quantity is declared once."""

from __future__ import annotations

import pytest

from zt_planner.domain import units
from zt_planner.domain.units import Unit, UnitKind

UNITS = [unit for unit in vars(units).values() if isinstance(unit, Unit)]


def test_no_two_units_have_the_same_key() -> None:
    assert len({unit.key for unit in UNITS}) == len(UNITS)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.key)
def test_a_number_is_never_more_exact_for_those_who_decide_than_in_a_file(unit: Unit) -> None:
    assert list(unit.places) == sorted(unit.places, reverse=True)
    assert unit.is_number or not any(unit.places)


def test_days_differ_by_calendar_days_and_everything_else_by_its_own_unit() -> None:
    assert {unit for unit in UNITS if unit.of_difference is not unit} == {units.DAY}
    assert units.DAY.of_difference is units.CALENDAR_DAYS


def test_days_months_and_words_are_no_numbers() -> None:
    assert {unit.kind for unit in UNITS if not unit.is_number} == {UnitKind.DAY, UnitKind.MONTH, UnitKind.WORDS}


def test_only_shares_are_shown_as_another_number_than_they_are() -> None:
    assert {unit.factor for unit in UNITS if unit.kind is not UnitKind.SHARE} == {1}
    assert {unit.factor for unit in UNITS if unit.kind is UnitKind.SHARE} == {100}
