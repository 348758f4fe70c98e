"""More cookies than a page's WebSocket takes: a page says so, before anything else happens."""

from __future__ import annotations

import pytest

from tests.unit.server.asgi import Answer, ask
from tests.unit.server.house import House
from tests.unit.server.test_join import APP
from zt_planner.domain.session import Role
from zt_planner.language import LanguageCode
from zt_planner.server.message_pages import ROOM
from zt_planner.ui.seams import LONGEST_LINE
from zt_planner.workspace.keys import HOME_COOKIE, new_key

MOST = LONGEST_LINE - ROOM
TOO_MANY = "so many cookies to this address that the page cannot connect"


def answered(path: str, length: int, method: str = "GET") -> Answer:
    """Ask with cookies of a length, those of another program among them."""
    own = f"{HOME_COOKIE}={new_key()}; theirs="
    headers = {"cookie": own + "x" * (length - len(own)), "accept-language": "de-AT,en"}
    return ask(APP, path, headers=headers, method=method)


@pytest.mark.parametrize("path", ["/", "/budget?me=0123456789abcdef", "/sessions"])
@pytest.mark.usefixtures("house")
def test_a_page_that_could_not_connect_says_so_in_the_readers_language_first(path: str) -> None:
    answer = answered(path, MOST + 1)
    assert answer.status == 431
    assert answer.body.index("Zu viele Cookies") < answer.body.index("Too many cookies")
    assert answer.body.count("zt_planner_session") == len(LanguageCode)
    assert (answer.header("content-security-policy") or "").startswith("default-src 'none'")
    assert answered(path, MOST).status == 404  # as this application has no pages


def test_whoever_could_not_open_the_page_takes_no_seat(house: House) -> None:
    path = f"/join/{house.link(Role.EDITOR)}"
    for method in ("GET", "POST"):
        answer = answered(path, MOST + 1, method)
        assert (answer.status, TOO_MANY in answer.body) == (431, True)
    assert len(house.workspace.people.everyone(house.owner)) == 1
    assert answered(path, MOST, "POST").status == 303


@pytest.mark.parametrize("path", ["/live", "/_stcore/health", "/static/js/index.js"])
@pytest.mark.usefixtures("house")
def test_all_else_is_answered_as_ever(path: str) -> None:
    assert answered(path, MOST + 1).status != 431
