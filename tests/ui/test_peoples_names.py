"""Who takes part is called by one name everywhere."""

from __future__ import annotations

import pytest

from tests.ui.meeting import Meeting, joined, texts
from tests.ui.screen import Screen
from zt_planner.domain.session import Role
from zt_planner.language import LanguageCode
from zt_planner.ui.state.tab import TAB, BrowserTab


@pytest.mark.extended
def test_who_shares_is_asked_for_a_name_before_the_links_and_told_what_holds_without_one(screen: Screen) -> None:
    screen.go("share").press("begin")
    told = "Until you give one, the others and the minutes call you “Guest”."
    assert told in screen.captions
    assert next(field.label for field in screen.app.main.text_input) == "Your name"
    assert told not in screen.move("my_name", "Anna").captions


@pytest.mark.extended
def test_who_withholds_a_name_is_called_a_guest_in_each_readers_language(meeting: Meeting) -> None:
    for _ in range(2):
        joined(meeting.owner, Role.VIEWER, "").run()
    german = Screen(LanguageCode.GERMAN, language="de")
    german.cookies, german.app.session_state[TAB] = meeting.owner.cookies, BrowserTab(anonymous=meeting.owner.state.key)
    for reader, called in ((meeting.owner.run(), "Guest"), (german.run(), "Gast")):
        said = texts(reader.go("share"))
        assert [f"**{called}**" in said, f"**{called} (2)**" in said] == [True, True]


def test_a_name_can_be_taken_away_again(meeting: Meeting) -> None:
    editor = meeting.editor.go("share").move("my_name", "")
    assert not editor.errors
    assert editor.state.me is not None
    assert editor.state.me.name == ""


def test_who_comes_back_without_cookies_is_told_why_a_number_stands_behind_the_name(meeting: Meeting) -> None:
    again = joined(meeting.owner, Role.EDITOR, "Emil").go("share")
    assert "**Emil (2) (you)**" in texts(again)
    note = "You are called Emil (2) here, because someone with your name was here before you."
    assert sum(caption.startswith(note) for caption in again.captions) == 1
    assert not any("was here before you" in caption for caption in meeting.editor.go("share").captions)
