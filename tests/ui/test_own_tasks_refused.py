"""What is typed into the table of tasks and refused stays, with its reason, and waits until it can be done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.ui.meeting import Meeting
from tests.ui.screen import Screen
from tests.ui.typed_table import Table, add_task, refuse_elsewhere
from tests.words import GERMAN
from zt_planner.domain.scenario.task_edits import TaskEdit
from zt_planner.language import LanguageCode
from zt_planner.ui.state import session

ROLLOUT, KICKOFF = "MFA roll-out in waves, with training", "Kick-off, sponsor, scope, NIS2 applicability check"
PILOT = "MFA method, security defaults, pilot with IT and volunteers (10%)"

pytestmark = pytest.mark.extended


def test_a_wrong_cell_is_named_and_kept_and_holds_no_other_back(roadmap: Screen, table: Table) -> None:
    table.type(ROLLOUT, "effort_days", "eight")
    table.type(PILOT, "effort_days", "3")
    roadmap.run()
    assert roadmap.errors == [
        f"{ROLLOUT}, column Effort, days: 'eight' cannot be read as a number. Write it as in 1,150.50."
    ]
    assert list(roadmap.scenario.tasks.edits) == ["mfa_pilot"]
    assert [table.is_marked(name) for name in (ROLLOUT, PILOT)] == [True, False]
    key = table.key
    table.type(ROLLOUT, "effort_days", "8")
    assert not roadmap.run().errors
    assert (table.key, table.is_marked(ROLLOUT)) == (key, False)
    assert roadmap.scenario.tasks.edits["mfa_rollout"].effort_days == 8


def test_what_was_typed_is_there_again_after_another_page_and_can_be_dropped(roadmap: Screen, table: Table) -> None:
    table.type(ROLLOUT, "effort_days", "eight")
    roadmap.run().go("budget")
    del roadmap.app.session_state[table.key]
    roadmap.app.session_state["fold:task_rows"] = False
    roadmap.go("roadmap")
    assert any("Open it to see why" in text for text in roadmap.warnings)
    roadmap.unfold("fold:task_rows")
    assert table.row(ROLLOUT)["effort_days"] == "eight"
    assert len(roadmap.errors) == 1
    roadmap.press("drop:task_rows")
    assert table.row(ROLLOUT)["effort_days"] == "5"
    assert not roadmap.errors
    assert roadmap.scenario.tasks.is_empty


def test_a_refused_circle_is_kept_in_another_language(roadmap: Screen, table: Table) -> None:
    table.type(PILOT, "after", [ROLLOUT])
    roadmap.run()
    speak_german(roadmap)
    assert table.frame is not None
    names = dict(zip(task_ids(roadmap), table.frame["name"].str.removeprefix("\N{WARNING SIGN} "), strict=True))
    assert table.row(names["mfa_pilot"])["after"] == [names["mfa_rollout"]]
    (said,) = roadmap.errors
    assert "ist ein Kreis" in said


@pytest.mark.parametrize(
    "theirs", [{"tasks.own.audit": {"step": "1", "name": "Review", "effort_days": 3}}, {"tasks.own.audit": None}]
)
def test_a_refused_cell_names_a_task_that_a_colleague_renames_or_removes(
    theirs: dict[str, object], meeting: Meeting, table: Table
) -> None:
    mine = meeting.owner.go("roadmap", "fold:task_rows", "fold:own_task")
    add_task(mine, name="Audit", effort_days="3")
    table.type("Audit", "after", ["Audit", KICKOFF])
    table.type(PILOT, "after", ["Audit", ROLLOUT])
    mine.run()
    assert len(mine.errors) == 2
    session.workspace().change(meeting.editor.run().state, theirs)
    mine.run()
    is_gone = theirs["tasks.own.audit"] is None
    assert table.row(PILOT)["after"] == ["audit" if is_gone else "Review", ROLLOUT]
    assert any("there is no audit any more" in text for text in mine.errors) == is_gone
    assert len(mine.errors) == (1 if is_gone else 2)


def test_another_language_sets_no_number_that_was_refused(roadmap: Screen, table: Table) -> None:
    table.type(ROLLOUT, "effort_days", "8,5")
    roadmap.run()
    assert len(roadmap.errors) == 1
    speak_german(roadmap)
    assert roadmap.scenario.tasks.is_empty
    (said,) = roadmap.errors
    assert "Aufwand" in said
    roadmap.press("apply:drop:task_rows")
    assert roadmap.scenario.tasks.edits == {"mfa_rollout": TaskEdit(effort_days=Decimal("8.5"))}
    assert not roadmap.errors
    assert not roadmap.has("apply:drop:task_rows")


def test_a_refused_cell_waits_for_a_press_after_a_colleague_has_made_room(meeting: Meeting, table: Table) -> None:
    mine = meeting.owner.go("roadmap", "fold:task_rows")
    table.type(PILOT, "after", [ROLLOUT])
    mine.run()
    assert not mine.has("apply:drop:task_rows")
    session.workspace().change(meeting.editor.run().state, {"tasks.edits.mfa_rollout.after": []})
    mine.run()
    assert list(mine.scenario.tasks.edits) == ["mfa_rollout"]
    assert mine.errors == [
        f"{PILOT}, column Waits for: this is valid now, but not in the plan. Apply what you typed, or drop it."
    ]
    mine.press("apply:drop:task_rows")
    assert mine.scenario.tasks.edits["mfa_pilot"].after == ("mfa_rollout",)
    assert not mine.errors


def test_a_cell_typed_into_a_row_takes_what_waits_there_along(roadmap: Screen, table: Table) -> None:
    table.type(ROLLOUT, "earliest_start", date(2027, 5, 3))
    roadmap.run()
    table.type(ROLLOUT, "fixed_start", date(2027, 5, 10))
    roadmap.run()
    assert len(roadmap.errors) == 1
    table.type(ROLLOUT, "earliest_start", None)
    roadmap.run()
    assert roadmap.scenario.tasks.edits == {"mfa_rollout": TaskEdit(fixed_start=date(2027, 5, 10))}
    assert not roadmap.errors


def test_a_waiting_cell_is_done_once_the_plan_says_the_same(meeting: Meeting, table: Table) -> None:
    mine = meeting.owner.go("roadmap", "fold:task_rows")
    table.type(PILOT, "after", [ROLLOUT])
    mine.run()
    values = {"tasks.edits.mfa_rollout.after": [], "tasks.edits.mfa_pilot.after": ["mfa_rollout"]}
    session.workspace().change(meeting.editor.run().state, values)
    assert not mine.run().errors


def test_what_was_refused_elsewhere_holds_no_cell_back(
    roadmap: Screen, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_elsewhere(table, monkeypatch)
    table.type(ROLLOUT, "effort_days", "8")
    roadmap.run()
    assert not roadmap.has("drop:task_rows")
    assert any(text.startswith("You have no change left to undo") for text in roadmap.errors)


def speak_german(screen: Screen) -> None:
    """Switch to German; the table is opened again, as `AppTest` closes what has another label."""
    screen.language = GERMAN
    screen.move("language", LanguageCode.GERMAN).unfold("fold:task_rows")


def task_ids(screen: Screen) -> list[str]:
    """Return the ids of the table's rows in their order."""
    return [task.id for task in sorted(screen.plan.case.model.tasks, key=lambda it: it.step)]


def test_many_wrong_cells_are_counted(roadmap: Screen, table: Table) -> None:
    assert table.frame is not None
    for name in table.frame["name"][:8]:
        table.type(name, "wait_weeks", "-1")
    roadmap.run()
    assert len(roadmap.errors) == 5
    assert "3 more problems" in roadmap.captions
