"""What a store must do: keep sessions, the people in them, and every revision.

Laws: what `append` has returned is there after a restart; numbers rise by one;
an append that is based on an older revision is refused, so that nobody
overwrites what they have not seen; whoever changes something is let do it or
refused by what holds in the transaction that writes it. Keys and links are
kept as hashes only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NewType, Protocol, TypeAlias, Unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from zt_planner.domain.session import (
        Event,
        EventKind,
        FieldChange,
        Outcome,
        Participant,
        ParticipantId,
        Role,
        RulesSet,
        Seat,
        SessionId,
        Snapshot,
        View,
    )

KeyHash = NewType("KeyHash", str)
"""SHA-256 of a cookie's or link's secret, as 64 hexadecimal digits."""
DIGEST_LENGTH = 16


def digest_of(content: str) -> str:
    """Return what tells the content of a revision from any other."""
    return hashlib.sha256(content.encode()).hexdigest()[:DIGEST_LENGTH]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is appended: the state as JSON, and the event that led to it."""

    content: str
    kind: EventKind
    changes: tuple[FieldChange, ...]
    before: Outcome
    after: Outcome
    refers_to: int | None = None
    seen: int = 0
    """The revision that the participant saw."""
    base: str = ""
    """The digest of the content that was changed; empty where nobody knows it."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state of a session; `content` is JSON, number 1 the first."""

    number: int
    content: str
    size: int = field(default=0, compare=False)
    """What it takes in the store, about, in bytes: known where it has just been kept."""

    @property
    def digest(self) -> str:
        """What tells its content from any other."""
        return digest_of(self.content)


@dataclass(frozen=True, slots=True)
class News:
    """Something has changed in a session: its plan, or who is in it and what holds there; or it is gone.

    `origin` names the page that did it, so that this page need not be told.
    """

    session: SessionId
    topic: Literal["plan", "people", "gone"]
    number: int = 0
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link by which people join: for which role, since when, and the hash of its token."""

    role: Role
    token: KeyHash
    made_at: datetime


Joining: TypeAlias = "Callable[[SessionId, Role, Sequence[Participant]], Participant]"
"""Makes the participant who takes a seat by a link: its session and role are given, and who has or had a seat there."""


class StaleRevisionError(Exception):
    """Somebody else has appended in the meantime; read the latest revision and try again."""


class NotAllowedError(Exception):
    """The participant may not do this now: no seat any more, a viewer, or a locked session."""


class SessionStore(Protocol):
    """Keeps sessions. Every method raises StoreError where the store cannot be reached.

    A change of a session or participant that is not there, or by somebody who may not make it (`by`), changes nothing:
    it returns False, and nobody is told of it.
    """

    def on_news(self, listener: Callable[[News], None]) -> None:
        """Call the listener, from any thread, whenever a session has changed, in this process or another.

        News of no session ("") says that anything may have changed while the store could not tell.
        """
        ...

    # Sessions

    def create(self, owner: Participant, key: KeyHash, entry: Entry, *, origin: str = "") -> Revision:
        """Keep a new session with its owner and its first revision, 1; StaleRevisionError where the key has one."""
        ...

    def set_rules(self, session: SessionId, *, by: ParticipantId, **rules: Unpack[RulesSet]) -> bool:
        """Change some of what holds in a session, as an owner; the other rules stay as they stand."""
        ...

    def present(self, session: SessionId, view: View | None, *, by: ParticipantId, goes_on: bool = False) -> bool:
        """Keep what an owner presents; None ends it. Whoever goes on, or ends it, changes nothing of another's."""
        ...

    def end_presenting(self, session: SessionId, presenter: ParticipantId) -> None:
        """End what somebody presents; whoever presents by now instead goes on."""
        ...

    def delete(self, session: SessionId, *, by: ParticipantId) -> bool:
        """Remove a session for good, as an owner: people, links, revisions, snapshots."""
        ...

    def delete_expired(self, now: datetime) -> int:
        """Remove the sessions that were not used for as many days as they are kept; return how many.

        A session is used when it is changed, joined, or a page of it is opened or closed. None is removed that was
        not found unused already a day ago: one look at a clock that is wrong deletes nothing.
        """
        ...

    # People

    def seat(self, key: KeyHash) -> Seat | None:
        """Return whose key this is and how the session stands; None for a key that is not or no longer known."""
        ...

    def people(self, session: SessionId) -> tuple[Participant, ...]:
        """Return everyone who has or had a seat, in the order of joining."""
        ...

    def rename(self, participant: ParticipantId, name: str) -> bool:
        """Give a participant who has a seat another name."""
        ...

    def set_role(self, participant: ParticipantId, role: Role, *, by: ParticipantId) -> bool:
        """Let a participant do more or less from now on, as an owner of their session."""
        ...

    def remove(self, participant: ParticipantId, *, by: ParticipantId) -> bool:
        """Take a seat away, as an owner of its session; what its participant did stays in the record."""
        ...

    def set_link(self, session: SessionId, role: Role, token: KeyHash, now: datetime, *, by: ParticipantId) -> bool:
        """Keep a role's link in place of the old one, as an owner; the seats taken by the old one end, but theirs."""
        ...

    def links(self, session: SessionId) -> tuple[Link, ...]:
        """Return the links that a session has."""
        ...

    def join(self, token: KeyHash, participant: Joining, key: KeyHash) -> Seat | None:
        """Take a seat by a link; None where the link is not or no longer known. What `participant` raises is raised."""
        ...

    def came_by(self, key: KeyHash, token: KeyHash) -> bool:
        """Tell whether a participant has taken the seat by this link."""
        ...

    # Revisions

    def latest(self, session: SessionId) -> Revision | None:
        """Return the latest revision, None for a session that is not there."""
        ...

    def revision(self, session: SessionId, number: int) -> Revision | None:
        """Return one revision."""
        ...

    def append(
        self, participant: ParticipantId, entry: Entry, *, based_on: int, now: datetime, origin: str = ""
    ) -> Revision:
        """Keep a new revision of the participant's session.

        Raises StaleRevisionError unless `based_on` is the latest number and its content has the digest that the entry
        names, NotAllowedError where the participant may not change it.
        """
        ...

    def events(self, session: SessionId, after: int = 0) -> tuple[Event, ...]:
        """Return what was done, in order, from the revision after `after` on."""
        ...

    def last_events(self, session: SessionId) -> tuple[Event, ...]:
        """Return the last event of everyone who has done something, the latest at the end."""
        ...

    # Snapshots

    def name_snapshot(self, session: SessionId, snapshot: Snapshot) -> bool:
        """Give a revision that is there a name, as somebody who may change the plan; a known name moves."""
        ...

    def snapshots(self, session: SessionId) -> tuple[Snapshot, ...]:
        """Return the named revisions, the oldest first."""
        ...

    def forget_snapshot(self, session: SessionId, name: str, *, by: ParticipantId) -> bool:
        """Take a name away, as somebody who may change the plan; the revision stays."""
        ...

    # Presence: who has a page open, over all processes

    def announce(self, process: str, here: Sequence[tuple[SessionId, ParticipantId]], now: datetime) -> None:
        """Keep who has a page open at this process, in place of what it said before; their sessions are in use."""
        ...

    def here(self, session: SessionId, since: datetime) -> frozenset[ParticipantId]:
        """Return who has a page open, by what processes have said since then."""
        ...
