"""One suite for every store: each test that asks for a place runs on a SQLite file and on a PostgreSQL server.

`make test` runs all of it on SQLite, and on PostgreSQL what decides who may write and what is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contract.places import OpenedPlace, Place, begun, file_in
from tests.portions import names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgres import Postgres
    from zt_planner.store.sessions import SessionStore


ON_BOTH = ("test_revisions.py", "test_rights.py", "test_sessions.py", "test_writers.py")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for a place one in each database."""
    if "place" in metafunc.fixturenames:
        brief = ["sqlite", "postgresql"] if metafunc.definition.path.name in ON_BOTH else ["sqlite"]
        metafunc.parametrize("place", names(["sqlite", "postgresql"], *brief), indirect=True)


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Return an empty place, one for each database."""
    if request.param == "sqlite":
        found = OpenedPlace(file_in(tmp_path))
    else:
        server: Postgres = request.getfixturevalue("postgres")
        found = OpenedPlace(server.new_database())
    yield found
    found.close()


@pytest.fixture
def store(place: Place) -> SessionStore:
    """Return a store with one session, which has an owner and a first revision."""
    return begun(place.open())
