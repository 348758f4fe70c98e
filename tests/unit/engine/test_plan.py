"""What a plan is asked about."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import book, model, plan_for, quiet, task
from zt_planner.engine.case import case_of

MFA = model(task("mfa_rollout"), task("remote_mfa", after=("mfa_rollout",)), task("other"))


@pytest.mark.parametrize(
    ("edits", "already"),
    [
        ({}, False),
        ({"mfa_rollout": {"done": 1}}, False),
        ({"mfa_rollout": {"done": 1}, "remote_mfa": {"done": 0.9}}, False),
        ({"mfa_rollout": {"done": 1}, "remote_mfa": {"done": 1}}, True),
        ({"mfa_rollout": {"done": 1}, "remote_mfa": {"in_scope": False}}, True),
        ({"mfa_rollout": {"in_scope": False}, "remote_mfa": {"in_scope": False}}, False),
    ],
)
def test_everyone_has_mfa_already_where_it_was_all_done_before(edits: Any, *, already: bool) -> None:  # noqa: ANN401 - of tasks
    plan = plan_for(case_of(quiet(tasks__edits=edits), book(), MFA, today=date(2026, 11, 24)))
    assert plan.has_mfa_already is already
    assert not already or plan.headlines.mfa_date == plan.case.start
