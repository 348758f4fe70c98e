"""Changes of a session: what a store is given to keep, what it gives back, and why it refuses.

Law: keys and links are kept as hashes only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType, TypeAlias

from zt_planner.domain.session import EventKind, FieldChange, Outcome, Participant, ProposalEnd, Role, Rules, SessionId

KeyHash = NewType("KeyHash", str)
"""SHA-256 of a cookie's or link's secret, as 64 hexadecimal digits."""
DIGEST_LENGTH = 16


def digest_of(content: str) -> str:
    """Return the digest of the content of a revision."""
    return hashlib.sha256(content.encode()).hexdigest()[:DIGEST_LENGTH]


@dataclass(frozen=True, slots=True)
class NewRevision:
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
    ends: tuple[int, ProposalEnd] | None = None
    """The number of the proposal that it decides on, and how."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state of a session; `content` is JSON, number 1 the first."""

    number: int
    content: str
    size: int = field(default=0, compare=False)
    """What it takes in the store, about, in bytes: known where it has just been kept."""

    @property
    def digest(self) -> str:
        return digest_of(self.content)


@dataclass(frozen=True, slots=True)
class Link:
    """A link by which people join: for which role, since when, and the hash of its token."""

    role: Role
    token: KeyHash
    made_at: datetime


Joining: TypeAlias = "Callable[[SessionId, Role, Sequence[Participant], Rules], Participant]"
"""Makes the participant who comes by a link: its session and role are given, who has or had a seat, and the rules."""


class StaleRevisionError(Exception):
    """Somebody else has appended in the meantime; read the latest revision and try again."""


class NameNeeded(Exception):
    """The session has a lobby: whoever comes gives a name and waits."""


class WriteRefused(Exception):
    """The participant may not do this now: no seat any more, a viewer, or a locked session."""
