"""Limits on uploads: how much a process keeps for a page, for an address and in total, and for how long.

Streamlit keeps an upload in memory until its page's session is forgotten, and takes any number of them. Laws: an upload
needs an open page, whose name only it knows, and a declared size; a page keeps its last few files; the bytes of an
address, and of all together, are limited, uploads in progress included; the files of a closed page are removed when it
can no longer reconnect.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from zt_planner.catalog.csv.tables import LARGE_UPLOAD_MEGABYTES
from zt_planner.settings import settings
from zt_planner.ui import seams
from zt_planner.workspace.limits import SCAN_FILES_AT_ONCE, counted_as

MOST_FILES_OF_A_PAGE = SCAN_FILES_AT_ONCE + 2
"""Scans, the scenario that the menu loads, and another one in its place: the first goes when the second has come."""
MEGABYTE = 1024 * 1024
MOST_BYTES_OF_AN_ADDRESS = SCAN_FILES_AT_ONCE * LARGE_UPLOAD_MEGABYTES * MEGABYTE
"""All that the page of scans offers to take at once."""
SECONDS_AFTER_CLOSE = 60
"""For a connection that was lost; Streamlit itself keeps the rest of a session for two minutes."""


class Uploads:
    """Limits uploads, and removes those of closed pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._addresses: dict[str, str] = {}
        self._coming: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on; an upload only where there is room."""
        is_upload = scope["type"] == "http" and scope["method"] == "PUT" and scope["path"].startswith(seams.UPLOAD)
        if not is_upload and scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        refused = self._refusal(scope) if is_upload else None
        if refused is not None:
            await refused(scope, receive, send)
            return
        size = (is_upload and declared_length(scope)) or 0
        address = address_of(scope)
        self._coming[address] += size
        try:
            await self.app(scope, receive, send)
        finally:
            self._coming[address] -= size
            if not self._coming[address]:
                del self._coming[address]
            self._tidy()

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        """Return why an upload is refused; None when there is room for it."""
        page = str(scope["path"]).removeprefix(seams.UPLOAD).partition("/")[0]
        address, size = address_of(scope), declared_length(scope)
        if size is None:
            return PlainTextResponse("Send a Content-Length header", 411)
        if not seams.is_open(page):
            return PlainTextResponse("Reload the page, then upload the file again", 403)
        held = {name: sum(len(file.data) for file in files.values()) for name, files in seams.uploads().items()}
        own = self._coming[address] + sum(held[name] for name in held if self._addresses.get(name) == address)
        together = self._coming.total() + sum(held.values())
        if own + size > MOST_BYTES_OF_AN_ADDRESS or together + size > settings().upload_megabytes * MEGABYTE:
            return PlainTextResponse("Too many uploads at the moment. Try again in a minute", 429)
        self._addresses[page] = address
        return None

    def _tidy(self) -> None:
        """Evict older files for newer ones, and schedule the removal of those of closed pages."""
        for page, files in seams.uploads().items():
            for older in tuple(files)[:-MOST_FILES_OF_A_PAGE]:
                seams.remove_upload(page, older)
        closed = closed_among(self._addresses)
        if closed:
            asyncio.get_running_loop().call_later(SECONDS_AFTER_CLOSE, self._forget, closed)

    def _forget(self, pages: Iterable[str]) -> None:
        """End the sessions of pages that were not opened again; a later visit begins a new one."""
        for page in closed_among(pages):
            seams.end_page(page)
            self._addresses.pop(page, None)


def closed_among(pages: Iterable[str]) -> list[str]:
    """Return those of these pages that are not open."""
    return [page for page in pages if not seams.is_open(page)]


def address_of(scope: Scope) -> str:
    """Return the address that a request is counted for."""
    return counted_as(scope["client"][0]) if scope.get("client") else ""


def declared_length(scope: Scope) -> int | None:
    """Return the declared length of a body; None when there is none."""
    length = Headers(scope=scope).get("content-length")
    return None if length is None else int(length)
