"""Each request has a number, and a line in a log of JSON objects that holds no secret."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import streamlit.logger
from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from tests.unit.server.asgi import ask, finished
from zt_planner.server.http import logs
from zt_planner.server.http.logs import RequestLog

A_KEY = "vl93u3vT6Ub0gRwWeXZqFjdUFnTTdqs0"
AN_ADDRESS = f"postgresql://planner:{A_KEY}@db/planner"


def _in_thread() -> None:
    logging.getLogger("zt_planner.store").warning("the store is slow")


async def _slow(_request: object) -> PlainTextResponse:
    await to_thread.run_sync(_in_thread)
    return PlainTextResponse("done")


APP = Starlette(
    routes=[Route("/{path:path}", _slow)],
    middleware=[Middleware(RequestLog)],
)


async def never() -> Message:
    """Give nothing: nobody asks."""
    raise AssertionError


async def ignored(_message: Message) -> None:
    """Throw an answer away."""


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Return what reads the log, as the program sets it up; afterwards every logger is as it was."""
    root, ours, access = (logging.getLogger(name) for name in ("", "zt_planner", "uvicorn.access"))
    others = [found for found in logging.root.manager.loggerDict.values() if isinstance(found, logging.Logger)]
    known = [(found, list(found.handlers), found.propagate) for found in others]
    handlers = list(root.handlers)
    levels = [(found, found.level) for found in (ours, logging.getLogger("uvicorn.error"))]
    monkeypatch.setattr(streamlit.logger, "setup_formatter", streamlit.logger.setup_formatter)  # so that it is restored
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("ZT_PLANNER_LOG_FORM", "json")
    root.handlers.clear()  # those of pytest, which would be closed
    logs.set_up_logs()
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = handlers
    for found, level in levels:
        found.setLevel(level)
    access.disabled = False
    for found, kept, propagates in known:
        found.handlers[:] = kept
        found.propagate = propagates


def test_every_line_of_a_request_has_its_number_and_so_has_the_answer(
    lines: Callable[[], list[dict[str, Any]]],
) -> None:
    answer = ask(APP, "/roadmap?me=0123456789abcdef")
    slow, request = lines()
    assert (slow["message"], slow["level"], slow["logger"]) == ("the store is slow", "warning", "zt_planner.store")
    assert (request["method"], request["path"], request["status"]) == ("GET", "/roadmap", 200)
    assert request["milliseconds"] >= 0
    assert slow["request_id"] == request["request_id"] == answer.header("x-request-id")
    assert ask(APP, "/roadmap").header("x-request-id") != request["request_id"]


def test_a_number_that_a_proxy_gave_is_kept_unless_it_is_none(lines: Callable[[], list[dict[str, Any]]]) -> None:
    assert ask(APP, "/", headers={"x-request-id": "abc-12345"}).header("x-request-id") == "abc-12345"
    assert lines()[-1]["request_id"] == "abc-12345"
    for odd in ("short", "a" * 65, 'quoted"12345', "with space 1"):
        assert ask(APP, "/", headers={"x-request-id": odd}).header("x-request-id") != odd


@pytest.mark.parametrize("path", ["/join/", "/planner/join/", "/media/", "/_stcore/upload_file/"])
def test_no_line_holds_a_secret_of_an_address(lines: Callable[[], list[dict[str, Any]]], path: str) -> None:
    ask(APP, path + A_KEY)
    assert lines()[-1]["path"] == f"{path}[hidden]"
    assert A_KEY not in json.dumps(lines())


@pytest.mark.parametrize("mark", [" ", '"', ",", "x@", "\n", "a\n"])
def test_no_line_holds_a_token_that_was_pasted_with_something_before_it(
    lines: Callable[[], list[dict[str, Any]]], mark: str
) -> None:
    ask(APP, f"/join/{mark}{A_KEY}")
    line = lines()[-1]
    assert (line["path"], line["message"]) == ("/join/[hidden]", f"GET /join/[hidden] {line['status']}")
    assert A_KEY not in json.dumps(lines())


def test_a_connection_has_one_line_without_an_address(lines: Callable[[], list[dict[str, Any]]]) -> None:
    logging.getLogger("uvicorn.error").info('%s - "WebSocket %s" [accepted]', "203.0.113.7:1", "/_stcore/stream")
    assert lines() == []


def test_no_traceback_holds_a_secret(lines: Callable[[], list[dict[str, Any]]]) -> None:
    fault = KeyError(AN_ADDRESS)
    logging.getLogger("uvicorn.error").error("failed with %s", f"Authorization: Bearer {A_KEY}", exc_info=fault)
    (line,) = lines()
    assert line["message"] == "failed with Authorization: Bearer [hidden]"
    assert "KeyError: 'postgresql://planner:[hidden]@db/planner'" in line["traceback"]
    assert A_KEY not in json.dumps(line)


def test_a_request_that_a_bug_ends_is_written_without_a_status(lines: Callable[[], list[dict[str, Any]]]) -> None:
    async def failing(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise KeyError

    scope = {"type": "http", "method": "GET", "path": "/roadmap", "headers": []}
    with pytest.raises(KeyError):
        finished(RequestLog(failing)(scope, never, ignored))
    assert [(line["path"], line["status"]) for line in lines()] == [("/roadmap", 0)]


def test_a_websocket_is_written_when_it_ends(lines: Callable[[], list[dict[str, Any]]]) -> None:
    async def accepted(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": []}
    finished(RequestLog(accepted)(scope, never, ignored))
    assert [(line["method"], line["status"]) for line in lines()] == [("WEBSOCKET", 101)]


def test_what_monitors_ask_is_not_written(lines: Callable[[], list[dict[str, Any]]]) -> None:
    for path in ("/health", "/planner/metrics"):
        ask(APP, path)
    assert {line["message"] for line in lines()} == {"the store is slow"}


def test_loggers_of_streamlit_write_json_too(lines: Callable[[], list[dict[str, Any]]]) -> None:
    streamlit.logger.get_logger("streamlit.made.later").warning("a line of Streamlit")
    assert lines()[0]["message"] == "a line of Streamlit"
    assert len(lines()) == 1
