"""What people write: their names, the notes, the names of snapshots."""

from __future__ import annotations

import re

import pytest

from tests.breakable import BreakableStore
from tests.unit.conftest import Room
from zt_planner.domain.session import NAME_LENGTH, NOTES_LENGTH, SNAPSHOT_LENGTH, Role
from zt_planner.errors import NotesRefused, StoreError, TextRefused


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Ada", "Ada"),
        (" Ada \n Lovelace ", "Ada Lovelace"),
        ("x" * NAME_LENGTH, "x" * NAME_LENGTH),
        ("Ame\u0301lie", "Amélie"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("<b>Ada</b>", "<b>Ada</b>"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_a_name_is_cleaned(room: Room, given: str, kept: str) -> None:
    viewer = room.joined(Role.VIEWER)
    room.workspace.people.rename(viewer, given)
    shown = room.now(viewer).me
    assert shown is not None
    assert shown.name == kept


@pytest.mark.parametrize(
    "given",
    ["x" * (NAME_LENGTH + 1), "Ada\x00", "Ada\u202eevil", "\u2066Ada", "\u200d", "\ud800", "\x1b[31m"],
)
def test_a_name_that_cannot_be_printed_is_refused(room: Room, given: str) -> None:
    with pytest.raises(TextRefused, match=str(NAME_LENGTH)):
        room.workspace.people.rename(room.owner, given)
    assert room.now(room.owner).me == room.owner.me


def test_notes_belong_to_the_state_and_are_bounded(room: Room) -> None:
    noted = room.workspace.set_notes(room.owner, "ask the works council\n" * 3)
    assert room.now(room.owner).notes == noted.notes
    assert room.workspace.events(noted)[-1].changes[0].path == "notes"
    longest = room.workspace.set_notes(noted, "x" * NOTES_LENGTH)
    with pytest.raises(NotesRefused, match=re.escape(f"{NOTES_LENGTH + 1} characters; at most {NOTES_LENGTH}")):
        room.workspace.set_notes(longest, "x" * (NOTES_LENGTH + 1))
    assert room.now(longest) == longest
    assert room.workspace.undo(longest).notes == noted.notes


def test_notes_that_two_write_at_once_are_put_together(room: Room) -> None:
    workspace, other = room.workspace, room.joined(Role.EDITOR)
    begun = workspace.set_notes(room.owner, "Agenda\n1. Budget")
    theirs = workspace.set_notes(room.now(other), "Agenda\n1. Budget\n2. Works council")
    mine = workspace.set_notes(begun, "Agenda of 24 November\n1. Budget")
    assert mine.notes == "Agenda of 24 November\n1. Budget\n2. Works council"
    # Their page does not show mine yet: they go on with what they have.
    theirs = workspace.set_notes(theirs, "Agenda\n1. Budget\n2. Works council, by phone")
    assert theirs.notes == "Agenda of 24 November\n1. Budget\n2. Works council, by phone"
    assert room.now(room.owner).notes == theirs.notes


def test_two_who_write_the_first_notes_at_once_both_stand(room: Room) -> None:
    workspace, other = room.workspace, room.joined(Role.EDITOR)
    workspace.set_notes(room.owner, "Budget first")
    assert workspace.set_notes(other, "Who takes minutes?").notes == "Budget first\nWho takes minutes?"


def test_what_others_wrote_can_be_taken_away(room: Room) -> None:
    workspace, other = room.workspace, room.joined(Role.EDITOR)
    workspace.set_notes(room.owner, "Agenda\nBudget")
    workspace.set_notes(room.now(other), "Agenda\nBudget\nLunch")
    assert workspace.set_notes(room.now(room.owner), "Agenda\nBudget").notes == "Agenda\nBudget"


def test_notes_written_while_the_store_was_away_are_put_together_when_it_is_back(
    room: Room, store: BreakableStore
) -> None:
    workspace, other = room.workspace, room.joined(Role.EDITOR)
    with store:
        waiting = workspace.set_notes(other, "by phone: agreed")
        assert waiting.notes == "by phone: agreed"
    workspace.set_notes(room.owner, "Budget first")
    assert workspace.open(waiting.key, waiting).notes == "Budget first\nby phone: agreed"


def test_a_snapshot_is_restored_and_the_notes_stay(room: Room) -> None:
    workspace = room.workspace
    workspace.people.name_snapshot(room.owner, "before the budget round")
    state = workspace.set_baseline(workspace.change(room.owner, {"company.employees": 90}))
    state = workspace.set_notes(state, "too small")
    assert room.owner.session is not None
    (snapshot,) = workspace.store.history.snapshots(room.owner.session)
    assert (snapshot.name, snapshot.number) == ("before the budget round", 1)
    restored = workspace.restore(state, snapshot.number)
    assert (restored.scenario, restored.baseline) == (room.owner.scenario, room.owner.baseline)
    assert (restored.notes, restored.number) == ("too small", 5)
    assert workspace.undo(restored).scenario == state.scenario
    workspace.people.forget_snapshot(state, "before the budget round")
    assert not workspace.store.history.snapshots(room.owner.session)


def test_a_snapshot_needs_a_name_and_a_saved_plan(room: Room, store: BreakableStore) -> None:
    with pytest.raises(TextRefused):
        room.workspace.people.name_snapshot(room.owner, "x" * (SNAPSHOT_LENGTH + 1))
    store.database.is_full = True
    waiting = room.workspace.change(room.owner, {"company.sites": 5})
    with pytest.raises(StoreError):
        room.workspace.people.name_snapshot(waiting, "now")
