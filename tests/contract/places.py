"""Where a store can keep sessions, and who is in them: what the suite runs on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from sqlalchemy import Connection

from zt_planner.domain.session import (
    BrowserId,
    Event,
    EventKind,
    FieldChange,
    Outcome,
    Participant,
    ParticipantId,
    Role,
    SessionId,
)
from zt_planner.store.changes import KeyHash, NewRevision, Revision, StaleRevisionError
from zt_planner.store.database import database_url
from zt_planner.store.session_store import SessionStore
from zt_planner.workspace import State

SESSION, OTHER = SessionId("a-session-of-twenty-signs"), SessionId("another-session-of-theirs")
OWNER = ParticipantId("owner")
NOON = datetime(2026, 11, 6, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


AnyStore = TypeVar("AnyStore", bound="SessionStore")


class Place(Protocol):
    """Where a store keeps its sessions."""

    address: str
    """What `opened` takes, in this process or another."""

    def open(self) -> SessionStore:
        """Return a store that has seen nothing yet."""
        ...

    def close(self) -> None:
        """Let go of every connection."""
        ...


def opened(address: str) -> SessionStore:
    """Return a store in a PostgreSQL database or in a SQLite file."""
    from pathlib import Path  # noqa: PLC0415 - other processes import this module, too

    return SessionStore.at_url(database_url(address)) if "://" in address else SessionStore.in_file(Path(address))


class OpenedPlace:
    """A place by its address; every store that was opened is closed in the end."""

    def __init__(self, address: str) -> None:
        """Keep the address; nothing is made."""
        self.address = address
        self._opened: list[SessionStore] = []

    def open(self) -> SessionStore:
        """Return a store that has seen nothing yet."""
        self._opened.append(opened(self.address))
        return self._opened[-1]

    def close(self) -> None:
        """Let go of every connection."""
        for store in self._opened:
            store.close()


def file_in(folder: Path) -> str:
    """Return the address of a SQLite file in folders that do not exist yet."""
    return str(folder / "made" / "when needed" / "sessions.sqlite")


def key(name: str) -> KeyHash:
    """Return the hash of somebody's key, or of a link's token."""
    return KeyHash(name.ljust(64, "0"))


def person(name: str, role: Role, session: SessionId = SESSION, at: datetime = NOON) -> Participant:
    return Participant(ParticipantId(name), session, role, name.title(), "#1a56b0", at)


def entry(content: str = "{}", **fields: object) -> NewRevision:
    """Return what is appended: a change without a field, unless a test says more."""
    plain: dict[str, object] = {"kind": EventKind.CHANGE, "changes": (), "before": Outcome(), "after": Outcome()}
    return NewRevision(content=content, **{**plain, **fields})  # type: ignore[arg-type]  # any field of an entry


def change(path: str, before: object, after: object) -> FieldChange:
    """Return a field that became something else."""
    return FieldChange(path, before, after)  # type: ignore[arg-type]  # any value of a file


def begun(store: AnyStore, session: SessionId = SESSION, owner: ParticipantId = OWNER) -> AnyStore:
    """Create a session with its first revision, and return its store."""
    store.sessions.create(person(owner, Role.OWNER, session), key(owner), entry())
    return store


def joined(store: SessionStore, name: str, role: Role, at: datetime = NOON) -> None:
    """Let somebody take a seat by a link of a role, which is made where there is none."""
    if role not in {link.role for link in store.seats.links(SESSION)}:
        store.seats.set_link(SESSION, role, key(f"link-{role}"), at, by=OWNER)
    taken = store.seats.join(
        key(f"link-{role}"), lambda session, its, *_: person(name, its, session, at), key(name), BrowserId(name)
    )
    assert taken is not None


def expire(store: SessionStore, now: datetime) -> int:
    """Have a store look for expired sessions at a moment and a day later; return how many it has removed then."""
    assert store.sessions.delete_expired(now) == 0
    return store.sessions.delete_expired(now + DAY)


def before_it_writes(patch: pytest.MonkeyPatch, store: SessionStore, happens: Callable[[], object]) -> None:
    """Have something happen once, when a store is about to write: after what it has read, in front of its turn."""
    writing = store.database.writing

    def late() -> AbstractContextManager[Connection]:
        patch.setattr(store.database, "writing", writing)
        happens()
        return writing()

    patch.setattr(store.database, "writing", late)


def number_of(store: SessionStore, session: SessionId = SESSION) -> int:
    """Return the number of the latest revision, 0 where there is none."""
    latest = store.history.latest(session)
    return 0 if latest is None else latest.number


def append(store: SessionStore, content: str = "{}", by: ParticipantId = OWNER) -> Revision:
    """Append to what is there, again and again until nobody was faster."""
    while True:
        try:
            return store.history.append(by, entry(content), based_on=number_of(store), now=NOON)
        except StaleRevisionError:
            continue


def me(state: State) -> ParticipantId:
    """Return as whom somebody takes part."""
    assert state.me is not None
    return state.me.id


def numbers(events: tuple[Event, ...]) -> list[int]:
    return [event.number for event in events]
