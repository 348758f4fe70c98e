"""What we add to the HTML of a page: our styles, before anything is drawn, and where the server is.

Otherwise the styles would come with the first run, and what is drawn by then would move; and on a page other than the
first the browser would first try addresses below the page's own, which its console shows as errors. An unknown page is
redirected to the first one, which says so: Streamlit would show it without a word. The tab's icon is ours from the
beginning; for a page that named one Streamlit would import Pillow.
"""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zt_planner.server.http.headers import is_page
from zt_planner.ui.addresses import ALL_PAGES, UNKNOWN
from zt_planner.ui.seams import ICON_ADDRESS, STYLES, page_script

ICON = Path(__file__).with_name("icon.png")
END = b"</head>"


async def icon(_request: Request) -> FileResponse:
    """Answer with the tab's icon."""
    return FileResponse(ICON)


ROUTES = (Route(ICON_ADDRESS, icon),)


@lru_cache
def additions() -> bytes:
    """Return what is inserted before the end of the head."""
    styles = STYLES.read_text("utf-8")
    return f"<script>{page_script()}</script><style>{styles}</style>".encode()


def elsewhere(scope: Scope) -> RedirectResponse | None:
    """Return a redirect to the first page for an address without a page or without a slash; None for all others.

    Which page is the first one is only known to the script: Plan and This week have addresses of their own, too.
    """
    path = scope["path"].strip("/")
    if scope["path"] and path in {"", *ALL_PAGES}:
        return None
    query = scope.get("query_string", b"").decode("latin-1")
    asked = "" if not path else f"{UNKNOWN}=page"
    return RedirectResponse(f"/?{'&'.join(filter(None, (query, asked)))}", status_code=303)


class PageStyles:
    """Writes our styles into pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer one for a page with the page, completed, or with the way to the first one."""
        if scope["type"] != "http" or not is_page(scope):
            await self.app(scope, receive, send)
        else:
            await (elsewhere(scope) or self.complete_page)(scope, receive, send)

    async def complete_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and complete the page that answers it."""
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: Message | None = None
        body = b""

        async def complete(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            is_html = start is not None and Headers(scope=start).get("content-type", "").startswith("text/html")
            if start is None or not is_html or start["status"] != HTTPStatus.OK:
                await _pass(message)
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                body = body.replace(END, additions() + END, 1)
                MutableHeaders(scope=start)["Content-Length"] = str(len(body))
                await send(start)
                await send({"type": "http.response.body", "body": body})

        async def _pass(message: Message) -> None:
            nonlocal start
            if start is not None:
                await send(start)
                start = None
            await send(message)

        await self.app({**scope, "headers": plain}, receive, complete)
