"""A planning session on a store that can be away."""

from __future__ import annotations

from pathlib import Path

from tests.breakable import BreakableStore
from tests.remembered import remembering
from zt_planner.domain.session import Participant, Role, Seat, SessionId
from zt_planner.store.people.seats import Seats
from zt_planner.workspace import State
from zt_planner.workspace.keys import Holder, Key, Token, hash_of, new_key
from zt_planner.workspace.plans import Plans

PEOPLE = "company.employees"


class CountingSeats(Seats):
    """Counts how often somebody asks who is in a session."""

    reads = 0

    def people(self, session: SessionId) -> tuple[Participant, ...]:
        """Return everyone, and count the question."""
        self.reads += 1
        return super().people(session)


class House:
    """One session, its owner, and what others do in it."""

    def __init__(self, file: Path, plans: Plans) -> None:
        """Begin a session by its owner's first change; plans are remembered from test to test."""
        self.store = BreakableStore(file)
        self.store.seats = self.seats = CountingSeats(self.store.seats.transactions)
        self.workspace = remembering(self.store, plans)
        self.key = new_key()
        self.owner = self.change(self.workspace.open(self.key), 150)

    def change(self, state: State, people: int) -> State:
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
        found = self.store.seats.by_key(hash_of(key))
        assert found is not None
        return found
