"""Sessions in a SQL database, by SQLAlchemy; SQLite in write-ahead mode by default.

Laws: see `store.protocol`; a store whose file is locked, full, damaged or gone
raises StoreError and can be used again when it is back.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from zt_planner.errors import StoreError
from zt_planner.store.protocol import Revision, SessionId, StaleRevisionError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from sqlite3 import Connection

SECONDS_TO_WAIT = 5

metadata = MetaData()
revisions = Table(
    "revisions",
    metadata,
    Column("session", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", Text, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
)


def _write_ahead(connection: Connection, _record: object) -> None:
    """Let readers and a writer work side by side, and wait for a lock instead of failing."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA busy_timeout={SECONDS_TO_WAIT * 1000}")
    connection.execute("PRAGMA synchronous=FULL")


@contextmanager
def _reported(place: str) -> Iterator[None]:
    """Turn a database's error into one that says what to do."""
    try:
        yield
    except IntegrityError:
        raise StaleRevisionError from None
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(place, str(getattr(error, "orig", error))) from error


class SqlStore:
    """Keeps every revision of every session in one table."""

    def __init__(self, engine: Engine, place: str, file: Path | None = None) -> None:
        """Use a database; `place` names it in messages. Its table and folder are made when they are needed."""
        self.engine = engine
        self.place = place
        self._file = file
        self._is_ready = False

    @classmethod
    def in_file(cls, path: Path) -> SqlStore:
        """Return a store in a SQLite file, opened anew for each use: a file that was taken away is noticed."""
        engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        event.listen(engine, "connect", _write_ahead)
        return cls(engine, str(path), path)

    def _prepare(self) -> None:
        if self._file is not None and not self._file.exists():
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._is_ready = False
        if not self._is_ready:
            with self.engine.begin() as connection:
                connection.execute(CreateTable(revisions, if_not_exists=True))
            self._is_ready = True

    def latest_number(self, session: SessionId) -> int:
        """Return the number of the latest revision, 0 for a session that has none."""
        query = select(func.max(revisions.c.number)).where(revisions.c.session == session)
        with _reported(self.place):
            self._prepare()
            with self.engine.connect() as connection:
                return connection.execute(query).scalar() or 0

    def latest(self, session: SessionId) -> Revision | None:
        """Return the latest revision, None for a session that has none."""
        query = (
            select(revisions.c.number, revisions.c.content)
            .where(revisions.c.session == session)
            .order_by(revisions.c.number.desc())
            .limit(1)
        )
        with _reported(self.place):
            self._prepare()
            with self.engine.connect() as connection:
                row = connection.execute(query).first()
        return None if row is None else Revision(row.number, row.content)

    def append(self, session: SessionId, content: str, *, based_on: int) -> Revision:
        """Keep a new revision; raise StaleRevisionError unless `based_on` is the latest number."""
        if self.latest_number(session) != based_on:
            raise StaleRevisionError
        row = {"session": session, "number": based_on + 1, "content": content, "saved_at": datetime.now(UTC)}
        with _reported(self.place), self.engine.begin() as connection:
            connection.execute(insert(revisions).values(row))
        return Revision(based_on + 1, content)
