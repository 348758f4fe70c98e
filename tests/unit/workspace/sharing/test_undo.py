"""Undo and redo, per participant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.breakable import BreakableStore
from tests.unit.conftest import Room
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import NothingToUndo
from zt_planner.workspace import Workspace
from zt_planner.workspace.keys import new_key

OWN = "prices.overrides.m365-business-premium"


@pytest.mark.extended
def test_undo_and_redo_walk_back_and_forth(room: Room) -> None:
    workspace = room.workspace
    one = workspace.change(room.owner, {"company.sites": 5, OWN: Decimal("18.50")})
    two = workspace.change(one, {"company.sites": 7})
    back = workspace.undo(two)
    assert back.scenario == one.scenario
    further = workspace.undo(back)
    assert further.scenario == room.owner.scenario
    again = workspace.redo(workspace.redo(further))
    assert again.scenario == two.scenario
    with pytest.raises(NothingToUndo):
        workspace.redo(again)
    assert [event.kind for event in workspace.events(again)][-4:] == ["undo", "undo", "redo", "redo"]
    assert [event.refers_to for event in workspace.events(again)][-4:] == [3, 2, 5, 4]


@pytest.mark.extended
def test_everything_is_undone_to_the_first_scenario(workspace: Workspace) -> None:
    first = workspace.open(new_key())
    state = workspace.change(first, {"company.employees": 180})
    state = workspace.replace_scenario(state, Scenario().changed("company.sites", 9))
    state = workspace.restore(workspace.change(state, {"company.apps": 3}), 1)
    for _ in range(4):
        state = workspace.undo(state)
    assert state.scenario == first.scenario
    with pytest.raises(NothingToUndo):
        workspace.undo(state)


def test_a_new_change_forgets_what_was_undone(room: Room) -> None:
    undone = room.workspace.undo(room.workspace.change(room.owner, {"company.sites": 5}))
    with pytest.raises(NothingToUndo):
        room.workspace.redo(room.workspace.change(undone, {"company.apps": 5}))


@pytest.mark.extended
def test_a_field_that_somebody_else_has_set_since_is_left(room: Room) -> None:
    theirs, workspace = room.joined(), room.workspace
    mine = workspace.change(room.owner, {"company.sites": 5, "company.apps": 20})
    workspace.change(theirs, {"company.sites": 9})
    undone = workspace.undo(mine)
    assert (undone.scenario.company.sites, undone.scenario.company.apps) == (9, None)
    assert workspace.redo(undone).scenario.company.apps == 20


def test_a_field_that_somebody_else_has_set_to_my_value_is_theirs(room: Room) -> None:
    theirs, workspace = room.joined(), room.workspace
    mine = workspace.change(room.owner, {"company.sites": 5})
    theirs = workspace.change(theirs, {"company.sites": 9})
    workspace.change(theirs, {"company.sites": 5})
    assert workspace.undo(mine).scenario.company.sites == 5


def test_what_nothing_stands_of_is_passed_over(room: Room) -> None:
    theirs, workspace = room.joined(), room.workspace
    mine = workspace.change(workspace.change(room.owner, {"company.apps": 20}), {"company.sites": 5})
    workspace.change(theirs, {"company.sites": 9})
    undone = workspace.undo(mine)
    assert (undone.scenario.company.sites, undone.scenario.company.apps) == (9, None)


def test_nobody_undoes_what_others_did(room: Room) -> None:
    theirs = room.joined()
    room.workspace.change(room.owner, {"company.sites": 5})
    with pytest.raises(NothingToUndo):
        room.workspace.undo(theirs)
    with pytest.raises(NothingToUndo):
        room.workspace.undo(room.workspace.open(new_key()))


def test_a_redo_of_a_field_that_others_have_set_since_is_refused(room: Room) -> None:
    theirs, workspace = room.joined(), room.workspace
    mine = workspace.undo(workspace.change(room.owner, {"company.sites": 5}))
    workspace.change(theirs, {"company.sites": 9})
    with pytest.raises(NothingToUndo):
        workspace.redo(mine)


def test_somebody_who_is_faster_than_an_undo_keeps_their_value(
    room: Room, store: BreakableStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, workspace, append = room.joined(), room.workspace, store.history.append
    mine = workspace.change(room.owner, {"company.sites": 5})

    def late(*given: object, **named: object) -> object:
        monkeypatch.setattr(store.history, "append", append)
        workspace.change(theirs, {"company.sites": 9})
        return append(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(store.history, "append", late)
    with pytest.raises(NothingToUndo):
        workspace.undo(mine)
    assert room.now(mine).scenario.company.sites == 9
