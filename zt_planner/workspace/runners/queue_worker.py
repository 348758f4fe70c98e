"""Work that is done on other machines, by the workers of the database's queue, with the interface of `Worker`.

Work and result are pickled; in the database each bears a seal (ADR 0205). Laws: what goes to the queue is listed; what
needs this machine's disk, or was uploaded, stays here; where no worker gives a sign of life, and when the one that
calculates or the database is silent for too long, work is done by this process's own child; of all who may have done
it, one answers.
"""

from __future__ import annotations

import hmac
import logging
import pickle
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from secrets import token_hex
from threading import Event
from time import monotonic
from typing import Any

from zt_planner import __version__
from zt_planner.errors import StoreError
from zt_planner.store.calculations import SILENT, Calculations
from zt_planner.workspace.runners.job_runner import JobCancelled, Ticket, Work
from zt_planner.workspace.runners.worker import MessageKind, Worker, outcome, read, shared_data

SHORTEST_PAUSE, LONGEST_PAUSE, PAUSE_SHARE = 0.05, 0.25, 0.05
"""Seconds between two looks at a calculation; their share of the time that it has taken, so that none is kept long."""
SECONDS_BETWEEN_SIGNS = 5.0
"""After which a requester says again that it waits."""
_JOBS = "zt_planner.workspace.jobs"
ELSEWHERE: Mapping[str, int] = {
    f"{_JOBS}.levelling._levelled": 3,
    f"{_JOBS}.questions._answer": 3,
    f"{_JOBS}.options._ranges": 3,
    f"{_JOBS}.comparing._comparison": 2,
    f"{_JOBS}.options._options": 2,
    f"{_JOBS}.levelling._gained": 1,
    "zt_planner.workspace.portfolio.part_of_portfolio": 0,
}
"""The work that workers do, by its name, with its priority: what somebody has asked for comes first."""
DIGEST, DIGEST_BYTES = "sha256", 32
_log = logging.getLogger(__name__)


class BrokenSealError(Exception):
    """What stands in the database was not written by anybody who has the key."""


class Seal:
    """Marks what goes through the database, so that nobody without the key can have anything read or done."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    @property
    def queue(self) -> str:
        """The name of the queue: those with another key, or another version, have another one."""
        return self._code("queue", __version__.encode()).hex()[:16]

    def _code(self, place: str, content: bytes) -> bytes:
        return hmac.digest(self._key, place.encode() + b"\0" + content, DIGEST)

    def closed(self, place: str, content: bytes) -> bytes:
        """Return content with its seal, which holds at this place only."""
        return self._code(place, content) + content

    def opened(self, place: str, sealed: bytes) -> bytes:
        """Return the content; raise BrokenSealError where the seal does not hold."""
        code, content = sealed[:DIGEST_BYTES], sealed[DIGEST_BYTES:]
        if not hmac.compare_digest(code, self._code(place, content)):
            raise BrokenSealError
        return content


def place_of(part: str, calculation: str) -> str:
    """Return where a part of a calculation stands, as its seal names it: the work, its progress or its answer."""
    return f"{part} of {calculation}"


class _NotDoneError(Exception):
    """No worker does it."""


class QueueWorker:
    """Does work by the workers of the queue; several threads may use it at once."""

    def __init__(
        self, calculations: Calculations, seal: Seal, own: Worker, elsewhere: Mapping[str, int] = ELSEWHERE
    ) -> None:
        self._calculations, self._seal, self._own, self._elsewhere = calculations, seal, own, elsewhere

    def run(self, work: Work, ticket: Ticket) -> Any:  # noqa: ANN401 - whatever the work gives
        """Return the result of work, or raise its error, as `Worker.run` does."""
        function = work.func if isinstance(work, partial) else work
        priority = self._elsewhere.get(f"{function.__module__}.{function.__qualname__}")
        if priority is None:
            return self._own.run(work, ticket)
        try:
            if self._calculations.has_worker():
                return self._asked(work, ticket, priority)
        except (_NotDoneError, StoreError):
            pass
        return self._own.run(work, ticket)

    def _asked(self, work: Work, ticket: Ticket, priority: int) -> Any:  # noqa: ANN401 - as above
        calculation = token_hex(16)
        sealed = self._seal.closed(place_of("work", calculation), pickle.dumps(work))
        self._calculations.ask(calculation, sealed, priority)
        try:
            return self._outcome(calculation, ticket, shared_data(work))
        finally:
            with suppress(StoreError):  # then it is removed when nobody has waited for it for a while
                self._calculations.remove(calculation)

    def _outcome(self, calculation: str, ticket: Ticket, shared: Sequence[object]) -> Any:  # noqa: ANN401 - as above
        """Wait for the answer, and hand on progress; raise _NotDoneError if no worker gives one."""
        is_cancelled, told = Event(), 0
        ticket.when_cancelled(is_cancelled.set)
        asked = heard = signed = now = monotonic()
        while not is_cancelled.wait(min(max((now - asked) * PAUSE_SHARE, SHORTEST_PAUSE), LONGEST_PAUSE)):
            now = monotonic()
            try:
                found = self._calculations.look(calculation, told)
                if now - signed > SECONDS_BETWEEN_SIGNS:
                    self._calculations.want(calculation)
                    signed = now
            except StoreError:
                if now - heard > SILENT.total_seconds():
                    raise
                continue
            heard = now
            if found is None or found.is_silent:
                raise _NotDoneError
            ticket.attempts = found.attempt
            if found.progress is not None:
                told = found.told
                ticket.tell(read(self._opened("progress", calculation, found.progress), shared))
            if found.kind is not None and found.answer is not None:
                kind = MessageKind(found.kind)
                return outcome((kind, self._opened(kind, calculation, found.answer)), shared)
        raise JobCancelled

    def _opened(self, part: str, calculation: str, sealed: bytes) -> bytes:
        try:
            return self._seal.opened(place_of(part, calculation), sealed)
        except BrokenSealError:
            _log.error("Somebody without the key has written into the database's queue of calculations")
            raise _NotDoneError from None
