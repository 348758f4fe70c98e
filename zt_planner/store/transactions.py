"""How a session is read and changed: behind its lock, by somebody who may, with news of what has changed.

A change first locks its session: in PostgreSQL the session's row, in a SQLite file the whole file. What is read then
still holds when it is written; and as every change locks the session before anything else, there are no deadlocks. The
rights of whoever changes something are read behind the lock, too: a right that was lost meanwhile changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, Executable, ScalarSelect, case, exists, func, literal, select, update

from zt_planner.domain.session import ParticipantId, Role, Seat, SessionId
from zt_planner.store.database import Database
from zt_planner.store.news.news import Messenger, News
from zt_planner.store.rows import seat_of
from zt_planner.store.tables import Moment, copies, links, participants, proposals, revisions, sessions

Condition: TypeAlias = Callable[[Connection, SessionId], bool]
"""Whether a session may be changed, as its rows are behind the lock."""
Statement: TypeAlias = Executable | Callable[[Connection], Executable]
"""A change; a function where it depends on what is read behind the lock."""


def of_latest(column: Column[Any], session: Column[str]) -> ScalarSelect[Any]:
    """Return the value that a column has in the latest of a session's revisions."""
    of_session = select(column).where(revisions.c.session == session)
    return of_session.order_by(revisions.c.number.desc()).limit(1).scalar_subquery()


_OTHERS = participants.alias()
SEAT = select(
    participants,
    select(func.count())
    .where(_OTHERS.c.session == participants.c.session, _OTHERS.c.waiting_key.is_not(None))
    .scalar_subquery()
    .label("waiting"),
    select(func.coalesce(func.max(proposals.c.number), 0))
    .where(proposals.c.session == participants.c.session)
    .scalar_subquery()
    .label("proposals_made"),
    select(func.count())
    .where(proposals.c.session == participants.c.session, proposals.c.end.is_(None))
    .scalar_subquery()
    .label("proposals_open"),
    exists().where(links.c.session == participants.c.session).label("has_link"),
    copies.c.source,
    copies.c.mark,
    sessions.c.rules,
    sessions.c.presenter,
    sessions.c.view,
    of_latest(revisions.c.number, participants.c.session).label("latest"),
    of_latest(revisions.c.whole, participants.c.session).label("whole"),
    of_latest(revisions.c.digest, participants.c.session).label("digest"),
).select_from(
    participants.join(sessions, sessions.c.id == participants.c.session).outerjoin(
        copies, copies.c.session == sessions.c.id
    )
)


def lock(connection: Connection, session: SessionId) -> bool:
    """Lock a session for the rest of the transaction; False where there is no such session."""
    query = select(sessions.c.id).where(sessions.c.id == session).with_for_update()
    return connection.execute(query).first() is not None


def session_of(connection: Connection, participant: ParticipantId) -> SessionId | None:
    """Return the session in which somebody has or had a seat."""
    session = connection.execute(select(participants.c.session).where(participants.c.id == participant)).scalar()
    return None if session is None else SessionId(session)


def seated(participant: ParticipantId, may: Callable[[Seat], bool] = lambda _seat: True) -> Condition:
    """Return the condition that a participant has a seat in the session, with the right that `may` asks for."""
    query = SEAT.where(participants.c.id == participant, participants.c.key.is_not(None))

    def holds(connection: Connection, session: SessionId) -> bool:
        row = connection.execute(query.where(participants.c.session == session)).first()
        return row is not None and may(seat_of(row))

    return holds


def owned_by(participant: ParticipantId) -> Condition:
    """Return the condition that a participant is an owner of the session."""
    return seated(participant, lambda seat: seat.is_owner)


def editable_by(participant: ParticipantId) -> Condition:
    """Return the condition that a participant may change the plan of the session."""
    return seated(participant, lambda seat: seat.may_change)


def mark_used(session: SessionId, now: datetime) -> Executable:
    """Return the statement that sets when a session was used last, never back: a clock may have been set back."""
    later = case((sessions.c.used_at < now, literal(now, Moment)), else_=sessions.c.used_at)
    return update(sessions).where(sessions.c.id == session).values(used_at=later)


def presenting_ended(session: SessionId) -> Executable:
    """Return the statement that ends what somebody presents who is no owner with a seat any more."""
    owners = select(participants.c.id).where(
        participants.c.session == session, participants.c.role == Role.OWNER, participants.c.key.is_not(None)
    )
    ended = update(sessions).where(sessions.c.id == session, sessions.c.presenter.not_in(owners))
    return ended.values(presenter=None, view=None)


@dataclass(eq=False)
class Transactions:
    """The database, and the messenger that carries news of what was committed."""

    database: Database
    messenger: Messenger

    def reading(self, *, is_probe: bool = False) -> AbstractContextManager[Connection]:
        """Give a connection to read with, as `Database.reading` does."""
        return self.database.reading(is_probe=is_probe)

    @contextmanager
    def writing(self) -> Iterator[tuple[Connection, Callable[[News], None]]]:
        """Give a connection whose work is kept as a whole or not at all, and what adds news to be sent if it is."""
        told: list[News] = []
        with self.database.writing() as connection:
            yield connection, told.append
            for news in told:
                self.messenger.within(connection, news)
        for news in told:
            self.messenger.after(news)

    def change(
        self, news: News, *statements: Statement, provided: Condition = lambda _connection, _session: True
    ) -> bool:
        """Change the session of the news; False where it is gone, or the condition does not hold."""
        with self.writing() as (connection, tell):
            if not (lock(connection, news.session) and provided(connection, news.session)):
                return False
            for statement in statements:
                connection.execute(statement(connection) if callable(statement) else statement)
            tell(news)
        return True

    def set_participant(self, participant: ParticipantId, provided: Condition, **values: object) -> bool:
        """Set columns of a participant; False where the id is unknown, or the condition does not hold.

        Whoever loses the seat or the role of an owner by it presents no longer.
        """
        with self.reading() as connection:
            session = session_of(connection, participant)
        if session is None:
            return False
        changed = update(participants).where(participants.c.id == participant).values(values)
        return self.change(News(session, "people"), changed, presenting_ended(session), provided=provided)
