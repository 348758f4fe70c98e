"""How sure a plan is, asked by the first screen at `/outlook` and answered once it is drawn.

The page is not drawn anew for it: it writes the bands itself (`ui/outlook.js`).
Laws: the answer is about the plan that was asked about, by its version, or
empty; who may not see day rates is told of a plan without them.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.responses import JSONResponse
from starlette.routing import Route

from zt_planner import bootstrap
from zt_planner.errors import PlannerError
from zt_planner.language import language_for
from zt_planner.reports.outlook import Sureness, sureness_of
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
        version, language = asked.get("version", ""), asked.get("language", "en")
        found = await to_thread.run_sync(sureness_for, key, version, language)
    return JSONResponse({} if found is None else asdict(found), headers={"Cache-Control": "no-store"})


def sureness_for(key: Key, version: str, language: str) -> Sureness | None:
    """Return how sure somebody's plan of a version is; None where it is another one by now, or the store is away."""
    workspace = bootstrap.workspace()
    try:
        state = workspace.open(key)
    except PlannerError:
        return None
    if state.trouble is not None or state.scenario.version != version:
        return None
    found = workspace.plans.outlook(state.scenario, shows_labour=state.sees_labour)
    plan = workspace.plan(state)
    return None if found is None else sureness_of(plan, found, language_for(language))


ROUTES = (Route("/outlook", outlook),)
