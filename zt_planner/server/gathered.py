"""The first answers to a message of the browser leave together (ADR 0041).

Streamlit answers a change at once with the news that its script runs, and with
the headline some milliseconds later. A browser that is told of both in one go
draws the page once in place of twice, and the headline stands sooner.

Laws: answers leave in the order in which they are written, none later than
`SECONDS` after it was; who holds a key down, and sends a message right after
another, waits for nothing.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS = 0.008
"""For so long the first answer waits for those that follow it; ADR 0041 says what more and less of it cost."""

QUIET_SECONDS = 0.2
"""A message that follows another sooner is one of many, as of a key held down: its answers are not held back."""


class GatheredAnswers:
    """Holds back the first answer to a message of a WebSocket that comes after a rest; all else passes as it comes."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap another ASGI application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        is_awaited, in_turn = False, asyncio.Lock()
        clock, heard = asyncio.get_running_loop().time, -QUIET_SECONDS

        async def received() -> Message:
            nonlocal is_awaited, heard
            message = await receive()
            before, heard = heard, clock()
            is_awaited = message["type"] == "websocket.receive" and heard - before >= QUIET_SECONDS
            return message

        async def gathered(message: Message) -> None:
            nonlocal is_awaited
            async with in_turn:
                if is_awaited and message["type"] == "websocket.send":
                    is_awaited = False
                    await asyncio.sleep(SECONDS)
                await send(message)

        await self.app(scope, received, gathered)
