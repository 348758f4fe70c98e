"""What a page's WebSocket passes on, what it closes, and how much of that the log holds."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes

from tests.unit.server.asgi import ADDRESS, HOST, finished
from zt_planner.log_limit import SECONDS, LogLimit
from zt_planner.server.http import frames
from zt_planner.server.http.frames import PageMessages

OWN = f"http://{HOST}"
SCRIPT = Path("/srv/planner/ui/dashboard.py")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time by which lines are counted; it stands until it is set."""
    time = [0.0]
    monkeypatch.setattr(frames, "lines", LogLimit(logging.getLogger(frames.__name__), lambda: time[0]))
    return time


class Page:
    """A connection: what the browser sends, what the application hears of it, and what the browser is sent."""

    def __init__(
        self,
        *sent: bytes | str,
        origin: str | None = OWN,
        path: str = "/_stcore/stream",
        scheme: str = "ws",
        answers: Sequence[bytes] = (b"an answer that comes late",),
    ) -> None:
        """Send all frames, and see what happens."""
        self.answers = answers
        self.heard: list[bytes | None] = []
        self.ended: int | None = None
        self.told: list[Message] = []
        self._frames = [frame_of(content) for content in sent]
        self._scope: dict[str, Any] = {
            "type": "websocket",
            "path": path,
            "scheme": scheme,
            "client": (ADDRESS, 50_000),
            "headers": [(b"host", HOST.encode()), *([(b"origin", origin.encode())] if origin is not None else [])],
        }
        finished(PageMessages(self._application, SCRIPT)(self._scope, self._receive, self._send))

    async def _receive(self) -> Message:
        return self._frames.pop(0) if self._frames else {"type": "websocket.disconnect", "code": 1001}

    async def _send(self, message: Message) -> None:
        self.told.append(message)

    async def _application(self, _scope: Scope, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            self.heard.append(message["bytes"])
        self.ended = message["code"]
        for content in self.answers:
            await send({"type": "websocket.send", "bytes": content})

    @property
    def closed(self) -> int | None:
        """Return the code with which the connection was closed; None where the browser ended it."""
        return next((message["code"] for message in self.told if message["type"] == "websocket.close"), None)


def frame_of(content: bytes | str) -> Message:
    """Return a frame as uvicorn hands it on."""
    name = "bytes" if isinstance(content, bytes) else "text"
    return {"type": "websocket.receive", name: content}


def message(**values: object) -> bytes:
    """Return a message of Streamlit's protocol."""
    found = BackMsg()
    for name, value in values.items():
        setattr(found, name, value)
    return bytes(found.SerializeToString())


def rerun() -> bytes:
    """Return what a page sends most."""
    found = BackMsg()
    found.rerun_script.query_string = "me=a"
    return bytes(found.SerializeToString())


def operation(name: str) -> bytes:
    """Return a request to the server itself."""
    found = BackMsg()
    getattr(found.backend_operation_request, name).SetInParent()
    return bytes(found.SerializeToString())


@pytest.mark.parametrize("origin", [OWN, None, f"https://{HOST}"])
def test_what_a_page_sends_arrives_as_it_is(origin: str | None) -> None:
    files = BackMsg()
    files.file_urls_request.request_id = "a"
    sent = (rerun(), message(stop_script=True), message(app_heartbeat=True), files.SerializeToString())
    page = Page(*sent, operation("deferred_file"), operation("dataframe_chunk"), origin=origin)
    assert page.heard == [*sent, operation("deferred_file"), operation("dataframe_chunk")]
    assert (page.ended, page.closed) == (1001, None)
    assert page.told == [{"type": "websocket.send", "bytes": b"an answer that comes late"}]


def test_a_page_of_another_server_gets_no_connection(caplog: pytest.LogCaptureFixture) -> None:
    for origin in ("http://localhost:3000", "null", f"http://{HOST}:8080", f"https://{HOST}.evil.example"):
        page = Page(rerun(), origin=origin)
        assert page.told == [{"type": "websocket.close", "code": 1008}], origin
        assert (page.heard, page.ended) == ([], None), origin
    assert len(caplog.records) == 1
    assert Page(origin=f"http://{HOST}", scheme="wss").told == [{"type": "websocket.close", "code": 1008}]
    assert Page(origin=f"https://{HOST}", scheme="wss").ended is not None
    assert Page(origin=OWN, path="/_stcore/agent/mcp").told == [{"type": "websocket.close", "code": 1008}]


BROKEN: dict[str, tuple[bytes | str, int]] = {
    "a text": ("hello", 1003),
    "no message": (b"\xff\xfe\x01garbage", 1002),
    "too long": (b"x" * (get_max_widget_state_size_bytes() + 1), 1009),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_frame_that_is_no_message_ends_the_connection_with_one_line_a_minute(
    case: str, caplog: pytest.LogCaptureFixture, clock: list[float]
) -> None:
    content, code = BROKEN[case]
    for _ in range(50):
        page = Page(rerun(), content, rerun())
        assert (page.heard, page.ended, page.closed) == ([rerun()], code, code)
        assert page.told == [{"type": "websocket.close", "code": code}]  # nothing is sent by what is closed
    assert [(record.levelno, record.exc_info) for record in caplog.records] == [(logging.WARNING, None)]
    assert caplog.text.count("\n") == 1
    assert ADDRESS not in caplog.text  # addresses are written nowhere (docs/privacy.md)
    clock[0] = SECONDS
    Page(content)
    assert caplog.messages[1] == f"{caplog.messages[0]} (49 more since the last such line)"


@pytest.mark.parametrize(
    "content",
    [
        message(clear_cache=True),
        message(load_git_info=True),
        message(set_run_on_save=True),
        message(debug_shutdown_runtime=True),
        message(debug_disconnect_websocket=True),
        operation("install_skills"),
        operation("dismiss_skills_nudge"),
        b"",
    ],
)
def test_what_no_page_of_ours_sends_is_heard_by_nobody(content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    page = Page(content, rerun(), content)
    assert (page.heard, page.closed) == ([rerun()], None)
    assert len(caplog.records) == 1


def test_a_page_is_not_told_where_its_script_lies() -> None:
    begun, drawn = ForwardMsg(), ForwardMsg()
    begun.new_session.main_script_path = str(SCRIPT)
    begun.new_session.initialize.session_id = "a"
    drawn.delta.new_element.heading.body = "the rest is as it was"
    told = Page(answers=[begun.SerializeToString(), drawn.SerializeToString()]).told
    session = ForwardMsg.FromString(told[0]["bytes"]).new_session
    assert (session.main_script_path, session.initialize.session_id) == ("dashboard.py", "a")
    assert told[1]["bytes"] == drawn.SerializeToString()


def test_what_is_no_websocket_passes_as_it_comes() -> None:
    passed: list[Scope] = []

    async def application(scope: Scope, _receive: Receive, _send: Send) -> None:
        passed.append(scope)

    async def receive() -> Message:
        return {}

    async def send(_message: Message) -> None:
        return

    finished(PageMessages(application, SCRIPT)({"type": "lifespan"}, receive, send))
    assert passed == [{"type": "lifespan"}]
