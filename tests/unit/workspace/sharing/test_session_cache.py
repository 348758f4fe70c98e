"""Events and the latest revision are read once for all who see them, and are never another session's or file's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest

from tests.breakable import BreakableStore
from tests.unit.conftest import Room
from zt_planner.domain.session import Event, EventKind, Seat, SessionId
from zt_planner.errors import PlanGone
from zt_planner.store.changes import Revision
from zt_planner.store.history import History
from zt_planner.store.session_store import SessionStore
from zt_planner.workspace.keys import new_key
from zt_planner.workspace.sharing import session_cache
from zt_planner.workspace.sharing.session_cache import SessionCache


@dataclass
class StoredRevision:
    """A store that says which revision it holds, and counts how often it is asked."""

    held: Revision | None = None
    asked: int = 0

    def latest(self, session: SessionId) -> Revision | None:
        """Return what it holds, whatever the session."""
        assert session
        self.asked += 1
        return self.held


def seat_at(room: Room, revision: Revision) -> Seat:
    """Return the owner's seat when a revision was the latest."""
    assert room.owner.seat is not None
    return replace(room.owner.seat, number=revision.number, digest=revision.digest)


def test_a_revision_is_read_once_and_another_of_the_same_number_is_another(room: Room) -> None:
    history = StoredRevision()
    cache = SessionCache(cast("History", history))
    for content in ("seven", "another seven"):
        history.held = Revision(7, content)
        found = [cache.latest(seat_at(room, history.held)) for _ in range(3)]
        assert [revision.content for revision in found] == [content] * 3
    assert history.asked == 2


def test_what_has_come_since_the_seat_was_read_is_not_kept_for_it(room: Room) -> None:
    history = StoredRevision()
    cache, seat = SessionCache(cast("History", history)), seat_at(room, Revision(7, "seven"))
    history.held = Revision(8, "eight")
    assert cache.latest(seat).number == 8
    history.held = Revision(7, "seven")  # the file of before is back
    assert cache.latest(seat).number == 7


def test_without_a_revision_the_plan_is_gone_until_there_is_one(room: Room) -> None:
    history = StoredRevision()
    cache, seat = SessionCache(cast("History", history)), seat_at(room, Revision(7, "seven"))
    history.held = None
    with pytest.raises(PlanGone):
        cache.latest(seat)
    history.held = Revision(7, "seven")
    assert cache.latest(seat).number == 7


def test_each_event_is_read_once(room: Room, store: BreakableStore, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    read = store.history.events

    def noted(session: SessionId, after: int = 0) -> tuple[Event, ...]:
        asked.append(after)
        return read(session, after)

    monkeypatch.setattr(store.history, "events", noted)
    state = room.owner
    for sites in range(3, 8):
        state = room.workspace.change(state, {"company.sites": sites})
        assert len(room.workspace.events(state)) == state.number
    assert asked == [0, 1, 2, 3, 4]
    first = room.workspace.events(state)
    assert room.workspace.events(room.now(state)) is first
    assert len(asked) == 5


def test_events_of_another_file_in_the_same_place_are_noticed(room: Room, store: BreakableStore) -> None:
    state = room.workspace.change(room.owner, {"company.sites": 5})
    assert len(room.workspace.events(state)) == 2
    with store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM revisions WHERE number = 2")
    assert len(room.workspace.events(room.now(state))) == 1
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE revisions SET kind = 'load', digest = 'another'")
    assert [event.kind for event in room.workspace.events(room.now(state))] == [EventKind.LOAD]


def test_a_page_that_was_overtaken_hides_nothing_from_the_others(room: Room) -> None:
    before, cache = room.owner, room.workspace.cache
    after = room.workspace.change(before, {"company.sites": 5})
    assert before.seat is not None
    assert after.seat is not None
    for seat in (after.seat, before.seat, after.seat):
        assert [event.number for event in cache.events(seat)] == [1, 2]


def test_remembered_events_are_bounded(room: Room, monkeypatch: pytest.MonkeyPatch, store_file: Path) -> None:
    monkeypatch.setattr(session_cache, "EVENTS_REMEMBERED", 3)
    remembered = session_cache.SessionCache(SessionStore.in_file(store_file).history)
    state = room.workspace.change(room.workspace.change(room.owner, {"company.sites": 5}), {"company.sites": 6})
    other = room.workspace.change(room.workspace.open(new_key()), {"company.sites": 5})
    assert state.seat is not None
    assert other.seat is not None
    first = remembered.events(state.seat)
    assert len(first) == 3
    assert remembered.events(state.seat) is first
    remembered.events(other.seat)
    assert remembered.events(state.seat) is not first
    assert remembered.events(state.seat) == first
