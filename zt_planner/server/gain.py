"""What levelling would bring, asked by the first screen at `/gain` and answered once it is known.

The page is not drawn anew for it: it writes the line itself (`ui/gain.js`). Laws:
the answer is about the plan that was asked about, by its version, or empty;
who may not change a plan, or not see what it pays, is told nothing.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.responses import JSONResponse
from starlette.routing import Route

from zt_planner import bootstrap
from zt_planner.engine.levelling.proposal import Levelled
from zt_planner.errors import PlannerError
from zt_planner.language import language_for
from zt_planner.reports.levelling import gain_of
from zt_planner.server import stream
from zt_planner.server.headers import cookies_of
from zt_planner.workspace.keys import ME, cookie_of, hash_of, key_from
from zt_planner.workspace.levelling import GAIN, ask_levelling, levelling_job

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from zt_planner.workspace import State
    from zt_planner.workspace.keys import Key

SECONDS_BETWEEN_LOOKS = 0.1


async def gain(request: Request) -> Response:
    """Answer with a line, empty where there is nothing to say."""
    asked = request.query_params
    key = key_from(cookies_of(request.scope).get(cookie_of(asked.get(ME) or None)))
    found = None if key is None else await found_for(key, asked.get("version", ""))
    proposal = None if found is None else found.proposal
    line = "" if proposal is None else gain_of(proposal, language_for(asked.get("language", "en")))
    return JSONResponse({"text": line}, headers={"Cache-Control": "no-store"})


async def found_for(key: Key, version: str) -> Levelled | None:
    """Return what levelling finds for somebody's plan of a version; None where they may not ask, or ask no more."""
    workspace, owner = bootstrap.workspace(), str(hash_of(key))
    try:
        state = await to_thread.run_sync(workspace.open, key)
        if not is_asked_about(state, version):
            return None
        await to_thread.run_sync(ask_levelling, workspace, state, owner, GAIN)
        job = levelling_job(workspace, state, owner, GAIN)
        while job is not None and job.is_going and not is_closing():
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            job = levelling_job(workspace, state, owner, GAIN)
    except PlannerError:
        return None
    return job.result if job is not None and isinstance(job.result, Levelled) else None


def is_asked_about(state: State, version: str) -> bool:
    """Tell whether a state is of the version that a page shows, and not levelled already."""
    is_this = state.trouble is None and state.scenario.version == version
    return is_this and not state.scenario.levelled_starts


def is_closing() -> bool:
    """Tell whether the server stops: it waits for open connections."""
    return any(hub.is_closing for hub in stream.hubs)


ROUTES = (Route("/gain", gain),)
