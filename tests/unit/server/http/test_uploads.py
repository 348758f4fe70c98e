"""How much of what people upload is held: for a page, an address and in sum, and until when."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import streamlit.runtime as runtime_module
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from tests.unit.server.asgi import ADDRESS, ask, finished
from zt_planner.catalog.csv.tables import LARGE_UPLOAD_MEGABYTES
from zt_planner.server.http.uploads import (
    MEGABYTE,
    MOST_BYTES_OF_AN_ADDRESS,
    MOST_FILES_OF_A_PAGE,
    SECONDS_AFTER_CLOSE,
    Uploads,
)
from zt_planner.settings import Settings
from zt_planner.workspace.limits import SCAN_FILES_AT_ONCE

THERE = "203.0.113.8"
BIG, ALL = 5 * MEGABYTE, Settings().upload_megabytes * MEGABYTE


class Sized(bytes):
    """Bytes that say that they are many and take no room."""

    size = 0

    def __len__(self) -> int:
        """Return how many there are said to be."""
        return self.size


class Runtime:
    """What of Streamlit's runtime uploads meet: which pages are open, and a real store of files."""

    def __init__(self) -> None:
        """Begin without pages."""
        self.uploaded_file_mgr = MemoryUploadedFileManager("/_stcore/upload_file")
        self.open: set[str] = set()
        self.ended: list[str] = []

    def is_active_session(self, page: str) -> bool:
        """Tell whether a page is open."""
        return page in self.open

    def close_session(self, page: str) -> None:
        """End a page's session."""
        self.ended.append(page)

    def files(self, page: str) -> list[str]:
        return list(self.uploaded_file_mgr.file_storage.get(page, {}))


class Server:
    """Takes uploads as Streamlit does; `before` is called when one has arrived and is not kept yet."""

    def __init__(self, runtime: Runtime) -> None:
        """Take uploads from now on."""
        self.runtime, self.app = runtime, Uploads(self._application)
        self.before: Callable[[], object] = lambda: None

    async def _application(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            self.runtime.open.discard(scope["page"])
            return
        self.before()
        _, _, _, page, file = scope["path"].split("/")
        data = Sized()
        data.size = next((int(value) for name, value in scope["headers"] if name == b"content-length"), BIG)
        self.runtime.uploaded_file_mgr.add_file(page, UploadedFileRec(file, file, "", data))
        await PlainTextResponse("taken")(scope, receive, send)

    def put(self, page: str, file: str, size: int | None = BIG, address: str = ADDRESS) -> int:
        """Upload a file and return the answer's status."""
        where, length = f"/_stcore/upload_file/{page}/{file}", {} if size is None else {"content-length": str(size)}
        return ask(self.app, where, method="PUT", headers=length, address=address).status

    async def close(self, page: str) -> None:
        """Have a page's WebSocket end."""

        async def receive() -> Message:
            return {"type": "websocket.disconnect"}

        async def send(_message: Message) -> None:
            return

        scope: dict[str, Any] = {"type": "websocket", "page": page, "client": (ADDRESS, 50_000)}
        await self.app(scope, receive, send)


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    """Return a runtime without pages."""
    found = Runtime()
    monkeypatch.setattr(runtime_module, "exists", lambda: True)
    monkeypatch.setattr(runtime_module, "get_instance", lambda: found)
    return found


@pytest.fixture
def server(runtime: Runtime) -> Server:
    """Return a server with some pages open."""
    runtime.open |= {f"page{number}" for number in range(100)}
    return Server(runtime)


def test_a_page_keeps_its_last_files_and_an_older_one_makes_room(server: Server, runtime: Runtime) -> None:
    assert [server.put("page1", f"file{number}", BIG // 2) for number in range(60)] == [200] * 60
    assert runtime.files("page1") == [f"file{number}" for number in range(60 - MOST_FILES_OF_A_PAGE, 60)]


@pytest.mark.parametrize("page", ["unknown", ""])
def test_nobody_uploads_without_an_open_page(server: Server, runtime: Runtime, page: str) -> None:
    assert server.put(page, "a") == 403
    assert not runtime.uploaded_file_mgr.file_storage


def test_an_upload_says_how_long_it_is(server: Server, runtime: Runtime) -> None:
    assert server.put("page1", "a", size=None) == 411
    assert not runtime.files("page1")


def test_one_address_fills_its_own_share_and_no_more(server: Server) -> None:
    took = [server.put(f"page{number}", "a") for number in range(20)]
    assert took == [200] * (MOST_BYTES_OF_AN_ADDRESS // BIG) + [429] * (20 - MOST_BYTES_OF_AN_ADDRESS // BIG)
    assert server.put("page50", "a", address=THERE) == 200


def test_all_addresses_together_fill_so_much_and_no_more(server: Server) -> None:
    took = [server.put(f"page{number}", "a", address=f"203.0.113.{number}") for number in range(50)]
    assert took == [200] * (ALL // BIG) + [429] * (50 - ALL // BIG)


def test_what_is_on_its_way_counts(server: Server) -> None:
    most = MOST_BYTES_OF_AN_ADDRESS // BIG
    answers: list[int] = []

    def another() -> None:
        if len(answers) <= most:
            number = len(answers)
            answers.append(0)
            answers[number] = server.put(f"page{number}", "a")

    server.before = another  # each arrives while all before it are on their way
    another()
    assert sorted(answers) == [200] * most + [429]
    server.before = lambda: None
    assert server.put("page1", "b", address=THERE) == 200


def test_what_is_taken_away_makes_room(server: Server, runtime: Runtime) -> None:
    most = MOST_BYTES_OF_AN_ADDRESS // BIG
    took = [server.put(f"page{number}", "a") for number in range(most + 1)]
    assert took == [200] * most + [429]
    runtime.uploaded_file_mgr.remove_file("page0", "a")
    assert server.put("page1", "b") == 200


def test_a_page_takes_as_many_of_the_largest_scans_as_it_offers_to(server: Server) -> None:
    largest = LARGE_UPLOAD_MEGABYTES * MEGABYTE
    assert {server.put("page1", f"scan{number}", largest) for number in range(SCAN_FILES_AT_ONCE)} == {200}


def test_what_a_closed_page_has_left_is_gone_after_a_while(
    server: Server, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[tuple[float, Callable[[], None]]] = []
    server.put("page1", "a")
    server.put("page2", "a")

    async def test() -> None:
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(loop, "call_later", lambda when, do, *given: later.append((when, lambda: do(*given))))
        await server.close("page1")
        await server.close("page2")

    finished(test())
    assert {when for when, _ in later} == {SECONDS_AFTER_CLOSE}
    assert runtime.files("page1") == ["a"]  # it may be a connection that was lost
    runtime.open.add("page2")
    for _, do in later:
        do()
    assert (runtime.files("page1"), runtime.files("page2")) == ([], ["a"])
    assert runtime.ended[0] == "page1"
    assert "page2" not in runtime.ended
