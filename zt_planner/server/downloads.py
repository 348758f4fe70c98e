"""Files that a page has offered: `/files/<id>` gives one to whoever has its id, which is as long as a seat's key.

Laws: nobody gets a file after its seat has ended, or has come to see less; no file is shown in a browser or kept by it,
and its id is in no log of ours and in no referrer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from zt_planner import bootstrap
from zt_planner.errors import StoreError, msgid
from zt_planner.language import language_for
from zt_planner.server.http.policy import CLOSED_POLICY
from zt_planner.ui.addresses import FILES

if TYPE_CHECKING:
    from zt_planner.workspace.downloads import OfferedFile

GONE = msgid("This file is no longer on the server. Go back to its page and download it again.")
PORTION = 65_536
HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": CLOSED_POLICY}


async def save(request: Request) -> Response:
    """Send an offered file as a download."""
    offered = await to_thread.run_sync(opened, request.path_params["name"])
    if offered is None:
        language = language_for(request.headers.get("accept-language", "en"))
        return PlainTextResponse(language.say(GONE), 404, HEADERS)
    file, content = offered
    disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    headers = {**HEADERS, "Content-Disposition": disposition}
    return StreamingResponse(portions(content), headers=headers, media_type=file.media_type)


def opened(name: str) -> tuple[OfferedFile, BinaryIO] | None:
    """Return an offered file and its content; None if it is gone, or its owner may not have it any more."""
    offered = bootstrap.downloads().open(name)
    if offered is None:
        return None
    file, content = offered
    try:
        is_allowed = file.is_for(bootstrap.workspace().store.seats.by_key(file.key))
    except StoreError:
        is_allowed = True  # people save what they have while the store is away; the file was theirs when it was made
    if not is_allowed:
        content.close()
    return offered if is_allowed else None


def portions(content: BinaryIO) -> Iterator[bytes]:
    """Yield a file piece by piece, so that a slow connection keeps none of it in memory."""
    with content:
        while portion := content.read(PORTION):
            yield portion


ROUTES = (Route(f"{FILES}{{name}}", save),)
