"""A plan in which everything is there or done already, and one at its bounds: every page opens with all its folds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.handouts import THERE
from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.ui.addresses import PAGES
from zt_planner.workspace.runners.job_runner import Jobs

ALL_DONE: dict[str, Any] = {"tasks": {"edits": {task.id: {"done": 1} for task in bootstrap.phase_model().tasks}}}
ODD: dict[str, Any] = {
    "company": {
        "employees": 1,
        "owned_licences": [
            {"licence": "m365-e5", "seats": 5000, "until": "2020-01-01"},
            {"licence": "m365-e5", "seats": 1, "until": "2100-12-31"},
            {"licence": "m365-f1"},
        ],
        "running": ["ztna", "managed_service"],
        "machines": 5000,
        "full_time_equivalents": 0.1,
    },
    "choices": {"identity_provider": "google", "risk_access": "everyone", "monitoring": "none"},
    "tasks": {"edits": {"mfa_rollout": {"done": 1}}},
}


@pytest.mark.extended
@pytest.mark.parametrize("given", [ALL_DONE, THERE, ODD], ids=["all done", "some is there", "odd"])
def test_every_page_opens(screen: Screen, given: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda run: run()))
    screen.load(json.dumps(given).encode())
    for page in PAGES:
        screen.open_all(page)
        assert [fault.message for fault in screen.app.exception] == [], page
