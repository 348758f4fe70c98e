"""What every response carries: strict headers, and on pages the cookies that keep a browser's own plan and its seat.

Laws: every browser has a key that no script can read; a cookie lasts as long
as its session does when nobody else uses it, from each visit on; no response
may be framed by another site; no address of ours is told to others (`Referrer-Policy`);
no body is read that is larger than a scenario's file may be.
"""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import PlainTextResponse, Response

from zt_planner import bootstrap
from zt_planner.domain.session import DAYS_KEPT
from zt_planner.errors import StoreError
from zt_planner.server.policy import page_policy
from zt_planner.workspace.keys import HOME_COOKIE, ME, Key, cookie_of, hash_of, key_from, new_key

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS_A_DAY = 24 * 3600

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


def cookie_header(name: str, key: Key, days: int, *, is_secure: bool) -> str:
    """Return a Set-Cookie value that keeps a key for so many days, out of reach of scripts and other sites."""
    cookie: SimpleCookie = SimpleCookie()
    cookie[name] = key
    morsel = cookie[name]
    morsel["path"], morsel["max-age"], morsel["httponly"], morsel["samesite"] = "/", days * SECONDS_A_DAY, True, "Lax"
    morsel["secure"] = is_secure
    return morsel.OutputString()


async def page_cookies(scope: Scope) -> list[str]:
    """Return a page's Set-Cookie values: the browser's own key, a new one perhaps, and that of the seat it shows."""
    sent, is_secure = cookies_of(scope), scope.get("scheme") == "https"
    home = key_from(sent.get(HOME_COOKIE))
    days = None if home is None else await to_thread.run_sync(_days_kept, home)
    found = [cookie_header(HOME_COOKIE, home or new_key(), max(days or 0, DAYS_KEPT), is_secure=is_secure)]
    named = QueryParams(scope.get("query_string", b"")).get(ME)
    key = key_from(sent.get(cookie_of(named))) if named else None
    kept = None if key is None else await to_thread.run_sync(_days_kept, key)
    if key is not None and kept is not None:
        found.append(cookie_header(cookie_of(named), key, kept, is_secure=is_secure))
    return found


def _days_kept(key: Key) -> int | None:
    """Return for how many days a key's session is kept; None where there is none, or the store is away."""
    try:
        seat = bootstrap.workspace().store.seat(hash_of(key))
    except StoreError:
        return None
    return None if seat is None else seat.rules.days_kept


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
        cookies = await page_cookies(scope) if is_page(scope) else []

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", page_policy())
                for cookie in cookies:
                    headers.append("Set-Cookie", cookie)
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await (refusal(scope) or self.app)(scope, receive, complete)
