"""Who takes part is asked for a name once, and called by it everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.meeting import joined, me, questions, texts
from tests.ui.screen import Screen
from zt_planner.domain.session import Role
from zt_planner.language import LanguageCode
from zt_planner.ui.state.tab import TAB, BrowserTab

if TYPE_CHECKING:
    from tests.ui.meeting import Meeting


def test_who_comes_by_a_link_is_asked_for_a_name_beside_the_plan(meeting: Meeting) -> None:
    guest = joined(meeting.owner, Role.VIEWER, "").run()
    (field,) = [field for field in guest.app.text_input if field.label == "What is your name?"]
    assert len(guest.figures) == 6
    field.set_value("Nina")
    guest.press("FormSubmitter:name-Join")
    assert guest.state.me is not None
    assert guest.state.me.name == "Nina"
    assert "What is your name?" not in questions(guest)


def test_a_name_may_be_withheld_and_is_not_asked_for_again(meeting: Meeting) -> None:
    guest = joined(meeting.owner, Role.VIEWER, "").run().press("FormSubmitter:name-Stay a guest")
    assert guest.state.me is not None
    assert guest.state.me.name == ""
    assert "What is your name?" not in questions(guest.run())


@pytest.mark.extended
def test_who_loads_the_page_anew_has_a_known_seat_and_is_not_asked_again(meeting: Meeting) -> None:
    guest = joined(meeting.owner, Role.VIEWER, "").run()
    assert "What is your name?" in questions(guest.go("budget"))
    anew = Screen(**guest.app.query_params)
    anew.cookies = guest.cookies
    assert "What is your name?" not in questions(anew.run())
    assert me(anew) == me(guest)
    assert "Your name" in questions(anew.go("share"))


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
        joined(meeting.owner, Role.VIEWER, "").run().press("FormSubmitter:name-Stay a guest")
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


def test_the_owner_of_a_plan_is_not_asked_for_a_name(screen: Screen) -> None:
    screen.go("share").press("begin")
    assert "What is your name?" not in questions(screen)
