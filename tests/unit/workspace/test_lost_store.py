"""A store's file that is taken away, comes back, or gives way to another: no page that is open overwrites anything."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.breakable import BreakableStore
from tests.contract.places import before_it_writes
from tests.unit.conftest import Room
from zt_planner.errors import PlanGone, SeatEnded, StoreTakenAway
from zt_planner.store.session_store import SessionStore
from zt_planner.workspace import State, Workspace


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Return a folder for what is taken away."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


def move(store_file: Path, folder: Path) -> None:
    """Take a store's files away, while the store is in use."""
    for found in store_file.parent.glob(f"{store_file.name}*"):
        found.rename(folder / found.name)


def people_and_sites(state: State) -> tuple[int, int | None]:
    """Return two fields of a plan."""
    return state.scenario.company.employees, state.scenario.company.sites


def test_a_file_that_is_deleted_in_mid_session_is_said_and_every_edit_waits_until_it_is_back(
    room: Room, store_file: Path, elsewhere: Path
) -> None:
    mine, theirs = room.owner, room.joined()
    move(store_file, elsewhere)
    mine = room.workspace.change(mine, {"company.employees": 90})
    theirs = room.workspace.change(theirs, {"company.sites": 5})
    for state in (mine, theirs, room.now(mine), room.now(theirs), room.workspace.open(mine.key)):
        assert isinstance(state.trouble, StoreTakenAway)
        assert str(store_file.parent) not in str(state.trouble)
    assert not store_file.exists()
    move(elsewhere / store_file.name, store_file.parent)
    theirs, mine = room.now(theirs), room.now(mine)
    assert (mine.trouble, theirs.trouble, mine.number) == (None, None, 3)
    assert people_and_sites(mine) == people_and_sites(room.now(theirs)) == (90, 5)


@pytest.fixture
def diverged(room: Room, store: BreakableStore, store_file: Path, elsewhere: Path) -> Path:
    """Return a copy of the store's file in which somebody has gone on: revision 2 there is that of 60 people."""
    store.close()
    copied = elsewhere / store_file.name
    shutil.copy(store_file, copied)
    other = SessionStore.in_file(copied)
    workspace = Workspace(other, room.workspace.price_book, room.workspace.phase_model, room.workspace.today)
    assert workspace.change(workspace.open(room.owner.key), {"company.employees": 60}).number == 2
    other.close()
    return copied


def put_in_place(store: BreakableStore, copied: Path, store_file: Path) -> None:
    """Put another file in the place of the store's."""
    store.close()
    copied.replace(store_file)


@pytest.mark.parametrize("is_drawn_again", [True, False], ids=["drawn again", "changed at once"])
def test_a_page_of_another_history_overwrites_nothing(
    room: Room, store: BreakableStore, store_file: Path, diverged: Path, *, is_drawn_again: bool
) -> None:
    mine = room.workspace.change(room.owner, {"company.sites": 9})
    assert mine.number == 2
    put_in_place(store, diverged, store_file)
    if is_drawn_again:
        mine = room.now(mine)
        assert (mine.number, people_and_sites(mine)) == (2, (60, None))
    mine = room.workspace.change(mine, {"company.apps": 30})
    for state in (mine, room.workspace.open(room.owner.key)):
        assert (state.number, people_and_sites(state), state.scenario.company.apps) == (3, (60, None), 30)
    assert [event.number for event in room.workspace.events(mine)] == [1, 2, 3]


def test_a_file_that_is_put_in_place_just_before_a_change_is_written_is_not_overwritten(
    room: Room, store: BreakableStore, store_file: Path, diverged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = room.workspace.change(room.owner, {"company.sites": 9})
    before_it_writes(monkeypatch, store, lambda: put_in_place(store, diverged, store_file))
    mine = room.workspace.change(mine, {"company.apps": 30})
    assert (mine.number, people_and_sites(mine), mine.scenario.company.apps) == (3, (60, None), 30)


def test_what_waited_is_kept_on_top_of_what_another_file_holds(
    room: Room, store: BreakableStore, store_file: Path, diverged: Path
) -> None:
    mine = room.workspace.change(room.owner, {"company.apps": 9})
    with store:
        mine = room.workspace.change(mine, {"company.sites": 9})
    put_in_place(store, diverged, store_file)
    assert (room.now(mine).number, people_and_sites(room.now(mine))) == (3, (60, 9))


def test_where_a_new_store_was_begun_a_page_says_that_its_plan_is_gone_and_writes_nothing(
    room: Room, store: BreakableStore, store_file: Path, elsewhere: Path
) -> None:
    mine, theirs = room.owner, room.joined()
    with store:
        theirs = room.workspace.change(theirs, {"company.sites": 9})
    move(store_file, elsewhere)
    anew = SessionStore.in_file(store_file)
    assert anew.sessions.delete_expired(mine.seat.participant.joined_at if mine.seat is not None else None) == 0  # type: ignore[arg-type]
    anew.close()
    with pytest.raises(SeatEnded):
        room.workspace.change(mine, {"company.employees": 90})
    mine, theirs = room.now(mine), room.now(theirs)
    assert [type(error) for error in mine.refused] == [PlanGone]
    assert [type(error) for error in theirs.refused] == [SeatEnded]
    assert (mine.seat, theirs.seat, mine.is_example) == (None, None, True)
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT * FROM sessions").all() == []
    assert room.workspace.change(mine, {"company.employees": 90}).number == 1
