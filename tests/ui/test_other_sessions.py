"""The plain address shows the session that this browser was in last; one's own plan leads to the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.approval import Says
from tests.ui.meeting import Meeting, me, texts
from tests.ui.screen import Screen, said
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.errors import NotAllowed
from zt_planner.language import LanguageCode
from zt_planner.workspace.keys import HOME_COOKIE, Browser
from zt_planner.workspace.keys import OWN as OWN_PLAN

OWN = "This is your own plan. In this browser you also take part in:"


def home(joiner: Screen, code: LanguageCode = LanguageCode.ENGLISH) -> Screen:
    """Return their own plan in the browser of somebody who has joined."""
    screen = Screen(code, me=OWN_PLAN, **({"language": "de"} if code is LanguageCode.GERMAN else {}))
    screen.cookies = joiner.cookies
    return screen.run()


def ways(screen: Screen) -> dict[str, str]:
    """Return the sessions that the page leads to: title and address."""
    links = [element.proto for element in screen.app.get("link_button")]
    return {said(link.label): link.url for link in links}


def is_told(screen: Screen) -> bool:
    """Tell whether the page says that this is one's own plan."""
    return any(text.endswith(OWN) for text in texts(screen))


@pytest.mark.extended
def test_ones_own_plan_leads_back_to_the_session_that_was_joined(meeting: Meeting) -> None:
    meeting.owner.run().unfold("fold:more_about_company").move("company.name", "Müller & *Söhne*")
    plain = home(meeting.viewer)
    assert is_told(plain)
    assert ways(plain) == {"Müller & *Söhne*, session of Anna (Viewer)": f"/?me={me(meeting.viewer.run())}"}
    assert plain.scenario.company.name == ""


def test_it_is_said_in_german(meeting: Meeting, says: Says) -> None:
    plain = home(meeting.editor, LanguageCode.GERMAN)
    says(list(ways(plain)))


def test_it_is_not_said_where_nothing_was_joined_and_not_at_the_seat_itself(meeting: Meeting) -> None:
    for screen in (Screen().run(), meeting.owner.run(), meeting.viewer.run()):
        assert not is_told(screen)
        assert not ways(screen)


def test_a_seat_that_has_ended_is_no_way_back(meeting: Meeting) -> None:
    bootstrap.workspace().people.remove(meeting.owner.state, me(meeting.viewer.run()))
    assert not is_told(home(meeting.viewer))


def test_a_seat_in_ones_own_session_is_no_other_session(meeting: Meeting) -> None:
    plain, people = Screen(), bootstrap.workspace().people
    owner = Browser(meeting.owner.state.key)
    assert people.join(people.renew_link(meeting.owner.state, Role.VIEWER), "Eva", owner) is not None
    plain.cookies = {HOME_COOKIE: owner.root}
    assert plain.run().state.session == meeting.owner.state.session
    assert not is_told(plain)


def test_a_session_whose_owner_has_no_name_is_called_so(meeting: Meeting, says: Says) -> None:
    bootstrap.workspace().store.seats.rename(me(meeting.owner), "")
    says(list(ways(home(meeting.viewer))))


def test_the_line_is_hidden_once_it_was_read(meeting: Meeting) -> None:
    plain = home(meeting.viewer).press("other_sessions:hide")
    assert not is_told(plain)
    assert not ways(plain)


# The address without a participant


def plain(joiner: Screen) -> Screen:
    """Return the plain address in somebody's browser."""
    screen = Screen()
    screen.cookies = joiner.cookies
    return screen.run()


def test_the_plain_address_shows_the_session_that_was_joined_and_the_way_to_ones_own_plan(meeting: Meeting) -> None:
    shown = plain(meeting.viewer)
    assert me(shown) == me(meeting.viewer.run())
    assert me(shown) in shown.app.query_params["me"]
    assert ways(shown) == {"Your own plan": f"/?me={OWN_PLAN}"}
    shown.press("other_sessions:hide")
    assert not ways(shown)


def test_a_browser_without_sessions_sees_the_example(screen: Screen) -> None:
    assert screen.run().state.session is None
    assert screen.state.is_example
    assert not ways(screen)


def test_of_several_sessions_it_is_the_one_in_which_this_browser_had_a_page_open_last(meeting: Meeting) -> None:
    store, viewer = bootstrap.workspace().store, meeting.viewer
    own = home(viewer).move("company.employees:slider", 77)
    assert plain(viewer).state.session == own.state.session, "begun after joining"
    seat = viewer.run().state.me
    assert seat is not None
    store.presence.announce("a process", [(seat.session, seat.id)], datetime.now(UTC))
    assert plain(viewer).state.session == seat.session
    assert own.state.me is not None
    here = [(seat.session, seat.id), (own.state.me.session, own.state.me.id)]
    store.presence.announce("a process", here, datetime.now(UTC) + timedelta(seconds=1))
    assert plain(viewer).state.session == own.state.session
    assert home(viewer).state.session == own.state.session
    bootstrap.workspace().accounts.archive(Browser(own.state.key), own.state.me.id, is_archived=True)
    assert plain(viewer).state.session == seat.session


def test_a_session_that_is_over_is_not_the_last(meeting: Meeting) -> None:
    meeting.viewer.run()
    bootstrap.workspace().people.delete(meeting.owner.state)
    assert plain(meeting.viewer).state.session is None


# Leaving


@pytest.mark.parametrize("page", ["share", "sessions"])
def test_whoever_leaves_comes_back_to_their_own_plan_and_is_in_the_record(meeting: Meeting, page: str) -> None:
    viewer = meeting.viewer.go(page)
    seat = me(viewer)
    viewer.press(f"leave:{seat}")
    (button,) = (found for found in viewer.app.button if found.key == "leave")
    button.click()
    viewer.run()
    assert viewer.state.session is None
    assert viewer.app.query_params["me"] in (OWN_PLAN, [OWN_PLAN])
    assert seat not in [person.id for person in bootstrap.workspace().people.everyone(meeting.owner.state)]
    (left,) = (text for text in meeting.owner.go("record").captions if text.startswith("Left the session"))
    assert "Vera" in left
    stays = Screen(me=seat)
    stays.cookies = viewer.cookies
    stays.draw()
    assert not stays.app.metric


def test_nobody_leaves_a_session_without_an_owner(meeting: Meeting) -> None:
    owner, editor, _ = meeting
    assert not owner.go("share").has(f"leave:{me(owner)}")
    people, accounts = bootstrap.workspace().people, bootstrap.workspace().accounts
    people.set_role(owner.state, me(editor.run()), Role.OWNER)
    assert editor.go("share").has(f"leave:{me(editor)}")
    people.set_role(editor.run().state, me(owner), Role.EDITOR)
    with pytest.raises(NotAllowed):
        accounts.leave(editor.state.held_by, me(editor))


def test_a_presentation_ends_when_its_presenter_leaves(meeting: Meeting) -> None:
    owner, editor, viewer = meeting
    bootstrap.workspace().people.set_role(owner.state, me(editor.run()), Role.OWNER)
    editor.go("plan").move("present", value=True)
    assert viewer.run().has("follow:stop")
    bootstrap.workspace().accounts.leave(editor.state.held_by, me(editor))
    assert any("The presentation has ended." in text for text in texts(viewer.run()))
