"""Bringing a store's tables up to this program's version, from an empty place or an older one.

Laws: the tables after all migrations are those that `tables` describes; a
store of a later program is refused, never changed, were it brought up while
this program runs; of several processes that start at once, one migrates and the
others wait for it, as it waits for whoever is writing.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, inspect, select, text, update

from zt_planner.domain.session import Role, Rules
from zt_planner.store.changes import DIGEST_LENGTH, digest_of
from zt_planner.store.contents import kept_whole
from zt_planner.store.rows import outcome_json, rules_json
from zt_planner.store.tables import VERSION, metadata, participants, revisions, schema, sessions

if TYPE_CHECKING:
    from sqlalchemy import Connection


TURN = 0x5A54504C
"""PostgreSQL's lock for migrating, an arbitrary number; in a SQLite file the writer's lock is enough."""
FROM_2_TO_3 = (
    "ALTER TABLE sessions DROP COLUMN made_at",
    "ALTER TABLE sessions DROP COLUMN is_locked",
    "ALTER TABLE sessions ADD COLUMN expired_at VARCHAR(32)",
    "ALTER TABLE participants ADD COLUMN place INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE revisions ADD COLUMN whole INTEGER NOT NULL DEFAULT 0",
    f"ALTER TABLE revisions ADD COLUMN digest VARCHAR({DIGEST_LENGTH}) NOT NULL DEFAULT ''",
)
FROM_3_TO_4 = (
    "ALTER TABLE participants ADD COLUMN account VARCHAR(64)",
    "ALTER TABLE participants ADD COLUMN archived_at VARCHAR(32)",
    "ALTER TABLE participants ADD COLUMN waiting_key VARCHAR(64)",
    "CREATE INDEX ix_participants_account ON participants (account)",
)
FROM_4_TO_5 = (
    "ALTER TABLE participants ADD COLUMN browser VARCHAR(64)",
    "CREATE INDEX ix_participants_browser ON participants (browser)",
)


class LaterVersionError(Exception):
    """The store was made by a later program, or by another one."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("a later version of ZT Planner has written it")


def version_of(connection: Connection) -> int:
    """Return the version of the tables that are there, 0 for an empty store."""
    names = inspect(connection).get_table_names()
    if schema.name in names:
        return _version_noted(connection)
    return 1 if revisions.name in names else 0


def _version_noted(connection: Connection) -> int:
    found = connection.execute(schema.select()).scalars()
    return max((version for version in found if isinstance(version, int)), default=0)


def is_current(connection: Connection) -> bool:
    """Tell whether nothing is to be done; raise LaterVersionError for a store that this program does not know."""
    found = version_of(connection)
    if found > VERSION:
        raise LaterVersionError
    return found == VERSION


def refuse_later(connection: Connection) -> None:
    """Raise LaterVersionError if the tables have been brought up meanwhile; nobody does so until the transaction ends.

    Must be the first statement of the transaction.
    """
    if _version_noted(connection) > VERSION:
        raise LaterVersionError


def migrate(connection: Connection) -> None:
    """Make what is missing, in a writer's transaction; raise LaterVersionError as `is_current` does."""
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql:
        connection.execute(select(func.pg_advisory_xact_lock(TURN)))
    if is_current(connection):
        return
    found = version_of(connection)
    if found > 1 and is_postgresql:
        connection.execute(text(f"LOCK TABLE {schema.name} IN ACCESS EXCLUSIVE MODE"))  # see `refuse_later`
    _change_tables(connection, found)
    metadata.create_all(connection)
    if found == 1:
        _copy_version_1(connection)
    connection.execute(schema.insert().values(version=VERSION))


def _change_tables(connection: Connection, found: int) -> None:
    """Change the tables of an older version."""
    if found == 1:
        connection.execute(text("ALTER TABLE revisions RENAME TO revisions_1"))
    if found == 2:  # noqa: PLR2004 - the version before the last
        _bring_up_version_2(connection)
    for version, statements in ((3, FROM_3_TO_4), (4, FROM_4_TO_5)):
        if 1 < found <= version:
            for statement in statements:
                connection.execute(text(statement))


def _bring_up_version_2(connection: Connection) -> None:
    """Leave out what was never read, and add the order of joining and what tells revisions apart; all were whole."""
    for statement in FROM_2_TO_3:
        connection.execute(text(statement))
    number_people(connection)
    connection.execute(update(revisions).values(whole=revisions.c.number))
    keys = connection.execute(select(revisions.c.session, revisions.c.number)).all()
    for session, number in keys:
        its = (revisions.c.session == session) & (revisions.c.number == number)
        content = connection.execute(select(revisions.c.content).where(its)).scalar_one()
        connection.execute(update(revisions).where(its).values(digest=digest_of(content)))


def number_people(connection: Connection) -> None:
    """Number everyone in the order of joining, by the time of it: all that older versions have kept of that order."""
    in_order = (participants.c.session, participants.c.joined_at, participants.c.id)
    places: dict[str, int] = {}
    for person in connection.execute(select(participants.c.id, participants.c.session).order_by(*in_order)).all():
        places[person.session] = places.get(person.session, 0) + 1
        its = participants.c.id == person.id
        connection.execute(update(participants).where(its).values(place=places[person.session]))


def _copy_version_1(connection: Connection) -> None:
    """Give each browser's plan a session of its own; its cookie was the session's id, and becomes its owner's key."""
    rows = connection.execute(text("SELECT session, number, content, saved_at FROM revisions_1 ORDER BY number"))
    owners: dict[str, tuple[str, str]] = {}
    for cookie, number, content, saved_at in rows.all():
        at = datetime.fromisoformat(str(saved_at)).replace(tzinfo=UTC)
        if cookie not in owners:
            owners[cookie] = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
            session, owner = owners[cookie]
            connection.execute(
                sessions.insert().values(id=session, used_at=datetime.now(UTC), rules=rules_json(Rules()))
            )
            connection.execute(
                participants.insert().values(
                    id=owner,
                    session=session,
                    role=Role.OWNER,
                    name="",
                    colour="",
                    joined_at=at,
                    key=hashlib.sha256(cookie.encode()).hexdigest(),
                    place=1,
                )
            )
        session, owner = owners[cookie]
        connection.execute(
            revisions.insert().values(
                session=session,
                number=number,
                participant=owner,
                saved_at=at,
                kind="change",
                changes="[]",
                before=outcome_json(),
                after=outcome_json(),
                seen=number - 1,
                **kept_whole(number, content)._asdict(),
            )
        )
    connection.execute(text("DROP TABLE revisions_1"))
