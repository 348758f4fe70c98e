"""A SQLite file that is damaged, locked, full or gone gives StoreError, and works again when it is back."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import event

from tests.contract.places import NOON, OTHER, OWNER, SESSION, append, begun, entry, key, number_of, opened, person
from zt_planner.domain.session import ParticipantId, Role
from zt_planner.errors import StoreError, StoreTakenAway
from zt_planner.store import database
from zt_planner.store.changes import Revision
from zt_planner.store.session_store import SessionStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the file will be."""
    return tmp_path / "sessions" / "sessions.sqlite"


@pytest.fixture
def store(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionStore]:
    """Return a store that does not wait for a lock, so that no test does."""
    monkeypatch.setattr(database, "SECONDS_TO_WAIT", 0)
    found = opened(str(path))
    yield found
    found.close()


def assert_unusable(store: SessionStore, reason: str = "") -> None:
    """Assert that every kind of method says where the fault is, and why."""
    for method in (
        lambda: store.history.latest(SESSION),
        lambda: store.seats.by_key(key(OWNER)),
        lambda: store.history.append(OWNER, entry(), based_on=1, now=NOON),
        lambda: store.sessions.create(person("new", Role.OWNER, OTHER), key("new"), entry()),
        lambda: store.sessions.delete_expired(NOON),
        lambda: store.presence.announce("process", [(SESSION, OWNER)], NOON),
    ):
        with pytest.raises(StoreError) as caught:
            method()
        assert caught.value.values["place"] == store.database.place
        assert caught.value.values["reason"]
        assert reason in str(caught.value.values["reason"])


def assert_usable(store: SessionStore) -> None:
    """Assert that a revision can be kept, and is there for whoever opens the file anew."""
    if number_of(store) == 0:
        begun(store)
    number = number_of(store)
    assert append(store, "kept").number == number + 1
    again = opened(store.database.place)
    assert again.history.latest(SESSION) == Revision(number + 1, "kept")
    again.close()


def test_a_new_file_that_another_process_begins_is_waited_for(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        soon = Timer(0.2, other.execute, ["ROLLBACK"])
        soon.start()
        store = opened(str(path))
        assert_usable(store)
        store.close()
        soon.join()


def test_a_damaged_file_is_reported_and_a_mended_one_works(store: SessionStore, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 100)
    assert_unusable(store)
    path.unlink()
    assert_usable(store)


def test_a_file_of_another_program_is_reported(store: SessionStore, path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE revisions (something TEXT)")
        other.commit()
    assert_unusable(store)


def test_a_folder_that_cannot_be_made_is_reported(store: SessionStore, path: Path) -> None:
    path.parent.write_text("a file where the folder should be")
    assert_unusable(store)
    path.parent.unlink()
    assert_usable(store)


def test_a_folder_in_place_of_the_file_is_reported(store: SessionStore, path: Path) -> None:
    path.mkdir(parents=True)
    assert_unusable(store)
    path.rmdir()
    assert_usable(store)


def test_a_locked_file_refuses_writers_and_lets_readers_in(store: SessionStore, path: Path) -> None:
    begun(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            append(store)
        assert store.history.latest(SESSION) == Revision(1, "{}")
        with_none_before = opened(str(path))
        assert with_none_before.history.latest(SESSION) == Revision(1, "{}")
        with_none_before.close()
        other.execute("ROLLBACK")
    assert_usable(store)


def test_who_reads_keeps_nobody_from_writing(store: SessionStore) -> None:
    begun(store)
    with store.database.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM revisions")
        with store.database.frozen() as frozen:
            frozen.exec_driver_sql("SELECT * FROM revisions")
            assert append(store).number == 2
            assert frozen.exec_driver_sql("SELECT max(number) FROM revisions").scalar() == 1


@pytest.mark.extended
def test_a_full_disk_is_reported_and_fills_no_log(
    store: SessionStore, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    begun(store)
    with store.database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def no_room(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(store.database.engine, "connect", no_room)
    store.database.engine.dispose()
    for _ in range(20):
        number_of(store)  # reading goes on
        with pytest.raises(StoreError, match="full"):
            append(store, "x" * 100_000)
    assert caplog.messages == [f"{path} cannot be used: database or disk is full"]
    assert store.history.latest(SESSION) == Revision(1, "{}")
    event.remove(store.database.engine, "connect", no_room)
    store.database.engine.dispose()
    assert_usable(store)


def test_a_file_that_is_damaged_in_use_is_reported_and_usable_when_mended(store: SessionStore, path: Path) -> None:
    begun(store)
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    assert_unusable(store)
    path.write_bytes(whole)
    assert store.history.latest(SESSION) == Revision(1, "{}")
    assert_usable(store)


def remove(path: Path) -> None:
    """Take a database away with what SQLite keeps beside it."""
    for file in path.parent.iterdir():
        file.unlink()


def test_a_file_that_is_taken_away_in_use_is_reported_until_it_is_back_and_no_empty_one_is_begun(
    store: SessionStore, path: Path
) -> None:
    begun(store)
    append(store, "before")
    path.rename(path.with_name("away"))
    for _ in range(2):
        assert_unusable(store, "the file was taken away")
        with pytest.raises(StoreTakenAway, match=r"is missing\. Your change stays on this page"):
            store.history.latest(SESSION)
    assert not path.exists()
    path.with_name("away").rename(path)
    assert store.history.latest(SESSION) == Revision(2, "before")
    assert_usable(store)


def test_whoever_starts_anew_begins_with_an_empty_file(store: SessionStore, path: Path) -> None:
    begun(store)
    remove(path)
    again = opened(str(path))
    assert again.history.latest(SESSION) is None
    again.close()
    assert store.history.latest(SESSION) is None
    assert_usable(store)


def test_a_file_that_is_taken_away_between_two_steps_is_not_made_by_sqlite(
    store: SessionStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(store)
    store.close()
    identity = store.database._identity  # noqa: SLF001 - the gate: behind it the file is opened

    def taken_away_then() -> object:
        found = identity()
        remove(path)
        return found

    monkeypatch.setattr(store.database, "_identity", taken_away_then)
    with pytest.raises(StoreError, match="unable to open"):
        store.history.latest(SESSION)
    assert not path.exists()


def change_and(store: SessionStore, happens: Callable[[], None]) -> None:
    """Change something, and let something happen before it is kept."""
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE sessions SET view = 'lost'")
        happens()


def test_a_file_that_is_taken_away_in_the_middle_of_a_change_is_noticed(store: SessionStore, path: Path) -> None:
    begun(store)
    with pytest.raises(StoreTakenAway):
        change_and(store, lambda: remove(path))
    with pytest.raises(StoreTakenAway):
        number_of(store)


def test_another_file_that_is_put_in_its_place_is_used_from_then_on(store: SessionStore, path: Path) -> None:
    begun(store)
    append(store, "before")
    store.close()
    path.rename(path.with_name("away"))
    other = opened(str(path))
    begun(other, OTHER, ParticipantId("other"))
    other.close()
    assert store.history.latest(OTHER) == Revision(1, "{}")
    assert store.history.latest(SESSION) is None
    store.close()
    path.with_name("away").replace(path)
    assert store.history.latest(SESSION) == Revision(2, "before")
    assert store.history.latest(OTHER) is None
    assert_usable(store)


@pytest.mark.parametrize("name", ["what? ever.sqlite", "100 %41.sqlite", "a#b.sqlite", "üñ.sqlite"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    store = opened(str(tmp_path / name))
    begun(store)
    store.close()
    assert [found.name for found in tmp_path.iterdir()] == [name]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_only_its_owner_may_read_the_file_and_what_lies_beside_it(store: SessionStore, path: Path) -> None:
    before = os.umask(0o022)
    try:
        begun(store)
        rights = {found.name: stat.S_IMODE(found.stat().st_mode) for found in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert rights == {path.name: 0o600, f"{path.name}-wal": 0o600, f"{path.name}-shm": 0o600}
