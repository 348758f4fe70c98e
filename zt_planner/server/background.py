"""What runs for as long as the server does: the warm-up, and tasks that are restarted if they end.

Laws: no background task stops silently: a bug is logged with its traceback, and the task is retried; a stop signal is
obeyed, whatever the streams wait for.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import logging
import signal
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from importlib import import_module
from threading import current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING

from anyio import to_thread

from zt_planner import bootstrap
from zt_planner.engine.plan import Plan
from zt_planner.errors import StoreError
from zt_planner.workspace.keys import new_key

if TYPE_CHECKING:
    from zt_planner.store.session_store import SessionStore

SECONDS_A_DAY = 86_400
SECONDS_BETWEEN_TIDIES = 60
SECONDS_UNTIL_TRIED_AGAIN = 5.0
SWITCH_SECONDS = 0.0005
"""How long a page may compute before the thread that sends gets its turn (ADR 0012); Python's own value is 5 ms."""

_log = logging.getLogger(__name__)


def warm_up() -> None:
    """Load and compute what the first visitor would wait for, in the order in which a page needs it.

    A page that is opened meanwhile waits for the result, rather than computing it as well.
    """
    import_module("zt_planner.ui.app.dashboard")  # half a second, here off the visitor's path
    import_module("zt_planner.ui.pages.plan")
    workspace = bootstrap.workspace()
    plan = workspace.plan(workspace.example(new_key()))
    if isinstance(plan, Plan):
        workspace.plans.simulation(plan)
    gc.freeze()  # permanent objects need not be scanned (ADR 0012)
    sys.setswitchinterval(SWITCH_SECONDS)  # not before: threads that give way often start more slowly


async def forget_expired(store: SessionStore) -> None:
    """Remove expired sessions: at the start, and once a day."""
    while True:
        with contextlib.suppress(StoreError):  # tomorrow, then
            await to_thread.run_sync(store.sessions.delete_expired, datetime.now(UTC))
        await asyncio.sleep(SECONDS_A_DAY)


async def tidy_up(store: SessionStore) -> None:
    """Once a minute, delete old offered files and used-up counts, and free the memory that making files has taken."""
    while True:
        await to_thread.run_sync(bootstrap.downloads().tidy)
        await to_thread.run_sync(give_memory_back)
        with contextlib.suppress(StoreError):  # in a minute, then
            await to_thread.run_sync(store.buckets.forget_full)
        await asyncio.sleep(SECONDS_BETWEEN_TIDIES)


def give_memory_back() -> None:
    """Free typst's caches, and return free memory to the system: glibc keeps 100 MB after some sixty files."""
    typesetting = sys.modules.get("zt_planner.media.typst.typesetting")  # which is loaded where something is set
    if typesetting is not None:
        typesetting.forget_layouts()
    with contextlib.suppress(AttributeError, OSError, TypeError):  # other systems have no such function
        ctypes.CDLL(None).malloc_trim(0)


async def keep_running(work: Callable[[], Coroutine[None, None, None]], name: str) -> None:
    """Run an endless task; if it ends, log the reason and restart it."""
    while True:
        (fault,) = await asyncio.gather(work(), return_exceptions=True)
        _log.error("%s has ended; it is started again", name, exc_info=fault)
        await asyncio.sleep(SECONDS_UNTIL_TRIED_AGAIN)


def before_stop(close: Callable[[], None]) -> None:
    """Call `close` on a stop signal, then run the previous handler."""
    if current_thread() is not main_thread():
        return  # signals are the main thread's; a server in another thread is stopped by whoever started it
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)
        if before is None or before is signal.SIG_IGN:
            continue  # set outside Python, or ignored

        def stop(number: int, frame: FrameType | None, before: object = before) -> None:
            close()
            if callable(before):
                before(number, frame)
                return
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

        signal.signal(number, stop)
