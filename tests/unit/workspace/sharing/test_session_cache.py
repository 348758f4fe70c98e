"""The latest revision of a session is read once for all who see it, and is never another one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import pytest

from zt_planner.errors import PlanGone
from zt_planner.store.changes import Revision
from zt_planner.workspace.sharing.session_cache import SessionCache

if TYPE_CHECKING:
    from tests.unit.conftest import Room
    from zt_planner.domain.session import Seat, SessionId
    from zt_planner.store.sessions import SessionStore


@dataclass
class Store:
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
    store = Store()
    cache = SessionCache(cast("SessionStore", store))
    for content in ("seven", "another seven"):
        store.held = Revision(7, content)
        found = [cache.latest(seat_at(room, store.held)) for _ in range(3)]
        assert [revision.content for revision in found] == [content] * 3
    assert store.asked == 2


def test_what_has_come_since_the_seat_was_read_is_not_kept_for_it(room: Room) -> None:
    store = Store()
    cache, seat = SessionCache(cast("SessionStore", store)), seat_at(room, Revision(7, "seven"))
    store.held = Revision(8, "eight")
    assert cache.latest(seat).number == 8
    store.held = Revision(7, "seven")  # the file of before is back
    assert cache.latest(seat).number == 7


def test_without_a_revision_the_plan_is_gone_until_there_is_one(room: Room) -> None:
    store = Store()
    cache, seat = SessionCache(cast("SessionStore", store)), seat_at(room, Revision(7, "seven"))
    store.held = None
    with pytest.raises(PlanGone):
        cache.latest(seat)
    store.held = Revision(7, "seven")
    assert cache.latest(seat).number == 7
