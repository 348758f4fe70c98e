"""What the server loads before the first visitor comes, and how seldom it looks through all objects."""

from __future__ import annotations

import gc
import sys
from threading import Event
from time import sleep
from typing import TYPE_CHECKING

import pytest
from anyio import to_thread

import zt_planner
from tests.unit.server.asgi import finished
from zt_planner import bootstrap, server
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.store.sessions import SessionStore
from zt_planner.workspace import plans

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 20
"""What anything may take on the slowest machine; nothing waits for it."""


@pytest.fixture
def warmed_up() -> Iterator[None]:
    """Warm up; give back what this changes for the whole process."""
    before = sys.getswitchinterval()
    server.warm_up()
    yield
    sys.setswitchinterval(before)
    gc.unfreeze()


def test_pages_and_streams_share_one_workspace_however_soon_it_is_warmed_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made: list[SessionStore] = []
    has_warmed_up = Event()

    def store() -> SessionStore:
        sleep(0.05)  # a thread that asks meanwhile would make a second one
        made.append(SessionStore.in_file(tmp_path / "sessions.sqlite"))
        return made[-1]

    def warm_up() -> None:
        bootstrap.workspace()
        has_warmed_up.set()

    async def test() -> None:
        async with server.lifespan(None):
            assert await to_thread.run_sync(has_warmed_up.wait, SECONDS)

    monkeypatch.setattr(bootstrap, "store", store)
    monkeypatch.setattr(server, "warm_up", warm_up)
    bootstrap.workspace.cache_clear()
    finished(test())
    bootstrap.workspace.cache_clear()
    assert len(made) == 1


def test_garbage_is_seldom_looked_for_among_all_objects() -> None:
    assert gc.get_threshold()[2] == zt_planner.WHOLE_SEARCHES_SELDOM


@pytest.mark.usefixtures("warmed_up")
def test_a_page_finds_what_was_computed_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(plans, "build_plan")
    monkeypatch.delattr(plans, "simulate")
    assert bootstrap.workspace().plans.simulation(Scenario()) is not None


@pytest.mark.usefixtures("warmed_up")
def test_what_sends_gets_its_turn_soon_once_everything_is_loaded() -> None:
    assert sys.getswitchinterval() == pytest.approx(server.SWITCH_SECONDS)
