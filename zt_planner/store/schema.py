"""Making a store's tables, and refusing those of another version.

Laws: an empty place gets the tables that `tables` describes; a store of another version is refused, never changed,
even if another program changes its tables while this one runs; of several processes that start at once, one makes the
tables and the others wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, inspect, select

from zt_planner.store.tables import VERSION, metadata, schema

if TYPE_CHECKING:
    from sqlalchemy import Connection


LOCK = 0x5A54504C
"""PostgreSQL's lock for making the tables, an arbitrary number; in a SQLite file the writer's lock is enough."""


class OtherVersionError(Exception):
    """The store was made by another version, or by another program."""

    def __init__(self) -> None:
        """Say so."""
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
        connection.execute(schema.insert().values(version=VERSION))
