"""Which requests are accepted: from our own pages, to routes that our pages use, with bodies of known size.

Laws: no page of another origin, including another port of the same machine, changes
anything here; of Streamlit's own routes those are open that a page needs; no body
is read that is larger than a scenario's file may be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response

from zt_planner.ui.seams import CORE, LOGIN, NEEDED

if TYPE_CHECKING:
    from starlette.types import Scope

READING = ("GET", "HEAD", "OPTIONS")
MOST_BODY_BYTES = 6 * 1024 * 1024
"""The largest upload that the settings allow is 5 MB; a form adds a little."""


def refusal(scope: Scope) -> Response | None:
    """Return the response to a refused HTTP request; None for all others."""
    sent = Headers(scope=scope)
    if is_closed(scope["path"]):
        return PlainTextResponse("Not found", 404)
    if scope["method"] not in READING and not is_of_own_page(sent):
        return PlainTextResponse("The request came from a page of another site", 403)
    if "transfer-encoding" in sent:
        return PlainTextResponse("Send a Content-Length header", 411)
    length = sent.get("content-length", "0")
    if not length.isdecimal() or int(length) > MOST_BODY_BYTES:
        return PlainTextResponse("The request body is too large", 413)
    return None


def is_closed(path: str) -> bool:
    """Tell whether a path is one of Streamlit's own routes that no page of ours asks for, its login among them."""
    _, mark, rest = path.partition(CORE)
    return path.startswith(LOGIN) or (bool(mark) and not rest.startswith(NEEDED))


def is_of_own_page(sent: Headers) -> bool:
    """Tell whether a request comes from a page of this server, or from no browser: those name the page's origin."""
    origin = sent.get("origin")
    return origin is None or origin.partition("://")[2].lower() == sent.get("host", "").lower()
