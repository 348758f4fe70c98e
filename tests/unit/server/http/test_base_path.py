"""Below a path: what is asked loses it, what is answered has it."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from tests.unit.server.asgi import ask, finished
from zt_planner.server.http.base_path import BasePath


async def never() -> Message:
    """Give nothing: nobody asks."""
    raise AssertionError


async def _path(request: Any) -> PlainTextResponse:  # noqa: ANN401 - a request of any kind
    answer = PlainTextResponse(f"{request.scope['path']} {request.scope['raw_path'].decode()}")
    answer.set_cookie("ours", "1", httponly=True, samesite="lax")
    answer.set_cookie("other", "2", path="/elsewhere")
    return answer


async def _away(request: Any) -> RedirectResponse:  # noqa: ANN401 - as above
    return RedirectResponse(request.query_params["to"], status_code=303)


APP = Starlette(
    routes=[Route("/away", _away), Route("/{path:path}", _path)],
    middleware=[Middleware(BasePath)],
)


@pytest.fixture
def _below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZT_PLANNER_BASE_PATH", "/planner")


@pytest.mark.usefixtures("_below")
@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ("/planner/roadmap", "/roadmap"),
        ("/planner/", "/"),
        ("/planner/planner/", "/planner/"),
        ("/roadmap", "/roadmap"),  # by a proxy that removes the path
        ("/plannerish", "/plannerish"),
    ],
)
def test_the_path_is_removed_once(asked: str, seen: str) -> None:
    assert ask(APP, asked).body == f"{seen} {seen}"


@pytest.mark.usefixtures("_below")
def test_cookies_are_sent_below_the_path_only() -> None:
    cookies = ask(APP, "/planner/").cookies
    assert {name: morsel["path"] for name, morsel in cookies.items()} == {"ours": "/planner", "other": "/elsewhere"}
    assert cookies["ours"]["httponly"]


@pytest.mark.usefixtures("_below")
def test_an_answer_leads_below_the_path_and_to_other_hosts_as_it_stands() -> None:
    leads = {"/%3Fme%3D1": "/planner/?me=1", "https%3A//planner.example/a": "https://planner.example/a"}
    assert {to: ask(APP, f"/planner/away?to={to}").header("location") for to in leads} == leads


@pytest.mark.usefixtures("_below")
def test_a_websocket_is_below_the_path_too() -> None:
    asked: list[str] = []

    async def stream(scope: Scope, _receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        await send({"type": "websocket.accept", "headers": [(b"set-cookie", b"ours=1; Path=/")]})

    async def answered(message: Message) -> None:
        asked.append(message["headers"][0][1].decode())

    finished(BasePath(stream)({"type": "websocket", "path": "/planner/stream"}, never, answered))
    assert asked == ["/stream", "ours=1; Path=/planner"]


def test_without_the_setting_nothing_changes() -> None:
    answer = ask(APP, "/planner/roadmap")
    assert answer.body == "/planner/roadmap /planner/roadmap"
    assert answer.cookies["ours"]["path"] == "/"
