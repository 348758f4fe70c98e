"""A small proxy in a process of its own: `python -m tests.browser.proxy PORT SERVER SERVER`, by the ports of all.

A browser stays at one server as long as that one answers, and then at the next.
"""

from __future__ import annotations

import asyncio
import re
import sys
from asyncio import StreamReader, StreamWriter
from contextlib import suppress

HOST = "127.0.0.1"
KEY = re.compile(rb"zt_planner_(?:session|given_\w+)=([^;\s]+)")
"""The cookie that tells a browser from another one."""
KEPT_OPEN = re.compile(rb"\r\nConnection:[^\r]*", re.IGNORECASE)


class Proxy:
    """Leads to servers, one request a connection."""

    def __init__(self, servers: list[int]) -> None:
        """Know where servers listen, and of no browser yet."""
        self.servers = servers
        self._places: dict[bytes, int] = {}

    async def lead(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Carry one request to a server, and everything back."""
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            if b"\r\nupgrade:" not in head.lower():
                head = KEPT_OPEN.sub(b"", head).replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
            answer, server = await self._server_for(KEY.findall(head))
            server.write(head)
            await asyncio.gather(self._carry(reader, server), self._carry(answer, writer))
        writer.close()

    async def _server_for(self, keys: list[bytes]) -> tuple[StreamReader, StreamWriter]:
        """Connect to a browser's server or, unless it answers, to the next, where the browser stays from then on."""
        first = self._places.setdefault(min(keys), len(self._places) % len(self.servers)) if keys else 0
        for place in (first, *range(len(self.servers))):
            with suppress(ConnectionError):
                opened = await asyncio.open_connection(HOST, self.servers[place])
                self._places.update(dict.fromkeys(keys, place))
                return opened
        raise ConnectionRefusedError

    @staticmethod
    async def _carry(source: StreamReader, goal: StreamWriter) -> None:
        """Carry what comes until it ends."""
        with suppress(OSError):
            while content := await source.read(65536):
                goal.write(content)
                await goal.drain()
        goal.close()


async def main(port: int, *servers: int) -> None:
    """Listen until the process is ended."""
    listening = await asyncio.start_server(Proxy(list(servers)).lead, HOST, port)
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
