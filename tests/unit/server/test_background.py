"""Work that goes on beside the pages: it is started again where it ends, and the process still stops when told to."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from threading import ExceptHookArgs

import pytest

from tests.unit.server.asgi import finished
from zt_planner.server import background
from zt_planner.server.background import keep_running
from zt_planner.store.news.postgres import ANYTHING, PostgresMessenger

SECONDS = 60
"""What anything may take on the slowest machine; nothing waits for it."""


def test_work_that_a_bug_ends_is_written_down_and_done_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(background, "SECONDS_UNTIL_TRIED_AGAIN", 0)

    async def test() -> None:
        goes_on, times = asyncio.Event(), 0

        async def work() -> None:
            nonlocal times
            times += 1
            if times == 1:
                raise KeyError("a bug")
            if times == 2:
                return
            goes_on.set()
            await asyncio.Event().wait()

        task = asyncio.create_task(keep_running(work, "the work"))
        await asyncio.wait_for(goes_on.wait(), SECONDS)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    finished(test())
    assert [record.getMessage() for record in caplog.records] == ["the work has ended; it is started again"] * 2
    assert "Traceback" in caplog.text
    assert "KeyError: 'a bug'" in caplog.text


def test_work_ends_with_the_process() -> None:
    async def test() -> None:
        goes_on, ended = asyncio.Event(), asyncio.Event()

        async def work() -> None:
            goes_on.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

        task = asyncio.create_task(keep_running(work, "the work"))
        await asyncio.wait_for(goes_on.wait(), SECONDS)
        task.cancel()
        await asyncio.wait_for(ended.wait(), SECONDS)

    finished(test())


def test_listening_for_news_outlives_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    bugs: list[ExceptHookArgs] = []
    monkeypatch.setattr("threading.excepthook", bugs.append)
    monkeypatch.setattr("zt_planner.store.news.postgres.SECONDS_UNTIL_NEXT_TRY", 0)
    messenger = PostgresMessenger(None)  # type: ignore[arg-type]

    def receive(woken: socket.socket) -> None:
        if not bugs:
            raise KeyError("a bug")
        messenger._tell(ANYTHING)  # noqa: SLF001 - as the connection does that is replaced here
        woken.recv(1)  # until it is closed

    monkeypatch.setattr(messenger, "_receive", receive)
    heard = asyncio.Event()

    async def test() -> None:
        loop = asyncio.get_running_loop()
        messenger.listen(lambda news: (told.append(news), loop.call_soon_threadsafe(heard.set)))  # type: ignore[arg-type,func-returns-value]
        await asyncio.wait_for(heard.wait(), SECONDS)

    finished(test())
    messenger.close()
    assert told == [ANYTHING]
    assert [bug.exc_type for bug in bugs] == [KeyError]


# Signals: in a process of its own, as a signal is the whole process's

PROGRAM = """
import os, signal, sys
from zt_planner.server.background import before_stop

for handler in (signal.SIG_DFL, lambda *_: os._exit(7), signal.SIG_IGN):
    child = os.fork()
    if not child:
        signal.signal(signal.SIGTERM, handler)
        before_stop(lambda: os.write(1, b"closed "))
        signal.raise_signal(signal.SIGTERM)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Tells itself to stop: where that is left to the system, where a server sees to it, and where it is ignored."""


@pytest.mark.extended
def test_who_tells_the_process_to_stop_is_obeyed_as_before() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=SECONDS, check=True)
    assert done.stdout.splitlines() == [f"closed {-signal.SIGTERM}", "closed 7", "0"]
