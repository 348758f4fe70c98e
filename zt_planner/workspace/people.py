"""Sharing a session: links, joining, roles, rules, presenting, snapshots, the end.

Laws: only an owner changes who may do what; the store keeps hashes of links,
which only their maker can show again; renewing a link ends it, and the seats
that were taken by it, at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zt_planner.domain.session import (
    NAME_LENGTH,
    SNAPSHOT_LENGTH,
    EventKind,
    Participant,
    ParticipantId,
    Role,
    Rules,
    SessionId,
    Snapshot,
    View,
)
from zt_planner.errors import NotAllowed, TextRefused
from zt_planner.store.protocol import Entry
from zt_planner.workspace.keys import Key, Token, hash_of, new_key, new_participant, new_session, token_of

if TYPE_CHECKING:
    from zt_planner.domain.session import Seat
    from zt_planner.store.protocol import SessionStore
    from zt_planner.workspace.limits import Limit
    from zt_planner.workspace.plans import Plans
    from zt_planner.workspace.state import State

COLOURS = ("#1a56b0", "#b3261e", "#15693a", "#6b3fa0", "#a8480b", "#0b6f63", "#8a3ffc", "#5c6670")
"""Of participants, in the order of joining; each carries white letters."""


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A role's link as an owner sees it; `token` is None where another owner made it."""

    role: Role
    token: Token | None
    made_at: datetime


def clean_name(text: str, length: int) -> str:
    """Return a name without white space around it; raise TextRefused for one that is empty, too long or unprintable."""
    name = " ".join(text.split())
    if not name or len(name) > length or not all(char.isprintable() or char == "\u200d" for char in name):
        raise TextRefused(name, length)
    return name


class People:
    """What participants do with a session, apart from its plan."""

    def __init__(self, store: SessionStore, plans: Plans, beginning: Limit) -> None:
        """Keep the store, what computes the figures of a new session's first event, and how often one is begun."""
        self.store = store
        self.plans = plans
        self.beginning = beginning

    @staticmethod
    def _owner(state: State) -> Seat:
        """Return the seat of an owner; raise NotAllowed for everybody else."""
        if state.seat is None or state.seat.participant.role is not Role.OWNER:
            raise NotAllowed
        return state.seat

    # Links

    def links(self, state: State) -> dict[Role, ShownLink]:
        """Return the session's links, with the tokens of those that this owner has made."""
        seat = self._owner(state)
        found = {}
        for link in self.store.links(seat.participant.session):
            token = token_of(state.key, seat.participant.session, link.role, link.made_at)
            found[link.role] = ShownLink(link.role, token if hash_of(token) == link.token else None, link.made_at)
        return found

    def renew_link(self, state: State, role: Role) -> Token:
        """Make a role's link anew; the old one, and the seats that were taken by it, end at once."""
        seat, now = self._owner(state), datetime.now(UTC)
        token = token_of(state.key, seat.participant.session, role, now)
        self.store.set_link(seat.participant.session, role, hash_of(token), now, stays=seat.participant.id)
        return token

    def join(self, token: Token, name: str = "") -> tuple[Key, Seat] | None:
        """Take a seat by a link; return the new participant's key and seat, None where the link does not hold."""
        key, now = new_key(), datetime.now(UTC)

        def participant(session: SessionId, role: Role) -> Participant:
            colour = COLOURS[len(self.store.people(session)) % len(COLOURS)]
            return Participant(new_participant(), session, role, name, colour, now)

        seat = self.store.join(hash_of(token), participant, hash_of(key))
        return None if seat is None else (key, seat)

    # People

    def rename(self, state: State, name: str) -> None:
        """Give oneself a name."""
        if state.me is not None:
            self.store.rename(state.me.id, clean_name(name, NAME_LENGTH))

    def set_role(self, state: State, participant: ParticipantId, role: Role) -> None:
        """Let another participant do more or less from now on."""
        self._about(state, participant)
        self.store.set_role(participant, role)

    def remove(self, state: State, participant: ParticipantId) -> None:
        """Take another participant's seat away."""
        self._about(state, participant)
        self.store.remove(participant)

    def _about(self, state: State, participant: ParticipantId) -> None:
        """Refuse what is not an owner's, and what would leave a session without its owner."""
        seat = self._owner(state)
        others = {person.id for person in self.store.people(seat.participant.session)} - {seat.participant.id}
        if participant not in others:
            raise NotAllowed

    # Rules

    def set_rules(self, state: State, rules: Rules) -> None:
        """Set what holds in the session."""
        self.store.set_rules(self._owner(state).participant.session, rules)

    def present(self, state: State, view: View | None) -> None:
        """Show others what oneself looks at; None ends it."""
        seat = self._owner(state)
        self.store.present(seat.participant.session, None if view is None else seat.participant.id, view)

    # Snapshots

    def name_snapshot(self, state: State, name: str) -> None:
        """Give the revision that is shown a name."""
        if state.seat is None or not state.may_change:
            raise NotAllowed
        snapshot = Snapshot(
            clean_name(name, SNAPSHOT_LENGTH), state.number, state.seat.participant.id, datetime.now(UTC)
        )
        self.store.name_snapshot(state.seat.participant.session, snapshot)

    def forget_snapshot(self, state: State, name: str) -> None:
        """Take a snapshot's name away."""
        if state.session is None or not state.may_change:
            raise NotAllowed
        self.store.forget_snapshot(state.session, name)

    # The session as a whole

    def duplicate(self, state: State) -> tuple[Key, ParticipantId]:
        """Begin another session with the plan as it stands; return its owner's key and id."""
        if state.seat is None or not state.seat.participant.role.may_change:
            raise NotAllowed
        self.beginning.check(state.address)
        now, key = datetime.now(UTC), new_key()
        owner = Participant(new_participant(), new_session(), Role.OWNER, state.seat.participant.name, COLOURS[0], now)
        begun = replace(state, key=key, seat=None, number=0)
        outcome = self.plans.outcome(begun.scenario)
        self.store.create(owner, hash_of(key), Entry(begun.content, EventKind.LOAD, (), outcome, outcome))
        return key, owner.id

    def delete(self, state: State) -> None:
        """Remove the session for good, for everyone."""
        self.store.delete(self._owner(state).participant.session)
