"""The sessions of an account or a browser: which key opens one, the list of them, and putting them in order.

Laws: a holder reaches its own seats only, and does to a session only what its role there allows.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from pydantic import ValidationError

from zt_planner.domain.session import HeldSeat, Participant, ParticipantId, Role, Seat, SessionId
from zt_planner.errors import NotAllowed, StoreError
from zt_planner.workspace.keys import Account, Browser, Holder, Key, hash_of, keys_for
from zt_planner.workspace.plans import Cache
from zt_planner.workspace.state import saved_in

if TYPE_CHECKING:
    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.store.session_store import SessionStore

NAMES_REMEMBERED = 1_000
"""Names of companies, by the digest of a revision."""
PLANS_REMEMBERED = 200
"""What was read of revisions that teach something, or nothing: a page draws them again and again."""


def has_another_owner(people: Iterable[Participant], me: ParticipantId) -> bool:
    """Tell whether a session keeps an owner when somebody leaves it."""
    return any(person.role is Role.OWNER and person.id != me for person in people)


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session in somebody's list; it is deleted at `kept_until` unless somebody uses it before.

    `seen_at` is when its holder came or went last.
    """

    seat: Seat
    seen_at: datetime
    company: str
    everyone: tuple[Participant, ...]
    """Who has or had a seat, in the order of joining: by them people of the same name are numbered."""
    used_at: datetime
    kept_until: datetime
    is_archived: bool
    is_home: bool
    """Whether it opens at the address without a participant."""

    @property
    def me(self) -> Participant:
        """Its holder as a participant."""
        return self.seat.participant

    @property
    def is_copy(self) -> bool:
        """Tell whether it was copied from another session, to try something out."""
        return self.seat.copied_from is not None

    @property
    def is_owned(self) -> bool:
        """Tell whether it may be deleted or handed over."""
        return self.me.role is Role.OWNER

    @property
    def may_leave(self) -> bool:
        """Tell whether its holder can give up their seat."""
        return not self.is_home and has_another_owner(self.people, self.me.id)

    @property
    def people(self) -> tuple[Participant, ...]:
        """Who has a seat."""
        return tuple(person for person in self.everyone if person.has_seat)

    @property
    def successors(self) -> tuple[Participant, ...]:
        """Whom it can be handed over to: the others who have signed in."""
        return tuple(person for person in self.people if person.account not in {None, self.me.account})


class Accounts:
    """The list of somebody's sessions, signed in or not. Methods that change something raise NotAllowed."""

    def __init__(self, store: SessionStore) -> None:
        self.store = store
        self._companies: Cache[str, str] = Cache(NAMES_REMEMBERED)
        self._finished: Cache[tuple[SessionId, int], Scenario | None] = Cache(PLANS_REMEMBERED)

    def key(self, cookies: Mapping[str, str], account: Account | None, participant: ParticipantId | None) -> Key | None:
        """Return the key that opens a participant's seat, or one's own plan; None without any key.

        An account gets its seat back if its key has changed with the server's secret.
        """
        keys = keys_for(cookies, account, participant)
        if account is None or participant is None:
            return keys[0] if keys else None
        with contextlib.suppress(StoreError):  # who opens the seat with it says so
            known = next((key for key in keys if self.store.seats.by_key(hash_of(key)) is not None), None)
            if known is not None:
                return known
            self.store.held_seats.claim(participant, hash_of(keys[-1]), account=account.id, held=None)
        return keys[-1]

    def sessions(self, holder: Holder) -> tuple[OwnSession, ...]:
        """Return somebody's sessions, the one that was used last first."""
        home = self.store.seats.by_key(hash_of(holder.key(None)))
        return tuple(self._own(held, home) for held in self.store.held_seats.of(holder.id))

    def under_way(self, holder: Holder, most: int) -> tuple[tuple[Scenario, bool], ...]:
        """Return each plan of the sessions that somebody used last, and whether they see day rates there.

        Only of those in which the end of a task is recorded, and not of copies, which would count a plan twice.
        """
        found: dict[str, tuple[Scenario, bool]] = {}
        for held in islice(self.store.held_seats.of(holder.id), most):
            seat = held.seat
            if seat.copied_from is None:
                saved = (seat.participant.session, seat.number)
                scenario = self._finished.get(saved, partial(self._finished_in, *saved))
                if scenario is not None:
                    found.setdefault(scenario.version, (scenario, seat.sees_labour))
        return tuple(found.values())

    def _finished_in(self, session: SessionId, number: int) -> Scenario | None:
        """Read the plan of a revision in which the end of a task is recorded; None where none is, or is readable."""
        revision = self.store.history.revision(session, number)
        if revision is None:
            return None
        try:
            scenario = saved_in(revision.content).base
        except ValidationError:  # another version of the program has written it
            return None
        return scenario if scenario.status.has_finished else None

    def latest(self, holder: Holder, beside: SessionId | None, most: int) -> tuple[OwnSession, ...]:
        """Return the sessions that somebody has used last, except for one, archived ones and their own plan."""
        home = self.store.seats.by_key(hash_of(holder.key(None)))
        seats: dict[SessionId, HeldSeat] = {}
        hidden = {beside, None if home is None else home.participant.session}
        for held in self.store.held_seats.of(holder.id):
            if not held.is_archived and held.seat.participant.session not in hidden:
                seats.setdefault(held.seat.participant.session, held)
        return tuple(self._own(held, home) for held in islice(seats.values(), most))

    def last(self, holder: Holder) -> ParticipantId | None:
        """Return the participant by whose seat a holder had a page open last; None for their own plan."""
        home = self.store.seats.by_key(hash_of(holder.key(None)))
        seats = [held for held in self.store.held_seats.of(holder.id) if not held.is_archived]
        last = max(seats, key=lambda held: held.seen_at, default=None)
        is_home = last is None or (home is not None and home.participant.session == last.seat.participant.session)
        return None if last is None or is_home else last.seat.participant.id

    def _own(self, held: HeldSeat, home: Seat | None) -> OwnSession:
        seat = held.seat
        me = seat.participant
        return OwnSession(
            seat,
            held.seen_at,
            self._companies.get(seat.digest, lambda: self._company(seat)),
            self.store.seats.people(me.session),
            held.used_at,
            held.used_at + timedelta(days=seat.rules.days_kept),
            held.is_archived,
            is_home=home is not None and home.participant.id == me.id,
        )

    def _company(self, seat: Seat) -> str:
        """Read the company of a session; empty if another version of the program has written it."""
        revision = self.store.history.latest(seat.participant.session)
        try:
            return "" if revision is None else saved_in(revision.content).base.company.name
        except ValidationError:
            return ""

    def archive(self, holder: Holder, participant: ParticipantId, *, is_archived: bool) -> None:
        """Archive a session, or put it back into the list."""
        at = datetime.now(UTC) if is_archived else None
        if not self.store.held_seats.archive(participant, at, holder=holder.id):
            raise NotAllowed

    def leave(self, holder: Holder, participant: ParticipantId) -> None:
        """Give up a seat; the only owner deletes the session, or makes somebody else an owner first."""
        if not self.store.held_seats.leave(participant, datetime.now(UTC), holder=holder.id):
            raise NotAllowed

    def delete(self, holder: Holder, participant: ParticipantId) -> None:
        """Remove a session for good, for everyone, as its owner."""
        me = self._mine(holder, participant)
        if not self.store.sessions.delete(me.session, by=me.id):
            raise NotAllowed

    def hand_over(self, holder: Holder, participant: ParticipantId, to: ParticipantId) -> None:
        """Make another participant, who has an account, the owner instead."""
        me = self._mine(holder, participant)
        if not self.store.held_seats.hand_over(me.session, to, by=me.id):
            raise NotAllowed

    def _mine(self, holder: Holder, participant: ParticipantId) -> Participant:
        """Return the participant of one of the holder's seats; raise NotAllowed for any other."""
        seats = [held.seat.participant for held in self.store.held_seats.of(holder.id)]
        mine = next((seat for seat in seats if seat.id == participant), None)
        if mine is None:
            raise NotAllowed
        return mine

    def keep(self, account: Account, browser: Browser, own: OwnSession) -> None:
        """Move a seat of this browser into the account's list."""
        me = own.me.id
        held = hash_of(browser.key(None if own.is_home else me))
        if not self.store.held_seats.claim(me, hash_of(account.key(me)), account=account.id, held=held):
            raise NotAllowed
