"""Notifies this process's open pages of changes in their sessions, and other processes of presence.

News of the store comes from any thread; the stream of a page waits for it in the event loop. Laws: a slow page gets the
latest event and skips those between; there is no polling: while idle, nothing is read; a read from before an event is
never sent after it; when the process is told to stop, every stream ends; a presenter stops presenting when their pages
are gone for longer than a reconnect takes.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from anyio import to_thread
from pydantic import ValidationError

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import Event, Participant, ParticipantId, Role, Seat, SessionId
from zt_planner.errors import PlannerError
from zt_planner.store.changes import KeyHash
from zt_planner.topics.inputs.fields import Visibility
from zt_planner.topics.record.seen import last_touched, latest_seen, seen_events
from zt_planner.topics.task_words import is_of_a_task
from zt_planner.workspace.sharing.session_cache import SessionCache
from zt_planner.workspace.state import saved_in

if TYPE_CHECKING:
    from zt_planner.store.news.news import News
    from zt_planner.store.session_store import SessionStore

ANNOUNCE_EVERY = timedelta(seconds=30)
"""How often a process announces who has a page open, while somebody has."""
PRESENTER_GRACE = timedelta(seconds=20)
"""How long a presenter may have no page open: a reload, a lost connection, a server that starts again."""
MOST_PAGES_OF_A_ROLE = 500
"""In a session: a viewer's link that is passed on fills the viewers' places, not the editors' or owners'."""
MOST_PAGES_OF_A_PARTICIPANT = 20
"""So that one participant cannot lock out the others of their role."""


@dataclass(eq=False)
class Page:
    """An open page's stream: its participant, and the updates not sent yet."""

    key: KeyHash
    participant: ParticipantId
    role: Role
    session: SessionId
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Seen(NamedTuple):
    """The latest visible event, the page that it came from, and what everyone touched last."""

    number: int
    origin: str
    touched: Mapping[ParticipantId, str]


@dataclass(frozen=True)
class Room:
    """What the pages of a session are told: who is here, what was done, and the page of the latest event."""

    origin: str = ""
    people: tuple[Participant, ...] = ()
    here: frozenset[ParticipantId] = frozenset()
    events: tuple[Event, ...] = ()
    scenario: Scenario = field(default_factory=Scenario)
    """Whose tasks were touched; the default one where no task was."""
    _seen: dict[Visibility, Seen] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.events[-1].number if self.events else 0

    def seen(self, visibility: Visibility) -> Seen:
        """Return what is told to those with this visibility."""
        if visibility not in self._seen:
            events = seen_events(self.events, visibility)
            origin = self.origin if events and events[-1].number == self.number else ""
            self._seen[visibility] = Seen(latest_seen(self.events, visibility), origin, last_touched(events))
        return self._seen[visibility]


class Hub:
    """The open pages of this process, by session."""

    def __init__(self, store: SessionStore, cache: SessionCache | None = None) -> None:
        """Listen to a store, whose sessions may be cached already; must be made in the running event loop."""
        self.store = store
        self.cache = cache or SessionCache(store.history)
        self.process = secrets.token_hex(8)
        self._loop = asyncio.get_running_loop()
        self._pages: dict[SessionId, set[Page]] = defaultdict(set)
        self._rooms: dict[SessionId, Room] = {}
        self._origins: dict[SessionId, tuple[int, str]] = {}
        self._locks: dict[SessionId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._versions: dict[SessionId, int] = defaultdict(int)
        """How often each session has changed: what was read before the latest change is not kept."""
        self._presenters: dict[SessionId, ParticipantId] = {}
        self._missed: dict[SessionId, float] = {}
        self._is_changed = asyncio.Event()
        self.is_closing = False
        store.messenger.listen(self.receive)

    # News

    def receive(self, news: News) -> None:
        """Take news of the store, from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            self._loop.call_soon_threadsafe(self._tell, news)

    def _tell(self, news: News) -> None:
        """Wake the pages of a session, or all pages if the store was unavailable and may have missed events."""
        sessions = [news.session] if news.session else list(self._pages)
        for session in sessions:
            if session not in self._pages:
                continue
            if news.topic == "plan" and news.session:
                self._origins[session] = (news.number, news.origin)
            self._wake(session)

    def _wake(self, session: SessionId) -> None:
        """Invalidate the cache of a session, and wake its pages."""
        self._versions[session] += 1
        self._rooms.pop(session, None)
        for page in self._pages.get(session, ()):
            page.news.set()

    def close(self) -> None:
        """End every stream, from any thread: a server that waits for its connections could not stop otherwise."""
        self.is_closing = True
        with contextlib.suppress(RuntimeError):  # the loop is closed: no stream is open any more
            self._loop.call_soon_threadsafe(self._wake_all)

    def _wake_all(self) -> None:
        for session in self._pages:
            self._wake(session)

    # Pages

    @contextlib.asynccontextmanager
    async def page(self, seat: Seat, key: KeyHash) -> AsyncIterator[Page]:
        """Register a page for as long as its stream lasts."""
        me = seat.participant
        opened = Page(key, me.id, me.role, me.session)
        opened.news.set()
        self._pages[opened.session].add(opened)
        self._people_changed(opened.session)
        try:
            yield opened
        finally:
            self._pages[opened.session].discard(opened)
            self._people_changed(opened.session)
            if not self._pages[opened.session]:
                for kept in (self._pages, self._rooms, self._origins, self._locks, self._versions, self._presenters):
                    kept.pop(opened.session, None)

    def open_pages(self, role: Role) -> int:
        """Return how many pages of a role are open at this process."""
        return sum(page.role is role for pages in tuple(self._pages.values()) for page in pages)

    def has_room_for(self, participant: Participant) -> bool:
        """Tell whether a participant may open another page at this process."""
        pages = self._pages.get(participant.session, set())
        own = sum(page.participant == participant.id for page in pages)
        alike = sum(page.role is participant.role for page in pages)
        return not self.is_closing and alike < MOST_PAGES_OF_A_ROLE and own < MOST_PAGES_OF_A_PARTICIPANT

    async def seat(self, page: Page) -> Seat | None:
        """Return a page's current seat, None when it has ended."""
        seat = await to_thread.run_sync(self.store.seats.by_key, page.key)
        if seat is not None and seat.presenter is not None:
            self._presenters[page.session] = seat.presenter
        else:
            self._presenters.pop(page.session, None)
        return seat

    async def room(self, seat: Seat) -> Room:
        """Return what the pages of a session are told, which is read once for all of them."""
        session = seat.participant.session
        async with self._locks[session]:
            room = self._rooms.get(session)
            if room is None or room.number < seat.number:
                version = self._versions[session]
                room = await to_thread.run_sync(self._read, seat)
                if self._versions[session] == version:
                    self._rooms[session] = room
            return room

    def _read(self, seat: Seat) -> Room:
        session = seat.participant.session
        own = {page.participant for page in tuple(self._pages.get(session, ()))}
        events = self.cache.events(seat)
        number, origin = self._origins.get(session, (0, ""))
        touched = [event.changes[0].path for event in events if event.changes]
        return Room(
            origin=origin if events and events[-1].number == number else "",
            people=self.store.seats.people(session),
            here=self.store.presence.here(session, datetime.now(UTC)) | own,
            events=events,
            scenario=self._scenario(session) if any(map(is_of_a_task, touched)) else Scenario(),
        )

    def _scenario(self, session: SessionId) -> Scenario:
        """Read a session's scenario; the default one where the session is gone or another version has saved it."""
        revision = self.store.history.latest(session)
        try:
            return Scenario() if revision is None else saved_in(revision.content).base
        except ValidationError:
            return Scenario()

    # Presence

    def _people_changed(self, session: SessionId) -> None:
        """Wake the pages of a session, and announce presence soon."""
        self._wake(session)
        self._is_changed.set()

    async def announce(self) -> None:
        """Tell the other processes who has a page open here: when it changes, and repeatedly while somebody has."""
        announced: set[tuple[SessionId, ParticipantId]] = set()
        is_owed = False
        if self._pages:  # a restart after a bug, which may have come before the first announcement
            self._is_changed.set()
        while True:
            every = min(PRESENTER_GRACE, ANNOUNCE_EVERY) if self._missed else ANNOUNCE_EVERY
            waiting = every.total_seconds() if announced or is_owed else None
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(waiting):
                    await self._is_changed.wait()
            self._is_changed.clear()
            here = {(page.session, page.participant) for pages in self._pages.values() for page in pages}
            is_owed = True
            with contextlib.suppress(PlannerError):  # announced with the next change or beat
                await to_thread.run_sync(self.store.presence.announce, self.process, sorted(here), datetime.now(UTC))
                announced, is_owed = here, False
                await self._end_absent()

    # Presenting

    async def _end_absent(self) -> None:
        """End the presenting of those whose pages have been gone for a while, at every process."""
        absent = [session for session in self._without_presenter() if await to_thread.run_sync(self._is_gone, session)]
        self._missed = {session: self._missed.get(session, self._loop.time()) for session in absent}
        for session, since in self._missed.items():
            presenter = self._presenters.get(session)
            if presenter is not None and self._loop.time() - since >= PRESENTER_GRACE.total_seconds():
                await to_thread.run_sync(self.store.sessions.end_presenting, session, presenter)

    def _without_presenter(self) -> list[SessionId]:
        """Return the sessions whose presenter has no page open here."""
        return [
            session
            for session, presenter in self._presenters.items()
            if presenter not in {page.participant for page in self._pages.get(session, ())}
        ]

    def _is_gone(self, session: SessionId) -> bool:
        """Tell whether the presenter of a session has no page open at another process either."""
        return self._presenters.get(session) not in self.store.presence.here(session, datetime.now(UTC))
