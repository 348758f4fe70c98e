"""What is said where a browser sends more cookies than a page's WebSocket takes: the page would come and never open."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from zt_planner.errors import msgid
from zt_planner.server.http.headers import is_page
from zt_planner.server.join import every_language, refusal_page
from zt_planner.ui.addresses import JOIN
from zt_planner.ui.seams import LONGEST_LINE

TITLE = msgid("Too many cookies at this address")
TOO_LONG = msgid(
    "Your browser sends so many cookies to this address that the page cannot connect. Most of them are probably from "
    "other programs on the same host. Delete those in your browser's settings and load this page again. Keep the "
    "cookie zt_planner_session: without it, you lose the way to your plan and your sessions in this browser."
)
ROOM = 512
"""For what is sent besides with a WebSocket, in bytes: the cookies that come with a page, and the header's name."""


class TooManyCookies:
    """Says on a page of ours that a browser sends too many cookies."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap another ASGI application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is for a page that could not connect, or for a seat that leads to one."""
        leads_to_page = scope["type"] == "http" and (is_page(scope) or scope["path"].startswith(JOIN))
        if not leads_to_page or longest_cookies(scope) + ROOM <= LONGEST_LINE:
            await self.app(scope, receive, send)
            return
        languages = every_language(Headers(scope=scope).get("accept-language", "en"))
        await refusal_page(TOO_LONG, languages, 431, TITLE)(scope, receive, send)


def longest_cookies(scope: Scope) -> int:
    """Return how long the cookies of a request are, in bytes; a WebSocket takes each line of a header by itself."""
    return max((len(value) for name, value in scope["headers"] if name == b"cookie"), default=0)
