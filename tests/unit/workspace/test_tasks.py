"""Two people set figures for tasks at the same time: what differs is kept, what does not hold is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.conftest import Room
from zt_planner.domain.scenario.task_edits import TaskEdit
from zt_planner.domain.session import Role
from zt_planner.errors import NotAllowed, NothingToUndo, ScenarioError

EFFORT, WAIT = "tasks.edits.mfa_rollout.effort_days", "tasks.edits.mfa_rollout.wait_weeks"
OWN = "tasks.own.audit"
AUDIT: dict[str, Any] = {"step": "5", "name": "Audit", "effort_days": 3, "after": ["tuning"]}


def test_two_figures_of_one_task_are_both_kept(room: Room) -> None:
    editor = room.joined(Role.EDITOR, "Emil")
    room.workspace.change(room.owner, {EFFORT: 8})
    room.workspace.change(editor, {WAIT: 2})
    edits = room.now(room.owner).scenario.tasks.edits
    assert edits == {"mfa_rollout": TaskEdit(effort_days=Decimal(8), wait_weeks=2)}


def test_each_takes_back_their_own_figure_only(room: Room) -> None:
    editor = room.joined(Role.EDITOR, "Emil")
    room.workspace.change(room.owner, {EFFORT: 8})
    room.workspace.change(editor, {WAIT: 2, OWN: AUDIT})
    owner = room.workspace.undo(room.now(room.owner))
    assert owner.scenario.tasks.edits == {"mfa_rollout": TaskEdit(wait_weeks=2)}
    editor = room.workspace.undo(room.now(editor))
    assert editor.scenario.tasks.is_empty
    editor = room.workspace.redo(editor)
    assert editor.scenario.tasks.own["audit"].name == "Audit"


def test_an_own_task_that_others_went_on_with_is_not_taken_back(room: Room) -> None:
    editor = room.joined(Role.EDITOR, "Emil")
    room.workspace.change(editor, {OWN: AUDIT})
    room.workspace.change(room.now(room.owner), {OWN: {**AUDIT, "effort_days": 4}})
    with pytest.raises(NothingToUndo):
        room.workspace.undo(room.now(editor))
    assert room.now(editor).scenario.tasks.own["audit"].effort_days == 4


def test_a_circle_that_two_people_close_is_refused_for_the_second(room: Room) -> None:
    editor = room.joined(Role.EDITOR, "Emil")
    room.workspace.change(room.owner, {"tasks.edits.directory.after": ["mfa_pilot"], "tasks.edits.mfa_pilot.after": []})
    with pytest.raises(ScenarioError, match=r"tasks\.edits\.directory\.after: .* -> .* is a circle") as caught:
        room.workspace.change(editor, {"tasks.edits.mfa_pilot.after": ["directory"]})
    assert len(caught.value.problems) == 1
    assert room.now(editor).scenario.tasks.edits["mfa_pilot"].after == ()


def test_what_waits_for_a_task_that_is_gone_is_refused(room: Room) -> None:
    editor = room.joined(Role.EDITOR, "Emil")
    owner = room.workspace.change(room.owner, {OWN: AUDIT})
    room.workspace.change(owner, {OWN: None})
    with pytest.raises(ScenarioError, match="there is no task 'audit'"):
        room.workspace.change(editor, {"tasks.edits.exercise.after": ["audit"]})


def test_a_viewer_sets_nothing_for_tasks(room: Room) -> None:
    viewer = room.joined(Role.VIEWER, "Vera")
    with pytest.raises(NotAllowed):
        room.workspace.change(viewer, {EFFORT: 8})
    assert room.now(room.owner).scenario.tasks.is_empty
