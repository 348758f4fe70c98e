"""Seats that belong to accounts: the list of an account, and how a seat comes to one or goes to another.

Laws: an account reads and moves its own seats only; who hands a session over is its owner when it is written, and the
session has an owner at every moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from zt_planner.domain.session import Role
from zt_planner.store.history import History
from zt_planner.store.news import News
from zt_planner.store.queries import ACCOUNT_SEAT, SEAT, owned_by, seated
from zt_planner.store.rows import account_seat_of, seat_of
from zt_planner.store.tables import links, participants

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from zt_planner.domain.session import AccountId, AccountSeat, ParticipantId, Seat, SessionId
    from zt_planner.store.changes import KeyHash


class AccountSeats(History):
    """What a store knows of accounts."""

    def seats_of(self, account: AccountId) -> tuple[AccountSeat, ...]:
        """Return an account's seats, that of the session used last first."""
        with self.database.reading() as connection:
            rows = connection.execute(ACCOUNT_SEAT.where(participants.c.account == account)).all()
        return tuple(sorted(map(account_seat_of, rows), key=lambda found: found.used_at, reverse=True))

    def seat_by(self, account: AccountId, token: KeyHash) -> Seat | None:
        """Return the seat that an account has taken by a link."""
        its = (participants.c.account == account) & (participants.c.link == token) & participants.c.key.is_not(None)
        with self.database.reading() as connection:
            row = connection.execute(SEAT.where(its)).first()
        return None if row is None else seat_of(row)

    def archive(self, participant: ParticipantId, at: datetime | None, *, account: AccountId) -> bool:
        """Put an account's seat away, or back into its list where no time is given."""
        return self._set_participant(
            participant, lambda session: self._held_by(session, participant, account), archived_at=at
        )

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

        def provided(session: SessionId) -> Callable[[Connection], bool]:
            own = self._held_by(session, participant, account)
            free = self._held_by(session, participant, None)

            def holds(connection: Connection) -> bool:
                by = select(participants.c.key).where(participants.c.id == participant)
                return own(connection) or (free(connection) and connection.execute(by).scalar() == held)

            return holds

        return self._set_participant(participant, provided, key=key, account=account)

    @staticmethod
    def _held_by(
        session: SessionId, participant: ParticipantId, account: AccountId | None
    ) -> Callable[[Connection], bool]:
        """Return the condition that a seat belongs to an account, or to none."""
        return seated(session, participant, lambda seat: seat.participant.account == account)
