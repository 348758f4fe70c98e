"""An older process that runs on while a later one brings the tables up: it refuses, and leaves nothing half done.

The later program has one column more.
"""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic
from types import ModuleType

import pytest
from sqlalchemy import event, text

from tests.contract.places import NOON, OpenedPlace, Place, append, begun, number_of, opened
from tests.contract.test_backup import backup_of
from tests.postgres import Postgres
from zt_planner.errors import UnreadableRevision
from zt_planner.store.session_store import SessionStore
from zt_planner.store.tables import VERSION, schema

SECONDS = 30
"""What the slowest machine may take; nothing waits for it."""
MORE = "ALTER TABLE revisions ADD COLUMN more TEXT NOT NULL DEFAULT ''"


def upgrade(address: str) -> None:
    """Do what a later program does in a process of its own: change the tables, and say of which version they are."""
    store = opened(address)
    with store.database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"LOCK TABLE {schema.name} IN ACCESS EXCLUSIVE MODE"))
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.execute(text(MORE))
        connection.execute(schema.insert().values(version=VERSION + 1))
    store.close()


def started(address: str) -> multiprocessing.process.BaseProcess:
    """Start the later program."""
    process = multiprocessing.get_context("spawn").Process(target=upgrade, args=(address,))
    with pytest.MonkeyPatch.context() as patch:  # it would run the script of a page that was tried before
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        process.start()
    return process


def upgraded(place: Place) -> None:
    """Have the later program bring up a place."""
    process = started(place.address)
    process.join(SECONDS)
    assert process.exitcode == 0


def kept_in(place: Place) -> list[tuple[str, str]]:
    """Return what the later program finds in the revisions."""
    with place.open().database.engine.connect() as connection:
        found = connection.execute(text("SELECT content, more FROM revisions ORDER BY number")).all()
    return [(row.content, row.more) for row in found]


@pytest.mark.extended
def test_an_older_process_writes_nothing_more_and_says_why(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    old = begun(place.open())
    append(old)
    upgraded(place)
    for act in (
        lambda: append(old),
        lambda: backup_of(old),
        lambda: old.sessions.delete_expired(NOON),
        lambda: number_of(old),
    ):
        with pytest.raises(UnreadableRevision, match="reload the page"):
            act()
    assert kept_in(place) == [("{}", ""), ("{}", "")]
    assert caplog.messages == [f"{old.database.place} cannot be used: another version of ZT Planner has written it"]


@pytest.mark.extended
def test_an_older_process_goes_on_once_an_older_backup_is_back(place: Place) -> None:
    old = begun(place.open())
    upgraded(place)
    with pytest.raises(UnreadableRevision):
        append(old)
    with place.open().database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE revisions DROP COLUMN more"))
        connection.execute(schema.delete().where(schema.c.version > VERSION))
    assert append(old).number == 2


def wait_for_locks(store: SessionStore, count: int) -> None:
    """Wait until so many others wait for a lock."""
    deadline = monotonic() + SECONDS
    waiting = 0
    while waiting < count:
        assert monotonic() < deadline
        with store.database.engine.connect() as connection:
            waiting = connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one()


@pytest.mark.extended
def test_who_writes_at_that_moment_ends_first_and_who_comes_next_writes_nothing(postgres: Postgres) -> None:
    place = OpenedPlace(postgres.new_database())
    watching, first, next_one = begun(place.open()), place.open(), place.open()
    is_writing, may_go_on = Event(), Event()

    def stop_halfway(*given: object) -> None:
        if "INSERT INTO revisions" in str(given[2]):
            is_writing.set()
            assert may_go_on.wait(SECONDS)

    event.listen(first.database.engine, "before_cursor_execute", stop_halfway)
    with ThreadPoolExecutor() as threads:
        written = threads.submit(append, first, "first")
        assert is_writing.wait(SECONDS)
        later = started(place.address)
        wait_for_locks(watching, 1)
        refused = threads.submit(append, next_one, "next")
        wait_for_locks(watching, 2)
        may_go_on.set()
        assert written.result(SECONDS).number == 2
        assert isinstance(refused.exception(SECONDS), UnreadableRevision)
    later.join(SECONDS)
    assert kept_in(place) == [("{}", ""), ("first", "")]
    place.close()
