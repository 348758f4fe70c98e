"""Streamlit's scripts and styles, compressed: Streamlit leaves that to a proxy, and not everybody has one.

Laws: a process compresses each file once; the rest of a response is Streamlit's own, such as whether a file has changed
and how long a browser may cache it; a range of a file is one of the plain file.
"""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zt_planner.ui.seams import scripts


@cache
def compressed(file: Path) -> bytes:
    """Return a file's compressed content: 7 MB in memory if every file is asked for, 0.8 MB after a first visit."""
    return gzip.compress(file.read_bytes(), mtime=0)


def takes_gzip(sent: Headers) -> bool:
    """Tell whether a request accepts gzip; a weight of zero means that it does not."""
    offers = sent.get("accept-encoding", "").lower().replace(" ", "").split(",")
    weights = dict(offer.partition(";q=")[::2] for offer in offers)
    weight = weights.get("gzip", weights.get("*", "0"))
    return not weight or bool(weight.strip("0."))


class CompressedScripts:
    """Sends Streamlit's scripts and styles compressed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._scripts = scripts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer one for a script with its compressed content."""
        script = self._scripts.get(scope["path"]) if scope["type"] == "http" else None
        if script is None or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        start: Message = {}

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
            await send(message)

        async def keep_start(message: Message) -> None:
            start.update(message if message["type"] == "http.response.start" else {})

        sent = Headers(scope=scope)
        if "range" in sent or not takes_gzip(sent):
            await self.app(scope, receive, complete)
            return
        await self.app({**scope, "method": "HEAD"}, receive, keep_start)  # all but the content, which would be plain
        headers = MutableHeaders(scope=start)
        headers["ETag"] = f"W/{headers['ETag']}"  # the plain file's names its very bytes
        is_sent = start["status"] == 200  # noqa: PLR2004 - HTTP's OK
        content = await to_thread.run_sync(compressed, script) if is_sent else b""
        if content:
            headers.update({"Content-Encoding": "gzip", "Content-Length": str(len(content))})
            del headers["Accept-Ranges"]
        await complete(start)
        await send({"type": "http.response.body", "body": content if scope["method"] == "GET" else b""})
