"""My sessions: a browser, or who has signed in, finds, archives, leaves, hands over and deletes them."""

from __future__ import annotations

import pytest
import streamlit as st

from tests.approval import Says
from tests.signed_in import PROVIDER, SECRET, account, cookies_of
from tests.ui.meeting import Meeting, me, texts
from tests.ui.screen import Screen, said
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.language import LanguageCode
from zt_planner.ui.addresses import SESSIONS
from zt_planner.workspace import State
from zt_planner.workspace.keys import HOME_COOKIE, OWN, Token, account_of

pytestmark = pytest.mark.usefixtures("provider")
PEOPLE = "company.employees:slider"


def of(name: str, code: LanguageCode = LanguageCode.ENGLISH, **address: str) -> Screen:
    """Return the browser of somebody who has signed in."""
    screen = Screen(code, **address)
    screen.cookies = cookies_of(name)
    return screen


def begun(name: str, company: str = "Mill and Sons") -> Screen:
    """Return the browser of somebody who has a plan for a company."""
    screen = of(name).run().unfold("fold:more_about_company")
    return screen.move("company.name", company)


def joined(owner: State, name: str, role: Role = Role.EDITOR) -> State:
    """Return the page of somebody who has signed in and joined by a new link."""
    people = bootstrap.workspace().people
    found = people.join(Token(people.renew_link(owner, role)), holder=account(name))
    assert found is not None
    return bootstrap.workspace().open(found[0])


def listed(screen: Screen) -> list[str]:
    """Return the names of the sessions in the list."""
    bold = [said(element.value) for element in screen.app.markdown if element.value.startswith("**")]
    return [text.strip("*") for text in bold][1:]


def test_without_a_provider_a_browser_finds_all_of_its_sessions(
    monkeypatch: pytest.MonkeyPatch, meeting: Meeting, says: Says
) -> None:
    monkeypatch.undo()
    viewer = meeting.viewer.run()
    seat = me(viewer)
    says(viewer.go("share").follow("My sessions").answer)
    assert not viewer.has("sign_in")
    home = Screen(me=OWN)
    home.cookies = viewer.cookies
    home.run().unfold("fold:more_about_company").move("company.name", "Mill and Sons")
    home.follow("My sessions")
    says(home.answer)
    assert sorted(listed(home)) == ["Mill and Sons", "Planning session"]
    assert not home.has(f"hand_over:{me(home)}")
    home.press(f"leave:{seat}")
    assert any(text.startswith("You give up your seat.") for text in texts(home))
    (button,) = (found for found in home.app.button if found.key == "leave")
    button.click()
    home.run()
    assert listed(home) == ["Mill and Sons"]
    home.press("archive:")
    assert listed(home) == []


def test_who_has_not_signed_in_is_asked_to_and_is_led_to_the_provider(
    monkeypatch: pytest.MonkeyPatch, says: Says
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(st, "login", lambda: asked.append("in"))
    screen = Screen().go(SESSIONS)
    says(screen.answer)
    assert "Sign in to see your sessions on every device." in screen.captions
    screen.press("sign_in")
    assert asked == ["in"]


def test_who_has_signed_in_is_named_and_can_sign_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(st, "logout", lambda: asked.append("out"))
    screen = of("Anna").run().unfold("menu:account")
    assert not screen.has("sign_in")
    assert "Signed in as Anna" in screen.captions
    screen.press("sign_out")
    assert asked == ["out"]


@pytest.mark.extended
def test_a_plan_that_was_begun_after_signing_in_is_in_the_list_on_every_device(says: Says) -> None:
    begun("Anna")
    again = of("Anna").run()
    assert again.scenario.company.name == "Mill and Sons"
    again.go(SESSIONS)
    says(again.answer)
    assert listed(again) == ["Mill and Sons"]
    assert any("open on this page · Owner · last used on" in text for text in again.captions)
    assert not [link for link in again.app.get("link_button") if link.proto.label == "Open it"]
    other = of("Ben").go(SESSIONS)
    says(other.answer)
    assert "Your first change begins one." in other.captions


@pytest.mark.extended
def test_another_session_opens_by_its_address_and_is_searched_by_company_and_person() -> None:
    screen = begun("Anna")
    joined(screen.state, "Ben")
    screen.go(SESSIONS).press("another")
    (link,) = (each.proto.url for each in screen.app.get("link_button") if each.proto.label == "Open the other session")
    other = of("Anna", me=link.rpartition("=")[2]).run().unfold("fold:more_about_company")
    other.move("company.name", "Harbour Ltd")
    screen.unfold("fold:sessions")
    assert listed(screen) == ["Harbour Ltd", "Mill and Sons"]
    opened = [each.proto.url for each in screen.app.get("link_button") if each.proto.label == "Open it"]
    assert opened == [link]
    for words, found in (("HARB", ["Harbour Ltd"]), ("ben sons", ["Mill and Sons"]), ("ben harbour", [])):
        screen.move("sessions:search", words)
        assert listed(screen) == found
    assert "There is no such session." in screen.captions


@pytest.mark.extended
def test_a_session_is_archived_for_oneself_and_comes_back() -> None:
    screen = begun("Anna").go(SESSIONS)
    screen.press("archive:")
    assert listed(screen) == []
    screen.move("sessions:archive", value=True)
    assert listed(screen) == ["Mill and Sons"]
    screen.press("archive:")
    assert not screen.has("sessions:archive")
    assert listed(screen) == ["Mill and Sons"]


@pytest.mark.extended
def test_a_session_is_handed_over_to_a_colleague_who_has_signed_in() -> None:
    screen = begun("Anna").go(SESSIONS)
    assert screen.widget(f"hand_over:{me(screen)}").disabled
    bens = joined(screen.state, "Ben")
    screen.run().press("hand_over:")
    (button,) = (found for found in screen.app.button if found.key == "hand_over")
    button.click()
    screen.run()
    assert any("· Editor · with Ben ·" in text for text in screen.captions)
    assert not screen.has(f"delete:{me(screen)}")
    found = bootstrap.workspace().open(bens.key)
    assert found.me is not None
    assert found.me.role is Role.OWNER


def test_who_leaves_this_session_comes_to_their_own_plan_even_if_renamed_meanwhile() -> None:
    bens = joined(begun("Anna").state, "Ben")
    assert bens.me is not None
    screen = of("Ben", me=bens.me.id).go(SESSIONS).press(f"leave:{bens.me.id}")
    bootstrap.workspace().people.rename(bens, "Benjamin")
    (button,) = (found for found in screen.app.button if found.key == "leave")
    button.click()
    assert screen.run().state.seat is None


@pytest.mark.extended
def test_people_of_one_name_are_numbered_as_on_the_page_share() -> None:
    screen, people = begun("Anna"), bootstrap.workspace().people
    for subject, role in (("one", Role.EDITOR), ("two", Role.VIEWER)):
        ben = account_of(PROVIDER, subject, "Ben", SECRET)
        found = people.join(people.renew_link(screen.state, role), holder=ben)
        assert found is not None
        if subject == "one":
            people.remove(screen.state, found[1].participant.id)
    screen.go("share")
    assert "**2 people plan together: Anna (you) and Ben (2).**" in texts(screen)
    screen.go(SESSIONS)
    assert any("· with Ben (2) ·" in text for text in screen.captions)
    screen.press("hand_over:")
    assert "The link for owners stops working." in " ".join(texts(screen))
    assert screen.widget(f"heir:{me(screen)}:en").options == ["Ben (2) · Viewer"]


@pytest.mark.extended
def test_a_session_is_deleted_once_a_word_was_typed() -> None:
    screen = begun("Anna").go(SESSIONS).press("another").unfold("fold:sessions")
    assert len(listed(screen)) == 2
    (other,) = (each for each in bootstrap.workspace().accounts.sessions(account("Anna")) if not each.is_home)
    screen.press(f"delete:{other.me.id}").move("delete:word", "DELETE").press("delete:now")
    assert listed(screen) == ["Mill and Sons"]
    screen.press("delete:").move("delete:word", "DELETE").press("delete:now")
    assert listed(screen) == []
    assert screen.state.seat is None


@pytest.mark.extended
def test_what_was_begun_in_this_browser_is_taken_into_the_list(says: Says) -> None:
    workspace = bootstrap.workspace()
    screen = Screen().run().move(PEOPLE, 200)
    anna = of("Anna")
    anna.cookies[HOME_COOKIE] = screen.state.key
    bootstrap.workspace().people.renew_link(screen.state, Role.EDITOR)
    anna.go(SESSIONS)
    says(anna.answer)
    assert any("keep working, but cannot be shown again." in text for text in anna.captions)
    anna.press("keep:")
    says(anna.answer)
    assert not [button for button in anna.app.button if (button.key or "").startswith("keep:")]
    assert workspace.open(screen.state.key).seat is None
    again = of("Anna", me=me(screen)).run()
    assert again.scenario.company.employees == 200
    again.go("share")
    assert not [text for text in again.captions if text.startswith("Another owner made this link")]
    assert any("or you did before the session was in your list" in text for text in again.captions)


@pytest.mark.extended
def test_a_list_that_is_long_begins_with_the_latest_and_has_all(monkeypatch: pytest.MonkeyPatch, says: Says) -> None:
    monkeypatch.setattr("zt_planner.ui.pages.sessions.MOST_SHOWN", 1)
    screen = begun("Anna").go(SESSIONS).press("another").unfold("fold:sessions")
    assert len(listed(screen)) == 1
    says(screen.widget("sessions:all").label)
    screen.move("sessions:all", value=True)
    assert len(listed(screen)) == 2


@pytest.mark.extended
def test_the_page_speaks_german_and_a_name_stays_text(says: Says) -> None:
    begun("*Anna* [x](y)", "**Bold** & Söhne")
    screen = of("*Anna* [x](y)", LanguageCode.GERMAN, language="de").go(SESSIONS, "menu:account")
    says(screen.answer)
    assert "Angemeldet als *Anna* [x](y)" in screen.captions
    assert any(text.startswith("**\\*\\*Bold") for text in (element.value for element in screen.app.markdown))
    assert "Meine Sitzungen" in [said(element.value) for element in screen.app.header]
    assert texts(screen)


@pytest.mark.extended
def test_a_participant_of_another_account_has_no_seat(says: Says) -> None:
    screen = begun("Anna")
    stranger = of("Ben", me=me(screen))
    stranger.app.run()
    says([title.value for title in stranger.app.title])
