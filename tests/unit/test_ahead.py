"""The next step of a slider is guessed where one whole number was stepped, and only within its bounds."""

from __future__ import annotations

from typing import Any

import pytest

from zt_planner.domain.scenario import Scenario
from zt_planner.workspace.ahead import next_step


@pytest.mark.parametrize(
    ("path", "old", "new", "following"),
    [
        ("company.employees", 120, 121, 122),
        ("company.employees", 120, 118, 116),
        ("timeline.target_months", 9, 8, 7),
        ("company.employees", 2, 1, None),
        ("choices.monitoring", "siem", "mdr", None),
        ("timeline.year_end_freeze", True, False, None),
        ("company.devices", None, 10, None),
        ("company.employees", 120, 120, None),
    ],
)
def test_a_whole_number_that_was_stepped_is_stepped_once_more(path: str, old: Any, new: Any, following: Any) -> None:  # noqa: ANN401 - values of every kind
    before, after = Scenario().changed(path, old), Scenario().changed(path, new)
    expected = None if following is None else Scenario().changed(path, following)
    assert next_step(before, after) == expected


def test_two_changes_at_once_have_no_next_step() -> None:
    after = Scenario().changed("company.employees", 121).changed("company.sites", 3)
    assert next_step(Scenario(), after) is None
