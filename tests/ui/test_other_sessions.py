"""Whoever has joined a session in this browser, and opens the plain address, is told whose plan this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.approval import Says
from tests.ui.meeting import me, texts
from tests.ui.screen import Screen, said
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.language import LanguageCode
from zt_planner.workspace.keys import HOME_COOKIE, Browser

if TYPE_CHECKING:
    from tests.ui.meeting import Meeting

OWN = "This is your own plan. In this browser you also take part in:"


def home(joiner: Screen, code: LanguageCode = LanguageCode.ENGLISH) -> Screen:
    """Return the plain address in the browser of somebody who has joined."""
    screen = Screen(code, **({"language": "de"} if code is LanguageCode.GERMAN else {}))
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
def test_the_plain_address_leads_back_to_the_session_that_was_joined(meeting: Meeting) -> None:
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
