"""Seats by their holder, an account or a browser: their list, and how a seat comes to an account or goes to another.

Laws: a holder reads and moves its own seats only; who hands a session over is its owner when it is written, and the
session has an owner at every moment; a seat belongs to an account or to a browser, and to neither once it has ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, delete, func, or_, select, update

from zt_planner.domain.session import Role
from zt_planner.store.history import History
from zt_planner.store.news import News
from zt_planner.store.queries import HELD_SEAT, SEAT, held_by, owned_by, seated
from zt_planner.store.rows import held_seat_of, rules_of, seat_of
from zt_planner.store.tables import links, participants, sessions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from zt_planner.domain.session import AccountId, HeldSeat, HolderId, ParticipantId, Seat, SessionId
    from zt_planner.store.changes import KeyHash

ENDED: Final[Mapping[str, None]] = {"key": None, "browser": None, "account": None}
"""What a seat has lost that has ended; what its participant did stays in the record."""


class HeldSeats(History):
    """What a store knows of those who hold seats."""

    def seats_of(self, holder: HolderId) -> tuple[HeldSeat, ...]:
        """Return a holder's seats, that of the session used last first."""
        with self.database.reading() as connection:
            rows = connection.execute(HELD_SEAT.where(held_by(holder))).all()
        return tuple(sorted(map(held_seat_of, rows), key=lambda found: found.used_at, reverse=True))

    def seat_by(self, holder: HolderId, token: KeyHash) -> Seat | None:
        """Return the seat that a holder has taken by a link."""
        its = held_by(holder) & (participants.c.link == token) & participants.c.key.is_not(None)
        with self.database.reading() as connection:
            row = connection.execute(SEAT.where(its)).first()
        return None if row is None else seat_of(row)

    def seats_held(self, holder: HolderId) -> int:
        """Return how many seats a holder has or waits for."""
        its = held_by(holder) & or_(participants.c.key.is_not(None), participants.c.waiting_key.is_not(None))
        with self.database.reading() as connection:
            return connection.execute(select(func.count()).select_from(participants).where(its)).scalar_one()

    def days_held(self, holder: HolderId) -> int:
        """Return for how many days the session is kept that is kept longest of a holder's; 0 where there is none."""
        query = select(sessions.c.rules).join(participants, participants.c.session == sessions.c.id)
        with self.database.reading() as connection:
            found = connection.execute(query.where(held_by(holder), participants.c.key.is_not(None))).scalars().all()
        return max((rules_of(rules).days_kept for rules in found), default=0)

    def archive(self, participant: ParticipantId, at: datetime | None, *, holder: HolderId) -> bool:
        """Put a holder's seat away, or back into its list where no time is given."""
        return self._set_participant(participant, lambda _: self._is(participant, held_by(holder)), archived_at=at)

    def leave(self, participant: ParticipantId, *, holder: HolderId) -> bool:
        """Give up a holder's seat; an owner's stays, as the session may have no other."""
        its = held_by(holder) & (participants.c.role != Role.OWNER)
        return self._set_participant(participant, lambda _: self._is(participant, its), **ENDED)

    def hand_over(self, session: SessionId, to: ParticipantId, *, by: ParticipantId) -> bool:
        """Make somebody with an account the owner in the place of another one, who stays as an editor.

        The owners' link ends: its token follows from the old owner's key. Seats taken by it stay.
        """
        has_account = seated(session, to, lambda seat: seat.participant.account is not None)
        is_owner = owned_by(session, by)

        def holds(connection: Connection) -> bool:
            return to != by and is_owner(connection) and has_account(connection)

        return self._change(
            News(session, "people"),
            update(participants).where(participants.c.id == to).values(role=Role.OWNER),
            update(participants).where(participants.c.id == by).values(role=Role.EDITOR),
            delete(links).where(links.c.session == session, links.c.role == Role.OWNER),
            provided=holds,
        )

    def claim(self, participant: ParticipantId, key: KeyHash, *, account: AccountId, held: KeyHash | None) -> bool:
        """Let an account's key open a seat of its own, or one without an account whose key is held; no other does."""
        free = and_(participants.c.account.is_(None), participants.c.key == held)
        its = or_(participants.c.account == account, free)
        return self._set_participant(
            participant, lambda _: self._is(participant, its), key=key, account=account, browser=None
        )

    @staticmethod
    def _is(participant: ParticipantId, its: ColumnElement[bool]) -> Callable[[Connection], bool]:
        """Return the condition that somebody has a seat of which something holds."""
        query = select(participants.c.id).where(participants.c.id == participant, participants.c.key.is_not(None), its)
        return lambda connection: connection.execute(query).first() is not None
