"""Which requests are accepted: from our own pages, to routes that our pages use, with bodies of known size.

Laws: no page of another origin, including another port of the same machine, changes
or reads anything here: all it can do is to lead somebody to a page of ours; of
Streamlit's own routes those are open that a page needs; no body is read that is
larger than a scenario's file may be; where the settings name our hosts, we answer for
no other.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from zt_planner.settings import settings, variable
from zt_planner.ui.addresses import HEALTH, METRICS, READY
from zt_planner.ui.seams import CORE, LOGIN, NEEDED

OWN_SITES = ("same-origin", "none")
"""The Sec-Fetch-Site of our own pages, and of a typed address."""
TLS = ("https", "wss")
SIGNING = LOGIN[0]
"""Signing in and out is a change, though a browser only asks for an address; the provider leads to another one."""
PROBES = (HEALTH, READY, METRICS)
"""Of a proxy, a container and a monitor, which may know this server by any name."""
MOST_BODY_BYTES = 11 * 1024 * 1024
"""The largest upload that the settings allow is 10 MB; a form adds a little."""


def refusal(scope: Scope) -> Response | None:
    """Return why an HTTP request is refused, as a response; None for all others."""
    sent = Headers(scope=scope)
    if scope["path"] not in PROBES and not is_for_us(sent):
        return PlainTextResponse(f"This host is not in {variable('allowed_hosts')}", 421)
    if is_closed(scope["path"]):
        return PlainTextResponse("Not found", 404)
    if not is_of_own_page(scope, sent) and not is_visit(scope, sent):
        return PlainTextResponse("The request came from a page of another site", 403)
    if "transfer-encoding" in sent:
        return PlainTextResponse("Send a Content-Length header", 411)
    length = sent.get("content-length", "0")
    if not length.isdecimal() or int(length) > MOST_BODY_BYTES:
        return PlainTextResponse("The request body is too large", 413)
    return None


def is_closed(path: str) -> bool:
    """Tell whether a path is one of Streamlit's own routes that our pages do not need."""
    _, mark, rest = path.partition(CORE)
    is_login = path.startswith(LOGIN) and not settings().signs_in
    return is_login or (bool(mark) and not rest.startswith(NEEDED))


def is_for_us(sent: Headers) -> bool:
    """Tell whether a request names a host that we answer for: any, unless the settings name some."""
    allowed = settings().allowed_hosts
    name = re.sub(r":\d+$", "", sent.get("host", "").lower()).rstrip(".")
    return not allowed or any(name == host or (host[:2] == "*." and name.endswith(host[1:])) for host in allowed)


def is_of_own_page(scope: Scope, sent: Headers) -> bool:
    """Tell whether a request comes from a page of this server, or from no browser: those name the page's origin.

    For a picture, a script or a frame a browser names no origin, but says whether it is the same one. Where the server
    knows of no TLS, a proxy in front of it may, and not tell.
    """
    if sent.get("sec-fetch-site", "same-origin") not in OWN_SITES:
        return False
    origin = sent.get("origin")
    if origin is None:
        return True
    scheme, _, host = origin.lower().partition("://")
    own = ("https",) if scope.get("scheme") in TLS else ("http", "https")
    return scheme in own and host == sent.get("host", "").lower()


def is_visit(scope: Scope, sent: Headers) -> bool:
    """Tell whether somebody follows a link from another page to ours, in a tab and not in a frame."""
    is_reading = scope["method"] == "GET" and not scope["path"].startswith(SIGNING)
    return is_reading and sent.get("sec-fetch-dest") == "document" and "origin" not in sent
