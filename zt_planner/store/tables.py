"""The tables in which sessions are kept, the same in SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator

from zt_planner.store.changes import DIGEST_LENGTH

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

VERSION = 1
"""Of the tables."""


class Moment(TypeDecorator[datetime]):
    """A time in UTC, as text that sorts by time."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - its form
        """Write a time."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - its form
        """Read a time."""
        return None if value is None else datetime.fromisoformat(value)


metadata = MetaData()

schema = Table("schema_version", metadata, Column("version", Integer, nullable=False))

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("used_at", Moment, nullable=False),
    Column("rules", Text, nullable=False),
    Column("presenter", String(64)),
    Column("view", Text),
    Column("expired_at", Moment),  # when it was first found unused for too long; none: it was not
)

participants = Table(
    "participants",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("session", String(64), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("name", String(200), nullable=False),
    Column("colour", String(16), nullable=False),
    Column("joined_at", Moment, nullable=False),
    Column("key", String(64), unique=True),  # none: the seat has ended
    Column("link", String(64)),  # none: came without a link
    Column("place", Integer, nullable=False, server_default="0"),  # in the order of joining, whatever a clock said
    Column("account", String(64), index=True),  # none: has not signed in
    Column("archived_at", Moment),  # none: stands in the account's list
    Column("waiting_key", String(64)),  # the key of somebody who waits to be let in, and opens nothing until then
    Column("browser", String(64), index=True),  # holds the seat of somebody who has not signed in
)

links = Table(
    "links",
    metadata,
    Column("session", String(64), ForeignKey("sessions.id"), primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("session", String(64), ForeignKey("sessions.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("participant", String(64), nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("changes", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("refers_to", Integer),
    Column("content", Text, nullable=False),  # whole, or what differs from the revision before: see `contents`
    Column("whole", Integer, nullable=False, server_default="0"),  # the latest revision up to this that is kept whole
    Column("digest", String(DIGEST_LENGTH), nullable=False, server_default=""),  # of the whole content
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("session", String(64), ForeignKey("sessions.id"), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("participant", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
)

presence = Table(
    "presence",
    metadata,
    Column("process", String(64), primary_key=True),
    Column("session", String(64), primary_key=True),
    Column("participant", String(64), primary_key=True),
    Column("said_at", Moment, nullable=False),
    Index("presence_of_session", "session"),
)

OF_A_SESSION = (presence, snapshots, revisions, links, participants)
"""What goes with a session, in the order in which it can be removed."""
