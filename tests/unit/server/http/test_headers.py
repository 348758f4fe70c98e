"""What every response carries, and whose key a page sets."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.unit.server.asgi import Answer, ask
from tests.unit.server.house import House
from zt_planner.domain.session import DAYS_KEPT, Role
from zt_planner.server import MIDDLEWARE
from zt_planner.server.http.headers import SECONDS_A_DAY, keep_behind_tls
from zt_planner.server.http.policy import page_policy
from zt_planner.ui.seams import FIRST_CONTACT
from zt_planner.workspace import keys
from zt_planner.workspace.keys import GIVEN_COOKIE, HOME_COOKIE, key_from, new_key

pytestmark = pytest.mark.usefixtures("house")
Found = TypeVar("Found")
STRICT = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
PAGES = ("/", "/budget", "/budget?me=0123456789abcdef")
NO_PAGES = ("/_stcore/health", "/static/js/index.js", "/join/abc", "/live", "/health", "/favicon.png")


async def _anything(_request: object) -> PlainTextResponse:
    return PlainTextResponse("done")


APP = Starlette(routes=[Route("/{path:path}", _anything, methods=["GET", "PUT", "POST"])], middleware=list(MIDDLEWARE))


def directives(answer: Answer) -> dict[str, list[str]]:
    """Return the policy's directives with their sources."""
    policy = answer.header("content-security-policy")
    assert policy is not None
    return {name: sources for name, *sources in (part.split() for part in policy.split("; "))}


@pytest.mark.parametrize("path", [*PAGES, *NO_PAGES])
def test_every_response_carries_the_strict_headers(path: str) -> None:
    answer = ask(APP, path)
    assert {name: answer.header(name) for name in STRICT} == STRICT
    assert answer.header("content-security-policy") == page_policy()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_gives_a_new_browser_a_key_and_is_not_kept(path: str) -> None:
    first, second = ask(APP, path), ask(APP, path)
    given = [only(answer.cookies) for answer in (first, second)]
    assert all(name.startswith(GIVEN_COOKIE) and key_from(cookie.value) for name, cookie in given)
    assert given[0][0] != given[1][0]
    assert given[0][1].value != given[1][1].value
    assert given[0][1]["httponly"] is True
    assert given[0][1]["samesite"] == "Lax"
    assert first.header("cache-control") == "no-store"


def only(cookies: dict[str, Found]) -> tuple[str, Found]:
    ((name, cookie),) = cookies.items()
    return name, cookie


def test_a_browser_keeps_its_key() -> None:
    key = new_key()
    name, cookie = only(ask(APP, "/", cookies={HOME_COOKIE: key}).cookies)
    assert (name, cookie.value) == (HOME_COOKIE, key)


@pytest.mark.parametrize("text", ["", "short", "a" * 65, "'or'1'='1' or 1=1 --", "a\xe9" * 12])
def test_a_cookie_that_is_no_key_is_replaced(text: str) -> None:
    browser = Browser({HOME_COOKIE: text})
    browser.load()
    assert browser.jar[HOME_COOKIE] != text
    assert key_from(browser.jar[HOME_COOKIE])


# Other programs on the same host, which share the browser's cookies with us


@pytest.mark.parametrize(
    "foreign", ['prefs={"theme":"dark","side":"left"}', "a@b=c", "=", ";;", "lonely", 'a="b', "zt_planner_given_a(b=c"]
)
@pytest.mark.parametrize("order", ["first", "last"])
def test_a_foreign_cookie_takes_nobodys_plan_away(foreign: str, order: str) -> None:
    key = new_key()
    own = f"{HOME_COOKIE}={key}"
    sent = f"{foreign}; {own}" if order == "first" else f"{own}; {foreign}"
    answer = ask(APP, "/", headers={"cookie": sent})
    assert answer.status == 200
    name, cookie = only(answer.cookies)
    assert (name, cookie.value) == (HOME_COOKIE, key)


@pytest.mark.parametrize("form", ['"{key}"', " {key} "])
def test_a_key_is_kept_in_whatever_form_it_is_sent(form: str) -> None:
    key = new_key()
    answer = ask(APP, "/", headers={"cookie": f"{HOME_COOKIE}={form.format(key=key)}"})
    assert answer.cookies[HOME_COOKIE].value == key


# Two first tabs at once


class Browser:
    """Cookies as a browser keeps them: the one that came first is named first, a newer value keeps its place."""

    def __init__(self, jar: dict[str, str] | None = None) -> None:
        """Begin with these cookies."""
        self.jar = jar or {}

    def ask(self, path: str) -> Answer:
        """Ask with the cookies of this moment; the answer is on its way."""
        return ask(APP, path, cookies=self.jar)

    def receive(self, answer: Answer) -> None:
        for name, cookie in answer.cookies.items():
            if int(cookie["max-age"]) > 0:
                self.jar[name] = cookie.value
            else:
                self.jar.pop(name, None)

    def load(self, path: str = "/") -> str | None:
        """Load a page as Streamlit's does, and return the key with which its WebSocket is opened."""
        self.receive(self.ask(path))
        self.receive(self.ask(FIRST_CONTACT))
        return self.jar.get(HOME_COOKIE)


class Tab:
    """One tab on its first visit: its page comes, it asks whether the server is there, its WebSocket is opened."""

    def __init__(self, browser: Browser) -> None:
        """Ask for the page; nothing has come yet."""
        self.browser, self.page, self.key = browser, browser.ask("/"), ""
        self.contact: Answer | None = None

    def step(self, number: int) -> None:
        """Do the next of four steps."""
        if number == 0:
            self.browser.receive(self.page)
        elif number == 1:
            self.contact = self.browser.ask(FIRST_CONTACT)
        elif number == 2:
            assert self.contact is not None
            self.browser.receive(self.contact)
        else:
            self.key = self.browser.jar[HOME_COOKIE]


STEPS = 4


@pytest.mark.extended
def test_of_two_first_tabs_at_once_both_edit_the_plan_that_a_later_visit_shows() -> None:
    for firsts in combinations(range(2 * STEPS), STEPS):  # every order of the steps of two tabs
        browser = Browser()
        first, second = Tab(browser), Tab(browser)
        done = {first: 0, second: 0}
        for index in range(2 * STEPS):
            tab = first if index in firsts else second
            tab.step(done[tab])
            done[tab] += 1
        assert browser.load() == first.key == second.key, firsts
        assert list(browser.jar) == [HOME_COOKIE], firsts


def test_an_answer_that_comes_late_takes_no_edited_plan_away() -> None:
    browser = Browser()
    late = browser.ask("/")
    key = browser.load()
    browser.receive(late)
    assert browser.load() == key


def days_of(answer: Answer, name: str) -> float:
    """Return for how many days a cookie is kept."""
    return int(answer.cookies[name]["max-age"]) / SECONDS_A_DAY


@pytest.mark.parametrize(("kept", "own"), [(7, 90), (365, 365)])
def test_the_cookie_lasts_as_long_as_any_session_of_its_browser_from_each_visit_on(
    house: House, kept: int, own: int
) -> None:
    guest = keys.Browser(new_key())
    house.joined(Role.VIEWER, holder=guest)
    house.workspace.people.set_rules(house.owner, days_kept=kept)
    for key in (house.key, guest.root):
        name, cookie = only((answer := ask(APP, "/budget", cookies={HOME_COOKIE: key})).cookies)
        assert (name, cookie.value, days_of(answer, name)) == (HOME_COOKIE, key, own)


def test_seats_that_have_ended_or_cannot_be_asked_for_keep_no_cookie_longer(house: House) -> None:
    guest = keys.Browser(new_key())
    _, seat = house.joined(Role.VIEWER, holder=guest)
    house.workspace.people.set_rules(house.owner, days_kept=365)
    cookies = {HOME_COOKIE: guest.root}
    house.store.database.is_broken = True
    assert days_of(ask(APP, "/", cookies=cookies), HOME_COOKIE) == DAYS_KEPT
    house.store.database.is_broken = False
    house.workspace.people.remove(house.owner, seat.participant.id)
    assert days_of(ask(APP, "/", cookies=cookies), HOME_COOKIE) == DAYS_KEPT


@pytest.mark.parametrize("path", NO_PAGES)
def test_what_is_no_page_sets_no_cookie(path: str) -> None:
    assert not ask(APP, path).cookies
    assert not ask(APP, path, cookies={HOME_COOKIE: new_key()}).cookies


def test_behind_tls_the_key_is_never_sent_without_it() -> None:
    for cookies in ({}, {HOME_COOKIE: new_key()}):
        assert only(ask(APP, "/", cookies=cookies, scheme="https").cookies)[1]["secure"] is True
        assert not only(ask(APP, "/", cookies=cookies).cookies)[1]["secure"]


def test_nothing_is_loaded_from_or_sent_to_elsewhere() -> None:
    found = directives(ask(APP, "/"))
    assert found["default-src"] == ["'self'"]
    assert found["connect-src"] == ["'self'"]
    assert found["object-src"] == ["'none'"]
    for name in ("base-uri", "form-action", "frame-ancestors"):
        assert found[name] == ["'self'"]
    allowed = {"'self'", "'none'", "'unsafe-inline'", "'wasm-unsafe-eval'", "data:", "blob:"}
    sources = {source for all_of_one in found.values() for source in all_of_one}
    assert {source for source in sources - allowed if not source.startswith("'sha256-")} == set()


def test_no_script_runs_that_is_written_into_a_page_but_streamlits_own() -> None:
    sources = directives(ask(APP, "/"))["script-src"]
    assert "'unsafe-inline'" not in sources
    assert "'unsafe-eval'" not in sources
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    script = page.split("<script>")[1].split("</script>")[0]
    assert f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in sources


def test_behind_tls_no_cookie_is_sent_without_it_though_streamlit_has_set_it() -> None:
    headers = MutableHeaders()
    for cookie in ("_streamlit_user=a; Path=/; HttpOnly", "zt_planner_session=b; Secure; Path=/"):
        headers.append("set-cookie", cookie)
    keep_behind_tls(headers)
    assert headers.getlist("set-cookie") == [
        "_streamlit_user=a; Path=/; HttpOnly; Secure",
        "zt_planner_session=b; Secure; Path=/",
    ]
