"""An empty place gets this version's tables; a store of another version is refused, and left as it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect, update

from tests.contract.places import NOON, SESSION, Place, begun, number_of, opened
from zt_planner.errors import UnreadableRevision
from zt_planner.store.tables import VERSION, metadata, queue_metadata, schema


def test_an_empty_place_gets_the_tables_of_this_version(place: Place) -> None:
    store = place.open()
    assert store.history.latest(SESSION) is None
    with store.database.reading() as connection:
        found = {name for name in inspect(connection).get_table_names() if not name.startswith("procrastinate_")}
        of_the_queue = set(queue_metadata.tables) if connection.dialect.name == "postgresql" else set()
        assert found == set(metadata.tables) | of_the_queue
        assert connection.exec_driver_sql("SELECT version FROM schema_version").scalar_one() == VERSION


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1])
def test_a_store_of_another_version_is_refused_and_not_changed(version: int, place: Place) -> None:
    store = begun(place.open())
    with place.open().database.writing() as connection:
        connection.execute(update(schema).values(version=version))
    other = place.open()
    for _ in range(2):
        with pytest.raises(UnreadableRevision, match="Another version of ZT Planner has saved"):
            other.history.latest(SESSION)
    with place.open().database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version FROM schema_version").scalar_one() == version
    assert number_of(store) == 1


def test_tables_that_are_not_of_this_program_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE sessions (something TEXT)")
        database.commit()
        before = list(database.iterdump())
    store = opened(str(path))
    with pytest.raises(UnreadableRevision):
        store.sessions.delete_expired(NOON)
    store.close()
    with closing(sqlite3.connect(path)) as database:
        assert list(database.iterdump()) == before
