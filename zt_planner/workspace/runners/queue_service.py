"""`zt-planner worker`: takes calculations from the database's queue and does each in a child process.

procrastinate says which is next, and cancels. Laws: this process reads no work, it passes it on to a child once its
seal holds; a child that is killed ends its own calculation and no other; what this process was at is taken again by
another worker if it is killed, and given back if it is stopped; while the database is away it waits.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from math import inf
from queue import SimpleQueue
from secrets import token_hex
from time import monotonic
from typing import Any, TypeVar

import psycopg
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import AbortReason
from procrastinate.jobs import DeleteJobCondition, Job
from psycopg_pool import PoolTimeout

from zt_planner.errors import StoreError
from zt_planner.store.calculations import TASK, Calculations, Taken
from zt_planner.store.database import SERVER
from zt_planner.workspace.runners.job_runner import Ticket
from zt_planner.workspace.runners.queue_worker import BrokenSealError, Seal, place_of
from zt_planner.workspace.runners.worker import Answer, MessageKind, Worker

SECONDS_BETWEEN_TELLING = 0.1
SECONDS_BETWEEN_SIGNS = 2.0
SECONDS_BETWEEN_QUESTIONS = 1.0
"""For what no notification tells: a job that is taken again, and any while the connection was away."""
SECONDS_TO_END = 20.0
"""For what runs when the worker is stopped; after that another worker begins it again."""
SECONDS_UNTIL_NEXT_TRY = 1.0
CONNECTIONS = 3
"""Of procrastinate, beside one to listen and those of the store."""
MOST_ATTEMPTS = 5
"""Of what has taken so many workers with it, nobody tries again."""
Result = TypeVar("Result")
_log = logging.getLogger(__name__)


class HideLostConnections(logging.Filter):
    """Leaves out what procrastinate says of a database that is away, with a traceback: the store has a line on it."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, ConnectorException)


class _GivenBackError(Exception):
    """A calculation was not ended, as its worker stops or the database is away: it is done again."""


class _GiveBack(BaseRetryStrategy):
    """Has procrastinate put a calculation that was given back into the queue."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002 - its form
        return RetryDecision() if isinstance(exception, _GivenBackError) else None


class _AtWork:
    """A calculation that this worker does, with progress that is not told yet."""

    def __init__(self, taken: Taken) -> None:
        self.taken, self.ticket = taken, Ticket()
        self.progress: bytes | None = None

    def tell(self, progress: bytes) -> None:
        self.progress = progress


class QueueService:
    """One worker of the queue, which does so many calculations at once."""

    def __init__(self, calculations: Calculations, seal: Seal, at_once: int) -> None:
        self._calculations, self._seal, self._at_once = calculations, seal, at_once
        self._id = token_hex(16)
        self._threads = ThreadPoolExecutor(at_once + 2)  # and one for what it says, one for what it asks
        self._children = SimpleQueue[Worker]()
        self._at_work: dict[str, _AtWork] = {}
        self._has_to_stop = asyncio.Event()

    def stop(self) -> None:
        """Take nothing any more, and end when what runs has ended; from the thread of the event loop."""
        self._has_to_stop.set()

    async def run(self) -> None:
        """Work until stopped."""
        await asyncio.gather(*(self._in_thread(self._start_child) for _ in range(self._at_once)))
        signs = asyncio.create_task(self._give_signs())
        try:
            while not self._has_to_stop.is_set():
                working = asyncio.create_task(self._work())
                stopping = asyncio.create_task(self._has_to_stop.wait())
                await asyncio.wait({working, stopping, signs}, return_when=asyncio.FIRST_COMPLETED)
                stopping.cancel()
                working.cancel()
                with suppress(asyncio.CancelledError):
                    await working
                if signs.done():
                    signs.result()  # a bug: without signs nobody would ask this worker
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._has_to_stop.wait(), SECONDS_UNTIL_NEXT_TRY)
        finally:
            signs.cancel()
            with suppress(StoreError):
                await self._in_thread(self._calculations.leave, self._id)

    def _start_child(self) -> None:
        """Have a child import what it needs before anybody waits for it."""
        child = Worker(idle_seconds=None)
        child.start()
        self._children.put(child)

    async def _work(self) -> None:
        """Take calculations until the database goes away."""
        engine = self._calculations.database.engine
        _, settings = engine.dialect.create_connect_args(engine.url)
        settings.pop("context", None)  # how SQLAlchemy reads values, not procrastinate
        connector = PsycopgConnector(kwargs={**SERVER, **settings}, min_size=1, max_size=CONNECTIONS)
        app = App(connector=connector)
        app.task(name=TASK, pass_context=True, retry=_GiveBack())(self._calculate)
        with suppress(ConnectorException, PoolTimeout, psycopg.Error):
            async with app.open_async():
                await app.run_worker_async(
                    queues=[self._calculations.queue],
                    concurrency=self._at_once,
                    fetch_job_polling_interval=SECONDS_BETWEEN_QUESTIONS,
                    abort_job_polling_interval=SECONDS_BETWEEN_QUESTIONS,
                    update_heartbeat_interval=SECONDS_BETWEEN_SIGNS,
                    shutdown_graceful_timeout=SECONDS_TO_END,
                    delete_jobs=DeleteJobCondition.ALWAYS,
                    install_signal_handlers=False,
                )

    async def _calculate(self, context: JobContext, calculation: str) -> None:
        """Do a calculation, unless nobody waits for it any more."""
        try:
            taken = await self._in_thread(self._calculations.take, calculation)
            if taken is not None:
                await self._do(taken)
        except StoreError:
            raise _GivenBackError from None
        except asyncio.CancelledError:
            if context.abort_reason() is AbortReason.SHUTDOWN:
                raise _GivenBackError from None
            raise

    async def _do(self, taken: Taken) -> None:
        at_work = self._at_work[taken.id] = _AtWork(taken)
        answering = self._in_thread(self._keep_answer, at_work)
        try:
            await asyncio.shield(answering)
        except asyncio.CancelledError:
            at_work.ticket.cancel()
            await answering
            raise
        finally:
            del self._at_work[taken.id]

    def _keep_answer(self, at_work: _AtWork) -> None:
        """Have a child calculate, and keep its answer."""
        taken, begun = at_work.taken, monotonic()
        _log.info("Calculation %s begins", taken.id)
        kind, content = self._answer(at_work)
        if at_work.ticket.is_cancelled:
            _log.info("Calculation %s was cancelled", taken.id)
            return
        self._calculations.answer(taken, kind, self._seal.closed(place_of(kind, taken.id), content))
        _log.info("Calculation %s has ended after %.3f s (%s)", taken.id, monotonic() - begun, kind)

    def _answer(self, at_work: _AtWork) -> Answer:
        taken = at_work.taken
        if taken.attempt > MOST_ATTEMPTS:
            _log.error("Calculation %s has ended %s workers, and is not tried again", taken.id, MOST_ATTEMPTS)
            return MessageKind.STOPPED, b""
        try:
            sent = self._seal.opened(place_of("work", taken.id), taken.work)
        except BrokenSealError:
            _log.error("Calculation %s was asked for by somebody without the key, and is not done", taken.id)
            return MessageKind.STOPPED, b""
        child = self._children.get()
        try:
            return child.answer_of(sent, at_work.ticket, at_work.tell)
        finally:
            self._children.put(child)

    async def _give_signs(self) -> None:
        """Tell progress, that this worker is there, and what other workers have left."""
        signed = -inf
        while True:
            if monotonic() - signed >= SECONDS_BETWEEN_SIGNS:
                signed = monotonic()
                await self._tried(self._sign)
            await self._tried(self._tell)
            await asyncio.sleep(SECONDS_BETWEEN_TELLING)

    async def _tried(self, step: Callable[[], None]) -> None:
        with suppress(StoreError):  # the log has it
            await self._in_thread(step)

    def _tell(self) -> None:
        for at_work in tuple(self._at_work.values()):
            progress, at_work.progress = at_work.progress, None
            if progress is not None:
                place = place_of("progress", at_work.taken.id)
                self._calculations.tell(at_work.taken, self._seal.closed(place, progress))

    def _sign(self) -> None:
        at_work = tuple(self._at_work.values())
        wanted = self._calculations.announce(self._id, self._at_once, [each.taken for each in at_work])
        if self._has_to_stop.is_set():
            self._calculations.leave(self._id)
        for each in at_work:
            if each.taken.id not in wanted:
                each.ticket.cancel()
        self._calculations.tidy()

    def _in_thread(self, step: Callable[..., Result], *given: Any) -> asyncio.Future[Result]:  # noqa: ANN401 - as step takes
        return asyncio.get_running_loop().run_in_executor(self._threads, step, *given)
