"""A store's tables come up to this program's version from wherever they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, update

from tests.contract.places import NOON, SESSION, begun, number_of, numbers, opened
from zt_planner.domain.session import EventKind, Role
from zt_planner.errors import StoreError
from zt_planner.store.protocol import Revision
from zt_planner.store.tables import VERSION, metadata, schema
from zt_planner.workspace import Workspace
from zt_planner.workspace.keys import Key, hash_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection

    from tests.contract.places import Place
    from zt_planner.domain.phase_model import PhaseModel
    from zt_planner.domain.price_book import PriceBook
    from zt_planner.store.sql import SqlStore

MINE, THEIRS = Key("a-cookie-of-thirty-two-characters"), Key("another-cookie-of-many-characters")
FIRST = """
CREATE TABLE revisions (
    session VARCHAR(64) NOT NULL,
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    saved_at DATETIME NOT NULL,
    PRIMARY KEY (session, number)
)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file of the first version with the plans of two browsers."""
    found = tmp_path / "sessions.sqlite"
    content = '{"scenario": {"schema_version": 1, "company": {"employees": %d}}, "baseline": null, "is_example": false}'
    rows = [
        (MINE, 1, content % 200, "2026-10-01 09:00:00.000000"),
        (THEIRS, 1, content % 80, "2026-10-01 10:00:00.000000"),
        (MINE, 2, content % 201, "2026-10-02 09:30:00.123456"),
    ]
    with closing(sqlite3.connect(found)) as database:
        database.execute(FIRST)
        database.executemany("INSERT INTO revisions VALUES (?, ?, ?, ?)", rows)
        database.commit()
    return found


@pytest.fixture
def migrated(path: Path) -> Iterator[SqlStore]:
    """Return a store on that file."""
    store = opened(str(path))
    yield store
    store.close()


def shape_of(connection: Connection) -> dict[str, object]:
    """Return what tells the tables of one database from those of another."""
    found = inspect(connection)
    return {
        table: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table)],
            found.get_pk_constraint(table)["constrained_columns"],
            sorted((key["constrained_columns"], key["referred_table"]) for key in found.get_foreign_keys(table)),
            sorted((str(index["name"]), index["column_names"]) for index in found.get_indexes(table)),
            sorted(key["column_names"] for key in found.get_unique_constraints(table)),
        )
        for table in found.get_table_names()
    }


def test_an_empty_place_gets_the_tables_of_this_version(place: Place) -> None:
    store = place.open()
    assert store.latest(SESSION) is None
    with store.database.reading() as connection:
        assert set(inspect(connection).get_table_names()) == set(metadata.tables)
        assert connection.exec_driver_sql("SELECT version FROM schema_version").scalar_one() == VERSION


def test_a_file_of_the_first_version_gets_the_same_tables_as_an_empty_one(migrated: SqlStore, tmp_path: Path) -> None:
    new = opened(str(tmp_path / "new.sqlite"))
    with migrated.database.reading() as one, new.database.reading() as other:
        assert shape_of(one) == shape_of(other)
    new.close()


def test_each_browser_s_plan_becomes_a_session_of_its_own(migrated: SqlStore) -> None:
    mine, theirs = migrated.seat(hash_of(MINE)), migrated.seat(hash_of(THEIRS))
    assert mine is not None
    assert theirs is not None
    assert mine.participant.session != theirs.participant.session
    assert (mine.participant.role, mine.number, theirs.number) == (Role.OWNER, 2, 1)
    latest = migrated.latest(mine.participant.session)
    assert isinstance(latest, Revision)
    assert '"employees": 201' in latest.content
    events = migrated.events(mine.participant.session)
    assert numbers(events) == [1, 2]
    assert [event.kind for event in events] == [EventKind.CHANGE] * 2
    assert events[1].at == datetime(2026, 10, 2, 9, 30, 0, 123456, tzinfo=UTC)
    assert {event.participant for event in events} == {mine.participant.id}


def test_no_cookie_is_left_in_the_file(migrated: SqlStore, path: Path) -> None:
    assert migrated.seat(hash_of(MINE)) is not None
    with closing(sqlite3.connect(path)) as database:
        said = "\n".join(database.iterdump())
    assert MINE not in said
    assert THEIRS not in said


def test_a_plan_of_the_first_version_goes_on(
    migrated: SqlStore, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    workspace = Workspace(migrated, price_book, phase_model, lambda: today)
    state = workspace.open(MINE)
    assert (state.scenario.company.employees, state.number) == (201, 2)
    state = workspace.change(state, {"company.employees": 202})
    assert (state.trouble, state.number) == (None, 3)
    assert workspace.undo(state).scenario.company.employees == 201


def test_a_plan_of_the_first_version_is_used_from_its_migration_on(migrated: SqlStore) -> None:
    assert migrated.delete_expired(datetime.now(UTC)) == 0
    assert migrated.seat(hash_of(MINE)) is not None


def test_a_store_of_a_later_version_is_refused_and_not_changed(place: Place) -> None:
    store = begun(place.open())
    with place.open().database.writing() as connection:
        connection.execute(update(schema).values(version=VERSION + 1))
    later = place.open()
    for _ in range(2):
        with pytest.raises(StoreError, match="a later version of ZT Planner has written it"):
            later.latest(SESSION)
    with place.open().database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version FROM schema_version").scalar_one() == VERSION + 1
    assert number_of(store) == 1


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE sessions (something TEXT)")
        database.commit()
        before = list(database.iterdump())
    store = opened(str(path))
    with pytest.raises(StoreError):
        store.delete_expired(NOON)
    store.close()
    with closing(sqlite3.connect(path)) as database:
        assert list(database.iterdump()) == before
