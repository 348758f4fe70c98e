"""The event stream of an open page: server-sent events at `/live`, one stream for each page.

Each message is complete (the latest revision, the rights of its participant, who is here), so that a page that was away
catches up with the first one. It names the process, too: a page that is connected to another process than before is
drawn again. Laws: a message holds nothing of the plan; what a participant may see is decided when the page is drawn;
an unavailable store is retried until it is back.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from zt_planner import bootstrap
from zt_planner.domain.session import ParticipantId, Seat
from zt_planner.engine.scheduling.edited_model import base_model, edited_model
from zt_planner.errors import StoreError
from zt_planner.language import Language, language_for
from zt_planner.server.http.headers import cookies_of
from zt_planner.server.live.hub import Hub, Page, Room
from zt_planner.store.changes import KeyHash
from zt_planner.topics.inputs.fields import field_label
from zt_planner.topics.record.session import people_names, visibility_of
from zt_planner.topics.task_words import task_names
from zt_planner.ui.addresses import LIVE
from zt_planner.ui.sign_in import account_in
from zt_planner.workspace.keys import ME, hash_of

SECONDS_BETWEEN_BEATS = 15
"""A heartbeat: neither a proxy nor the page takes the stream for dead, and a dead page is noticed."""
SECONDS_UNTIL_TRIED_AGAIN = 2
"""While the store is unavailable."""


async def live(request: Request) -> Response:
    """Stream updates to a participant's page as long as it is open."""
    cookies, workspace = cookies_of(request.scope), bootstrap.workspace()
    me = ParticipantId(request.query_params.get(ME, "")) or None
    key = await to_thread.run_sync(workspace.accounts.key, cookies, account_in(cookies), me)
    try:
        seat = None if key is None else await to_thread.run_sync(workspace.store.seats.by_key, hash_of(key))
    except StoreError:
        return PlainTextResponse("The plan store is not available", 503)
    if key is None or seat is None:
        return PlainTextResponse("No seat in this session", 403)
    hub = hubs[-1]
    if not hub.has_room_for(seat.participant):
        return PlainTextResponse("Too many pages of this session are open. Close one and reload this page", 503)
    language = language_for(request.query_params.get("language", "en"))
    return StreamingResponse(
        messages(hub, seat, hash_of(key), language),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def messages(hub: Hub, seat: Seat, key: KeyHash, language: Language) -> AsyncGenerator[str, None]:
    """Yield a message at once and after each update, and heartbeats while idle; end with the seat."""
    is_away = False
    if not hub.has_room_for(seat.participant):
        return  # many were admitted at the same moment
    async with hub.page(seat, key) as page:
        while not hub.is_closing:
            try:
                waiting = SECONDS_UNTIL_TRIED_AGAIN if is_away else SECONDS_BETWEEN_BEATS
                async with asyncio.timeout(waiting):
                    await page.news.wait()
            except TimeoutError:
                if not is_away:
                    yield "event: beat\ndata: 1\n\n"
                    continue
            page.news.clear()
            if hub.is_closing:
                return
            news = await message(hub, page, language)
            is_away = "trouble" in news
            yield f"data: {json.dumps(news, ensure_ascii=False)}\n\n"
            if news["ended"]:
                return


async def message(hub: Hub, page: Page, language: Language) -> dict[str, Any]:
    """Return what a page is told now; while the store is unavailable, that there is trouble."""
    try:
        seat = await hub.seat(page)
        if seat is None:
            return {"ended": True}
        room = await hub.room(seat)
    except StoreError:
        return {"ended": False, "trouble": True}
    seen = room.seen(visibility_of(seat))
    return {
        "ended": False,
        "process": hub.process,
        "number": seen.number,
        "origin": seen.origin,
        "stamp": seat.stamp,
        "people": present_people(room, seat, language),
    }


def present_people(room: Room, seat: Seat, language: Language) -> list[dict[str, Any]]:
    """Return who is here: name, colour, what they touched last."""
    shown, names = [], people_names(room.people, language)
    touched = room.seen(visibility_of(seat)).touched
    own = room.scenario.tasks
    tasks = task_names(edited_model(base_model(bootstrap.phase_model(), own), own))
    for person in room.people:
        if person.id in room.here and person.has_seat:
            path = touched.get(person.id, "")
            shown.append(
                {
                    "id": person.id,
                    "name": names[person.id],
                    "colour": person.colour,
                    "is_me": person.id == seat.participant.id,
                    "touched": language.write(field_label(path, tasks=tasks)) if path else "",
                }
            )
    return shown


ROUTES = (Route(LIVE, live),)
hubs: list[Hub] = []
"""The hub of this process, from its start to its end (Streamlit hands a lifespan's state to no request)."""
