"""Sharing a session: links, joining, roles, rules, presenting, snapshots, the end.

Laws: only an owner changes who may do what, which is checked in the transaction that writes; the store keeps hashes of
links, which only their maker can show again; renewing a link ends it, and the seats that were taken by it, at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Unpack

from zt_planner.domain.session import (
    NAME_LENGTH,
    SNAPSHOT_LENGTH,
    AccountId,
    BrowserId,
    CopiedFrom,
    EventKind,
    Participant,
    ParticipantId,
    PresentedPage,
    Role,
    Rules,
    RulesSet,
    Seat,
    SessionId,
    Snapshot,
)
from zt_planner.errors import NotAllowed, SeatEnded, SeatsFull, SessionFull, TextRefused
from zt_planner.store.changes import NameNeeded, NewRevision, Revision
from zt_planner.workspace.keys import (
    Account,
    Browser,
    Holder,
    Key,
    Token,
    hash_of,
    new_key,
    new_participant,
    new_session,
    token_of,
)
from zt_planner.workspace.limits import Allowance, RateLimit
from zt_planner.workspace.names import clean_name
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.state import State
from zt_planner.workspace.variants import new_mark

if TYPE_CHECKING:
    from zt_planner.store.session_store import SessionStore

MOST_SEATS, MOST_WAITING = 500, 50
"""Of a session: a link can be used any number of times, and everybody is kept and listed."""
MOST_SEATS_HELD = 200
"""By a browser or an account, which are listed, too."""
BYTES_OF_A_NAME = 500
"""That a snapshot takes in the store, about."""
COLOURS = ("#1a56b0", "#b3261e", "#15693a", "#6b3fa0", "#a8480b", "#0b6f63", "#8a3ffc", "#5c6670")
"""Of participants, in the order of joining; each carries white letters."""


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A role's link as an owner sees it; `token` is None when another owner made it."""

    role: Role
    token: Token | None
    made_at: datetime


def _account_of(holder: Holder) -> AccountId | None:
    return holder.id if isinstance(holder, Account) else None


def _browser_of(holder: Holder) -> BrowserId | None:
    return holder.id if isinstance(holder, Browser) else None


def _name_of(holder: Holder) -> str:
    """Return the name of an account, empty if it has none that can be shown."""
    try:
        return clean_name(holder.name[:NAME_LENGTH], NAME_LENGTH) if isinstance(holder, Account) else ""
    except TextRefused:
        return ""


def allow(is_done: bool) -> None:  # noqa: FBT001 - what the store returns
    """Raise NotAllowed if the store has refused a change."""
    if not is_done:
        raise NotAllowed


@dataclass(frozen=True, slots=True)
class Joiner:
    """Somebody who joins by a link, or waits to be let in."""

    me: ParticipantId
    name: str
    holder: Holder
    waits: bool

    @property
    def key(self) -> Key:
        return self.holder.key(self.me)

    def participant(self, session: SessionId, role: Role, people: Sequence[Participant], rules: Rules) -> Participant:
        """Return the participant; raise SessionFull where there is no room, NameNeeded where there is a lobby."""
        if rules.has_lobby and not self.waits:
            raise NameNeeded
        if sum(person.has_seat or person.waits for person in people) >= MOST_SEATS:
            raise SessionFull
        if self.waits and sum(person.waits for person in people) >= MOST_WAITING:
            raise SessionFull
        colour, now = COLOURS[len(people) % len(COLOURS)], datetime.now(UTC)
        account = _account_of(self.holder)
        return Participant(self.me, session, role, self.name, colour, now, account=account, waits=self.waits)


class People:
    """What participants do with a session, except for its plan. Methods raise SeatEnded and NotAllowed."""

    def __init__(self, store: SessionStore, plans: Plans, session_limit: RateLimit, write_allowance: Allowance) -> None:
        self.store = store
        self.plans = plans
        self.session_limit = session_limit
        self.write_allowance = write_allowance

    def _seat(self, state: State) -> Seat:
        """Return the present seat of a participant, whatever their page shows; raise SeatEnded if it has ended."""
        if state.seat is None:
            raise NotAllowed
        seat = self.store.seats.by_key(hash_of(state.key))
        if seat is None:
            raise SeatEnded
        return seat

    def _owner(self, state: State) -> Seat:
        seat = self._seat(state)
        allow(seat.is_owner)
        return seat

    def _editor(self, state: State) -> Seat:
        seat = self._seat(state)
        allow(seat.may_change)
        return seat

    # Links

    def links(self, state: State) -> dict[Role, ShownLink]:
        """Return the session's links, with the tokens of those that this owner has made."""
        seat = self._owner(state)
        shown = {}
        for link in self.store.seats.links(seat.participant.session):
            token = token_of(state.key, seat.participant.session, link.role, link.made_at)
            shown[link.role] = ShownLink(link.role, token if hash_of(token) == link.token else None, link.made_at)
        return shown

    def renew_link(self, state: State, role: Role) -> Token:
        """Renew a role's link; the old one, and the seats that were taken by it, end at once."""
        seat, now = self._owner(state), datetime.now(UTC)
        token = token_of(state.key, seat.participant.session, role, now)
        allow(self.store.seats.set_link(seat.participant.session, role, hash_of(token), now, by=seat.participant.id))
        return token

    def join(self, token: Token, name: str = "", holder: Holder | None = None) -> tuple[Key, Seat] | None:
        """Take a seat by a link; return the new participant's key and seat, None if the link is not valid.

        Raises SessionFull if the session has no seat left, SeatsFull if the holder has too many, and NameNeeded if
        there is a lobby: call `ask` then.
        """
        joining = self._joining(name, holder)
        seat = self._joined(token, joining)
        return None if seat is None else (joining.key, seat)

    def ask(self, token: Token, name: str, holder: Holder | None = None) -> tuple[Key, ParticipantId]:
        """Wait to be let in by a link; return the key that will open the seat, and the participant's id.

        An owner lets in whom they know: an account waits by its own name. Raises NameNeeded without a name.
        """
        joining = self._joining(name, holder, waits=True)
        self._joined(token, joining)
        return joining.key, joining.me

    def _joined(self, token: Token, joining: Joiner) -> Seat | None:
        self._check_seats(joining.holder)
        browser = _browser_of(joining.holder)
        return self.store.seats.join(hash_of(token), joining.participant, hash_of(joining.key), browser)

    def _check_seats(self, holder: Holder) -> None:
        """Raise SeatsFull if a holder has so many seats that one more would not be listed."""
        if self.store.held_seats.count(holder.id) >= MOST_SEATS_HELD:
            raise SeatsFull(most=MOST_SEATS_HELD)

    @staticmethod
    def _joining(name: str, holder: Holder | None, *, waits: bool = False) -> Joiner:
        """Return who joins, in a new browser if no holder is known; raise TextRefused or NameNeeded."""
        holder = holder or Browser(new_key())
        me, known = new_participant(), _name_of(holder)
        if waits and not (known or name):
            raise NameNeeded
        typed = clean_name(name, NAME_LENGTH) if name and not (waits and known) else ""
        return Joiner(me, typed or known, holder, waits)

    # People

    def everyone(self, state: State) -> tuple[Participant, ...]:
        """Return everyone with a seat, in the order of joining."""
        return tuple(person for person in self.everyone_ever(state) if person.has_seat)

    def everyone_ever(self, state: State) -> tuple[Participant, ...]:
        """Return everyone who has or had a seat, in the order of joining."""
        return () if state.session is None else self.store.seats.people(state.session)

    def here(self, state: State) -> frozenset[ParticipantId]:
        """Return who has a page open."""
        if state.session is None:
            return frozenset()
        return self.store.presence.here(state.session, datetime.now(UTC))

    def waiting(self, state: State) -> tuple[Participant, ...]:
        """Return who waits to be let in, the longest wait first."""
        return tuple(person for person in self.everyone_ever(state) if person.waits)

    def let_in(self, state: State, participant: ParticipantId) -> None:
        """Let in somebody who waits."""
        allow(self.store.seats.let_in(participant, by=self._owner(state).participant.id))

    def turn_away(self, state: State, participant: ParticipantId) -> None:
        """Send somebody away who waits."""
        me = self._owner(state).participant
        allow(self.store.seats.turn_away(me.session, participant, by=me.id))

    def rename(self, state: State, name: str) -> None:
        """Set or clear one's own name; a viewer may, too."""
        given = clean_name(name, NAME_LENGTH) if name.strip() else ""
        if not self.store.seats.rename(self._seat(state).participant.id, given):
            raise SeatEnded

    def set_role(self, state: State, participant: ParticipantId, role: Role) -> None:
        """Change another participant's role."""
        allow(self.store.seats.set_role(participant, role, by=self._about(state, participant)))

    def remove(self, state: State, participant: ParticipantId) -> None:
        """Revoke another participant's seat."""
        allow(self.store.seats.remove(participant, by=self._about(state, participant)))

    def _about(self, state: State, participant: ParticipantId) -> ParticipantId:
        """Return the owner who changes another participant; raise NotAllowed for everybody else.

        Nobody changes their own role, and the store checks the owner again when it writes: so a session always has an
        owner, even if two owners remove each other at the same moment.
        """
        seat = self._owner(state)
        others = {person.id for person in self.store.seats.people(seat.participant.session)} - {seat.participant.id}
        allow(participant in others)
        return seat.participant.id

    # Rules

    def set_rules(self, state: State, **rules: Unpack[RulesSet]) -> None:
        """Set some rules of the session; rules that others set at the same time are kept."""
        me = self._owner(state).participant
        allow(self.store.sessions.set_rules(me.session, by=me.id, **rules))

    def present(self, state: State, view: PresentedPage | None, *, goes_on: bool = False) -> None:
        """Present a view to the others; None ends it. `goes_on` does not replace another presenter."""
        me = self._owner(state).participant
        allow(self.store.sessions.present(me.session, view, by=me.id, goes_on=goes_on))

    # Snapshots

    def name_snapshot(self, state: State, name: str) -> None:
        """Name the revision that was seen; raise StoreError if it is not saved."""
        me = self._editor(state).participant
        if state.trouble is not None:
            raise state.trouble
        snapshot = Snapshot(clean_name(name, SNAPSHOT_LENGTH), state.revision_seen, me.id, datetime.now(UTC))
        self.write_allowance.check(state.address)
        allow(self.store.history.name_snapshot(me.session, snapshot))
        self.write_allowance.charge(state.address, BYTES_OF_A_NAME)

    def forget_snapshot(self, state: State, name: str) -> None:
        """Delete a snapshot's name."""
        me = self._editor(state).participant
        allow(self.store.history.forget_snapshot(me.session, name, by=me.id))

    # The session as a whole

    def begin(
        self,
        state: State,
        entry: NewRevision,
        me: ParticipantId,
        name: str = "",
        copied_from: CopiedFrom | None = None,
    ) -> tuple[Seat, Revision]:
        """Begin a session with its owner and its first revision; raise TooManySessions where there were too many."""
        self.session_limit.check(state.address)
        holder, now = state.held_by, datetime.now(UTC)
        name, account = name or _name_of(holder), _account_of(holder)
        owner = Participant(me, new_session(), Role.OWNER, name, COLOURS[0], now, account=account)
        revision = self.store.sessions.create(
            owner,
            hash_of(state.key),
            entry,
            browser=_browser_of(holder),
            copied_from=copied_from,
            origin=state.origin,
        )
        return Seat(owner, self.store.sessions.rules, revision.number, digest=revision.digest), revision

    def duplicate(self, state: State) -> tuple[Key, ParticipantId]:
        """Begin another session with the current plan; return its owner's key and id. Raises SeatsFull."""
        me = self._seat(state).participant
        allow(me.role.may_change)
        return self._begin_beside(state, me.name)

    def try_out(self, state: State) -> tuple[Key, ParticipantId]:
        """Begin a session of one's own with a copy of what the page shows; return its owner's key and id.

        It holds what its reader may see: no notes, no variants, no names given to them, no hidden day rates. Raises
        SeatsFull.
        """
        seat = self._seat(state)
        scenario = state.scenario if seat.sees_labour else state.scenario.without_rates()
        copied = State(
            key=state.key,
            seat=None,
            base=scenario,
            baseline=self.plans.baseline(scenario),
            is_example=False,
            baseline_without_labour=self.plans.baseline(scenario, shows_labour=False),
            baseline_number=1,
            plan_mark=new_mark(),
            address=state.address,
            holder=state.held_by,
        )
        return self._begin_beside(copied, seat.participant.name, CopiedFrom(seat.participant.id, state.mark))

    def _begin_beside(
        self, state: State, name: str, copied_from: CopiedFrom | None = None
    ) -> tuple[Key, ParticipantId]:
        """Begin another session of a reader with the plan of a state."""
        self.write_allowance.check(state.address)
        self._check_seats(state.held_by)
        owner = new_participant()
        key = state.held_by.key(owner)
        begun = replace(state, key=key, holder=state.held_by, seat=None, number=0, origin="")
        outcome = self.plans.outcome(begun.base)
        entry = NewRevision(begun.content, EventKind.LOAD, (), outcome, outcome)
        _, revision = self.begin(begun, entry, owner, name, copied_from)
        self.write_allowance.charge(state.address, revision.size)
        return key, owner

    def delete(self, state: State) -> None:
        """Remove the session for good, for everyone."""
        me = self._owner(state).participant
        allow(self.store.sessions.delete(me.session, by=me.id))
