"""What is asked of the tables in more than one place, and whose turn it is to change a session.

Whoever changes a session first takes its turn: in PostgreSQL the lock on the
session's row, in a SQLite file the only writer's. What is read then still
holds when it is written; and as everybody takes the session's turn before
anything else, nobody waits in a circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from zt_planner.domain.session import ParticipantId, Role, SessionId
from zt_planner.store.rows import rules_of
from zt_planner.store.tables import OF_A_SESSION, participants, presence, revisions, sessions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, Connection, Executable, ScalarSelect, Select

SECONDS_A_DAY = 86_400
EVENT = tuple(column for column in revisions.c if column.name not in {"content", "session"})


def _of_latest(column: Column[Any], session: Column[str]) -> ScalarSelect[Any]:
    """Return the largest value that a column of a session's revisions has."""
    return select(func.max(column)).where(revisions.c.session == session).scalar_subquery()


SEAT = select(
    participants,
    sessions.c.rules,
    sessions.c.presenter,
    sessions.c.view,
    _of_latest(revisions.c.number, participants.c.session).label("latest"),
).join(sessions, sessions.c.id == participants.c.session)
USE = select(
    sessions.c.id, sessions.c.used_at, sessions.c.rules, _of_latest(revisions.c.saved_at, sessions.c.id).label("latest")
)


def takes_turn(connection: Connection, session: SessionId) -> bool:
    """Wait until nobody else changes a session, for the rest of the transaction; False where there is no such one."""
    query = select(sessions.c.id).where(sessions.c.id == session).with_for_update()
    return connection.execute(query).first() is not None


def session_of(connection: Connection, participant: ParticipantId) -> SessionId | None:
    """Return the session in which somebody is or was."""
    found = connection.execute(select(participants.c.session).where(participants.c.id == participant)).scalar()
    return None if found is None else SessionId(found)


def owned_by(participant: ParticipantId) -> Callable[[Connection], bool]:
    """Return the condition that somebody is an owner, and still has a seat."""
    its = (participants.c.id == participant) & (participants.c.role == Role.OWNER) & participants.c.key.is_not(None)
    return lambda connection: connection.execute(select(participants.c.id).where(its)).first() is not None


def in_order(of: ColumnElement[bool]) -> Select[Any]:
    """Return the query that locks rows of presence, for everybody in the same order."""
    return select(presence).where(of).order_by(*presence.primary_key).with_for_update()


def removing(session: SessionId) -> tuple[Executable, ...]:
    """Return what removes everything that a session has, itself last."""
    parts = tuple(delete(table).where(table.c.session == session) for table in OF_A_SESSION)
    return in_order(presence.c.session == session), *parts, delete(sessions).where(sessions.c.id == session)


def is_expired(row: Any, now: datetime) -> bool:  # noqa: ANN401 - SQLAlchemy's rows have the columns that were asked for
    """Tell whether a session was not used for as many days as it is kept."""
    used = max(row.used_at, row.latest or row.used_at)
    return bool((now - used).total_seconds() > rules_of(row.rules).days_kept * SECONDS_A_DAY)
