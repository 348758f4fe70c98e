"""A page that only shows what others have changed waits for its turn, and draws its headline first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
import streamlit as st

from tests.ui.colleagues import changes
from tests.ui.meeting import Meeting
from tests.ui.screen import Screen, tab_of
from zt_planner.ui.app import dashboard
from zt_planner.ui.components import gain, job_panel
from zt_planner.ui.components.together import live
from zt_planner.ui.state.tab import BrowserTab
from zt_planner.ui.state.turns import turns


@contextmanager
def stopped_after_the_headline(_look: Callable[[], object], _came: float) -> Iterator[Callable[[], object]]:
    """Give a page its turn, and stop it before its next part."""
    yield st.stop


@pytest.mark.extended
def test_the_headline_is_drawn_first_and_the_rest_waits(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    viewer = meeting.viewer.run()
    monkeypatch.setattr(turns, "following", stopped_after_the_headline)
    changes(meeting.owner.state, company__employees=222)
    tab_of(viewer).ask_for_news()
    viewer.run()
    assert "222 people" in viewer.headline
    assert not viewer.app.slider, "the rest was drawn without a turn"
    viewer.run()
    assert viewer.app.slider, "whoever loads the page follows nobody"


def test_a_page_that_follows_waits_for_those_whose_readers_have_done_something(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(dashboard, "render_rest", lambda *_: seen.append(turns.is_free()))
    editor, viewer = meeting.editor, meeting.viewer.run()
    editor.run()
    assert seen[-1] is False, "nobody would wait for an editor's own page"
    tab_of(viewer).ask_for_news()
    viewer.run()
    assert seen[-1] is False, "two pages that follow would be drawn at once"
    assert turns.is_free()


def test_a_page_keeps_its_place_until_its_reader_has_been_answered(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor, viewer = meeting.editor, meeting.viewer.run()
    assert tab_of(viewer).waits_since is None
    with monkeypatch.context() as patch:
        patch.setattr(turns, "following", stopped_after_the_headline)
        tab_of(viewer).ask_for_news()
        viewer.run()
    since = tab_of(viewer).waits_since
    assert since is not None, "the rest is not drawn yet"
    with monkeypatch.context() as patch:
        patch.setattr(turns, "following", stopped_after_the_headline)
        tab_of(viewer).ask_for_news()
        viewer.run()
    assert tab_of(viewer).waits_since == since
    monkeypatch.setattr(dashboard, "render_rest", lambda *_: st.stop())
    editor.run()
    assert tab_of(editor).waits_since is None, "what was done is applied"


def end_jobs_while_the_page_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    find, looks = job_panel.find_job, count()
    monkeypatch.setattr(job_panel, "find_job", lambda request: None if next(looks) else find(request))
    monkeypatch.setattr(st, "rerun", st.stop)


def test_a_page_lets_others_go_first_when_something_is_worked_out_that_nobody_has_asked_for(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_jobs_while_the_page_is_drawn(monkeypatch)
    screen.run()
    tab_of(screen).run += 1
    assert tab_of(screen).follows


def test_a_page_goes_first_when_something_is_worked_out_that_its_reader_has_asked_for(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gain, "JobPanel", lambda **given: job_panel.JobPanel(**given | {"is_optional": False}))
    end_jobs_while_the_page_is_drawn(monkeypatch)
    screen.run()
    tab_of(screen).run += 1
    assert not tab_of(screen).follows


def test_who_has_done_something_that_is_not_applied_yet_follows_nobody() -> None:
    tab = BrowserTab(run=3)
    tab.queue(lambda: None)
    tab.run += 1
    tab.ask_for_news()
    tab.run += 1
    assert not tab.follows


def test_the_badge_says_that_the_page_follows(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []
    monkeypatch.setattr(live, "_badge", lambda **badge: drawn.append(badge["on_news_change"]))
    viewer = meeting.viewer.run()
    drawn[-1]()
    assert not tab_of(viewer).follows
    tab_of(viewer).run += 1
    assert tab_of(viewer).follows
