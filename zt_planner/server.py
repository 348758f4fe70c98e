"""The ASGI application around the dashboard: its routes and middleware.

Decides what every response carries; the dashboard decides what is shown. Laws:
every browser has a session cookie that no script can read; no response may be
framed by another site.
"""

from __future__ import annotations

import secrets
import sys
from contextlib import asynccontextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route

from zt_planner import __version__
from zt_planner.bootstrap import SESSION_COOKIE, SESSION_FORM, phase_model, price_book, today
from zt_planner.domain.scenario import Scenario
from zt_planner.engine.planner import build_plan
from zt_planner.language import language_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

DASHBOARD = Path(__file__).resolve().parent / "ui" / "script" / "dashboard.py"
COOKIE_SECONDS = 90 * 24 * 3600
SESSION_BYTES = 24
"""192 bits: nobody guesses another browser's session."""

SWITCH_SECONDS = 0.0005
"""How long a page may compute before the thread that sends gets its turn (ADR 0012); Python's own value is 5 ms."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
}


def session_of(scope: Scope) -> str:
    """Return the session that a request carries, a new one where it carries none."""
    sent: SimpleCookie = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            sent.load(value.decode("latin-1"))
    found = sent.get(SESSION_COOKIE)
    is_ours = found is not None and SESSION_FORM.fullmatch(found.value) is not None
    return found.value if found is not None and is_ours else secrets.token_urlsafe(SESSION_BYTES)


def set_cookie(scope: Scope) -> str:
    """Return a Set-Cookie value that keeps a request's session for its full time again."""
    cookie: SimpleCookie = SimpleCookie()
    cookie[SESSION_COOKIE] = session_of(scope)
    morsel = cookie[SESSION_COOKIE]
    morsel["path"], morsel["max-age"], morsel["httponly"], morsel["samesite"] = "/", COOKIE_SECONDS, True, "Lax"
    morsel["secure"] = scope.get("scheme") == "https"
    return cookie[SESSION_COOKIE].OutputString()


def is_page(scope: Scope) -> bool:
    """Tell whether a request asks for a page: internal addresses and files have a dot or an underscore in front."""
    path = scope["path"]
    return scope["method"] == "GET" and not path.startswith("/_") and "." not in path.rsplit("/", 1)[-1]


class ResponseHeaders:
    """Adds the session cookie to pages, and the strict headers to everything."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap another ASGI application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cookie = set_cookie(scope) if is_page(scope) else None

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if cookie is not None:
                    headers.append("Set-Cookie", cookie)
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, complete)


async def health(_request: Request) -> JSONResponse:
    """Answer that the process is up, for a proxy's or container's check."""
    return JSONResponse({"status": "ok", "version": __version__})


def warm_up() -> None:
    """Load what the first visitor would wait for: the data, the calendar, the solver, the chart library."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - half a second, here off the visitor's path

    from zt_planner.reports.money_chart import roadmap_and_money  # noqa: PLC0415 - as above

    del cp_model
    example = build_plan(Scenario(), price_book(), phase_model(), today=today())
    roadmap_and_money(example, language_for("en"))


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Warm up beside the start: the server answers at once, and sends while a page is computed."""
    sys.setswitchinterval(SWITCH_SECONDS)
    Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield


ROUTES = (Route("/health", health),)
MIDDLEWARE = (Middleware(ResponseHeaders),)
