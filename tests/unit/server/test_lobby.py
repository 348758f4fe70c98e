"""Joining where the owner lets people in: a name is asked for, and a page waits until it is decided."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.limited import Clock
from tests.signed_in import account, cookies_of, with_provider
from tests.unit.server.asgi import Answer, ask, send_form
from tests.unit.server.house import House
from tests.unit.server.test_join import APP, LOCATION, cookies_after
from zt_planner.defaults import SECONDS
from zt_planner.domain.session import NAME_LENGTH, ParticipantId, Role
from zt_planner.server import join
from zt_planner.workspace.keys import HOME_COOKIE, Token, new_key

ASKED = f"?{join.ASKED}=now"


@pytest.fixture
def link(house: House) -> Token:
    """Return a link to a session with a lobby."""
    house.workspace.people.set_rules(house.owner, has_lobby=True)
    return house.link(Role.EDITOR)


def pressed(link: str, cookies: Mapping[str, str] | None = None, name: str | None = None) -> Answer:
    """Press the button, with a name or without the field for one."""
    path = f"/join/{link}"
    return (
        ask(APP, path, cookies=cookies, method="POST")
        if name is None
        else send_form(APP, path, {"name": name}, cookies)
    )


def looked(link: str, cookies: Mapping[str, str] | None = None, rest: str = ASKED) -> Answer:
    """Look at the page, as it does itself every few seconds."""
    return ask(APP, f"/join/{link}{rest}", cookies=cookies)


def waiting(house: House) -> list[ParticipantId]:
    return [person.id for person in house.workspace.people.waiting(house.state(house.key))]


def test_a_link_does_not_tell_whether_there_is_a_lobby_and_its_button_asks_for_a_name(
    house: House, link: Token
) -> None:
    assert looked(link, rest="").body == looked(new_key(), rest="").body
    answer = pressed(link)
    assert answer.status == 200
    assert f'<input name="name" autocomplete="name" required maxlength="{NAME_LENGTH}">' in answer.body
    assert not answer.cookies
    assert waiting(house) == []
    refused = pressed(link, name="\u202eavE")
    assert (refused.status, waiting(house)) == (200, [])
    assert '<input name="name"' in refused.body
    again = send_form(APP, f"/join/{link}", {"name": "\u202eavE", "lobby": ""})
    assert "Ask to join" in again.body
    assert "cannot be a name" in again.body


def test_who_gives_a_name_waits_on_a_page_that_goes_on_by_itself(house: House, link: Token) -> None:
    answer = pressed(link, name="Eva")
    assert (answer.status, answer.header("location")) == (303, f"/join/{link}{ASKED}")
    (me,) = waiting(house)
    cookies = cookies_after(answer)
    assert list(cookies) == [HOME_COOKIE]
    page = looked(link, cookies)
    assert (page.status, page.header("refresh")) == (200, str(join.SECONDS_BETWEEN_LOOKS))
    assert "Waiting to be let in" in page.body
    assert looked(link, cookies, rest="").body == pressed(link, cookies).body == page.body
    assert waiting(house) == [me]
    house.workspace.people.let_in(house.state(house.key), me)
    seated = looked(link, cookies)
    assert (seated.status, seated.header("location")) == (303, f"{LOCATION}{me}")


def test_who_is_turned_away_is_told_so_and_can_ask_again(house: House, link: Token) -> None:
    cookies = cookies_after(pressed(link, name="Eva"))
    (me,) = waiting(house)
    house.workspace.people.turn_away(house.state(house.key), me)
    told = looked(link, cookies)
    assert told.status == 403
    assert "You were not let in" in told.body
    assert told.header("refresh") is None
    assert "Join the planning session" in looked(link, cookies, rest="").body
    assert pressed(link, cookies, name="Eva").status == 303


def test_those_who_wait_use_up_nobodys_turns(house: House, link: Token, clock: Clock) -> None:
    cookies = cookies_after(pressed(link, name="Eva"))
    clock.now = SECONDS
    house.workspace.link_limit.most = 2
    assert {looked(link, cookies).status for _ in range(10)} == {200}
    assert [looked(link).status for _ in range(3)] == [403, 403, 429]


def test_who_waits_goes_on_waiting_when_others_asked_too_often_or_the_store_is_away(
    house: House, link: Token, clock: Clock
) -> None:
    cookies = cookies_after(pressed(link, name="Eva"))
    with house.store:
        away = looked(link, cookies)
    clock.now = SECONDS
    house.workspace.link_limit.most = 1
    looked(link)
    too_often = looked(link, cookies)
    for answer, status in ((away, 503), (too_often, 429)):
        assert (answer.status, answer.header("refresh")) == (status, str(join.SECONDS_BETWEEN_LOOKS))
    assert pressed(link, cookies).header("refresh") is None


def test_somebody_elses_cookie_does_not_wait(house: House, link: Token) -> None:
    pressed(link, name="Eva")
    assert len(waiting(house)) == 1
    assert looked(link, {HOME_COOKIE: new_key()}).status == 403
    assert looked(link).status == 403


def test_who_has_signed_in_waits_on_every_device_and_no_cookie_keeps_their_key(
    house: House, link: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_provider(monkeypatch)
    answer = pressed(link, cookies_of("Anna"))
    assert answer.status == 303
    (me,) = waiting(house)
    assert not answer.cookies
    assert "Waiting to be let in" in looked(link, cookies_of("Anna")).body
    assert looked(link, cookies_of("Ben")).status == 403
    house.workspace.people.let_in(house.state(house.key), me)
    assert looked(link, cookies_of("Anna")).header("location") == f"{LOCATION}{me}"
    assert house.seat(account("Anna").key(me)).participant.name == "Anna"


def test_who_has_signed_in_waits_by_the_name_of_their_account_whatever_they_type(
    house: House, link: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_provider(monkeypatch)
    assert pressed(link, cookies_of("Anna"), name="Ben").status == 303
    nameless = cookies_of("Eva", name="\u202eavE")
    assert '<input name="name"' in pressed(link, nameless).body
    assert pressed(link, nameless, name="Eva").status == 303
    waiting_by = [person.name for person in house.workspace.people.waiting(house.state(house.key))]
    assert waiting_by == ["Anna", "Eva"]
