"""A store that fails keeps nobody from planning: the change stands, the page says that it is not saved."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.approval import Says
from tests.ui.meeting import Meeting, everything, texts
from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.domain.session import EventKind, Outcome, Role
from zt_planner.language import LanguageCode
from zt_planner.store.changes import NewRevision
from zt_planner.store.session_store import SessionStore
from zt_planner.topics.error_texts import NOTHING_WAITS
from zt_planner.ui.state.tab import TAB, BrowserTab

KEPT = "Your change stays on this page and is saved automatically"


def with_store_away(store_file: Path) -> None:
    """Have the store's folder elsewhere, and a file where it should be."""
    store_file.parent.rename(store_file.parent.with_name("elsewhere"))
    store_file.parent.write_text("a file where the folder should be")


def with_store_back(store_file: Path) -> None:
    """Have the store's folder where it was."""
    store_file.parent.unlink()
    store_file.parent.with_name("elsewhere").rename(store_file.parent)


def is_troubled(screen: Screen) -> bool:
    """Tell whether the page says that the plan is not saved."""
    return any(KEPT in warning for warning in screen.warnings)


def is_away(screen: Screen) -> bool:
    """Tell whether the page says that nothing can be read, and promises to save nothing: no change waits."""
    return any(NOTHING_WAITS in warning for warning in screen.warnings) and not is_troubled(screen)


@pytest.mark.extended
def test_a_change_that_cannot_be_saved_stands_and_is_saved_later(screen: Screen, store_file: Path) -> None:
    screen.run()
    with_store_away(store_file)
    screen.move("company.employees:slider", 200)
    assert is_troubled(screen)
    screen.move("timeline.target_months:slider", 7)
    assert (screen.scenario.company.employees, screen.scenario.timeline.target_months) == (200, 7)
    assert screen.shows("company.employees:slider") == 200
    for page in ("roadmap", "budget", "nis2", "prices"):
        assert is_troubled(screen.go(page))
    with_store_back(store_file)
    screen.run()
    assert not is_troubled(screen)
    again = Screen()
    again.app.session_state[TAB] = BrowserTab(anonymous=screen.state.key)
    assert again.run().scenario == screen.scenario


def opened(screen: Screen) -> Screen:
    """Return another page of the same browser, which has shown nothing yet, as it opens it."""
    again = Screen()
    if "me" in screen.app.query_params:
        again.app.query_params["me"] = screen.app.query_params["me"]
    again.cookies = screen.cookies
    again.draw()
    return again


def shows_no_plan(page: Screen) -> bool:
    """Tell whether a page says that the plan cannot be read, has itself drawn again, and shows nothing else."""
    (badge,) = page.component("live")
    drawn = {element.type for element in page.app.main}
    return bool(badge["unsaved"]) and drawn == {"main", "flex_container", "bidi_component", "title", "markdown"}


@pytest.mark.parametrize("role", list(Role))
def test_a_page_that_opens_while_the_store_is_missing_says_so_and_goes_on_once_it_is_back(
    meeting: Meeting, store_file: Path, role: Role, says: Says
) -> None:
    owner, editor, viewer = meeting
    owner.move("company.employees:slider", 200)
    screen = {Role.OWNER: owner, Role.EDITOR: editor, Role.VIEWER: viewer}[role].run()
    with_store_away(store_file)
    page = opened(screen)
    for _ in range(2):
        says(page.headline)
        (line,) = texts(page)
        assert "Your plan will appear here automatically once it is back." in line
        assert shows_no_plan(page)
        page.draw()
    with_store_back(store_file)
    assert page.run().scenario.company.employees == 200
    assert not page.warnings


def test_a_page_that_has_shown_its_plan_keeps_it_while_the_store_is_missing(meeting: Meeting, store_file: Path) -> None:
    screen = meeting.owner.move("company.employees:slider", 200)
    with_store_away(store_file)
    assert screen.run().scenario.company.employees == 200
    assert is_away(screen)


@pytest.mark.extended
def test_a_visitor_is_not_shown_the_example_as_theirs_while_the_store_is_damaged(store_file: Path, says: Says) -> None:
    store_file.parent.mkdir()
    store_file.write_bytes(b"no database" * 500)
    page = Screen(LanguageCode.GERMAN, language="de")
    page.draw()
    says(page.headline)
    assert shows_no_plan(page)


@pytest.mark.extended
def test_a_plan_that_a_later_version_has_saved_is_not_shown_as_the_example(meeting: Meeting, says: Says) -> None:
    owner, state = meeting.owner, meeting.owner.state
    store = bootstrap.workspace().store
    assert state.me is not None
    entry = NewRevision('{"format": 99}', EventKind.CHANGE, (), Outcome(), Outcome())
    store.history.append(state.me.id, entry, based_on=state.number, now=datetime.now(UTC))
    page = opened(owner)
    says(page.headline)
    assert any("Another version of ZT Planner has saved this plan" in line for line in texts(page))


@pytest.mark.extended
def test_no_page_names_the_file_s_path(screen: Screen, store_file: Path, caplog: pytest.LogCaptureFixture) -> None:
    screen.run().move("company.employees:slider", 200)
    for found in store_file.parent.iterdir():
        found.unlink()
    for page in ("plan", "record", "share"):
        assert is_away(screen.go(page))
        assert any("The file that stores the plans is missing" in warning for warning in screen.warnings)
        assert store_file.name not in everything(screen)
        assert str(store_file.parent) not in everything(screen)
    assert str(store_file) in caplog.text


@pytest.mark.extended
def test_an_own_plan_that_is_gone_from_the_store_is_said_once(screen: Screen, store_file: Path) -> None:
    screen.run().move("company.employees:slider", 200)
    for found in store_file.parent.iterdir():
        found.unlink()
    SessionStore.in_file(store_file).sessions.delete_expired(datetime.now(UTC))
    assert any("Your plan is no longer stored here" in error for error in screen.run().errors)
    assert screen.scenario.company.employees == 120
    assert not screen.run().errors
    assert screen.move("company.employees:slider", 200).state.number == 1


@pytest.mark.extended
def test_nothing_is_written_for_somebody_who_only_looks(screen: Screen) -> None:
    screen.run()
    for page in ("roadmap", "budget", "nis2", "prices", "plan"):
        screen.go(page)
    assert screen.state.number == 0


def test_a_day_that_is_none_is_named_instead_of_a_crash(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZT_PLANNER_TODAY", "yesterday")
    screen.app.run()
    assert not screen.app.exception
    assert any(error.startswith("ZT_PLANNER_TODAY: 'yesterday' is not a day") for error in screen.errors)
