"""What every response carries: strict headers, and on pages the cookie that keeps a browser's own plan.

Laws: every browser has a key that no script can read; no response may be
framed by another site; no address of ours is told to others (`Referrer-Policy`);
no body is read that is larger than a scenario's file may be.
"""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response

from zt_planner.domain.session import DAYS_KEPT
from zt_planner.server.policy import page_policy
from zt_planner.workspace.keys import HOME_COOKIE, Key, key_from, new_key

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE_SECONDS = DAYS_KEPT * 24 * 3600

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OTHER_ROUTES = ("/live", "/health")
MOST_BODY_BYTES = 6 * 1024 * 1024
"""The largest upload that the settings allow is 5 MB; a form adds a little."""


def cookies_of(scope: Scope) -> dict[str, str]:
    """Return the cookies that a request carries."""
    sent: SimpleCookie = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            sent.load(value.decode("latin-1"))
    return {name: morsel.value for name, morsel in sent.items()}


def cookie_header(name: str, key: Key, *, is_secure: bool) -> str:
    """Return a Set-Cookie value that keeps a key for its full time, out of reach of scripts and other sites."""
    cookie: SimpleCookie = SimpleCookie()
    cookie[name] = key
    morsel = cookie[name]
    morsel["path"], morsel["max-age"], morsel["httponly"], morsel["samesite"] = "/", COOKIE_SECONDS, True, "Lax"
    morsel["secure"] = is_secure
    return morsel.OutputString()


def home_cookie(scope: Scope) -> str:
    """Return a Set-Cookie value that keeps the browser's own key for its full time again, or a new one."""
    key = key_from(cookies_of(scope).get(HOME_COOKIE)) or new_key()
    return cookie_header(HOME_COOKIE, key, is_secure=scope.get("scheme") == "https")


def is_page(scope: Scope) -> bool:
    """Tell whether a request asks for a page: not for a file, an internal address, or one of our other routes."""
    path = scope["path"]
    return (
        scope["method"] == "GET"
        and not path.startswith(("/_", "/join/", *OTHER_ROUTES))
        and "." not in path.rsplit("/", 1)[-1]
    )


def refusal(scope: Scope) -> Response | None:
    """Return the answer to a body that is too large, or that does not say how large it is; None for all others."""
    sent = Headers(scope=scope)
    if "transfer-encoding" in sent:
        return PlainTextResponse("say how long the body is", 411)
    length = sent.get("content-length", "0")
    if not length.isdecimal() or int(length) > MOST_BODY_BYTES:
        return PlainTextResponse("the body is too long", 413)
    return None


class ResponseHeaders:
    """Adds the browser's own key to pages, and the strict headers to everything; keeps large bodies out."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap another ASGI application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cookie = home_cookie(scope) if is_page(scope) else None

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", page_policy())
                if cookie is not None:
                    headers.append("Set-Cookie", cookie)
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await (refusal(scope) or self.app)(scope, receive, complete)
