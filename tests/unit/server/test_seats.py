"""The seats of one browser: as many as it likes up to a bound, with one cookie."""

from __future__ import annotations

import pytest

from tests.unit.server.house import House
from tests.unit.server.test_join import LOCATION, cookies_after, opened, seated
from zt_planner.domain.session import Role
from zt_planner.workspace.keys import GIVEN_COOKIE, HOME_COOKIE, Browser, new_key
from zt_planner.workspace.sharing import people


def test_owner_and_viewer_are_side_by_side_in_one_browser(house: House) -> None:
    cookies = {HOME_COOKIE: str(house.key)}
    answer = opened(house.link(Role.VIEWER), cookies)
    assert house.seat(house.key).participant.role is Role.OWNER
    assert house.seat(seated(answer)[1]).participant.role is Role.VIEWER
    assert cookies_after(answer) == cookies


def test_no_seat_makes_the_cookie_longer(house: House) -> None:
    cookies = {HOME_COOKIE: new_key()}
    for role in Role:
        answer = opened(house.link(role), cookies)
        assert cookies_after(answer) == cookies
        assert house.seat(seated(answer)[1]).participant.role is role


def test_who_joins_by_the_first_address_of_a_browser_keeps_the_key_that_it_was_given(house: House) -> None:
    given = new_key()
    answer = opened(house.link(Role.EDITOR), {f"{GIVEN_COOKIE}01234567": given})
    assert answer.cookies[HOME_COOKIE].value == given
    assert int(answer.cookies[f"{GIVEN_COOKIE}01234567"]["max-age"]) == 0
    assert house.seat(seated(answer)[1]).participant.role is Role.EDITOR


def test_a_browser_has_so_many_seats_and_no_more(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_SEATS_HELD", 1)
    cookies = {HOME_COOKIE: new_key()}
    token = house.link(Role.EDITOR)
    me, _ = seated(opened(token, cookies))
    refused = opened(house.link(Role.VIEWER), cookies)
    assert (refused.status, "You already take part in 1 sessions" in refused.body) == (403, True)
    assert "leave or delete some that you no longer need" in refused.body
    assert opened(token, cookies).header("location") == f"{LOCATION}{me}"
    house.workspace.accounts.leave(Browser(cookies[HOME_COOKIE]), me)
    assert opened(house.link(Role.VIEWER), cookies).status == 303
