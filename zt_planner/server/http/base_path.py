"""Serving everything below a path, such as /planner: the one place where the server knows of it.

What is behind it sees addresses without the path, and answers with addresses and cookies without it. Laws: cookies
are sent below the path only; a proxy may leave the path in addresses or remove it, as it likes.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zt_planner.settings import settings

COOKIE_PATH = "path=/"


class BasePath:
    """Removes the base path from what is asked, and adds it to what is answered."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap another ASGI application."""
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
    """Add the base path to where an answer leads, and to where its cookies are sent."""
    leads_to = headers.get("location", "")
    if leads_to.startswith("/"):
        headers["location"] = base + leads_to
    cookies = headers.getlist("set-cookie")
    if cookies:
        del headers["set-cookie"]
        for cookie in cookies:
            headers.append("set-cookie", "; ".join(_below(part, base) for part in cookie.split("; ")))


def _below(part: str, base: str) -> str:
    """Return a part of a cookie, with the base path where it is the path of all."""
    return f"Path={base}" if part.lower() == COOKIE_PATH else part
