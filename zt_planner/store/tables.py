"""The tables in which sessions are kept, the same in SQLite and PostgreSQL; how they are made, and their version.

In PostgreSQL they include the queue of calculations: two tables of ours, and what procrastinate needs. Laws: an empty
place gets these tables; a store of another version is refused, never changed, even if another program changes its
tables while this one runs; of several processes that start at once, one makes the tables and the others wait for it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    func,
    inspect,
    select,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from zt_planner.store.changes import DIGEST_LENGTH

VERSION = 4
"""Of the tables, procrastinate's included."""
LOCK = 0x5A54504C
"""PostgreSQL's lock for making the tables, an arbitrary number; in a SQLite file the writer's lock is enough."""


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
    Column("seen_at", Moment),  # when they had a page open last; none: not since they joined
    Column("left_at", Moment),  # when they gave up their seat
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

copies = Table(
    "copies",
    metadata,
    Column("session", String(64), ForeignKey("sessions.id"), primary_key=True),
    Column("source", String(64), nullable=False),  # by whose seat it was copied; that session may be gone
    Column("mark", String(16), nullable=False),  # of the plan or the variant that was copied
)

proposals = Table(
    "proposals",
    metadata,
    Column("session", String(64), ForeignKey("sessions.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("participant", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("mark", String(16), nullable=False),
    Column("changes", Text, nullable=False),
    Column("end", String(16)),  # none: it is open
    Column("ended_by", String(64)),
    Column("ended_at", Moment),
)

catalogues = Table(
    "catalogues",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("saved_at", Moment, nullable=False),
    Column("content", Text, nullable=False),  # the file, in base64
)

reviews = Table(
    "reviews",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("session", String(64), ForeignKey("sessions.id"), primary_key=True, index=True),
    Column("content", Text, nullable=False),  # what its account saw of the session's plan on the day, as JSON
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

buckets = Table(
    "buckets",
    metadata,
    Column("name", String(64), primary_key=True),  # of a limit and an address, hashed
    Column("full_at", Double, nullable=False),  # in seconds since 1970, by the clock of the database
)

queue_metadata = MetaData()

calculations = Table(
    "calculations",
    queue_metadata,
    Column("id", String(32), primary_key=True),
    Column("job", BigInteger, nullable=False),  # procrastinate's, which holds the id and nothing else
    Column("work", LargeBinary, nullable=False),
    Column("attempt", Integer, nullable=False, server_default="0"),  # how many workers have taken it so far
    Column("told", Integer, nullable=False, server_default="0"),  # how often progress was told
    Column("progress", LargeBinary),
    Column("kind", String(16)),  # of the answer; none: there is no answer yet
    Column("answer", LargeBinary),
    Column("wanted_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("alive_at", DateTime(timezone=True), nullable=False, server_default=func.now()),  # its worker, last
)

workers = Table(
    "workers",
    queue_metadata,
    Column("id", String(32), primary_key=True),
    Column("queue", String(32), nullable=False),
    Column("at_once", Integer, nullable=False),  # how many calculations it does at the same time
    Column("alive_at", DateTime(timezone=True), nullable=False),
)

OF_A_SESSION = (presence, reviews, proposals, copies, snapshots, revisions, links, participants)
"""What goes with a session, in the order in which it can be removed."""


class OtherVersionError(Exception):
    """The store was made by another version, or by another program."""

    def __init__(self) -> None:
        super().__init__("another version of ZT Planner has written it")


def is_made(connection: Connection) -> bool:
    """Tell whether the tables are there; raise OtherVersionError for a store that this program does not know."""
    names = inspect(connection).get_table_names()
    if schema.name in names:
        refuse_other(connection)
        return True
    if set(names) & set(metadata.tables):
        raise OtherVersionError
    return False


def refuse_other(connection: Connection) -> None:
    """Raise OtherVersionError if the tables are of another version; nobody changes them until the transaction ends.

    Must be the first statement of the transaction.
    """
    if list(connection.execute(schema.select()).scalars()) != [VERSION]:
        raise OtherVersionError


def make_tables(connection: Connection) -> None:
    """Make the tables where there are none, in a writer's transaction; raise OtherVersionError as `is_made` does."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    if not is_made(connection):
        metadata.create_all(connection)
        if connection.dialect.name == "postgresql":
            _make_queue(connection)
        connection.execute(schema.insert().values(version=VERSION))


def _make_queue(connection: Connection) -> None:
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 - only where tables are made

    queue_metadata.create_all(connection)
    connection.exec_driver_sql(SchemaManager.get_schema(), execution_options={"no_parameters": True})
