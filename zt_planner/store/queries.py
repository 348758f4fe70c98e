"""What is asked of the tables, the conditions of a change, and whose turn it is to change a session.

Whoever changes a session first takes its turn: in PostgreSQL the lock on the
session's row, in a SQLite file the only writer's. What is read then still
holds when it is written; and as everybody takes the session's turn before
anything else, nobody waits in a circle. Who may do something is asked in that
turn, too: whoever lost a right while they waited changes nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, delete, func, literal, or_, select, update

from zt_planner.domain.session import Participant, ParticipantId, Seat, SessionId
from zt_planner.store.rows import participant_of, rules_of, seat_of
from zt_planner.store.tables import OF_A_SESSION, Moment, participants, presence, revisions, sessions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, Connection, Executable, ScalarSelect, Select

    from zt_planner.domain.session import HolderId

SECONDS_A_DAY = 86_400
WAITS_FOR, STILL_HOLDS = timedelta(days=1), timedelta(days=30)
"""How long ago an expired session must have been found to be removed, and at most (ADR 0043)."""
EVENT = tuple(column for column in revisions.c if column.name not in {"content", "session", "whole", "digest"})


def _of_latest(column: Column[Any], session: Column[str]) -> ScalarSelect[Any]:
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
    sessions.c.rules,
    sessions.c.presenter,
    sessions.c.view,
    _of_latest(revisions.c.number, participants.c.session).label("latest"),
    _of_latest(revisions.c.whole, participants.c.session).label("whole"),
    _of_latest(revisions.c.digest, participants.c.session).label("digest"),
).join(sessions, sessions.c.id == participants.c.session)
HELD_SEAT = SEAT.add_columns(
    sessions.c.used_at, _of_latest(revisions.c.saved_at, participants.c.session).label("saved_at")
).where(participants.c.key.is_not(None))
_LAST_SAVED = select(func.max(revisions.c.saved_at)).where(revisions.c.session == sessions.c.id).scalar_subquery()
USE = select(
    sessions.c.id,
    sessions.c.used_at,
    sessions.c.rules,
    sessions.c.expired_at,
    _LAST_SAVED.label("latest"),
)


def held_by(holder: HolderId) -> ColumnElement[bool]:
    """Return the condition that a participant is an account's, or a browser's, whose key opens its own plan itself."""
    own = (participants.c.account, participants.c.browser, participants.c.key)
    return or_(*(column == holder for column in own))


def takes_turn(connection: Connection, session: SessionId) -> bool:
    """Wait until nobody else changes a session, for the rest of the transaction; False where there is no such one."""
    query = select(sessions.c.id).where(sessions.c.id == session).with_for_update()
    return connection.execute(query).first() is not None


def session_of(connection: Connection, participant: ParticipantId) -> SessionId | None:
    """Return the session in which somebody is or was."""
    found = connection.execute(select(participants.c.session).where(participants.c.id == participant)).scalar()
    return None if found is None else SessionId(found)


def people_of(connection: Connection, session: SessionId) -> tuple[Participant, ...]:
    """Return everyone who has or had a seat, in the order of joining."""
    query = select(participants).where(participants.c.session == session).order_by(participants.c.place)
    return tuple(participant_of(row) for row in connection.execute(query).all())


def seated(session: SessionId, participant: ParticipantId, may: Callable[[Seat], bool]) -> Callable[[Connection], bool]:
    """Return the condition that somebody has a seat in a session, and may do something there."""
    query = SEAT.where(participants.c.id == participant, participants.c.session == session)

    def holds(connection: Connection) -> bool:
        row = connection.execute(query.where(participants.c.key.is_not(None))).first()
        return row is not None and may(seat_of(row))

    return holds


def owned_by(session: SessionId, participant: ParticipantId) -> Callable[[Connection], bool]:
    """Return the condition that somebody is an owner of a session."""
    return seated(session, participant, lambda seat: seat.is_owner)


def changed_by(session: SessionId, participant: ParticipantId) -> Callable[[Connection], bool]:
    """Return the condition that somebody may change the plan of a session."""
    return seated(session, participant, lambda seat: seat.may_change)


def locked_in_order(of: ColumnElement[bool]) -> Select[Any]:
    """Return the query that locks rows of presence, for everybody in the same order."""
    return select(presence).where(of).order_by(*presence.primary_key).with_for_update()


def removing(session: SessionId) -> tuple[Executable, ...]:
    """Return what removes everything that a session has, itself last."""
    parts = tuple(delete(table).where(table.c.session == session) for table in OF_A_SESSION)
    return locked_in_order(presence.c.session == session), *parts, delete(sessions).where(sessions.c.id == session)


def use(session: SessionId, now: datetime) -> Executable:
    """Return what notes that a session is in use: no earlier than it is noted already, though a clock was set back."""
    later = case((sessions.c.used_at < now, literal(now, Moment)), else_=sessions.c.used_at)
    return update(sessions).where(sessions.c.id == session).values(used_at=later)


def is_expired(row: Any, now: datetime) -> bool:  # noqa: ANN401 - SQLAlchemy's rows have the columns that were asked for
    """Tell whether a session was not used for as many days as it is kept."""
    used = max(row.used_at, row.latest or row.used_at)
    return bool((now - used).total_seconds() > rules_of(row.rules).days_kept * SECONDS_A_DAY)


def expired_since(row: Any, now: datetime) -> datetime | None:  # noqa: ANN401 - as above
    """Return since when a session is found expired, now at the latest; None when it has not expired.

    What was found after now, or very long ago, is found again: a clock was set, or nobody has looked meanwhile.
    """
    if not is_expired(row, now):
        return None
    found = row.expired_at
    return found if found is not None and timedelta(0) <= now - found <= STILL_HOLDS else now
