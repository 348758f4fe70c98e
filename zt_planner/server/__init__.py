"""The ASGI application around the dashboard: routes, middleware, and what runs for as long as it does.

Decides what every response carries and who is told of what; the dashboard
decides what is shown.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.middleware import Middleware

from zt_planner import bootstrap
from zt_planner.errors import StoreError
from zt_planner.server import files, join, probes
from zt_planner.server.background import before_stop, keep_running
from zt_planner.server.cookies_page import TooManyCookies
from zt_planner.server.http import page
from zt_planner.server.http.base_path import BasePath
from zt_planner.server.http.compressed import CompressedScripts
from zt_planner.server.http.frames import PageMessages, refuse_forged_values
from zt_planner.server.http.headers import ResponseHeaders
from zt_planner.server.http.logs import set_up_logs
from zt_planner.server.http.page import PageStyles
from zt_planner.server.http.request_log import RequestLog
from zt_planner.server.http.uploads import Uploads
from zt_planner.server.live import stream
from zt_planner.server.live.hub import Hub
from zt_planner.server.sign_in_page import SignInTroubles
from zt_planner.settings import settings
from zt_planner.ui import seams
from zt_planner.workspace.keys import new_key

if TYPE_CHECKING:
    from zt_planner.store.session_store import SessionStore

DASHBOARD = Path(__file__).resolve().parents[1] / "ui" / "script" / "dashboard.py"

SECONDS_A_DAY = 86_400
SECONDS_BETWEEN_TIDIES = 60
SWITCH_SECONDS = 0.0005
"""How long a page may compute before the thread that sends gets its turn (ADR 0012); Python's own value is 5 ms."""


def warm_up() -> None:
    """Load and compute what the first visitor would wait for, in the order in which a page asks for it.

    A page that comes meanwhile waits for what is being computed, rather than computing it as well.
    """
    import_module("zt_planner.ui.app.dashboard")  # half a second, here off the visitor's path
    import_module("zt_planner.ui.pages.plan")
    workspace = bootstrap.workspace()
    workspace.plans.simulation(workspace.example(new_key()).scenario)  # and the plan that it draws
    gc.freeze()  # permanent objects need not be scanned (ADR 0012)
    sys.setswitchinterval(SWITCH_SECONDS)  # not before: threads that give way often start more slowly


async def forget_expired(store: SessionStore) -> None:
    """Remove expired sessions: at the start, and once a day."""
    while True:
        with contextlib.suppress(StoreError):  # tomorrow, then
            await to_thread.run_sync(store.sessions.delete_expired, datetime.now(UTC))
        await asyncio.sleep(SECONDS_A_DAY)


async def tidy_up() -> None:
    """Delete the files that were offered long enough, and free what making them has left: once a minute."""
    while True:
        await to_thread.run_sync(bootstrap.downloads().tidy)
        await to_thread.run_sync(give_memory_back)
        await asyncio.sleep(SECONDS_BETWEEN_TIDIES)


def give_memory_back() -> None:
    """Free what typst remembers, and return to the system what is free: glibc keeps 100 MB after some sixty files."""
    typesetting = sys.modules.get("zt_planner.media.typst.typesetting")  # which is loaded where something is set
    if typesetting is not None:
        typesetting.forget_layouts()
    with contextlib.suppress(AttributeError, OSError, TypeError):  # other systems have no such function
        ctypes.CDLL(None).malloc_trim(0)


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Warm up in the background: the server answers at once, even while a page is computed."""
    set_up_logs()
    seams.skip_use_warning()
    refuse_forged_values()
    seams.read_long_heads()
    join.questions.most = settings().link_requests_a_minute
    seams.install_deferred_downloads()
    store = bootstrap.workspace().store
    Thread(target=warm_up, name="warm-up", daemon=True).start()  # not before: two threads could make a workspace each
    hub = Hub(store, bootstrap.workspace().cache)
    stream.hubs.append(hub)
    before_stop(hub.close)
    tasks = (
        asyncio.create_task(keep_running(hub.announce, "telling the other processes who is here")),
        asyncio.create_task(keep_running(partial(forget_expired, store), "removing sessions that nobody uses")),
        asyncio.create_task(keep_running(tidy_up, "deleting files that were offered")),
    )
    try:
        yield
    finally:
        stream.hubs.remove(hub)
        bootstrap.workspace().jobs.cancel_all()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


ROUTES = (*page.ROUTES, *probes.ROUTES, *join.ROUTES, *stream.ROUTES, *files.ROUTES)
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
