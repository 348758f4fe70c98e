"""Other programs' cookies, and what visitors send again and again, at a real server."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import DoubleArray
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.browser.site import HOST, Server, Visit
from zt_planner.cli.serving import MOST_COOKIE_BYTES
from zt_planner.server.message_pages import ROOM
from zt_planner.ui.seams import LONGEST_HEAD
from zt_planner.workspace.keys import HOME_COOKIE, new_key

pytestmark = pytest.mark.extended

USUAL = 8192
"""The longest line of a handshake that websockets takes where nothing else is set, in bytes."""
COOKIE_BYTES = 4000
HANDSHAKE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


def sent(server: Server, text: str, *more: str) -> str:
    """Send a request as it stands; return the first line of the answer."""
    head = f"Host: {HOST}:{server.port}\r\n{''.join(more)}\r\n"
    with socket.create_connection((HOST, server.port), timeout=20) as wire:
        wire.sendall(f"{text} HTTP/1.1\r\n{head}".encode("latin-1"))
        return wire.recv(4096).decode("latin-1").partition("\r\n")[0]


def cookies_of(length: int) -> str:
    """Return a header with so many bytes of cookies, most of them another program's."""
    own = f"{HOME_COOKIE}={new_key()}; theirs="
    return f"Cookie: {own}{'x' * (length - len(own))}\r\n"


@pytest.mark.parametrize("longest", [USUAL, MOST_COOKIE_BYTES])
def test_every_page_that_comes_can_connect_and_every_other_says_why_not(
    serve: Callable[[], Server], longest: int
) -> None:
    server = serve()
    if longest == USUAL:  # as another server has it that runs the application
        server.settings["WEBSOCKETS_MAX_LINE_LENGTH"] = str(longest)
    server.start()
    lines = [
        (sent(server, "GET /", cookies_of(length)), sent(server, "GET /_stcore/stream", HANDSHAKE, cookies_of(length)))
        for length in (USUAL - ROOM, longest - ROOM)
    ]
    assert lines == [("HTTP/1.1 200 OK", "HTTP/1.1 101 Switching Protocols")] * 2
    for length in (longest - ROOM + 1, longest, 2 * longest, LONGEST_HEAD - ROOM):
        assert sent(server, "GET /", cookies_of(length)) == "HTTP/1.1 431 Request Header Fields Too Large"
    server.stop()


def keep_foreign_cookies(seen: Visit, count: int) -> None:
    """Let another program on the same host set cookies."""
    seen.context.add_cookies(
        [{"name": f"theirs{n}", "value": "x" * COOKIE_BYTES, "url": seen.server.address} for n in range(count)]
    )


def test_a_plan_opens_and_is_saved_beside_many_cookies_of_others_and_a_page_says_when_there_are_too_many(
    visit: Callable[..., Visit],
) -> None:
    seen = visit(is_new=True, locale="de-AT")
    keep_foreign_cookies(seen, 3 * USUAL // COOKIE_BYTES)
    seen.open("?language=en").set("People, as a number", 150)
    seen.says("Zero Trust for 150 people")
    keep_foreign_cookies(seen, MOST_COOKIE_BYTES // COOKIE_BYTES + 1)
    seen.page.goto(seen.server.address)
    expect(seen.page.get_by_role("heading", level=1)).to_have_text("Zu viele Cookies unter dieser Adresse")
    own = [cookie for cookie in seen.context.cookies() if cookie.get("name") == HOME_COOKIE]
    seen.context.clear_cookies(name="theirs0")
    for n in range(3, MOST_COOKIE_BYTES // COOKIE_BYTES + 1):
        seen.context.clear_cookies(name=f"theirs{n}")
    assert [cookie for cookie in seen.context.cookies() if cookie.get("name") == HOME_COOKIE] == own
    seen.open("?language=en").says("Zero Trust for 150 people")


# Floods


class Page:
    """An open page of somebody who sends what no page of ours does."""

    def __init__(self, wire: ClientConnection) -> None:
        self.wire, self.widgets = wire, dict[str, str]()
        self.run()

    def run(self, *states: WidgetState) -> None:
        """Ask for a run with what widgets are said to hold, and wait for its end."""
        asked, told = BackMsg(), ForwardMsg()
        asked.rerun_script.widget_states.widgets.extend(states)
        asked.rerun_script.page_name = ""
        self.wire.send(asked.SerializeToString())
        while told.WhichOneof("type") != "script_finished":
            told.ParseFromString(bytes(self.wire.recv(timeout=20, decode=False)))
            if told.WhichOneof("type") == "delta":
                element = told.delta.new_element
                kind = element.WhichOneof("type") or ""
                assert kind != "exception"
                name = getattr(getattr(element, kind, None), "id", "")
                if name:
                    self.widgets[f"{kind} {name.rpartition('-')[2]}"] = name

    def forge(self, times: int) -> None:
        """Send values of a wrong kind, values that cannot be read, and presses that no component makes."""
        slider = self.widgets["slider company.employees:slider"]
        field = self.widgets["text_input company.employees:field"]
        cards, picture = self.widgets["bidi_component figures"], self.widgets["bidi_component picture"]
        events = [
            WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{component}__events", json_trigger_value=value)
            for component in (cards, picture)
            for value in ("{", "5", '[{"event": "why"}]', '[{"event": "step", "value": {}}]')
        ]
        forged = [
            WidgetState(id=slider, bool_value=True),
            WidgetState(id=slider, double_array_value=DoubleArray(data=[float("nan")] * 3)),
            WidgetState(id=field, double_value=1e308),
            WidgetState(id=self.widgets["selectbox language"], int_value=-5),
            WidgetState(id=cards, json_value="["),
            WidgetState(id=picture, json_value="5"),
            WidgetState(id=picture, json_value="[" * 20_000),
            *events,
        ]
        for _ in range(times):
            for state in forged:
                self.run(state)
            message = BackMsg()
            message.rerun_script.widget_states.widgets.add(id="of no page", string_value="a")
            self.wire.send(message.SerializeToString())
            message.rerun_script.Clear()
            message.rerun_script.fragment_id = "of no page"
            self.wire.send(message.SerializeToString())


def test_a_flood_of_forgeries_writes_a_few_lines_and_no_traceback(serve: Callable[[], Server]) -> None:
    server = serve()
    server.start()
    log = server.folder / "log.txt"
    before = log.stat().st_size
    address = f"{server.address.replace('http', 'ws')}/_stcore/stream"
    with connect(address, origin=Origin(server.address), max_size=None) as wire:
        Page(wire).forge(5)
    half = ("Content-Type: application/x-www-form-urlencoded\r\n", "Content-Length: 100\r\n")
    for _ in range(20):
        sent(server, "no request")
        sent(server, "GET /_stcore/stream", HANDSHAKE, "Origin: http://elsewhere.example\r\n")
        sent(server, "POST /join/a", "Content-Type: multipart/form-data; boundary=x\r\n", "Content-Length: 0\r\n")
        sent(server, "GET /", "Connection: Upgrade\r\nUpgrade: h2c\r\n")
        with socket.create_connection((HOST, server.port), timeout=20) as left:
            left.sendall(f"POST /join/a HTTP/1.1\r\nHost: {HOST}:{server.port}\r\n{''.join(half)}\r\nname=".encode())
    assert server.answers()
    server.stop()
    written = log.read_text("utf-8")[before:]
    assert "Traceback" not in written
    assert 0 < len(written) < 2000
    assert "WebSocket: a value that its widget cannot have was refused" in written
