"""A planning session on a store that can be away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.remembered import remembering
from zt_planner.errors import StoreError
from zt_planner.store.database import Database
from zt_planner.store.sessions import SessionStore
from zt_planner.workspace.keys import Key, Token, hash_of, new_key

if TYPE_CHECKING:
    from pathlib import Path

    from zt_planner.domain.session import Event, HolderId, Participant, Role, Seat, SessionId
    from zt_planner.store.changes import KeyHash
    from zt_planner.workspace import State
    from zt_planner.workspace.keys import Holder
    from zt_planner.workspace.plans import Plans

PEOPLE = "company.employees"


class Store(SessionStore):
    """Keeps sessions in a file; `is_away` makes it fail, `reads` counts what pages have it read."""

    is_away = False
    reads = 0

    def seat(self, key: KeyHash) -> Seat | None:
        """Return whose key this is, unless the store is away."""
        if self.is_away:
            raise StoreError(self.place, "it is away")
        return super().seat(key)

    def seat_by(self, holder: HolderId, token: KeyHash) -> Seat | None:
        """Return the seat that somebody has taken by a link, unless the store is away."""
        if self.is_away:
            raise StoreError(self.place, "it is away")
        return super().seat_by(holder, token)

    def days_held(self, holder: HolderId) -> int:
        """Return for how many days somebody's sessions are kept, unless the store is away."""
        if self.is_away:
            raise StoreError(self.place, "it is away")
        return super().days_held(holder)

    def seats_held(self, holder: HolderId) -> int:
        """Return how many seats somebody has, unless the store is away."""
        if self.is_away:
            raise StoreError(self.place, "it is away")
        return super().seats_held(holder)

    def people(self, session: SessionId) -> tuple[Participant, ...]:
        """Return everyone, and count the question."""
        self.reads += 1
        return super().people(session)

    def events(self, session: SessionId, after: int = 0) -> tuple[Event, ...]:
        """Return what was done, unless the store is away."""
        if self.is_away:
            raise StoreError(self.place, "it is away")
        return super().events(session, after)


class House:
    """One session, its owner, and what others do in it."""

    def __init__(self, file: Path, plans: Plans) -> None:
        """Begin a session by its owner's first change; plans are remembered from test to test."""
        self.store = Store(Database.in_file(file))
        self.workspace = remembering(self.store, plans)
        self.key = new_key()
        self.owner = self.change(self.workspace.open(self.key), 150)

    def change(self, state: State, people: int) -> State:
        """Change how many people there are."""
        return self.workspace.change(state, {PEOPLE: people})

    def link(self, role: Role) -> Token:
        """Make a role's link anew."""
        return self.workspace.people.renew_link(self.owner, role)

    def joined(self, role: Role, name: str = "", holder: Holder | None = None) -> tuple[Key, Seat]:
        """Let somebody join by a new link."""
        found = self.workspace.people.join(self.link(role), name, holder)
        assert found is not None
        return found

    def state(self, key: Key) -> State:
        """Return what a participant's page shows."""
        return self.workspace.open(key)

    def seat(self, key: Key) -> Seat:
        """Return a participant's seat."""
        found = self.store.seat(hash_of(key))
        assert found is not None
        return found
