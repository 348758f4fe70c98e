"""What a store must do: keep revisions of a session, one after the other.

Laws: what `append` has returned is there after a restart; numbers rise by one;
an append that is based on an older revision is refused, so that nobody
overwrites what they have not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType, Protocol

SessionId = NewType("SessionId", str)


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state of a session; `content` is JSON, number 1 the first."""

    number: int
    content: str


class StaleRevisionError(Exception):
    """Somebody else has appended in the meantime; read the latest revision and try again."""


class SessionStore(Protocol):
    """Keeps sessions. Every method raises StoreError where the store cannot be reached."""

    def latest_number(self, session: SessionId) -> int:
        """Return the number of the latest revision, 0 for a session that has none."""
        ...

    def latest(self, session: SessionId) -> Revision | None:
        """Return the latest revision, None for a session that has none."""
        ...

    def append(self, session: SessionId, content: str, *, based_on: int) -> Revision:
        """Keep a new revision; raise StaleRevisionError unless `based_on` is the latest number."""
        ...
