"""What every response carries: strict headers, and on pages the one cookie that keeps a browser's plan and its seats.

Laws: every browser has a key that no script can read; a key that a browser has sent is never replaced; two first tabs
at once get the same plan (ADR 0044); from each visit on, the cookie lasts as long as any session in which its browser
has a seat; no response may be framed by another site; no address of ours is told to others (`Referrer-Policy`).
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from http.cookies import SimpleCookie

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zt_planner import bootstrap
from zt_planner.errors import StoreError
from zt_planner.server.http.admission import PROBES, refusal
from zt_planner.server.http.policy import page_policy
from zt_planner.settings import settings
from zt_planner.ui.addresses import FILES, JOIN, LIVE
from zt_planner.ui.seams import FIRST_CONTACT, LOGIN
from zt_planner.workspace.keys import GIVEN_COOKIE, GIVEN_NAME, HOME_COOKIE, Browser, Key, browser_in, new_key

SECONDS_A_DAY = 24 * 3600

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OTHER_ROUTES = (JOIN, FILES, LIVE, *PROBES, *LOGIN)


def cookies_of(scope: Scope) -> dict[str, str]:
    """Return the cookies of a request in its order, parsed as Streamlit parses them."""
    return HTTPConnection(scope).cookies


def cookie_header(name: str, key: Key | str, days: int, *, is_secure: bool) -> str:
    """Return a Set-Cookie value for a key, out of reach of scripts and other sites."""
    cookie: SimpleCookie = SimpleCookie()
    cookie[name] = key
    morsel = cookie[name]
    morsel["path"], morsel["max-age"], morsel["httponly"], morsel["samesite"] = "/", days * SECONDS_A_DAY, True, "Lax"
    morsel["secure"] = is_secure
    return morsel.OutputString()


async def page_cookies(scope: Scope) -> list[str]:
    """Return a page's Set-Cookie values: the browser's own key, a new one if it has sent none."""
    browser = browser_in(cookies_of(scope))
    if browser is not None:
        return await cookies_keeping(browser, scope)
    name = GIVEN_COOKIE + secrets.token_hex(4)
    return [cookie_header(name, new_key(), settings().days_kept, is_secure=scope.get("scheme") == "https")]


async def cookies_keeping(browser: Browser, scope: Scope) -> list[str]:
    """Return the Set-Cookie values that keep a browser's own key and delete any other."""
    is_secure = scope.get("scheme") == "https"
    days = await to_thread.run_sync(_days_kept, browser)
    kept = cookie_header(HOME_COOKIE, browser.root, days, is_secure=is_secure)
    given = filter(GIVEN_NAME.fullmatch, cookies_of(scope))
    return [kept, *(cookie_header(name, "", 0, is_secure=is_secure) for name in given)]


async def cookies_for(scope: Scope) -> list[str]:
    """Return the cookies of a response: on pages, and where a page is about to open its WebSocket."""
    if is_page(scope):
        return await page_cookies(scope)
    sent = cookies_of(scope) if scope["path"] == FIRST_CONTACT else {}
    browser = browser_in(sent) if any(map(GIVEN_NAME.fullmatch, sent)) else None
    return [] if browser is None else await cookies_keeping(browser, scope)


def _days_kept(browser: Browser) -> int:
    """Return how long a browser's key is kept: as long as any of its sessions, and as a new one would be."""
    days = 0
    with suppress(StoreError):
        days = bootstrap.workspace().store.held_seats.days_kept(browser.id)
    return max(days, settings().days_kept)


def is_page(scope: Scope) -> bool:
    """Tell whether a request asks for a page: not for a file, an internal address, or one of our other routes."""
    path = scope["path"]
    return (
        scope["method"] == "GET" and not path.startswith(("/_", *OTHER_ROUTES)) and "." not in path.rsplit("/", 1)[-1]
    )


def keep_behind_tls(headers: MutableHeaders) -> None:
    """Mark all cookies as secure, those of signing in too, which Streamlit does not."""
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")


class ResponseHeaders:
    """Adds the browser's own key to pages, and the strict headers to everything, refusals too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = refusal(scope)
        cookies = [] if refused else await cookies_for(scope)

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", page_policy())
                if scope.get("scheme") == "https":
                    keep_behind_tls(headers)
                for cookie in cookies:
                    headers.append("Set-Cookie", cookie)
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await (refused or self.app)(scope, receive, complete)
