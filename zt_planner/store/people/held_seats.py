"""Seats by their holder, an account or a browser: their list, and how a seat comes to an account or goes to another.

Laws: a holder reads and moves its own seats only; who hands a session over is its owner when it is written, and the
session has an owner at every moment; a seat belongs to an account or to a browser, and to neither once it has ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update

from zt_planner.domain.session import AccountId, HeldSeat, HolderId, ParticipantId, Role, Seat, SessionId
from zt_planner.store.changes import KeyHash
from zt_planner.store.news.news import News
from zt_planner.store.people.seats import ENDED
from zt_planner.store.rows import held_seat_of, rules_of, seat_of
from zt_planner.store.tables import links, participants, revisions, sessions
from zt_planner.store.transactions import SEAT, Condition, Transactions, of_latest, owned_by, presenting_ended, seated

HELD_SEAT = SEAT.add_columns(
    sessions.c.used_at, of_latest(revisions.c.saved_at, participants.c.session).label("saved_at")
).where(participants.c.key.is_not(None))


def _held_by(holder: HolderId) -> ColumnElement[bool]:
    """Return the condition that a participant is an account's, or a browser's, whose key opens its own plan itself."""
    own = (participants.c.account, participants.c.browser, participants.c.key)
    return or_(*(column == holder for column in own))


def _has_seat(participant: ParticipantId, its: ColumnElement[bool]) -> Condition:
    query = select(participants.c.id).where(participants.c.id == participant, participants.c.key.is_not(None), its)
    return lambda connection, _: connection.execute(query).first() is not None


@dataclass(eq=False)
class HeldSeats:
    """The seats of a browser or an account."""

    transactions: Transactions

    def of(self, holder: HolderId) -> tuple[HeldSeat, ...]:
        """Return a holder's seats, that of the session used last first."""
        with self.transactions.reading() as connection:
            rows = connection.execute(HELD_SEAT.where(_held_by(holder))).all()
        return tuple(sorted(map(held_seat_of, rows), key=lambda held: held.used_at, reverse=True))

    def by_link(self, holder: HolderId, token: KeyHash) -> Seat | None:
        """Return the seat that a holder has taken by a link."""
        its = _held_by(holder) & (participants.c.link == token) & participants.c.key.is_not(None)
        with self.transactions.reading() as connection:
            row = connection.execute(SEAT.where(its)).first()
        return None if row is None else seat_of(row)

    def waits(self, holder: HolderId, token: KeyHash) -> bool:
        """Tell whether a holder waits to be let in by a link."""
        its = _held_by(holder) & (participants.c.link == token) & participants.c.waiting_key.is_not(None)
        with self.transactions.reading() as connection:
            return connection.execute(select(participants.c.id).where(its)).first() is not None

    def count(self, holder: HolderId) -> int:
        """Return how many seats a holder has or waits for."""
        its = _held_by(holder) & or_(participants.c.key.is_not(None), participants.c.waiting_key.is_not(None))
        with self.transactions.reading() as connection:
            return connection.execute(select(func.count()).select_from(participants).where(its)).scalar_one()

    def days_kept(self, holder: HolderId) -> int:
        """Return for how many days a holder's session is kept that is kept longest; 0 without a session."""
        query = select(sessions.c.rules).join(participants, participants.c.session == sessions.c.id)
        with self.transactions.reading() as connection:
            rules = connection.execute(query.where(_held_by(holder), participants.c.key.is_not(None))).scalars().all()
        return max((rules_of(text).days_kept for text in rules), default=0)

    def archive(self, participant: ParticipantId, at: datetime | None, *, holder: HolderId) -> bool:
        """Archive a holder's seat, or put it back into the list where no time is given."""
        is_own = _has_seat(participant, _held_by(holder))
        return self.transactions.set_participant(participant, is_own, archived_at=at)

    def leave(self, participant: ParticipantId, now: datetime, *, holder: HolderId) -> bool:
        """Give up a holder's seat; that of the only owner stays, as nobody else could go on with the session."""
        other = participants.alias()
        of_session = select(other.c.id).where(
            other.c.session == participants.c.session,
            other.c.id != participant,
            other.c.role == Role.OWNER,
            other.c.key.is_not(None),
        )
        is_free = or_(participants.c.role != Role.OWNER, of_session.exists())
        may_leave = _has_seat(participant, _held_by(holder) & is_free)
        return self.transactions.set_participant(participant, may_leave, left_at=now, **ENDED)

    def hand_over(self, session: SessionId, to: ParticipantId, *, by: ParticipantId) -> bool:
        """Make somebody with an account the owner instead of another one, who stays as an editor.

        The owners' link ends: its token follows from the old owner's key. Seats taken by it stay.
        """
        has_account = seated(to, lambda seat: seat.participant.account is not None)
        is_owner = owned_by(by)

        def holds(connection: Connection, its: SessionId) -> bool:
            return to != by and is_owner(connection, its) and has_account(connection, its)

        return self.transactions.change(
            News(session, "people"),
            update(participants).where(participants.c.id == to).values(role=Role.OWNER),
            update(participants).where(participants.c.id == by).values(role=Role.EDITOR),
            presenting_ended(session),
            delete(links).where(links.c.session == session, links.c.role == Role.OWNER),
            provided=holds,
        )

    def claim(self, participant: ParticipantId, key: KeyHash, *, account: AccountId, held: KeyHash | None) -> bool:
        """Let an account's key open a seat of its own, or one without an account whose key is held; no other does."""
        free = and_(participants.c.account.is_(None), participants.c.key == held)
        may_claim = _has_seat(participant, or_(participants.c.account == account, free))
        return self.transactions.set_participant(participant, may_claim, key=key, account=account, browser=None)
