"""What the settings decide of the parts that are put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.launched import request
from zt_planner import bootstrap
from zt_planner.errors import QueueFull
from zt_planner.store.database import database_url
from zt_planner.store.session_store import SessionStore
from zt_planner.workspace import Workspace
from zt_planner.workspace.keys import hash_of, new_key
from zt_planner.workspace.runners.job_runner import Jobs


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Workspace]]:
    """Return what makes a workspace by these settings."""
    found: list[Workspace] = []

    def workspace(**settings: int) -> Workspace:
        monkeypatch.setenv("ZT_PLANNER_STORE", str(tmp_path / "sessions.sqlite"))
        for name, value in settings.items():
            monkeypatch.setenv(f"ZT_PLANNER_{name.upper()}", str(value))
        found.append(bootstrap.workspace.__wrapped__())
        return found[-1]

    yield workspace
    for each in found:
        each.store.close()


def test_a_new_session_is_kept_for_as_long_as_the_settings_say(made: Callable[..., Workspace]) -> None:
    workspace, key = made(days_kept=30), new_key()
    state = workspace.change(workspace.open(key), {"company.employees": 150})
    seat = workspace.store.seats.by_key(hash_of(key))
    assert state.seat is not None
    assert seat is not None
    assert (state.seat.rules.days_kept, seat.rules.days_kept) == (30, 30)
    assert workspace.store.sessions.delete_expired(datetime.now(UTC)) == 0


def test_limits_are_those_of_the_settings(made: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch) -> None:
    launched: list[object] = []
    monkeypatch.setattr(Jobs, "launch", staticmethod(launched.append))
    workspace = made(sessions_a_minute=2, calculations_at_once=3, calculations_waiting=1)
    assert [workspace.session_limit.allows("203.0.113.7") for _ in range(3)] == [True, True, False]
    for owner in "abcd":
        workspace.jobs.submit(request(owner))
    assert len(launched) == 3
    with pytest.raises(QueueFull):
        workspace.jobs.submit(request("e"))


@pytest.mark.parametrize(("most", "kept"), [(15, 5), (3, 3)])
def test_a_server_is_asked_over_so_many_connections(most: int, kept: int) -> None:
    store = SessionStore.at_url(database_url("postgresql://planner@db/planner"), connections=most)
    pool = store.database.engine.pool
    assert (pool.size(), pool._max_overflow) == (kept, most - kept)  # type: ignore[attr-defined]  # noqa: SLF001 - what it may open beyond
    store.database.engine.dispose()
