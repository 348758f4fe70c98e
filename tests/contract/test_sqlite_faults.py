"""A SQLite file that is damaged, locked, full or gone gives StoreError, and works again when it is back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from zt_planner.errors import StoreError
from zt_planner.store import sql
from zt_planner.store.protocol import Revision, SessionId
from zt_planner.store.sql import SqlStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SESSION = SessionId("a-session-of-twenty-signs")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the file will be."""
    return tmp_path / "sessions" / "sessions.sqlite"


@pytest.fixture
def store(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlStore]:
    """Return a store that does not wait for a lock, so that no test does."""
    monkeypatch.setattr(sql, "SECONDS_TO_WAIT", 0)
    opened = SqlStore.in_file(path)
    yield opened
    opened.engine.dispose()


def assert_unusable(store: SqlStore) -> None:
    """Assert that every method says where the fault is, and what to do."""
    for method in (
        lambda: store.latest(SESSION),
        lambda: store.latest_number(SESSION),
        lambda: store.append(SESSION, "{}", based_on=0),
    ):
        with pytest.raises(StoreError, match="Your change is kept on this page") as caught:
            method()
        assert caught.value.values["place"] == store.place
        assert caught.value.values["reason"]


def assert_usable(store: SqlStore) -> None:
    """Assert that a revision can be kept, and is there for whoever opens the file anew."""
    number = store.latest_number(SESSION)
    assert store.append(SESSION, "kept", based_on=number).number == number + 1
    again = SqlStore.in_file(store_path(store))
    assert again.latest(SESSION) == Revision(number + 1, "kept")
    again.engine.dispose()


def store_path(store: SqlStore) -> Path:
    """Return the file of a store."""
    from pathlib import Path  # noqa: PLC0415 - the module needs the name for types only

    return Path(store.place)


def test_a_damaged_file_is_reported_and_a_mended_one_works(store: SqlStore, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 100)
    assert_unusable(store)
    path.unlink()
    assert_usable(store)


def test_a_file_of_another_program_is_reported(store: SqlStore, path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE revisions (something TEXT)")
        other.commit()
    assert_unusable(store)


def test_a_folder_that_cannot_be_made_is_reported(store: SqlStore, path: Path) -> None:
    path.parent.write_text("a file where the folder should be")
    assert_unusable(store)
    path.parent.unlink()
    assert_usable(store)


def test_a_folder_in_place_of_the_file_is_reported(store: SqlStore, path: Path) -> None:
    path.mkdir(parents=True)
    assert_unusable(store)
    path.rmdir()
    assert_usable(store)


def test_a_locked_file_refuses_writers_and_lets_readers_in(store: SqlStore, path: Path) -> None:
    store.append(SESSION, "before", based_on=0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            store.append(SESSION, "during", based_on=1)
        assert store.latest(SESSION) == Revision(1, "before")
        other.execute("ROLLBACK")
    assert_usable(store)


def test_a_full_disk_is_reported(store: SqlStore) -> None:
    store.append(SESSION, "before", based_on=0)
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def no_room(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(store.engine, "connect", no_room)
    with pytest.raises(StoreError, match="full"):
        store.append(SESSION, "x" * 100_000, based_on=1)
    assert store.latest(SESSION) == Revision(1, "before")
    event.remove(store.engine, "connect", no_room)
    assert_usable(store)


def remove(path: Path) -> None:
    """Take a database away with what SQLite keeps beside it."""
    for file in path.parent.iterdir():
        file.unlink()


def test_a_file_that_is_taken_away_in_use_does_not_swallow_revisions(store: SqlStore, path: Path) -> None:
    store.append(SESSION, "before", based_on=0)
    remove(path)
    try:
        kept: Revision | None = store.append(SESSION, "after", based_on=store.latest_number(SESSION))
    except StoreError:
        kept = None
    again = SqlStore.in_file(path)
    assert again.latest(SESSION) == kept
    again.engine.dispose()


def test_a_file_that_was_taken_away_is_made_anew(store: SqlStore, path: Path) -> None:
    store.append(SESSION, "before", based_on=0)
    store.engine.dispose()
    remove(path)
    assert_usable(store)
