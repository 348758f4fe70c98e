"""What somebody does while a variant becomes the plan, or what they see is deleted or replaced."""

from __future__ import annotations

from functools import partial

import pytest

from tests.ui.colleagues import PEOPLE, UNDO, colleague, try_variant
from tests.ui.meeting import Meeting
from tests.ui.screen import Screen, said
from zt_planner import bootstrap
from zt_planner.workspace import State

FIELD = "company.employees:field"


def notices(screen: Screen) -> list[str]:
    """Return what the page notes."""
    return [said(element.value) for element in screen.app.info]


@pytest.mark.extended
def test_who_moves_a_variant_that_somebody_deletes_reads_it_and_moves_nothing(screen: Screen) -> None:
    try_variant(screen.run())
    other = colleague(screen)
    workspace = bootstrap.workspace()
    workspace.edit(workspace.open(other.key), partial(State.without_variant, mark=screen.state.mark))
    screen.move(PEOPLE, 200)
    assert (screen.state.shown, screen.scenario.company.employees) == ("A", 120)
    assert any("Variant B was deleted or replaced in the meantime" in error for error in screen.errors)
    assert "You entered: People: 200" in screen.captions
    assert "Variant B was deleted or replaced. You see the plan." in notices(screen)
    screen.move(PEOPLE, 130)
    assert screen.scenario.company.employees == 130
    assert not screen.errors


@pytest.fixture
def watched(meeting: Meeting) -> Meeting:
    """Return a meeting with a variant, in which everybody sees the plan."""
    owner, editor, viewer = meeting
    try_variant(owner.run()).move(PEOPLE, 200)
    editor.run()
    viewer.run()
    return meeting


STILL = "A variant has become the plan. You still see the previous plan, which is now variant B."


@pytest.mark.parametrize("is_drawn", [False, True])
def test_who_changes_the_plan_while_a_variant_becomes_it_changes_what_they_saw(
    watched: Meeting, *, is_drawn: bool
) -> None:
    owner, editor, viewer = watched
    owner.unfold("menu:variants").press("variant:plan")
    if is_drawn:  # before the number that is being typed is sent
        editor.run()
    editor.move(FIELD, 165)
    assert (editor.state.base.company.employees, editor.state.scenario_of("B").company.employees) == (200, 165)
    assert (editor.state.shown, editor.scenario.company.employees) == ("B", 165)
    assert STILL in notices(editor)
    assert viewer.run().scenario.company.employees == 200
    assert not notices(viewer)
    assert STILL not in notices(editor.move("variant", "A"))


@pytest.mark.extended
@pytest.mark.parametrize("is_drawn", [False, True])
def test_who_changes_a_variant_while_it_becomes_the_plan_changes_the_plan(watched: Meeting, *, is_drawn: bool) -> None:
    owner, editor, _ = watched
    editor.move("variant", "B")
    owner.unfold("menu:variants").press("variant:plan")
    if is_drawn:
        editor.run()
    editor.move(FIELD, 165)
    assert (editor.state.shown, editor.state.base.company.employees) == ("A", 165)
    assert editor.state.scenario_of("B").company.employees == 120
    assert "Variant B has become the plan. You still see it." in notices(editor)
    assert "variant" not in editor.app.query_params


@pytest.mark.extended
def test_who_undoes_that_a_variant_became_the_plan_sees_the_variant_again_and_is_told_nothing(watched: Meeting) -> None:
    owner, editor, _ = watched
    owner.unfold("menu:variants").press("variant:plan")
    editor.run()
    owner.press(UNDO)
    assert (owner.state.shown, owner.scenario.company.employees, notices(owner)) == ("B", 200, [])
    assert (editor.run().state.shown, editor.scenario.company.employees) == ("A", 120)


@pytest.mark.extended
def test_who_changes_a_plan_that_a_file_replaces_reads_it_and_what_they_entered(watched: Meeting) -> None:
    owner, editor, _ = watched
    owner.move("variant", "A").load(b'{"company": {"employees": 90}}')
    editor.move(FIELD, 165)
    assert editor.scenario.company.employees == 90
    assert any(
        error.startswith("The plan was replaced in the meantime. Your change was not saved.") for error in editor.errors
    )
    assert "You entered: People: 165" in editor.captions
    assert "The plan was replaced. You see the new one." in notices(editor)
    assert owner.run().scenario.company.employees == 90
    assert not notices(owner)


@pytest.mark.extended
def test_a_text_that_is_typed_for_a_plan_that_is_gone_is_said(watched: Meeting) -> None:
    owner, editor, _ = watched
    editor.unfold("fold:more_about_company")
    owner.move("variant", "A").load(b'{"company": {"employees": 90}}')
    editor.move("company.name", "Acme")
    assert "You entered: Company name: Acme" in editor.captions
    assert editor.scenario.company.name == ""


@pytest.mark.extended
@pytest.mark.parametrize(("key", "value"), [(PEOPLE, 165), ("notes", "what was said")])
def test_what_is_done_to_a_plan_that_is_deleted_begins_no_other_one(meeting: Meeting, key: str, value: object) -> None:
    screen, workspace = meeting.owner, bootstrap.workspace()
    screen.unfold("fold:notes")
    workspace.people.delete(workspace.open(screen.state.key))
    screen.move(key, value)
    assert (screen.state.number, screen.scenario.company.employees, screen.state.notes) == (0, 120, "")
    assert any("Your plan is no longer stored here" in error for error in screen.errors)
    assert any("Your change was not saved." in error for error in screen.errors)
    assert any(caption.startswith("You entered: ") and str(value) in caption for caption in screen.captions)
