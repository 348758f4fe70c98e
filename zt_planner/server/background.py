"""Background tasks of the process: restarted if they end, and stopped with the process.

Laws: no background task stops silently: a bug is logged with its traceback, and the
task is retried; a stop signal is obeyed, whatever the streams wait for.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from threading import current_thread, main_thread
from types import FrameType

SECONDS_UNTIL_TRIED_AGAIN = 5.0
_log = logging.getLogger(__name__)


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
