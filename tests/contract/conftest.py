"""One suite for every store: each test that asks for a place runs on a SQLite file and on a PostgreSQL server.

`make test` runs all of it on SQLite, and on PostgreSQL what decides who may write and what is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.contract.places import OpenedPlace, Place, begun, file_in
from tests.portions import names
from tests.postgres import Postgres
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.store.session_store import SessionStore
from zt_planner.workspace.plans import Plans

ON_BOTH = (
    "test_accounts.py",
    "test_buckets.py",
    "test_lobby.py",
    "test_reviews.py",
    "test_revisions.py",
    "test_rights.py",
    "test_sessions.py",
    "test_writers.py",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for a place one in each database."""
    if "place" in metafunc.fixturenames:
        brief = ["sqlite", "postgresql"] if metafunc.definition.path.name in ON_BOTH else ["sqlite"]
        metafunc.parametrize("place", names(["sqlite", "postgresql"], *brief), indirect=True)


@pytest.fixture(scope="session")
def _known_plans(price_book: PriceBook, phase_model: PhaseModel, today: date) -> Plans:
    """Return one memory of plans."""
    return Plans(price_book, phase_model, lambda: today)


@pytest.fixture(scope="module", autouse=True)
def _plans_are_remembered_from_test_to_test(_known_plans: Plans) -> Iterator[None]:
    """Give every workspace the same memory of plans: a store keeps them, and does not compute them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zt_planner.workspace.workspace.Plans", lambda *_: _known_plans)
        yield


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
