"""A store of its own, a fixed day and a fresh workspace for every test of the dashboard."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from streamlit.components.v2 import manifest_scanner

from tests.ui.meeting import HOST, Meeting, joined
from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.bootstrap import STORE, TODAY
from zt_planner.domain.session import Role, Rules
from zt_planner.workspace.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    """Return the file that keeps the sessions of a test."""
    return tmp_path / "kept" / "sessions.sqlite"


@pytest.fixture(autouse=True)
def _own_workspace(store_file: Path, monkeypatch: pytest.MonkeyPatch, today: date) -> Iterator[None]:
    monkeypatch.setenv(STORE, str(store_file))
    monkeypatch.setenv(TODAY, today.isoformat())
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda _: None))  # what runs beside pages is a test's to run
    bootstrap.workspace.cache_clear()
    yield
    bootstrap.workspace.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _packages_are_searched_once() -> Iterator[None]:
    """Search the installed packages for components once; every new `AppTest` would do it again, for half a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def screen() -> Screen:
    """Return the dashboard as a new visitor sees it."""
    return Screen()


@pytest.fixture
def meeting(screen: Screen) -> Meeting:
    """Return three browsers in one session."""
    screen.app.context = {"url": f"{HOST}/share"}
    screen.run().go("share").press("begin")
    screen.move("my_name", "Anna")
    return Meeting(screen, joined(screen, Role.EDITOR, "Emil").run(), joined(screen, Role.VIEWER, "Vera").run())


@pytest.fixture
def hidden(meeting: Meeting) -> Screen:
    """Return a viewer's browser in a session that hides a day rate of its own."""
    owner = meeting.owner.run().go("cockpit")
    owner.unfold("fold:rates").move("labour.internal_day_cost", 777.0)
    owner.move("labour.external_day_rate:field", 1333.0)
    meeting.set_rules(Rules(hides_rates=True))
    return meeting.viewer.run()
