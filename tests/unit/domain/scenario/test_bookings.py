"""What a booking is of is read from its key and written again."""

from __future__ import annotations

import pytest

from zt_planner.domain.categories import BOOKABLE_CATEGORIES, CostCategory
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.bookings import Booked


@pytest.mark.parametrize("key", ["2027-03/licence/mfa_rollout", "2027-12/consultant/"])
def test_a_key_is_written_again_as_it_was_read(key: str) -> None:
    assert Booked.of(key).key == key
    path = f"status.bookings.{key}"
    assert Booked.at(path) == Booked.of(key)
    assert Booked.of(key).path == path


def test_a_booking_is_of_a_month_a_category_and_a_task() -> None:
    assert Booked.of("2027-03/licence/ztna") == (Month(2027, 3), CostCategory.LICENCE, "ztna")
    assert CostCategory.CONTINGENCY not in BOOKABLE_CATEGORIES


@pytest.mark.parametrize(
    "path",
    ["status.closed", "status.bookings.", "status.bookings.2027-13/licence/", "status.bookings.0000-01/licence/"],
)
def test_other_paths_are_those_of_no_booking(path: str) -> None:
    assert Booked.at(path) is None
