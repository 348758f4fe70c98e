"""A database that may become unavailable: connections, transactions, and errors that say what to do.

Laws: a store whose file is locked, full, damaged or gone, or whose server does not
answer, raises StoreError and can be used again when it is back; a file that was
removed or swapped for another is noticed at the next use, and no empty one is begun
instead; readers never block on writers; nothing is written to tables that another
version has changed meanwhile. What is no fault of the store (rows that
contradict one another, a full disk elsewhere) is raised as it is. A message holds
no password and no server's address.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from zt_planner.errors import StoreError, StoreTakenAway, UnreadableRevision
from zt_planner.log_limit import LogLimit
from zt_planner.metrics import STORE_ERRORS
from zt_planner.store.tables import OtherVersionError, is_made, make_tables, refuse_other

if TYPE_CHECKING:
    import psycopg

SECONDS_TO_WAIT = 5
"""For another writer's lock, and for a server's answer."""
SERVER = {
    "connect_timeout": SECONDS_TO_WAIT,
    "keepalives_idle": 30,  # a server that vanished silently is noticed within a minute
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "application_name": "zt-planner",
}
"""How a connection to PostgreSQL is made."""
KEPT_OPEN = 5
"""Connections to a server that stay open while nobody needs them."""
FORMS = ("postgresql+psycopg", "postgresql", "postgres")
"""How an address of a database may begin; all mean the same."""
PORTS = range(1, 65_536)
WHERE, NOBODY = ("host", "hostaddr", "port"), "/dev/null"
"""The options that say where a server is, and a folder in which no server's socket can be."""
OWNER_ONLY = 0o600

_log = logging.getLogger(__name__)


def database_url(text: str) -> URL:
    """Read the address of a PostgreSQL database; raise ValueError for anything else, and for what no server knows."""
    from psycopg import ProgrammingError  # noqa: PLC0415 - a file needs no driver

    try:
        url = make_url(text)
        is_taken = _takes(url.query)
    except (ArgumentError, ProgrammingError) as error:
        raise ValueError from error
    if (
        not is_taken
        or url.drivername not in FORMS
        or not url.database
        or (url.port is not None and url.port not in PORTS)
    ):
        raise ValueError
    return url.set(drivername=FORMS[0])


def _takes(options: Mapping[str, str | tuple[str, ...]]) -> bool:
    """Tell whether the driver takes options: asked to connect to nobody, it names most wrong ones before it tries.

    What depends on the server, as Kerberos does, and what is read only while it connects, shows at `/ready`.
    """
    from psycopg import pq  # noqa: PLC0415 - a file needs no driver
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - as above

    if any(not isinstance(value, str) for name, value in options.items() if name not in WHERE):
        return False  # one that is given twice
    given = {name: str(value) for name, value in options.items() if name not in (*WHERE, "gssencmode")}
    answer = pq.PGconn.connect(make_conninfo("", **given, host=NOBODY, hostaddr="").encode()).error_message
    return NOBODY.encode() in answer


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Use a write-ahead log, so that readers never block on writers; sync every commit; begin transactions here."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={SECONDS_TO_WAIT * 1000}")
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Use a write-ahead log. Of several that begin it in a new file, SQLite refuses all but one without waiting."""
    end = monotonic() + SECONDS_TO_WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > end:
                raise
            connection.execute("BEGIN IMMEDIATE")  # for this lock it does wait
            connection.execute("ROLLBACK")
        else:
            return


def _set_up_postgresql(connection: psycopg.Connection, _record: object) -> None:
    """Limit the wait for a lock, even that of a process that hangs in the middle of a transaction."""
    connection.execute(f"SET lock_timeout = '{SECONDS_TO_WAIT}s'")
    connection.execute(f"SET idle_in_transaction_session_timeout = '{SECONDS_TO_WAIT * 6}s'")
    connection.commit()


def _close(_connection: object, entry: ConnectionPoolEntry) -> None:
    """Close a connection that is returned to a dropped pool."""
    entry.invalidate()


class _FileError(Exception):
    """A fault of the database's own file or folder."""


class _TakenAwayError(_FileError):
    """The file was there and is there no more."""

    def __init__(self) -> None:
        super().__init__("the file was taken away")


class Database:
    """Connections to one place, a SQLite file or a PostgreSQL server; its tables are made when they are needed."""

    def __init__(self, engine: Engine, place: str, file: Path | None = None) -> None:
        """Open nothing yet. `place` names the database in messages."""
        self.engine = engine
        self.place = place
        self.file = file
        # A SQLite connection begins no transaction by itself; a server's need not begin one to read.
        self._reader = engine if file is not None else engine.execution_options(isolation_level="AUTOCOMMIT")
        self._frozen = engine if file is not None else engine.execution_options(isolation_level="REPEATABLE READ")
        self._ready_for: object = None
        self._was_there = False
        self._preparing = Lock()
        self._log = LogLimit(_log)

    @classmethod
    def in_file(cls, path: Path) -> Database:
        """Return a database in a SQLite file."""
        engine = create_engine(
            # As a URI, in which SQLite makes no file by itself where there is none.
            URL.create("sqlite", database=path.absolute().as_uri(), query={"mode": "rw", "uri": "true"}),
            hide_parameters=True,
        )
        event.listen(engine, "connect", _set_up_sqlite)
        return cls(engine, str(path), path)

    @classmethod
    def at_url(cls, url: URL, connections: int) -> Database:
        """Return a database of a PostgreSQL server, by an address that `database_url` has read."""
        kept = min(connections, KEPT_OPEN)
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_size=kept,
            max_overflow=connections - kept,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
            connect_args=SERVER,
        )
        event.listen(engine, "connect", _set_up_postgresql)
        return cls(engine, f"PostgreSQL ({url.database})")

    @property
    def is_there(self) -> bool:
        """Tell whether there can be something in it: a file that nobody has made yet holds nothing."""
        return self.file is None or self.file.exists()

    def is_of_this_version(self) -> bool:
        """Tell whether the tables are those of this program, even if another process has changed them meanwhile."""
        try:
            with self.reading(is_probe=True) as connection:
                refuse_other(connection)
                return True
        except StoreError as error:
            if isinstance(error.__cause__, OtherVersionError):
                return False
            raise

    @contextmanager
    def reading(self, *, is_probe: bool = False) -> Iterator[Connection]:
        """Give a connection in which each statement sees what is committed by then; a probe's error is not counted."""
        with self._reported(is_probe=is_probe):
            self._prepare()
            with self._reader.connect() as connection:
                yield connection

    @contextmanager
    def frozen(self) -> Iterator[Connection]:
        """Give a connection that sees the database as it was at the first statement, whatever others write."""
        with self._reported():
            self._prepare()
            with self._frozen.connect() as connection:
                self._begin(connection, "BEGIN")
                refuse_other(connection)
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose work is kept as a whole at the end, or not at all."""
        with self._reported():
            used = self._prepare()
            with self.engine.begin() as connection:
                self._begin(connection, "BEGIN IMMEDIATE")
                refuse_other(connection)
                yield connection
            with _of_the_file():
                if self._identity() != used:
                    raise _TakenAwayError

    def _begin(self, connection: Connection, statement: str) -> None:
        """Begin a transaction in a file: a writer's takes the lock at once, so that what it reads still holds."""
        if self.file is not None:
            connection.exec_driver_sql(statement)

    @contextmanager
    def _reported(self, *, is_probe: bool = False) -> Iterator[None]:
        """Turn a database's error into one that says what to do; connections are opened again after it."""
        try:
            yield
        except (IntegrityError, DataError):
            raise  # a fault of the program or of what it was given, not of the store
        except (DBAPIError, PoolTimeoutError, _FileError, OtherVersionError) as error:
            reason = str(getattr(error, "orig", error)).strip().partition("\n")[0]
            self._log.write(f"{self.place} cannot be used: {reason}")
            STORE_ERRORS.inc(not is_probe)  # a monitor that asks often would hide what people have met
            self._ready_for = None
            self._drop_connections()
            kind = {_TakenAwayError: StoreTakenAway, OtherVersionError: UnreadableRevision}.get(type(error), StoreError)
            raise kind(self.place, _reason(error)) from error

    def _prepare(self) -> object:
        """Make the tables if they are not there yet; return the identity of the file or server."""
        with _of_the_file():
            identity = self._identity()
            if identity is not None and identity == self._ready_for:
                return identity
            with self._preparing:
                identity = self._identity()
                if identity is None and self._was_there:
                    raise _TakenAwayError  # it may come back, and what waits on pages is for the plans in it
                if identity is None or identity != self._ready_for:
                    self._make_ready()
                    identity = self._ready_for = self._identity()
                    self._was_there = True
            return identity

    def _make_ready(self) -> None:
        """Open new connections and make the tables; only an empty store is written to."""
        self._drop_connections()
        if self.file is not None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            if not self.file.exists():
                self.file.touch(OWNER_ONLY)  # what SQLite keeps beside it has the same rights
        with self._reader.connect() as connection:
            if is_made(connection):
                return
        with self.engine.begin() as connection:
            self._begin(connection, "BEGIN IMMEDIATE")
            make_tables(connection)

    def _drop_connections(self) -> None:
        """Close every connection, so that the next ones are new; those in use are closed when they are returned."""
        dropped = self.engine.pool
        self.engine.dispose()
        event.listen(dropped, "checkin", _close)

    def _identity(self) -> object:
        """Return what identifies the file, to notice a replacement; None where there is no file."""
        if self.file is None:
            return self.place
        try:
            status = self.file.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino


@contextmanager
def _of_the_file() -> Iterator[None]:
    """Mark the errors of the database's own file, to tell them from those of any other."""
    try:
        yield
    except OSError as error:
        raise _FileError(error.strerror or type(error).__name__) from error


def _reason(error: Exception) -> str:
    """Return why a database cannot be used, without the address of a server."""
    orig = getattr(error, "orig", error)
    if isinstance(error, DBAPIError) and getattr(orig, "sqlstate", "") is None:
        return "the server does not answer"
    return str(orig).strip()
