"""The ASGI application around the dashboard: its routes and middleware, and its start and end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from threading import Thread

from starlette.middleware import Middleware

from zt_planner import bootstrap
from zt_planner.server import background, downloads, join, probes
from zt_planner.server.http import page
from zt_planner.server.http.base_path import BasePath
from zt_planner.server.http.compressed import CompressedScripts
from zt_planner.server.http.frames import PageMessages, refuse_forged_values
from zt_planner.server.http.headers import ResponseHeaders
from zt_planner.server.http.logs import RequestLog, set_up_logs
from zt_planner.server.http.page import PageStyles
from zt_planner.server.http.uploads import Uploads
from zt_planner.server.live import stream
from zt_planner.server.live.hub import Hub
from zt_planner.server.message_pages import SignInTroubles, TooManyCookies
from zt_planner.ui import seams

DASHBOARD = Path(__file__).resolve().parents[1] / "ui" / "script" / "dashboard.py"


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Warm up in the background: the server answers at once, even while a page is computed."""
    set_up_logs()
    seams.skip_use_warning()
    refuse_forged_values()
    seams.read_long_heads()
    seams.install_deferred_downloads()
    workspace = bootstrap.workspace()
    # Not before: two threads could make a workspace each.
    Thread(target=background.warm_up, name="warm-up", daemon=True).start()
    hub = Hub(workspace.store, workspace.cache)
    stream.hubs.append(hub)
    background.before_stop(hub.close)
    endless: dict[str, Callable[[], Coroutine[None, None, None]]] = {
        "telling the other processes who is here": hub.announce,
        "removing sessions that nobody uses": partial(background.forget_expired, workspace.store),
        "deleting files that were offered": partial(background.tidy_up, workspace.store),
    }
    tasks = [asyncio.create_task(background.keep_running(work, name)) for name, work in endless.items()]
    try:
        yield
    finally:
        stream.hubs.remove(hub)
        workspace.jobs.cancel_all()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


ROUTES = (*page.ROUTES, *probes.ROUTES, *join.ROUTES, *stream.ROUTES, *downloads.ROUTES)
MIDDLEWARE = (
    Middleware(RequestLog),
    Middleware(BasePath),
    Middleware(ResponseHeaders),
    Middleware(TooManyCookies),
    Middleware(CompressedScripts),
    Middleware(SignInTroubles),
    Middleware(PageStyles),
    Middleware(PageMessages, script=DASHBOARD),
    Middleware(Uploads),
)
