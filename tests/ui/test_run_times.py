"""How long runs of a page take is measured, also of those that end early."""

from __future__ import annotations

import pytest

from tests.ui.screen import Screen
from zt_planner.metrics import RUN_SECONDS


def measured() -> tuple[float, float]:
    """Return how many runs were measured, and how many seconds they took together."""
    (family,) = RUN_SECONDS.collect()
    found = {sample.name.rpartition("_")[2]: sample.value for sample in family.samples}
    return found["count"], found["sum"]


def test_a_run_is_measured(screen: Screen) -> None:
    runs, seconds = measured()
    screen.app.run()
    now, then = measured()
    assert now > runs
    assert then > seconds


def test_a_run_is_measured_where_a_setting_stops_it(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZT_PLANNER_TODAY", "yesterday")
    runs, _ = measured()
    screen.app.run()
    assert measured()[0] > runs
