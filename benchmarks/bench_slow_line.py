"""The first visit on a slow line: from an address to the first paint, the sentence, the six figures and the end.

A relay between Chromium and the server is the line. All connections share its
bytes a second, WebSockets too, which the browser's own throttling leaves out;
every byte is late by its delay, and a new connection by twice that. It knows
no slow start of TCP and loses nothing. Each visit begins with the browser's
cache empty. Measured in turn: by a browser that takes nothing compressed,
without a proxy, and through the Caddy of `deploy/`, which `tools/ensure-programs
proxy` installs.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import sys
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bench_first_paint import FIGURES, SENTENCE
from benchmarks.bench_first_screen import IDLE, TODAY, launched
from benchmarks.served import LOOPBACK, ROOT, free_port, served
from tests.browser.test_proxy import Shipped

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from collections.abc import Iterator

    from playwright.sync_api import Browser

AIM_SECONDS = 18
WAIT_MS = 180_000
CHUNK, PACKET, RECEIVED = 2048, 1400, 8192
"""Bytes: what is sent at once, the largest TCP segment, and what is kept at this end of a connection. With the larger
ones of a loopback, half a megabyte would be on its way, and small answers would wait behind it."""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
IS_WHOLE = "() => document.fonts.status === 'loaded' && !document.querySelector(\"[data-testid='stSkeleton']\")"
NOW = "() => performance.now()"
MOMENTS = ("first paint", "sentence", "six figures", "end")


class Direction:
    """One direction of the line, which carries one chunk after the other."""

    def __init__(self, rate: float, delay: float) -> None:
        """Keep bytes a second, and the seconds by which each byte is late."""
        self.rate, self.delay = rate, delay
        self.free_at, self.carried = 0.0, 0

    async def carry(self, source: StreamReader, goal: StreamWriter) -> None:
        """Carry what comes until it ends."""
        loop = asyncio.get_running_loop()
        with suppress(OSError):
            while chunk := await source.read(CHUNK):
                self.free_at = max(self.free_at, loop.time()) + len(chunk) / self.rate
                self.carried += len(chunk)
                await asyncio.sleep(self.free_at - loop.time())
                loop.call_later(self.delay, goal.write, chunk)
        loop.call_later(self.delay, goal.close)


class Line:
    """A relay to a server."""

    def __init__(self, server: int, rate: float, delay: float) -> None:
        """Know the server's port; nothing listens yet."""
        self.server, self.port, self.delay = server, free_port(), delay
        self.up, self.down = Direction(rate, delay), Direction(rate, delay)

    async def connect(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Lead one connection of the browser to the server."""
        await asyncio.sleep(2 * self.delay)
        near = socket.socket()
        near.setblocking(False)  # noqa: FBT003 - the socket's own word
        near.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVED)
        near.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, PACKET)
        await asyncio.get_running_loop().sock_connect(near, (LOOPBACK, self.server))
        answer, server = await asyncio.open_connection(sock=near, limit=CHUNK)
        await asyncio.gather(self.up.carry(reader, server), self.down.carry(answer, writer))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Carry in a thread."""
        loop = asyncio.new_event_loop()
        Thread(target=loop.run_forever, daemon=True).start()
        asyncio.run_coroutine_threadsafe(asyncio.start_server(self.connect, LOOPBACK, self.port), loop).result()
        yield
        loop.call_soon_threadsafe(loop.stop)


@dataclass(frozen=True)
class Way:
    """One way to the dashboard: its address on the line, and whether the browser takes what is compressed."""

    name: str
    line: Line
    address: str
    takes_compressed: bool = True

    def visited(self, browser: Browser) -> list[float]:
        """Visit for the first time; return the seconds until each moment, and the megabytes that came."""
        context = browser.new_context(
            locale="en-GB",
            viewport={"width": 1440, "height": 900},
            ignore_https_errors=True,
            extra_http_headers={} if self.takes_compressed else {"Accept-Encoding": "identity"},
        )
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        before = self.line.down.carried
        page.goto(self.address, wait_until="commit")
        taken = []
        for part in (SENTENCE, FIGURES, IDLE):
            page.wait_for_selector(part)
            taken.append(page.evaluate(NOW))
        page.wait_for_function(IS_WHOLE)
        taken[-1] = page.evaluate(NOW)
        taken.insert(0, page.evaluate(PAINTED))
        came = self.line.down.carried - before
        context.close()
        return [*(milliseconds / 1000 for milliseconds in taken), came / 1e6]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=3, help="measured visits by each way")
    parser.add_argument("--rate", type=float, default=50, help="kilobytes a second, in each direction")
    parser.add_argument("--delay", type=float, default=25, help="milliseconds by which every byte is late")
    given = parser.parse_args()
    with TemporaryDirectory() as folder, sync_playwright() as playwright, ExitStack() as running:
        environment = {"ZT_PLANNER_STORE": str(Path(folder) / "sessions.sqlite"), "ZT_PLANNER_TODAY": TODAY}
        dashboard = running.enter_context(served(ROOT / "app.py", environment)).removeprefix("http://")
        caddy = Shipped(Path(folder), date.fromisoformat(TODAY), dashboard)
        caddy.start()
        running.callback(caddy.stop)
        direct, proxied = (
            Line(int(address.rpartition(":")[2]), given.rate * 1000, given.delay / 1000)
            for address in (dashboard, caddy.address)
        )
        for line in (direct, proxied):
            running.enter_context(line.listening())
        plain, secure = f"http://{LOOPBACK}:{direct.port}", f"https://localhost:{proxied.port}"
        ways = (
            Way("uncompressed", direct, plain, takes_compressed=False),
            Way("without a proxy", direct, plain),
            Way("through Caddy", proxied, secure),
        )
        browser = running.enter_context(launched(playwright))
        visits = [[way.visited(browser) for way in ways] for _ in range(given.visits)]
    for way, measured in zip(ways, zip(*visits, strict=True), strict=True):
        *seconds, megabytes = map(median, zip(*measured, strict=True))
        spread = f"{min(visit[0] for visit in measured):.1f} to {max(visit[0] for visit in measured):.1f}"
        moments = ", ".join(f"{name} {taken:.1f} s" for name, taken in zip(MOMENTS, seconds, strict=True))
        print(f"{way.name}: {megabytes:.2f} MB, {moments}; first paint {spread} s")
        if way.takes_compressed:
            print(f"  {'keeps to' if seconds[0] <= AIM_SECONDS else 'misses'} the aim of {AIM_SECONDS} s")


if __name__ == "__main__":
    main()
