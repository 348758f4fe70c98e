"""What is refused is said at the head of the page, once, however the page came to be drawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.approval import Says
from tests.ui.downloads import caught
from tests.ui.meeting import Meeting
from tests.ui.screen import Screen
from tests.ui.typed_table import Table
from zt_planner.errors import FieldProblem, NothingToUndo, ScenarioError, StoreTakenAway
from zt_planner.ui.state import widgets
from zt_planner.ui.state.tab import TAB
from zt_planner.workspace import Workspace

PEOPLE = "company.employees:field"


@pytest.mark.extended
def test_a_refusal_is_shown_after_a_grid_has_had_the_page_drawn_again(screen: Screen, table: Table) -> None:
    screen.go("roadmap", "fold:task_rows")
    screen.app.session_state[TAB].refused = (NothingToUndo(),)
    table.type("MFA roll-out in waves, with training", "effort_days", "8")
    screen.run()
    assert screen.scenario.tasks.edits
    assert len(screen.errors) == 1
    assert screen.errors[0].startswith("You have no change left to undo")
    assert not screen.run().errors


@pytest.mark.extended
def test_why_a_file_was_refused_is_said_by_the_next_run(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise StoreTakenAway

    with caught() as files:
        meeting.owner.run()
    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "reopened", refuse)
        with pytest.raises(StoreTakenAway):
            files["Save the session as a file"]()
    assert len(meeting.owner.run().errors) == 1
    assert not meeting.owner.run().errors


@pytest.mark.extended
def test_a_refused_number_that_waited_behind_a_valid_one_stays_in_its_field(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    takes: dict[str, Callable[[str], None]] = {}
    edited = widgets.edited

    def note(key: str, take: Callable[[Any], None]) -> Callable[[], None]:
        takes[key] = take
        return edited(key, take)

    monkeypatch.setattr(widgets, "edited", note)
    screen.run()
    take = takes[PEOPLE]
    screen.app.session_state[TAB].edits.extend([partial(take, "130"), partial(take, "5001")])
    screen.run()
    assert screen.scenario.company.employees == 130
    assert screen.shows(PEOPLE) == "5001"
    assert screen.errors[0].startswith("People: 5,001 is not between 1 and 5,000.")
    assert screen.errors[0].endswith("Until then, 130 applies.")
    screen.move("company.employees:slider", 140)
    assert screen.shows(PEOPLE) == "140"


def test_a_refused_field_is_named_as_the_screen_names_it(screen: Screen, says: Says) -> None:
    screen.run().app.session_state[TAB].refused = (
        ScenarioError((FieldProblem("company.employees", "0 is too low", "Write 1"),)),
    )
    says(screen.run().errors)
