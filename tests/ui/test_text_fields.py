"""What people write is refused where it stands, with the reason, and stays there: names and notes."""

from __future__ import annotations

import pytest

from tests.approval import Says
from tests.ui.meeting import Meeting, kept
from tests.ui.screen import Screen
from zt_planner.domain.session import NOTES_LENGTH, Rules

COMPANY = "Company name (optional)"


@pytest.mark.extended
def test_notes_that_are_refused_stay_in_their_field_until_they_are_mended_or_dropped(meeting: Meeting) -> None:
    owner, editor, _ = meeting
    owner.go("share", "fold:notes").move("notes", "Agenda")
    for text in ("x" * (NOTES_LENGTH + 1), "y" * (NOTES_LENGTH + 2)):
        owner.move("notes", text)
        assert owner.shows("notes") == text
        assert [f"have {len(text)} characters" in error for error in owner.errors] == [True]
    editor.go("share", "fold:notes").move("notes", "Agenda\nBudget")
    assert owner.run().shows("notes") == "y" * (NOTES_LENGTH + 2)
    assert owner.go("budget").go("share", "fold:notes").shows("notes") == "y" * (NOTES_LENGTH + 2)
    owner.move("notes", "Agenda\nHoliday")
    assert not owner.errors
    assert owner.shows("notes") == kept(owner).notes == "Agenda\nBudget\nHoliday"
    owner.move("notes", "z" * (NOTES_LENGTH + 1)).press("drop:notes")
    assert not owner.errors
    assert owner.shows("notes") == "Agenda\nBudget\nHoliday"


@pytest.mark.extended
def test_notes_that_are_written_while_the_session_is_being_locked_are_not_lost(meeting: Meeting) -> None:
    _, editor, _ = meeting
    editor.go("share", "fold:notes")
    meeting.set_rules(Rules(is_locked=True))
    editor.move("notes", "What nobody else has heard")
    assert editor.shows("notes") == "What nobody else has heard"
    assert [error.startswith("You can watch this plan, but not change it now") for error in editor.errors] == [True]
    assert not kept(editor).notes
    meeting.set_rules(Rules())
    editor.run().move("notes", "What nobody else has heard!")
    assert kept(editor).notes == "What nobody else has heard!"
    assert not editor.errors


@pytest.mark.extended
def test_an_unprintable_name_is_refused_and_said_so(meeting: Meeting) -> None:
    editor = meeting.editor.go("share", "fold:notes").move("my_name", "\u202e")
    assert any("cannot be a name" in error for error in editor.errors)
    assert editor.shows("my_name") == "\u202e"
    assert kept(editor).me == meeting.editor.state.me
    assert editor.press("drop:my_name").shows("my_name") == "Emil"
    assert not editor.errors


@pytest.mark.extended
def test_the_name_of_a_state_that_is_refused_stays_in_its_field(screen: Screen) -> None:
    screen.run().move("company.employees:field", 180).go("record")
    screen.set("snapshot:0:name", "s" * 61)
    screen.press("FormSubmitter:snapshot-Save this state")
    assert [error.startswith("'sss") for error in screen.errors] == [True]
    assert screen.shows("snapshot:0:name") == "s" * 61
    refused = screen.errors
    assert screen.run().errors == refused
    screen.set("snapshot:0:name", "Before the budget round")
    screen.press("FormSubmitter:snapshot-Save this state")
    assert not screen.errors
    assert screen.shows("snapshot:1:name") == ""
    assert "Go back to it" in [button.label for button in screen.app.button]


@pytest.mark.extended
def test_people_that_can_be_read_in_two_ways_are_asked_about_in_the_form(screen: Screen, says: Says) -> None:
    screen.run().press("own")
    (people,) = (field for field in screen.app.text_input if field.label == "How many people?")
    people.set_value("1.000")
    screen.press("show_plan")
    says(screen.errors)
    assert screen.scenario.company.employees == 120
    (people,) = (field for field in screen.app.text_input if field.label == "How many people?")
    assert people.value == "1.000"
    people.set_value("1,000")
    screen.press("show_plan")
    assert screen.scenario.company.employees == 1000


@pytest.mark.extended
def test_a_company_name_that_is_refused_leaves_the_answers_as_they_are(screen: Screen) -> None:
    screen.run().press("own")
    people, name = (field for field in screen.app.text_input if field.label in {"How many people?", COMPANY})
    people.set_value("180")
    name.set_value("x" * 81)
    screen.press("show_plan")
    assert [error.partition(":")[0] for error in screen.errors] == ["company.name"]
    assert screen.scenario.company.employees == 120
    people, name = (field for field in screen.app.text_input if field.label in {"How many people?", COMPANY})
    assert (people.value, name.value) == ("180", "x" * 81)
    name.set_value("Müller GmbH")
    screen.press("show_plan")
    assert (screen.scenario.company.employees, screen.scenario.company.name) == (180, "Müller GmbH")
