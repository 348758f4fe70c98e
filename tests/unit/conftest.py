"""A workspace on a store of its own, with prices and tasks that never change; a session that people share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.breakable import BreakableStore
from tests.launched import Queue
from tests.remembered import remembering
from zt_planner.catalog import load_phase_model, load_price_book
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import Role
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import new_key
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.runners.job_runner import Jobs

KNOWN_DATA = Path(__file__).parents[1] / "known_data"


@dataclass(frozen=True, slots=True)
class Room:
    """A session: its owner, and how others join."""

    workspace: Workspace
    owner: State

    def joined(self, role: Role = Role.EDITOR, name: str = "") -> State:
        """Return the page of somebody who has joined by a new link."""
        people = self.workspace.people
        token = people.renew_link(self.owner, role)
        found = people.join(token, name)
        assert found is not None
        return self.workspace.open(found[0])

    def now(self, state: State) -> State:
        """Return a participant's page drawn again."""
        return self.workspace.open(state.key, state)


@pytest.fixture(scope="session")
def price_book() -> PriceBook:
    """Return the prices of November 2026, whatever is shipped by now: examples are calculated with them."""
    return load_price_book(KNOWN_DATA)


@pytest.fixture(scope="session")
def phase_model() -> PhaseModel:
    """Return the tasks and measures of November 2026, whatever is shipped by now."""
    return load_phase_model(KNOWN_DATA)


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    """Return the file that keeps a test's sessions."""
    return tmp_path / "sessions.sqlite"


@pytest.fixture
def store(store_file: Path) -> BreakableStore:
    """Return an empty store."""
    return BreakableStore(store_file)


@pytest.fixture(scope="session")
def known_plans(price_book: PriceBook, phase_model: PhaseModel, today: date) -> Plans:
    """Return the plans of these prices and tasks, remembered from test to test."""
    return Plans(price_book, phase_model, lambda: today)


@pytest.fixture
def workspace(store: BreakableStore, known_plans: Plans) -> Workspace:
    """Return a workspace on these prices and tasks."""
    return remembering(store, known_plans)


@pytest.fixture
def room(workspace: Workspace) -> Room:
    """Return a session that its owner has begun with 180 people."""
    return Room(workspace, workspace.change(workspace.open(new_key()), {"company.employees": 180}))


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> Queue:
    """Keep what is launched."""
    queue = Queue()
    monkeypatch.setattr(Jobs, "launch", staticmethod(queue.append))
    return queue
