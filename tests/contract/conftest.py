"""One suite for every store: each test that asks for a place runs on a SQLite file and on a PostgreSQL server."""

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


@pytest.fixture(params=names(["sqlite", "postgresql"], "sqlite"))
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
