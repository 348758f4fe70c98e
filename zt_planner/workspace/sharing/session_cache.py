"""A cache of what sessions hold: each event and each latest revision is read once, however often pages ask.

A page reads its seat in every run, and the seat names the latest revision: if that is cached, nothing else is read.
Laws: events are those that the store held when the seat was read, or later ones too; a revision is the one whose number
and digest the seat names; a file that was swapped for another is noticed by the number or the digest of its latest
revision; memory is bounded.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from cachetools import LRUCache

from zt_planner.domain.session import Event, Seat, SessionId
from zt_planner.errors import PlanGone
from zt_planner.store.changes import Revision

if TYPE_CHECKING:
    from zt_planner.store.history import History

EVENTS_REMEMBERED = 50_000
"""Of all sessions together; a session that alone has more is read again each time."""
REVISIONS_REMEMBERED = 32


class _Read(NamedTuple):
    """Events that were read; number and digest of the revision that was the latest then, where a seat named it."""

    events: tuple[Event, ...]
    revision: tuple[int, str] | None

    def size(self) -> int:
        return len(self.events)


class SessionCache:
    """Revisions and events by session, these read on from where they were read before.

    Several threads may ask at once.
    """

    def __init__(self, history: History) -> None:
        self.history = history
        self._known: LRUCache[SessionId, _Read] = LRUCache(EVENTS_REMEMBERED, getsizeof=_Read.size)
        self._lock = Lock()
        self._latest: LRUCache[tuple[SessionId, int, str], Revision] = LRUCache(REVISIONS_REMEMBERED)

    def latest(self, seat: Seat) -> Revision:
        """Return the latest revision of a seat's session; raise StoreError, or PlanGone where there is none.

        The seat names its number and digest, and has just been read.
        """
        key = seat.participant.session, seat.number, seat.digest
        with self._lock:
            known = self._latest.get(key)
        revision = known or self.history.latest(seat.participant.session)
        if revision is None:
            raise PlanGone
        if (revision.number, revision.digest) == (seat.number, seat.digest):  # none has come since
            with self._lock:
                self._latest[key] = revision
        return revision

    def events(self, seat: Seat) -> tuple[Event, ...]:
        """Return the events of a seat's session; raise StoreError."""
        session, revision = seat.participant.session, (seat.number, seat.digest)
        with self._lock:
            known = self._known.get(session)
        if known is not None and known.revision == revision:
            return known.events
        events = self._read_on(session, () if known is None else known.events)
        with self._lock, suppress(ValueError):  # more than all together may hold
            self._known[session] = _Read(events, revision if events and events[-1].number == seat.number else None)
        return events

    def _read_on(self, session: SessionId, known: tuple[Event, ...]) -> tuple[Event, ...]:
        """Return all events: the known ones, where the last of them is still what the store holds, and later ones."""
        if not known:
            return self.history.events(session)
        last = known[-1]
        latest = self.history.events(session, last.number - 1)
        if latest[:1] != (last,):
            return self.history.events(session)
        return known if len(latest) == 1 else (*known, *latest[1:])
