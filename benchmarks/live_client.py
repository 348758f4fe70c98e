"""A page without a browser: it speaks Streamlit's protocol and hears the stream, as `ui/components/web/live.js` does.

It draws nothing: what it measures is the server. A real browser adds its own
time, which is the same however many watch.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from secrets import token_hex
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import Request, urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import DoubleArray
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse

PEOPLE = re.compile(r"\b(\d+) people\b")
SLIDER_KEY = "company.employees:slider"
BADGE = "zt_planner_live"
DRAWN = "drawn"
"""The field that says which run the page has drawn (`ui/state/widgets.py`)."""
CANCEL = "Cancel"
"""What the button says beside a job that somebody has asked for, while it waits or runs."""
SECONDS_TO_ANSWER = 60
SECONDS_FOR_JOB = 300
JOINS_AT_ONCE = 10


@dataclass
class LivePage:
    """One open page: whose cookie it sends, what its headline says and when it said so."""

    address: str
    cookie: str
    me: str = ""
    path: str = ""
    unfolded: str = ""
    by: str = ""
    people: int = 0
    number: int = 0
    runs: int = 0
    slider: str = ""
    badge: str = ""
    seen: dict[int, float] = field(default_factory=dict)
    heard: int = 0
    _finished: asyncio.Event = field(default_factory=asyncio.Event)
    _shown: asyncio.Condition = field(default_factory=asyncio.Condition)
    _socket: ClientConnection | None = None
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _repeated: list[asyncio.Task[None]] = field(default_factory=list)
    _is_running: bool = False
    _told: int = 0
    _mark: tuple[WidgetState, ...] = ()
    _id: str = ""
    _buttons: dict[str, str] = field(default_factory=dict)
    _files: dict[str, str] = field(default_factory=dict)
    _asked: dict[str, asyncio.Future[str]] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The address's parameters."""
        asked = {"me": self.me, f"fold:{self.unfolded}": "true" if self.unfolded else "", "by": self.by}
        return urlencode({name: value for name, value in asked.items() if value})

    async def open(self, *, hears: bool = True) -> None:
        """Open the page, wait until it is drawn, and hear the stream from then on."""
        host = urlsplit(self.address).netloc
        self._socket = await connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers={"Cookie": self.cookie},
            origin=self.address,  # type: ignore[arg-type]
            max_size=None,
            compression=None,
        )
        self._tasks.append(asyncio.create_task(self._read(self._socket)))
        await self.rerun()
        await self.drawn()
        if hears:
            self._tasks.append(asyncio.create_task(self._hear()))

    async def rerun(self, *states: WidgetState) -> None:
        """Ask for a run of the script, with widgets moved."""
        self._finished.clear()
        self._is_running = True
        message = BackMsg()
        message.rerun_script.query_string, message.rerun_script.page_name = self.query, self.path
        for state in (*states, *self._mark):
            message.rerun_script.widget_states.widgets.append(state)
        await self._send(message)

    async def _send(self, message: BackMsg) -> None:
        """Send a message to the server."""
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())

    async def _repeat(self, fragment: str, seconds: float) -> None:
        """Ask for a part of the page again and again, as a browser does while something is worked out."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.fragment_id = fragment
        message.rerun_script.is_auto_rerun = True
        while True:
            await asyncio.sleep(seconds)
            await self._send(message)

    async def move(self, people: int) -> None:
        """Move the slider of people."""
        await self.rerun(WidgetState(id=self.slider, double_array_value=DoubleArray(data=[people])))

    async def edit(self, people: int) -> float:
        """Move the slider, and return the seconds until the page's own headline and end of run."""
        begin = perf_counter()
        self.seen.pop(people, None)
        await self.move(people)
        await self.shows(people)
        await self.drawn()
        return perf_counter() - begin

    async def ask(self) -> None:
        """Ask for a run as the badge does: there is news."""
        events = json.dumps([{"event": "news", "value": self._told}])
        await self.rerun(WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{self.badge}__events", json_trigger_value=events))

    async def drawn(self) -> None:
        """Wait until the script has run to its end."""
        await asyncio.wait_for(self._finished.wait(), SECONDS_TO_ANSWER)

    async def shows(self, people: int) -> float:
        """Wait until the headline tells of so many people; return when it did."""
        async with self._shown:
            await asyncio.wait_for(self._shown.wait_for(lambda: people in self.seen), SECONDS_TO_ANSWER)
        return self.seen[people]

    async def press_for_job(self, label: str) -> float:
        """Press a button that has something computed, and return the seconds until the page shows what came of it."""
        begin = perf_counter()
        await self.rerun(WidgetState(id=self._buttons[label], trigger_value=True))
        await self._ended(lambda: not self._buttons.keys() & {label, CANCEL})
        return perf_counter() - begin

    async def offers(self, label: str) -> None:
        """Wait until the script has drawn a button."""
        await self._ended(lambda: label in self._buttons)

    async def _ended(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so after a run; one that was under way before may end first."""
        async with asyncio.timeout(SECONDS_FOR_JOB):
            while not (self._finished.is_set() and is_so()):
                self._finished.clear()
                await self._finished.wait()

    async def press_download(self, label: str) -> str:
        """Press the button of a file, and return the file's address; raise OSError where there is none."""
        message, name = BackMsg(), token_hex(8)
        message.backend_operation_request.request_id = name
        message.backend_operation_request.session_id = self._id
        message.backend_operation_request.deferred_file.file_id = self._files[label]
        self._asked[name] = asyncio.get_running_loop().create_future()
        await self._send(message)
        return urljoin(self.address, await asyncio.wait_for(self._asked[name], SECONDS_TO_ANSWER))

    async def fetch(self, address: str) -> bytes:
        """Return a file as a browser saves it; raise OSError where it is not there."""

        def read() -> bytes:
            with urlopen(Request(address, headers={"Cookie": self.cookie})) as answer:  # noqa: S310 - our own server
                return bytes(answer.read())

        return await asyncio.to_thread(read)

    async def close(self) -> None:
        """Close the page."""
        for task in (*self._tasks, *self._repeated):
            task.cancel()
        await asyncio.gather(*self._tasks, *self._repeated, return_exceptions=True)
        if self._socket is not None:
            await self._socket.close()

    async def _read(self, socket: ClientConnection) -> None:
        """Read what the script draws."""
        async for content in socket:
            message = ForwardMsg()
            message.ParseFromString(content if isinstance(content, bytes) else content.encode())
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.HasField("new_element"):
                await self._drawn(message)
            elif kind == "new_session" and not message.metadata.run.fragment_ids:
                self._begun(message)
            elif kind == "auto_rerun":
                again = self._repeat(message.auto_rerun.fragment_id, message.auto_rerun.interval)
                self._repeated.append(asyncio.create_task(again))
            elif kind == "backend_operation_response":
                self._answered(message.backend_operation_response)
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
                self.runs += 1
                self._is_running = False
                self._finished.set()
                if self._told > self.number:
                    await self.ask()

    def _begun(self, message: ForwardMsg) -> None:
        """Note that the script runs, from its beginning."""
        self._id = message.new_session.initialize.session_id
        self._finished.clear()
        self._buttons.clear()
        for task in self._repeated:
            task.cancel()
        self._repeated.clear()

    def _answered(self, answer: BackendOperationResponse) -> None:
        """Note where a file is that was asked for, or why there is none."""
        asked = self._asked.pop(answer.request_id)
        if answer.error_msg:
            asked.set_exception(OSError(answer.error_msg))
        else:
            asked.set_result(answer.deferred_file.url)

    async def _drawn(self, message: ForwardMsg) -> None:
        """Note the headline, the ids of slider and buttons, and what makes each file."""
        element = message.delta.new_element
        if element.WhichOneof("type") == "heading" and element.heading.tag == "h1":
            found = PEOPLE.search(element.heading.body)
            if found is not None:
                self.people = int(found[1])
                async with self._shown:
                    self.seen[self.people] = perf_counter()
                    self._shown.notify_all()
        elif element.WhichOneof("type") == "download_button":
            self._files[element.download_button.label] = element.download_button.deferred_file_id
        elif element.WhichOneof("type") == "button":
            self._buttons[element.button.label] = element.button.id
        elif element.WhichOneof("type") == "slider" and SLIDER_KEY in element.slider.id:
            self.slider = element.slider.id
        elif element.WhichOneof("type") == "text_input" and element.text_input.label == DRAWN:
            self._mark = (WidgetState(id=element.text_input.id, string_value=element.text_input.default),)
        elif element.WhichOneof("type") == "bidi_component" and element.bidi_component.component_name.endswith(BADGE):
            self.number = json.loads(element.bidi_component.json)["number"]
            self.badge = element.bidi_component.id

    async def _hear(self) -> None:
        """Ask for a run when there is news that this page has not drawn, as the badge does."""
        async for said in events(self.address, f"/live?{self.query}", self.cookie):
            self.heard += 1
            self._told = max(self._told, said.get("number", 0))
            if self._told > self.number and not self._is_running:
                await self.ask()


async def opened(pages: Sequence[LivePage], *, hears: bool = True) -> None:
    """Open pages, a few at a time."""
    for first in range(0, len(pages), JOINS_AT_ONCE):
        await asyncio.gather(*(page.open(hears=hears) for page in pages[first : first + JOINS_AT_ONCE]))


async def closed(pages: Sequence[LivePage]) -> None:
    """Close pages."""
    for page in pages:
        await page.close()


async def events(address: str, path: str, cookie: str) -> AsyncIterator[dict[str, int]]:
    """Yield the messages of a stream; its beats say nothing."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        request = (
            f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookie}\r\nAccept: text/event-stream\r\n\r\n"
        )
        writer.write(request.encode())
        await writer.drain()
        while line := await reader.readline():
            if line.startswith(b"data: {"):
                yield json.loads(line[6:])
    finally:
        writer.close()
