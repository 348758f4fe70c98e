"""What a page's WebSocket may carry: messages that a page of ours sends, from a page of ours.

Streamlit's protocol knows more: to empty every cache of the process, to look
into the repository, to write files. Laws: what no page of ours sends is
heard by nobody, and ends the connection where it is no message at all; whoever
sends it fills no log: each kind of it is one line a minute; no page is told
where on the server its script lies.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes

from zt_planner.log_limit import LogLimit
from zt_planner.server.admission import is_closed, is_of_own_page

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OF_A_PAGE = ("rerun_script", "stop_script", "app_heartbeat", "file_urls_request")
OPERATIONS = ("deferred_file", "dataframe_chunk")
FOREIGN, NOT_BINARY, TOO_LONG, UNREADABLE = 1008, 1003, 1009, 1002
"""Closing codes of RFC 6455."""

lines = LogLimit(logging.getLogger(__name__))


class PageMessages:
    """Passes on what a page of ours sends by its WebSocket, and nothing else."""

    def __init__(self, app: ASGIApp, script: Path) -> None:
        """Wrap another ASGI application, which runs this script."""
        self.app, self._script = app, script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if is_closed(scope["path"]) or not is_of_own_page(Headers(scope=scope)):
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

        async def sent(message: Message) -> None:
            if not is_over:
                await send(self._without_path(message))

        await self.app(scope, received, sent)

    def _without_path(self, message: Message) -> Message:
        """Leave of the script's path its name: Streamlit tells the whole of it at the beginning of each run."""
        content = message.get("bytes")
        if not content or str(self._script).encode() not in content:
            return message
        told = ForwardMsg.FromString(content)
        if told.WhichOneof("type") == "new_session":
            told.new_session.main_script_path = self._script.name
        return {**message, "bytes": told.SerializeToString()}


async def next_wanted(receive: Receive) -> tuple[Message, int | None]:
    """Return the next message that a page may send, or the end of a connection and the code to close it with."""
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
    """Return what is wrong with a frame, and the code to close with, None to pass over it; "" for what a page sends."""
    if content is None:
        return NOT_BINARY, "text in place of bytes"
    if len(content) > get_max_widget_state_size_bytes():
        return TOO_LONG, "a message that is too long"
    message = BackMsg()
    try:
        message.ParseFromString(content)
    except DecodeError:
        return UNREADABLE, "a message that cannot be read"
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        is_wanted = message.backend_operation_request.WhichOneof("payload") in OPERATIONS
    else:
        is_wanted = kind in OF_A_PAGE
    return None, "" if is_wanted else "a message that no page sends"


def complain(what: str) -> None:
    """Write what was refused; who sent it is nobody's business."""
    lines.write(f"WebSocket: {what} was refused")
