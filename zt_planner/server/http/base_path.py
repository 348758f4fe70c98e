"""Serving everything below a path, such as /planner: the one place where the server knows of it.

What is behind it sees and returns addresses and cookies without the path. Laws: cookies are sent below the path only;
a proxy may leave the path in addresses or remove it.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zt_planner.settings import settings


class BasePath:
    """Removes the base path from requests, and adds it to responses."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request or a connection on."""
        base = settings().base_path
        if not base or scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.accept"}:
                complete_headers(MutableHeaders(scope=message), base)
            await send(message)

        path = scope["path"]
        if path == base or path.startswith(f"{base}/"):
            raw = scope.get("raw_path") or path.encode()
            scope = {**scope, "path": path.removeprefix(base), "raw_path": raw.removeprefix(base.encode())}
        await self.app(scope, receive, complete)


def complete_headers(headers: MutableHeaders, base: str) -> None:
    """Add the base path to a redirect, and to the path of cookies."""
    leads_to = headers.get("location", "")
    if leads_to.startswith("/"):
        headers["location"] = base + leads_to
    cookies = headers.getlist("set-cookie")
    if cookies:
        del headers["set-cookie"]
        for cookie in cookies:
            parts = (f"Path={base}" if part.lower() == "path=/" else part for part in cookie.split("; "))
            headers.append("set-cookie", "; ".join(parts))
