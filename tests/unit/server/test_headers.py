"""What every response carries, whose key a page sets, and which bodies are not read."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.unit.server.asgi import Answer, ask
from zt_planner.domain.session import DAYS_KEPT, Role, Rules
from zt_planner.server import MIDDLEWARE
from zt_planner.server.headers import MOST_BODY_BYTES, SECONDS_A_DAY
from zt_planner.server.policy import page_policy
from zt_planner.workspace.keys import HOME_COOKIE, cookie_of, key_from, new_key

if TYPE_CHECKING:
    from tests.unit.server.house import House

pytestmark = pytest.mark.usefixtures("house")
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
    keys = [answer.cookies[HOME_COOKIE].value for answer in (first, second)]
    assert all(key_from(key) for key in keys)
    assert keys[0] != keys[1]
    assert first.cookies[HOME_COOKIE]["httponly"] is True
    assert first.cookies[HOME_COOKIE]["samesite"] == "Lax"
    assert first.header("cache-control") == "no-store"


def test_a_browser_keeps_its_key() -> None:
    key = new_key()
    assert ask(APP, "/", cookies={HOME_COOKIE: key}).cookies[HOME_COOKIE].value == key


@pytest.mark.parametrize("text", ["", "short", "a" * 65, "'or'1'='1' or 1=1 --", "a\xe9" * 12])
def test_a_cookie_that_is_no_key_is_replaced(text: str) -> None:
    given = ask(APP, "/", cookies={HOME_COOKIE: text}).cookies[HOME_COOKIE].value
    assert given != text
    assert key_from(given)


def days_of(answer: Answer, name: str) -> float:
    """Return for how many days a cookie is kept."""
    return int(answer.cookies[name]["max-age"]) / SECONDS_A_DAY


@pytest.mark.parametrize(("kept", "own"), [(7, 90), (365, 365)])
def test_cookies_last_as_long_as_the_session_from_each_visit_on(house: House, kept: int, own: int) -> None:
    key, guest = house.joined(Role.VIEWER)
    me = guest.participant.id
    house.workspace.people.set_rules(house.owner, Rules(days_kept=kept))
    seat = cookie_of(me)
    answer = ask(APP, f"/budget?me={me}", cookies={HOME_COOKIE: house.key, seat: key})
    assert answer.cookies[seat].value == key
    assert answer.cookies[seat]["httponly"] is True
    assert (days_of(answer, seat), days_of(answer, HOME_COOKIE)) == (kept, own)


def test_a_seat_that_has_ended_or_cannot_be_asked_for_gets_no_cookie(house: House) -> None:
    key, guest = house.joined(Role.VIEWER)
    me = guest.participant.id
    seat = cookie_of(me)
    path, cookies = f"/?me={me}", {HOME_COOKIE: house.key, seat: key}
    house.store.is_away = True
    assert days_of(ask(APP, path, cookies=cookies), HOME_COOKIE) == DAYS_KEPT
    house.store.is_away = False
    house.workspace.people.remove(house.owner, me)
    for sent in (cookies, {seat: "no key"}, {}):
        assert set(ask(APP, path, cookies=sent).cookies) == {HOME_COOKIE}


@pytest.mark.parametrize("path", NO_PAGES)
def test_what_is_no_page_sets_no_cookie(path: str) -> None:
    assert not ask(APP, path).cookies


def test_behind_tls_the_key_is_never_sent_without_it() -> None:
    assert ask(APP, "/", scheme="https").cookies[HOME_COOKIE]["secure"] is True
    assert not ask(APP, "/").cookies[HOME_COOKIE]["secure"]


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


def test_a_body_that_is_too_long_is_not_read() -> None:
    assert ask(APP, "/upload", method="PUT", headers={"content-length": str(MOST_BODY_BYTES)}).status == 200
    refused = ask(APP, "/upload", method="PUT", headers={"content-length": str(MOST_BODY_BYTES + 1)})
    assert refused.status == 413
    assert refused.header("x-content-type-options") == "nosniff"


def test_a_body_that_does_not_say_how_long_it_is_is_not_read() -> None:
    assert ask(APP, "/upload", method="PUT", headers={"transfer-encoding": "chunked"}).status == 411
    assert ask(APP, "/upload", method="PUT", headers={"content-length": "-1"}).status == 413
