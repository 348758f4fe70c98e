"""A store of its own, a fixed day and a fresh workspace for every test of the dashboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from tests.scan_files import SAMPLES
from tests.signed_in import with_provider
from tests.ui.meeting import Meeting, begun
from tests.ui.screen import Screen
from tests.ui.typed_table import Table
from zt_planner import bootstrap
from zt_planner.domain.session import Rules
from zt_planner.settings import variable
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.runners.job_runner import Jobs, do_here
from zt_planner.workspace.runners.worker import Worker

collect_ignore = [] if SAMPLES else ["test_scan_samples.py"]


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    """Return the file that keeps the sessions of a test."""
    return tmp_path / "kept" / "sessions.sqlite"


@pytest.fixture(autouse=True)
def _own_workspace(store_file: Path, monkeypatch: pytest.MonkeyPatch, today: date) -> Iterator[None]:
    monkeypatch.setenv(variable("store"), str(store_file))
    monkeypatch.setenv(variable("today"), today.isoformat())
    monkeypatch.setattr(Jobs, "launch", staticmethod(lambda _: None))  # what runs beside pages is a test's to run
    monkeypatch.setattr(Jobs, "call_later", staticmethod(lambda *_: lambda: None))  # and what rests goes on resting
    monkeypatch.setattr(Worker, "run", staticmethod(do_here))  # in this process, where a test can put another function
    bootstrap.workspace.cache_clear()
    yield
    bootstrap.workspace.cache_clear()


@pytest.fixture(scope="session")
def _found_once() -> Callable[..., object]:
    """Return the search of the installed packages for components; what it found is remembered."""
    return cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="module", autouse=True)
def _packages_are_searched_once(_found_once: Callable[..., object]) -> Iterator[None]:
    """Search the installed packages for components once; every new `AppTest` would do it again, for half a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", _found_once)
        yield


@pytest.fixture(scope="session")
def _shared_plans() -> Plans:
    """Return one memory of plans."""
    return Plans(bootstrap.price_book(), bootstrap.phase_model(), bootstrap.today)


@pytest.fixture(scope="module", autouse=True)
def _plans_are_remembered_from_test_to_test(_shared_plans: Plans) -> Iterator[None]:
    """Give every workspace the same memory of plans: a plan follows from scenario, prices, tasks and day alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zt_planner.workspace.workspace.Plans", lambda *_: _shared_plans)
        yield


@pytest.fixture
def screen() -> Screen:
    """Return the dashboard as a new visitor sees it."""
    return Screen()


@pytest.fixture
def meeting(screen: Screen) -> Meeting:
    """Return three browsers in one session; the owner looks at "share", the others have opened nothing yet."""
    return begun(screen)


@pytest.fixture
def hidden(meeting: Meeting) -> Screen:
    """Return a viewer's browser in a session that hides a day rate of its own."""
    rates = {"labour.internal_day_cost": Decimal(777), "labour.external_day_rate": Decimal(1333)}
    bootstrap.workspace().change(meeting.owner.state, rates)
    meeting.set_rules(Rules(hides_rates=True))
    return meeting.viewer.run()


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Table:
    """Return the grid of a page, in the hands of a test."""
    found = Table()
    monkeypatch.setattr(st, "data_editor", found.draw)
    return found


@pytest.fixture
def roadmap(screen: Screen, table: Table) -> Screen:
    """Return the Roadmap page with its table open."""
    assert table.key == ""
    return screen.go("roadmap").unfold("fold:task_rows", "fold:tasks")


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """Return what would run beside the pages: a test runs it when it likes."""
    waiting: list[Callable[[], None]] = []
    monkeypatch.setattr(Jobs, "launch", staticmethod(waiting.append))
    return waiting


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let people sign in."""
    with_provider(monkeypatch)
