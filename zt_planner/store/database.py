"""A database that may go away and come back: connections, transactions, and errors that say what to do.

Laws: a store whose file is locked, full, damaged or gone, or whose server does
not answer, raises StoreError and can be used again when it is back; a file
that was taken away or put in place of another is noticed at the next use.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from zt_planner.errors import StoreError
from zt_planner.store.migrations import LaterVersionError, migrate

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

SECONDS_TO_WAIT = 5
"""For another writer's lock."""


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Let readers and a writer work side by side; what is committed is on the disk; we begin transactions ourselves."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={SECONDS_TO_WAIT * 1000}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_writing(connection: Connection) -> None:
    """Take the writer's lock at once, so that what a transaction reads still holds when it writes."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class Database:
    """Connections to one place, a SQLite file or a PostgreSQL server; its tables are made when they are needed."""

    def __init__(self, engine: Engine, place: str, file: Path | None = None) -> None:
        """Keep what is needed; nothing is opened. `place` names the database in messages."""
        self.engine = engine
        self.place = place
        self._file = file
        self._reader = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._ready_for: object = None

    @classmethod
    def in_file(cls, path: Path) -> Database:
        """Return a database in a SQLite file."""
        engine = create_engine(f"sqlite:///{path}")
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_writing)
        return cls(engine, str(path), path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees what is committed."""
        with self._reported():
            self._prepare()
            with self._reader.connect() as connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose work is kept as a whole at the end, or not at all."""
        with self._reported():
            self._prepare()
            with self.engine.begin() as connection:
                yield connection

    @contextmanager
    def _reported(self) -> Iterator[None]:
        """Turn a database's error into one that says what to do; connections are opened anew after it."""
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            self.engine.dispose()
            self._ready_for = None
            raise StoreError(self.place, str(getattr(error, "orig", error)).strip()) from error
        except LaterVersionError as error:
            raise StoreError(self.place, "a later version of ZT Planner has written it") from error

    def _prepare(self) -> None:
        """Make or bring up to date what is not there yet."""
        if self._ready_for is not None and self._ready_for == self._identity():
            return
        self.engine.dispose()
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        with self.engine.begin() as connection:
            migrate(connection)
        self._ready_for = self._identity()

    def _identity(self) -> object:
        """Return what tells this file from another one that was put in its place; a server stays the same."""
        if self._file is None:
            return self.place
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino
