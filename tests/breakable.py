"""A store on a real SQLite file that a test can break and mend again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from zt_planner.errors import StoreError
from zt_planner.store.database import Database
from zt_planner.store.session_store import SessionStore


class BreakableDatabase(Database):
    """A SQLite file; `is_broken` makes everything fail, `is_full` all writing, `loses_answer` what has been written."""

    is_broken = is_full = loses_answer = False

    @contextmanager
    def reading(self, *, is_probe: bool = False) -> Iterator[Connection]:
        """Read, unless it is broken."""
        if self.is_broken:
            raise StoreError("here", "broken")
        with super().reading(is_probe=is_probe) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write, unless it is broken or full."""
        if self.is_broken or self.is_full:
            raise StoreError("here", "broken" if self.is_broken else "full")
        with super().writing() as connection:
            yield connection
        if self.loses_answer:
            raise StoreError("here", "lost")


class BreakableStore(SessionStore):
    """A store that fails when it is told to."""

    database: BreakableDatabase

    def __init__(self, path: Path) -> None:
        """Keep sessions in a file."""
        super().__init__(BreakableDatabase.in_file(path))

    def __enter__(self) -> BreakableDatabase:
        """Break for as long as a block of a test runs."""
        self.database.is_broken = True
        return self.database

    def __exit__(self, *_: object) -> None:
        """Be whole again."""
        self.database.is_broken = False
