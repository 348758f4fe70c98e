"""A number for each request, and a line for it in a log of JSON objects.

Laws: every line that is written while a request is answered names its number, and so does the answer; what monitors
ask is not written.
"""

from __future__ import annotations

import logging
import re
import secrets
from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zt_planner.server.http.admission import PROBES
from zt_planner.server.http.logs import FIELDS, REQUEST, without_secrets

NUMBER = re.compile("[0-9A-Za-z-]{8,64}")
"""Of a request that a proxy has numbered already."""
HEADER = "X-Request-ID"
ACCEPTED = 101

_log = logging.getLogger(__name__)


class RequestLog:
    """Numbers requests and connections, and writes each when it ends."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap another ASGI application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request or a connection on."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        sent = Headers(scope=scope).get(HEADER, "")
        number = sent if NUMBER.fullmatch(sent) else secrets.token_hex(8)
        status, began = 0, perf_counter()

        async def numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            elif message["type"] == "websocket.accept":
                status = ACCEPTED
            await send(message)

        mark = REQUEST.set(number)
        try:
            await self.app(scope, receive, numbered)
        finally:
            if not scope["path"].endswith(PROBES):
                write(scope, status, perf_counter() - began)
            REQUEST.reset(mark)


def write(scope: Scope, status: int, seconds: float) -> None:
    """Write a line about a request that was answered, or a connection that has ended; status 0 where nothing was."""
    method, path = scope.get("method", "WEBSOCKET"), without_secrets(re.sub(r"\s", " ", scope["path"]))
    fields = {"method": method, "path": path, "status": status, "milliseconds": round(seconds * 1000, 1)}
    _log.info("%s %s %d", method, path, status, extra={FIELDS: fields})
