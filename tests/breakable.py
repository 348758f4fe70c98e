"""A store on a real SQLite file that a test can break and mend again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from zt_planner.errors import StoreError
from zt_planner.store.changes import StaleRevisionError
from zt_planner.store.database import Database
from zt_planner.store.sessions import SessionStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from zt_planner.domain.session import ParticipantId
    from zt_planner.store.changes import Entry, Revision


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
    """A store that fails when it is told to; `has_rivals` makes every append too late."""

    database: BreakableDatabase
    has_rivals = False

    def __init__(self, path: Path) -> None:
        """Keep sessions in a file."""
        super().__init__(BreakableDatabase.in_file(path))

    def append(
        self, participant: ParticipantId, entry: Entry, *, based_on: int, now: datetime, origin: str = ""
    ) -> Revision:
        """Append, unless somebody is always faster."""
        if self.has_rivals:
            raise StaleRevisionError
        return super().append(participant, entry, based_on=based_on, now=now, origin=origin)

    def __enter__(self) -> BreakableDatabase:
        """Break for as long as a block of a test runs."""
        self.database.is_broken = True
        return self.database

    def __exit__(self, *_: object) -> None:
        """Be whole again."""
        self.database.is_broken = False
