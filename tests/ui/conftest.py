"""A store of its own, a fixed day and a fresh workspace for every test of the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.bootstrap import STORE, TODAY

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
    bootstrap.workspace.cache_clear()
    yield
    bootstrap.workspace.cache_clear()


@pytest.fixture
def screen() -> Screen:
    """Return the dashboard as a new visitor sees it."""
    return Screen()
