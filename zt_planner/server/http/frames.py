"""A filter for WebSocket messages: only those that our own pages send.

Streamlit's protocol can do more: clear every cache of the process, read the repository, write files. Laws: other
messages are ignored, and bytes that are no message close the connection; each kind of refusal is one line of the log a
minute; no page is told the path of its script on the server.
"""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zt_planner.log_limit import LogLimit
from zt_planner.server.http.admission import is_closed, is_for_us, is_of_own_page
from zt_planner.ui import seams

FOREIGN, NOT_BINARY, TOO_LONG, UNREADABLE = 1008, 1003, 1009, 1002
"""Closing codes of RFC 6455."""

lines = LogLimit(logging.getLogger(__name__))


class PageMessages:
    """Passes on the WebSocket messages that our pages send, and nothing else."""

    def __init__(self, app: ASGIApp, script: Path) -> None:
        self.app, self._script = app, script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        sent = Headers(scope=scope)
        if is_closed(scope["path"]) or not (is_for_us(sent) and is_of_own_page(scope, sent)):
            complain("a connection from a page of another server")
            await send({"type": "websocket.close", "code": FOREIGN})
            return
        is_over = False

        async def received() -> Message:
            nonlocal is_over
            message, code = await next_wanted(receive)
            if code is not None:
                is_over = True
                await send({"type": "websocket.close", "code": code})
            return message

        async def passed_on(message: Message) -> None:
            if not is_over:
                content = message.get("bytes")
                await send({**message, "bytes": seams.with_script_name(content, self._script)} if content else message)

        await self.app(scope, received, passed_on)


async def next_wanted(receive: Receive) -> tuple[Message, int | None]:
    """Return the next allowed message, or the end of a connection and the code to close it with."""
    while True:
        message = await receive()
        if message["type"] != "websocket.receive":
            return message, None
        code, what = fault_in(message.get("bytes"))
        if not what:
            return message, None
        complain(what)
        if code is not None:
            return {"type": "websocket.disconnect", "code": code}, code


def fault_in(content: bytes | None) -> tuple[int | None, str]:
    """Return the fault of a frame and the close code, None to ignore it; "" for a valid message."""
    if content is None:
        return NOT_BINARY, "text instead of bytes"
    if len(content) > seams.most_message_bytes():
        return TOO_LONG, "a message that is too long"
    is_wanted = seams.is_of_a_page(content)
    if is_wanted is None:
        return UNREADABLE, "a message that cannot be read"
    return None, "" if is_wanted else "a message that no page sends"


def refuse_forged_values() -> None:
    """Ignore values that no widget of a page can have."""
    seams.refuse_forged_values(partial(complain, "a value that its widget cannot have"))


def complain(what: str) -> None:
    """Log what was refused, but not who sent it."""
    lines.write(f"WebSocket: {what} was refused")
