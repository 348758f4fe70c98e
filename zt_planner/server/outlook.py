"""How sure a plan is, asked by the first screen at `/outlook` and answered once it is drawn.

The page is not drawn anew for it: it writes the bands itself (`ui/outlook.js`).
Laws: the answer is about the plan as it is kept, and names the version and the
title that a page shows of it; who may not see day rates is told of a plan
without them, and nothing that a rate could be found out from.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from anyio import to_thread
from starlette.responses import JSONResponse
from starlette.routing import Route

from zt_planner import bootstrap
from zt_planner.errors import PlannerError
from zt_planner.language import language_for
from zt_planner.reports.outlook import sureness_of
from zt_planner.reports.sentence import headline_sentence
from zt_planner.server.headers import cookies_of
from zt_planner.workspace.keys import ME, cookie_of, key_from

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from zt_planner.workspace.keys import Key


async def outlook(request: Request) -> Response:
    """Answer with the bands of a plan, empty where there are none."""
    asked = request.query_params
    key = key_from(cookies_of(request.scope).get(cookie_of(asked.get(ME) or None)))
    found = None
    if key is not None:
        found = await to_thread.run_sync(sureness_for, key, asked.get("language", "en"))
    return JSONResponse(found or {}, headers={"Cache-Control": "no-store"})


def sureness_for(key: Key, code: str) -> dict[str, Any] | None:
    """Return how sure somebody's plan is, with its version and title; None where there is none or the store is away."""
    workspace = bootstrap.workspace()
    try:
        state = workspace.open(key)
    except PlannerError:
        return None
    if state.trouble is not None:
        return None
    language, plan = language_for(code), workspace.plan(state)
    outlook = workspace.plans.outlook(state.scenario, shows_labour=state.sees_labour)
    found = None if outlook is None else sureness_of(plan, outlook, language)
    if found is None:
        return None
    return {**asdict(found), "version": plan.scenario.version, "title": headline_sentence(plan, language)}


ROUTES = (Route("/outlook", outlook),)
