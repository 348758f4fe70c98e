"""A workspace on a store in a file of its own, which can be away, and a session with an owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.limited import Clock
from tests.unit.server.asgi import finished
from tests.unit.server.house import House
from zt_planner import bootstrap
from zt_planner.defaults import INVALID_LINKS_A_MINUTE, LINK_REQUESTS_A_MINUTE
from zt_planner.server.live import stream
from zt_planner.server.live.hub import Hub
from zt_planner.workspace.limits import RateLimit
from zt_planner.workspace.plans import Plans


@pytest.fixture
def house(tmp_path: Path, known_plans: Plans, monkeypatch: pytest.MonkeyPatch) -> House:
    """Return a session whose owner has changed the plan once; the server's routes use its workspace."""
    found = House(tmp_path / "sessions.sqlite", known_plans)
    monkeypatch.setattr(bootstrap, "workspace", lambda: found.workspace)
    return found


@pytest.fixture
def clock(house: House) -> Clock:
    """Return the clock by which the store counts what an address does."""
    clock, workspace = Clock(), house.workspace
    buckets = clock.rules(house.store.buckets)
    workspace.link_limit = RateLimit(buckets, "links", LINK_REQUESTS_A_MINUTE, clock)
    workspace.invalid_link_limit = RateLimit(buckets, "invalid links", INVALID_LINKS_A_MINUTE, clock)
    return clock


@pytest.fixture
def hub(house: House, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """Return the hub to which streams are opened; nobody else has a page open."""

    async def made() -> Hub:
        return Hub(house.store)

    found = finished(made())
    monkeypatch.setattr(stream, "hubs", [found])
    return found
