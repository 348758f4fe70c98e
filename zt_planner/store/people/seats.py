"""The seats of a session: whose key opens one, how people join by a link or wait to be let in, and who may do what.

Laws: only an owner changes what others may do, and is an owner when it is written; a renewed link ends, and so do the
seats that were taken by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Executable, delete, func, insert, select, update

from zt_planner.domain.session import BrowserId, Participant, ParticipantId, Role, Seat, SessionId
from zt_planner.store.changes import Joining, KeyHash, Link
from zt_planner.store.news.news import News
from zt_planner.store.rows import participant_of, participant_values, rules_of, seat_of
from zt_planner.store.tables import links, participants, sessions
from zt_planner.store.transactions import SEAT, Condition, Transactions, mark_used, owned_by, presenting_ended, seated

ENDED: Final[Mapping[str, None]] = {"key": None, "browser": None, "account": None}
"""What an ended seat has lost; what its participant did stays in the record."""


def _people_of(connection: Connection, session: SessionId) -> tuple[Participant, ...]:
    query = select(participants).where(participants.c.session == session).order_by(participants.c.place)
    return tuple(map(participant_of, connection.execute(query).all()))


def _is_awaited(participant: ParticipantId, by: ParticipantId) -> Condition:
    """Return the condition that a participant waits to be let in, and that another one is an owner."""
    query = select(participants.c.id).where(participants.c.id == participant, participants.c.waiting_key.is_not(None))
    is_owner = owned_by(by)

    def holds(connection: Connection, session: SessionId) -> bool:
        its = query.where(participants.c.session == session)
        return is_owner(connection, session) and connection.execute(its).first() is not None

    return holds


@dataclass(eq=False)
class Seats:
    """The people in a session, and its links."""

    transactions: Transactions

    def by_key(self, key: KeyHash) -> Seat | None:
        """Return the seat that a key opens, with what holds in its session; None for a key that opens none."""
        with self.transactions.reading() as connection:
            row = connection.execute(SEAT.where(participants.c.key == key)).first()
        return None if row is None else seat_of(row)

    def people(self, session: SessionId) -> tuple[Participant, ...]:
        """Return everyone who has or had a seat, in the order of joining."""
        with self.transactions.reading() as connection:
            return _people_of(connection, session)

    def rename(self, participant: ParticipantId, name: str) -> bool:
        """Give a participant who has a seat another name."""
        return self.transactions.set_participant(participant, seated(participant), name=name)

    def set_role(self, participant: ParticipantId, role: Role, *, by: ParticipantId) -> bool:
        """Change a participant's role, as an owner of the session."""
        return self.transactions.set_participant(participant, owned_by(by), role=role)

    def remove(self, participant: ParticipantId, *, by: ParticipantId) -> bool:
        """End a seat, as an owner of its session; what its participant did stays in the record."""
        return self.transactions.set_participant(participant, owned_by(by), **ENDED)

    def links(self, session: SessionId) -> tuple[Link, ...]:
        query = select(links).where(links.c.session == session).order_by(links.c.role)
        with self.transactions.reading() as connection:
            return tuple(Link(Role(row.role), KeyHash(row.token), row.made_at) for row in connection.execute(query))

    def set_link(self, session: SessionId, role: Role, token: KeyHash, now: datetime, *, by: ParticipantId) -> bool:
        """Replace a role's link, as an owner; the seats that were taken by the old one end, except the owner's own."""
        of_role = (links.c.session == session) & (links.c.role == role)
        by_the_old = participants.c.link == select(links.c.token).where(of_role).scalar_subquery()
        return self.transactions.change(
            News(session, "people"),
            delete(participants).where(by_the_old, participants.c.waiting_key.is_not(None)),
            update(participants).where(by_the_old, participants.c.id != by).values(**ENDED),
            presenting_ended(session),
            delete(links).where(of_role),
            insert(links).values(session=session, role=role, token=token, made_at=now),
            provided=owned_by(by),
        )

    def join(self, token: KeyHash, participant: Joining, key: KeyHash, browser: BrowserId | None = None) -> Seat | None:
        """Take a seat by a link, or wait for it; None where there is none. What `participant` raises is raised."""
        known = select(links.c.session, links.c.role).where(links.c.token == token)
        with self.transactions.reading() as connection:
            link = connection.execute(known).first()
        if link is None:
            return None
        session = SessionId(link.session)

        def seat_taken(connection: Connection) -> Executable:
            its = sessions.c.id == session
            rules = rules_of(connection.execute(select(sessions.c.rules).where(its)).scalar_one())
            joined = participant(session, Role(link.role), _people_of(connection, session), rules)
            connection.execute(mark_used(session, joined.joined_at))
            of_session = select(func.max(participants.c.place)).where(participants.c.session == session)
            place = connection.execute(of_session).scalar_one() + 1
            opened = {"waiting_key" if joined.waits else "key": key, "browser": browser, "link": token}
            return insert(participants).values({**participant_values(joined), **opened, "place": place})

        is_known = self.transactions.change(
            News(session, "people"),
            seat_taken,
            provided=lambda connection, _: connection.execute(known).first() is not None,
        )
        return self.by_key(key) if is_known else None

    def let_in(self, participant: ParticipantId, *, by: ParticipantId) -> bool:
        """Give somebody who waits their seat, as an owner."""
        opens = {"key": participants.c.waiting_key, "waiting_key": None}
        return self.transactions.set_participant(participant, _is_awaited(participant, by), **opens)

    def turn_away(self, session: SessionId, participant: ParticipantId, *, by: ParticipantId) -> bool:
        """Remove somebody who waits, as an owner; nothing of them is kept."""
        gone = delete(participants).where(participants.c.id == participant)
        return self.transactions.change(News(session, "people"), gone, provided=_is_awaited(participant, by))
