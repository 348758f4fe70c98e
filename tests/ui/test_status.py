"""A plan that is under way opens on every page, whatever is recorded of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.portions import names
from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.ui.addresses import PAGES

KICKOFF = {"started": "2027-01-09", "finished": "2027-01-12"}
EVERYTHING = {task.id: {"started": "2027-01-04", "finished": "2027-01-04"} for task in bootstrap.phase_model().tasks}
UNDER_WAY: dict[str, dict[str, Any]] = {
    "under way": {"at": "2027-02-15", "tasks": {"kickoff": KICKOFF, "inventory": {"started": "2027-01-13"}}},
    "before the start": {"at": "2026-12-01", "tasks": {"kickoff": KICKOFF}},
    "after the end": {"at": "2028-09-01"},
    "all done on the first day": {"at": "2027-01-04", "tasks": EVERYTHING},
    "finished": {"at": "2028-09-01", "tasks": EVERYTHING},
    "done though out of scope": {"at": "2027-02-15", "tasks": {"hardware_order": KICKOFF, "no_such_task": KICKOFF}},
    "5,000 days left": {"at": "2027-02-15", "tasks": {"inventory": {"started": "2027-01-13", "remaining_days": 5000}}},
    "recorded without a date": {"tasks": {"kickoff": KICKOFF}},
}


@pytest.mark.parametrize("name", names(UNDER_WAY, "under way"))
@pytest.mark.extended
def test_a_plan_under_way_opens_on_every_page(screen: Screen, name: str) -> None:
    screen.load(json.dumps({"timeline": {"start": "2027-01-04"}, "status": UNDER_WAY[name]}).encode())
    assert screen.headline
    for page in PAGES:
        errors = screen.go(page).errors
        assert not errors or name == "5,000 days left", (page, errors)
