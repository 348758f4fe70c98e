"""Tasks are changed on the Roadmap page: the table, own tasks, the model's figures again; viewers change nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.ui.meeting import Meeting, everything
from tests.ui.screen import Screen
from tests.ui.typed_table import Table, add_task
from zt_planner.domain.scenario.task_edits import TaskEdit
from zt_planner.engine.plan import StoppedPlan
from zt_planner.language import LanguageCode
from zt_planner.topics.roadmap.grid import COLUMNS
from zt_planner.ui.state import session
from zt_planner.ui.state.tab import TAB

ROLLOUT, KICKOFF = "MFA roll-out in waves, with training", "Kick-off, sponsor, scope, NIS2 applicability check"
PILOT = "MFA method, security defaults, pilot with IT and volunteers (10%)"


def test_the_page_draws_the_real_table(screen: Screen) -> None:
    screen.go("roadmap", "fold:task_rows")
    (drawn,) = screen.app.dataframe
    assert drawn.proto.editing_mode == drawn.proto.EditingMode.FIXED
    assert len(drawn.value) == len(session.workspace().phase_model.tasks)
    assert set(COLUMNS) < set(drawn.value.columns)


def test_a_cell_changes_the_plan_and_the_table_stays_the_same_one(roadmap: Screen, table: Table) -> None:
    before, key = roadmap.headline, table.key
    table.type(ROLLOUT, "effort_days", "8.5")
    roadmap.run()
    assert roadmap.scenario.tasks.edits == {"mfa_rollout": TaskEdit(effort_days=Decimal("8.5"))}
    assert roadmap.headline != before
    assert table.key == key
    assert any("own effort" in text for text in roadmap.tables[0].iloc[:, 1])
    table.type(ROLLOUT, "after", [KICKOFF])
    table.type(PILOT, "earliest_start", date(2027, 5, 3))
    roadmap.run()
    edits = roadmap.scenario.tasks.edits
    assert edits["mfa_rollout"].after == ("kickoff",)
    assert edits["mfa_pilot"].earliest_start == date(2027, 5, 3)
    assert table.key == key


@pytest.mark.extended
def test_an_undo_gives_another_table_with_the_plan_s_figures(roadmap: Screen, table: Table) -> None:
    key = table.key
    table.type(ROLLOUT, "effort_days", "8.5")
    roadmap.run().press("step:undo")
    assert roadmap.scenario.tasks.is_empty
    assert table.key != key
    assert table.row(ROLLOUT)["effort_days"] == "5"


@pytest.mark.extended
def test_an_empty_cell_takes_the_model_s_figure_again(roadmap: Screen, table: Table) -> None:
    table.type(ROLLOUT, "wait_weeks", "2")
    roadmap.run()
    table.type(ROLLOUT, "wait_weeks", None)
    roadmap.run()
    assert roadmap.scenario.tasks.is_empty
    assert table.row(ROLLOUT)["wait_weeks"] == "0"


def test_a_task_is_ticked_as_done_or_its_share_typed(roadmap: Screen, table: Table) -> None:
    table.type(ROLLOUT, "is_done", value=True)
    roadmap.run()
    assert roadmap.scenario.tasks.edits == {"mfa_rollout": TaskEdit(done=Decimal(1))}
    assert (bool(table.row(ROLLOUT)["is_done"]), table.row(ROLLOUT)["done"]) == (True, "100")
    assert bool(table.row(ROLLOUT)["in_scope"])
    assert "mfa_rollout" not in {task.task.id for task in roadmap.plan.tasks}
    table.type(ROLLOUT, "done", "40")
    roadmap.run()
    assert roadmap.scenario.tasks.edits == {"mfa_rollout": TaskEdit(done=Decimal("0.4"))}
    assert (bool(table.row(ROLLOUT)["is_done"]), table.row(ROLLOUT)["done"]) == (False, "40")
    table.type(ROLLOUT, "is_done", value=True)
    roadmap.run()
    table.type(ROLLOUT, "is_done", value=False)
    roadmap.run()
    assert roadmap.scenario.tasks.is_empty
    table.type(ROLLOUT, "done", "140")
    roadmap.run()
    (said,) = roadmap.errors
    assert said.startswith(f"{ROLLOUT}, column Done before, %: 140 is not between 0 and 100")
    assert roadmap.scenario.tasks.is_empty


def test_what_is_done_saves_is_one_line_that_opens_to_the_bridge(roadmap: Screen, table: Table) -> None:
    table.type(ROLLOUT, "is_done", value=True)
    roadmap.run().go("plan")
    (line,) = (fold.label for fold in roadmap.app.expander if fold.label.startswith("Work already done saves"))
    assert "EUR" in line
    tables = len(roadmap.tables)
    roadmap.unfold("fold:done_before")
    assert len(roadmap.tables) == tables + 1


def test_a_circle_is_spelled_out_and_changes_nothing(roadmap: Screen, table: Table) -> None:
    before = roadmap.scenario
    table.type(PILOT, "after", [ROLLOUT])
    roadmap.run()
    (said,) = roadmap.errors
    assert said.startswith(f"What {PILOT} waits for: {PILOT} -> {ROLLOUT} -> {PILOT} is a circle: each task waits")
    assert roadmap.scenario == before


@pytest.mark.extended
def test_what_others_change_is_shown_and_not_set_back(meeting: Meeting, table: Table) -> None:
    mine, theirs = meeting.owner.go("roadmap", "fold:task_rows"), meeting.editor
    table.type(ROLLOUT, "effort_days", "8")
    mine.run()
    state = theirs.run().state
    theirs.app.session_state[TAB].state = session.workspace().change(state, {"tasks.edits.mfa_rollout.effort_days": 9})
    mine.run()
    assert mine.scenario.tasks.edits["mfa_rollout"].effort_days == 9
    assert table.row(ROLLOUT)["effort_days"] == "9"


@pytest.mark.extended
def test_a_task_is_taken_out_and_put_back(roadmap: Screen, table: Table) -> None:
    table.type(ROLLOUT, "in_scope", value=False)
    roadmap.run()
    assert roadmap.scenario.tasks.edits["mfa_rollout"].in_scope is False
    assert f"Taken out of the plan: {ROLLOUT}." in roadmap.captions or any(ROLLOUT in text for text in roadmap.captions)
    assert any("awareness training" in text for text in roadmap.warnings)
    table.type(ROLLOUT, "in_scope", value=True)
    roadmap.run()
    assert roadmap.scenario.tasks.is_empty


@pytest.mark.extended
def test_a_plan_without_any_task_can_be_put_right_again(roadmap: Screen, table: Table) -> None:
    assert table.frame is not None
    for name in table.frame["name"]:
        table.type(name, "in_scope", value=False)
    roadmap.run()
    assert isinstance(roadmap.any_plan, StoppedPlan)
    assert len(roadmap.errors) == 1
    table.type(KICKOFF, "in_scope", value=True)
    roadmap.run()
    assert [found.task.id for found in roadmap.plan.tasks] == ["kickoff"]


def test_a_task_of_one_s_own_is_added_changed_and_taken_out(roadmap: Screen, table: Table) -> None:
    roadmap.unfold("fold:own_task")
    (after,) = roadmap.app.multiselect
    after.set_value(["mfa_pilot"])
    add_task(roadmap, name="<b>Audit</b> =1+1", effort_days="4.5", external_share="25", wait_weeks="1")
    own = roadmap.scenario.tasks.own["b-audit-b-1-1"]
    assert (own.name, own.effort_days, own.external_share, own.wait_weeks, own.after) == (
        "<b>Audit</b> =1+1",
        Decimal("4.5"),
        Decimal("0.25"),
        1,
        ("mfa_pilot",),
    )
    assert all(not field.value for field in roadmap.app.text_input if (field.key or "").startswith("own_task:"))
    table.type(ROLLOUT, "after", ["<b>Audit</b> =1+1"])
    roadmap.run()
    roadmap.move("own_task:which:en", "b-audit-b-1-1")
    add_task(roadmap, name="Audit", effort_days="6")
    changed = roadmap.scenario.tasks.own["b-audit-b-1-1"]
    assert (changed.name, changed.effort_days, changed.external_share) == ("Audit", Decimal(6), Decimal("0.25"))
    roadmap.move("reset_task:en", "b-audit-b-1-1").press("reset_task")
    assert roadmap.scenario.tasks.is_empty


@pytest.mark.extended
def test_a_form_that_is_wrong_keeps_what_was_typed(roadmap: Screen, says: Says) -> None:
    roadmap.unfold("fold:own_task")
    add_task(roadmap, name="Audit", effort_days="", wait_weeks="x")
    says(roadmap.errors)
    assert roadmap.scenario.tasks.is_empty
    add_task(roadmap, name=" ", effort_days="3", wait_weeks="1")
    says(roadmap.errors)
    add_task(roadmap, name="Audit")
    assert roadmap.scenario.tasks.own["audit"].wait_weeks == 1


@pytest.mark.extended
def test_a_task_that_others_have_taken_out_meanwhile_is_added_anew(meeting: Meeting) -> None:
    mine, theirs = meeting.owner.go("roadmap", "fold:own_task"), meeting.editor
    add_task(mine, name="Audit", effort_days="3")
    mine.move("own_task:which:en", "audit")
    theirs.run()
    session.workspace().change(theirs.state, {"tasks.own.audit": None})
    add_task(mine, name="Audit", effort_days="5")
    assert mine.scenario.tasks.own["audit"].effort_days == 5


@pytest.mark.extended
def test_the_model_s_figures_are_taken_again(roadmap: Screen, table: Table) -> None:
    table.type(ROLLOUT, "effort_days", "8")
    table.type(PILOT, "wait_weeks", "2")
    roadmap.run()
    roadmap.move("reset_task:en", "mfa_pilot").press("reset_task")
    assert list(roadmap.scenario.tasks.edits) == ["mfa_rollout"]
    assert table.row(PILOT)["wait_weeks"] == "0"


@pytest.mark.extended
def test_a_german_types_german_numbers(table: Table) -> None:
    roadmap = Screen(LanguageCode.GERMAN, language="de").go("roadmap", "fold:task_rows")
    assert table.frame is not None
    name = next(name for name in table.frame["name"] if name.startswith("MFA-Einf"))
    table.type(name, "effort_days", "8,5")
    roadmap.run()
    assert roadmap.scenario.tasks.edits["mfa_rollout"].effort_days == Decimal("8.5")
    assert table.row(name)["effort_days"] == "8,5"


@pytest.mark.extended
def test_a_viewer_sees_what_is_own_and_can_change_nothing(meeting: Meeting) -> None:
    owner, viewer = meeting.owner.run(), meeting.viewer
    values = {"tasks.edits.mfa_rollout.effort_days": 8, "tasks.edits.ztna.in_scope": False}
    owner.app.session_state[TAB].state = session.workspace().change(owner.state, values)
    viewer.go("roadmap")
    for key in ("fold:task_rows", "fold:own_task", "reset_task"):
        assert not viewer.has(key)
    shown = everything(viewer)
    assert "own effort" in shown
    assert "Taken out of the plan" in shown
