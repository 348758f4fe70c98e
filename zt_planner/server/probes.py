"""`/health`, `/ready` and `/metrics`, for containers, proxies and monitors.

Laws: `/health` needs nothing but the process; `/ready` answers in a few seconds, whatever the database does; metrics
need the token.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from hmac import compare_digest
from math import nan

from anyio import to_thread
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from zt_planner import __version__, bootstrap
from zt_planner.domain.session import Role
from zt_planner.errors import StoreError
from zt_planner.metrics import (
    CALCULATIONS,
    OPEN_PAGES,
    PARTICIPANTS,
    QUEUE,
    SESSIONS,
    STORE_UP,
    WORKER_PLACES,
)
from zt_planner.server.live import stream
from zt_planner.settings import settings
from zt_planner.store.calculations import QueueCounts
from zt_planner.ui.addresses import HEALTH, METRICS, READY

SECONDS_TO_ANSWER = 5
STOPPING, SILENT = "the process is stopping", "the database does not answer"
FAILS, OTHER = "the database cannot be used; the log says why", "the database belongs to another version"


async def health(_request: Request) -> JSONResponse:
    """Answer that the process is up."""
    return JSONResponse({"status": "ok", "version": __version__})


async def ready(_request: Request) -> JSONResponse:
    """Answer whether pages can be opened here."""
    reason = await reason_against()
    if reason:
        return JSONResponse({"status": "unavailable", "reason": reason}, 503)
    return JSONResponse({"status": "ready", "version": __version__})


async def reason_against() -> str:
    """Return why no pages can be opened here; "" where they can."""
    if any(hub.is_closing for hub in stream.hubs):
        return STOPPING
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            database = bootstrap.workspace().store.database
            is_ours = await to_thread.run_sync(database.is_of_this_version, abandon_on_cancel=True)
    except TimeoutError:
        return SILENT
    except StoreError:
        return FAILS
    return "" if is_ours else OTHER


async def metrics(request: Request) -> Response:
    """Show the metrics to whoever has the token; without it, there is nothing here."""
    token = settings().metrics_token
    sent = request.headers.get("authorization", "").encode()
    if token is None or not compare_digest(sent, f"Bearer {token.get_secret_value()}".encode()):
        return PlainTextResponse("Not found", 404)
    await measure()
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


async def measure() -> None:
    """Set the gauges: what is not counted as it happens."""
    workspace = bootstrap.workspace()
    STORE_UP.set(not await reason_against())
    counts: tuple[float, float] = (nan, nan)
    with suppress(StoreError):
        counts = await to_thread.run_sync(workspace.store.sessions.counts)
    for gauge, number in zip((SESSIONS, PARTICIPANTS), counts, strict=True):
        gauge.set(number)
    for role in Role:
        OPEN_PAGES.labels(role).set(sum(hub.open_pages(role) for hub in stream.hubs))
    for stage, number in workspace.jobs.counts().items():
        CALCULATIONS.labels(stage).set(number)
    await measure_queue()


async def measure_queue() -> None:
    """Set the gauges of the workers' queue; without a key for workers they are not a number."""
    counts, places = QueueCounts(nan, nan, nan), nan
    queue = bootstrap.queue_of(bootstrap.workspace().store)
    if queue is not None:
        calculations, _ = queue
        with suppress(StoreError):
            counts = await to_thread.run_sync(calculations.counts)
            places = await to_thread.run_sync(calculations.places)
    for stage, number in counts._asdict().items():
        QUEUE.labels(stage).set(number)
    WORKER_PLACES.set(places)


ROUTES = (Route(HEALTH, health), Route(READY, ready), Route(METRICS, metrics))
