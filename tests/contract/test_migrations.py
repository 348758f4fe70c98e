"""A store's tables come up to this program's version from wherever they are."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, text, update

from tests.contract import version_2
from tests.contract.places import NOON, OWNER, SESSION, begun, joined, number_of, numbers, opened
from zt_planner.domain.session import BrowserId, EventKind, Role, Rules, View
from zt_planner.errors import StoreError, UnreadableRevision
from zt_planner.store.backup import read_backup, write_backup
from zt_planner.store.changes import Revision
from zt_planner.store.tables import VERSION, metadata, schema
from zt_planner.workspace import Workspace
from zt_planner.workspace.keys import Key, Token, hash_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection

    from tests.contract.places import Place
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.store.sessions import SessionStore

MINE, THEIRS = Key("a-cookie-of-thirty-two-characters"), Key("another-cookie-of-many-characters")
SINCE = ("account", "archived_at", "waiting_key", "browser")
"""The columns of a participant that version 3 had not."""
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
def migrated(path: Path) -> Iterator[SessionStore]:
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


def test_a_file_of_the_first_version_gets_the_tables_of_an_empty_one(migrated: SessionStore, tmp_path: Path) -> None:
    new = opened(str(tmp_path / "new.sqlite"))
    with migrated.database.reading() as one, new.database.reading() as other:
        assert shape_of(one) == shape_of(other)
    new.close()


def test_each_browser_s_plan_becomes_a_session_of_its_own(migrated: SessionStore) -> None:
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


def test_no_cookie_is_left_in_the_file(migrated: SessionStore, path: Path) -> None:
    assert migrated.seat(hash_of(MINE)) is not None
    with closing(sqlite3.connect(path)) as database:
        said = "\n".join(database.iterdump())
    assert MINE not in said
    assert THEIRS not in said


def test_a_plan_of_the_first_version_goes_on(
    migrated: SessionStore, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    workspace = Workspace(migrated, price_book, phase_model, lambda: today)
    state = workspace.open(MINE)
    assert (state.scenario.company.employees, state.number) == (201, 2)
    state = workspace.change(state, {"company.employees": 202})
    assert (state.trouble, state.number) == (None, 3)
    assert workspace.undo(state).scenario.company.employees == 201


def test_a_plan_of_the_first_version_is_used_from_its_migration_on(migrated: SessionStore) -> None:
    assert migrated.delete_expired(datetime.now(UTC)) == 0
    assert migrated.seat(hash_of(MINE)) is not None


# Version 2

EDITOR, TOKEN = Key("the-key-of-an-editor-of-some-length"), Key("a-link-s-token-of-some-more-length")


@pytest.fixture
def rows() -> list[version_2.Row]:
    """Return what a store of version 2 holds."""
    return version_2.contents_of(hash_of(MINE), hash_of(EDITOR), hash_of(TOKEN))


@pytest.fixture(params=["opened", "restored from a backup"])
def second(request: pytest.FixtureRequest, place: Place, rows: list[version_2.Row]) -> SessionStore:
    """Return a store that was kept by version 2."""
    store = place.open()
    if request.param == "opened":
        if store.database.file is not None:
            store.database.file.parent.mkdir(parents=True)
            store.database.file.touch()
        with store.database.engine.begin() as connection:
            version_2.make(connection, rows)
    else:
        assert read_backup(store.database, io.BytesIO(version_2.backup(rows)), "it.gz") == len(rows)
    return store


def test_a_session_of_the_second_version_is_all_there(second: SessionStore) -> None:
    seat = second.seat(hash_of(MINE))
    assert seat is not None
    assert seat.rules == Rules(hides_rates=True, days_kept=365)
    assert (seat.number, seat.presenter, seat.view) == (3, "zoe", View("budget"))
    session = seat.participant.session
    assert [(person.id, person.has_seat) for person in second.people(session)] == [
        ("zoe", True),
        ("gone", False),
        ("adam", True),
    ]
    assert second.seat_by(BrowserId(hash_of(EDITOR)), hash_of(TOKEN)) is not None
    assert [link.role for link in second.links(session)] == [Role.EDITOR]
    assert numbers(second.events(session)) == [1, 2, 3]
    for number in (1, 2, 3):
        revision = second.revision(session, number)
        assert revision is not None
        assert f'"employees": {200 + number}' in revision.content
    assert [(found.name, found.number) for found in second.snapshots(session)] == [("agreed", 2)]


def test_a_plan_of_the_second_version_goes_on_and_can_be_undone_and_restored(
    second: SessionStore, price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    workspace = Workspace(second, price_book, phase_model, lambda: today)
    state = workspace.change(workspace.open(MINE), {"company.sites": 7})
    assert (state.trouble, state.number, state.scenario.company.employees) == (None, 4, 203)
    state = workspace.undo(workspace.undo(state))
    assert (state.scenario.company.sites, state.scenario.company.employees) == (None, 202)
    assert workspace.restore(state, 1).scenario.company.employees == 201
    joined = workspace.people.join(Token(TOKEN), "Eve")
    assert joined is not None
    assert [person.id for person in second.people(joined[1].participant.session)][-1] == joined[1].participant.id


def test_a_store_of_the_second_version_gets_the_same_tables_as_an_empty_one(
    place: Place, rows: list[version_2.Row]
) -> None:
    old, tables = place.open(), ("sessions", "participants", "links", "revisions", "snapshots", "presence")
    assert old.latest(SESSION) is None
    with old.database.writing() as connection:
        new_shape = shape_of(connection)
        for table in (*reversed(tables), "schema_version"):
            connection.execute(text(f"DROP TABLE {table}"))
        version_2.make(connection, rows)
    again = place.open()
    assert again.latest(SESSION) is None
    with again.database.reading() as connection:
        assert shape_of(connection) == new_shape


# Version 3

INDICES = ("DROP INDEX ix_participants_account", "DROP INDEX ix_participants_browser")
SINCE_3 = (*INDICES, *(f"ALTER TABLE participants DROP COLUMN {name}" for name in SINCE))


def test_a_store_of_the_third_version_keeps_everything_and_gets_the_same_tables(place: Place) -> None:
    old = begun(place.open())
    joined(old, "eva", Role.EDITOR)
    with old.database.writing() as connection:
        new_shape = shape_of(connection)
        for statement in SINCE_3:
            connection.execute(text(statement))
        connection.execute(update(schema).values(version=3))
    again = place.open()
    assert [(person.id, person.role, person.account) for person in again.people(SESSION)] == [
        (OWNER, Role.OWNER, None),
        ("eva", Role.EDITOR, None),
    ]
    assert number_of(again) == 1
    with again.database.reading() as connection:
        assert shape_of(connection) == new_shape


def test_a_backup_of_the_third_version_comes_back(place: Place, tmp_path: Path) -> None:
    store, file = begun(place.open()), io.BytesIO()
    joined(store, "eva", Role.EDITOR)
    write_backup(store.database, file)
    header, *rows = gzip.decompress(file.getvalue()).decode().splitlines()
    older = [header.replace(str(VERSION), str(VERSION - 1))]
    for row in rows:
        record = json.loads(row)
        for name in SINCE if "participants" in record else ():
            del record["participants"][name]
        older.append(json.dumps(record))
    other = opened(str(tmp_path / "other.sqlite"))
    read_backup(other.database, io.BytesIO(gzip.compress("".join(f"{line}\n" for line in older).encode())), "it.gz")
    assert other.people(SESSION) == store.people(SESSION)
    other.close()


def test_a_store_of_a_later_version_is_refused_and_not_changed(place: Place) -> None:
    store = begun(place.open())
    with place.open().database.writing() as connection:
        connection.execute(update(schema).values(version=VERSION + 1))
    later = place.open()
    for _ in range(2):
        with pytest.raises(UnreadableRevision, match="Another version of ZT Planner has saved"):
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
