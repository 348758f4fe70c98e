"""A store that fails keeps nobody from planning: the change stands, the page says that it is not saved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.ui.meeting import everything
from tests.ui.screen import Screen
from zt_planner.store.sessions import SessionStore
from zt_planner.ui.state.tab import TAB, Tab

if TYPE_CHECKING:
    from pathlib import Path

KEPT = "Your change stays on this page and is saved automatically"


def is_troubled(screen: Screen) -> bool:
    """Tell whether the page says that the plan is not saved."""
    return any(KEPT in warning for warning in screen.warnings)


@pytest.mark.extended
def test_a_change_that_cannot_be_saved_stands_and_is_saved_later(screen: Screen, store_file: Path) -> None:
    store_file.parent.write_text("a file where the folder should be")
    screen.run().move("company.employees:slider", 200)
    assert is_troubled(screen)
    screen.move("timeline.target_months:slider", 7)
    assert (screen.scenario.company.employees, screen.scenario.timeline.target_months) == (200, 7)
    assert screen.shows("company.employees:slider") == 200
    for page in ("roadmap", "budget", "nis2", "prices"):
        assert is_troubled(screen.go(page))
    store_file.parent.unlink()
    screen.run()
    assert not is_troubled(screen)
    again = Screen()
    again.app.session_state[TAB] = Tab(anonymous=screen.state.key)
    assert again.run().scenario == screen.scenario


def test_a_visitor_sees_the_example_while_the_store_is_gone(screen: Screen, store_file: Path) -> None:
    store_file.parent.mkdir()
    store_file.write_bytes(b"no database" * 500)
    screen.run()
    assert is_troubled(screen)
    assert screen.scenario.company.employees == 120


@pytest.mark.extended
def test_no_page_names_the_file_s_path(screen: Screen, store_file: Path, caplog: pytest.LogCaptureFixture) -> None:
    screen.run().move("company.employees:slider", 200)
    for found in store_file.parent.iterdir():
        found.unlink()
    for page in ("cockpit", "record", "share"):
        assert is_troubled(screen.go(page))
        assert any("The file that stores the plans is missing" in warning for warning in screen.warnings)
        assert store_file.name not in everything(screen)
        assert str(store_file.parent) not in everything(screen)
    assert str(store_file) in caplog.text


@pytest.mark.extended
def test_an_own_plan_that_is_gone_from_the_store_is_said_once(screen: Screen, store_file: Path) -> None:
    screen.run().move("company.employees:slider", 200)
    for found in store_file.parent.iterdir():
        found.unlink()
    SessionStore.in_file(store_file).delete_expired(datetime.now(UTC))
    assert any("Your plan is no longer stored here" in error for error in screen.run().errors)
    assert screen.scenario.company.employees == 120
    assert not screen.run().errors
    assert screen.move("company.employees:slider", 200).state.number == 1


@pytest.mark.extended
def test_nothing_is_written_for_somebody_who_only_looks(screen: Screen) -> None:
    screen.run()
    for page in ("roadmap", "budget", "nis2", "prices", "cockpit"):
        screen.go(page)
    assert screen.state.number == 0


def test_a_day_that_is_none_is_named_instead_of_a_crash(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZT_PLANNER_TODAY", "yesterday")
    screen.app.run()
    assert not screen.app.exception
    assert any(error.startswith("ZT_PLANNER_TODAY: 'yesterday' is not a day") for error in screen.errors)
