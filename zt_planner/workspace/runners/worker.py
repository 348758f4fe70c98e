"""One child process that does the work of all jobs, with a lower priority than the process that started it.

Work and result are pickled and go through the child's standard input and output, as do progress and cancelling; each
job has a thread of its own in the child. The price books and phase models that work is given are sent once: its result
refers to them, and its requester gets their own back.

Laws: the first job starts the process; it ends when it is idle for a while, and when its server ends, however that
ends. If it is killed, its jobs fail with CalculationStopped, and the next job starts another.
"""

from __future__ import annotations

import io
import logging
import os
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import chain, count
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import IO, Any, TypeAlias, cast

from zt_planner.engine.case import Case
from zt_planner.errors import CalculationStopped, PlannerError
from zt_planner.workspace.runners.job_runner import JobCancelled, Ticket, Work, call_later

IDLE_SECONDS = 300.0
"""Without work for so long, the process ends and gives back its memory (ADR 0083)."""
NICENESS = 10
"""Gives jobs a tenth of a core that pages need, and all that pages leave."""
OOM_SCORE_ADJ = 500
"""By how many thousandths of the memory Linux counts the process as larger than it is, to kill it before the server."""
MOST_THREADS = 64
"""As many jobs as the settings let run at once."""
_log = logging.getLogger(__name__)


class MessageKind(StrEnum):
    """What the child sends about a job."""

    PROGRESS = "progress"
    RESULT = "result"
    RAISED = "raised"
    FAULT = "fault"
    CANCELLED = "cancelled"
    STOPPED = "stopped"


Answer: TypeAlias = tuple[MessageKind, bytes]


@dataclass(slots=True, eq=False)
class _Child:
    """A process that was started, and the queues of those who wait for it, by the numbers of their jobs."""

    process: subprocess.Popen[bytes]
    waiting: dict[int, SimpleQueue[Answer]] = field(default_factory=dict)
    writing: Lock = field(default_factory=Lock)

    def send(self, number: int, sent: bytes) -> None:
        """Send work, or b"" to cancel it; if the process has ended, `_read` tells those who wait."""
        with self.writing, suppress(OSError, ValueError):  # it is broken, or closed
            _write(cast("IO[bytes]", self.process.stdin), number, sent)


def _write(pipe: IO[bytes], *frame: object) -> None:
    """Write and flush one message."""
    pickle.dump(frame, pipe)
    pipe.flush()


def start_process() -> subprocess.Popen[bytes]:
    """Start a process with the same modules and a lower priority.

    It gets no Ctrl+C of the terminal: it ends with this process. Not by multiprocessing, which would import this
    process's main module once more: under Streamlit, a page.
    """
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NEW_PROCESS_GROUP
    process = subprocess.Popen(  # noqa: S603 - this interpreter, with this module
        [sys.executable, "-P", "-c", f"from {__name__} import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        process_group=0,
        creationflags=flags,
    )
    if sys.platform != "win32":
        with suppress(OSError):  # forbidden here, or it has ended already
            os.setpriority(os.PRIO_PROCESS, process.pid, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)
    with suppress(OSError):  # not Linux
        Path(f"/proc/{process.pid}/oom_score_adj").write_text(str(OOM_SCORE_ADJ), "ascii")
    return process


class Worker:
    """Does work in the child process; several threads may use it at once."""

    call_later = staticmethod(call_later)

    def __init__(self, idle_seconds: float | None = IDLE_SECONDS) -> None:
        """Start no process yet; without `idle_seconds` it stays once it has started."""
        self._idle_seconds = idle_seconds
        self._lock = Lock()
        self._child: _Child | None = None
        self._numbers = count()
        self._cancel_end: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Start the process before there is work."""
        self.run(_nothing, Ticket())

    def run(self, work: Work, ticket: Ticket) -> Any:  # noqa: ANN401 - whatever the work gives
        """Return the result of work, or raise its error; CalculationStopped if its process was killed."""
        shared = shared_data(work)
        return outcome(self.answer_of(pickle.dumps(work), ticket, lambda sent: ticket.tell(read(sent, shared))), shared)

    def answer_of(self, sent: bytes, ticket: Ticket, tell: Callable[[bytes], None]) -> Answer:
        """Return the answer to pickled work as the process sends it, and hand on its progress."""
        number, answers = next(self._numbers), SimpleQueue[Answer]()
        ticket.when_cancelled(partial(answers.put, (MessageKind.CANCELLED, b"")))
        child = self._join(number, answers)
        try:
            child.send(number, sent)
            while True:
                kind, content = answers.get()
                if kind is MessageKind.CANCELLED:
                    child.send(number, b"")
                elif kind is MessageKind.PROGRESS:
                    tell(content)
                else:
                    return kind, content
        finally:
            self._leave(child, number)

    def _join(self, number: int, answers: SimpleQueue[Answer]) -> _Child:
        """Register a job with the process, which is started if there is none."""
        with self._lock:
            self._cancel_end()
            if self._child is None or self._child.process.returncode is not None:
                child = _Child(start_process())
                try:
                    Thread(target=self._read, args=(child,), name="worker", daemon=True).start()
                except RuntimeError:  # no thread is left: nobody would read what it answers
                    child.process.kill()
                    raise
                self._child = child
            self._child.waiting[number] = answers
            return self._child

    def _leave(self, child: _Child, number: int) -> None:
        """Remove a job; after the last one the process may end after a while."""
        with self._lock:
            child.waiting.pop(number, None)
            if not child.waiting and self._idle_seconds is not None:
                self._cancel_end = self.call_later(self._idle_seconds, self.end_if_idle)

    def end_if_idle(self) -> None:
        """End the process if it has no jobs: it ends when its pipe is closed."""
        with self._lock:
            child = self._child
            if child is not None and not child.waiting:
                self._child = None
                with suppress(OSError):
                    cast("IO[bytes]", child.process.stdin).close()

    def _read(self, child: _Child) -> None:
        """Dispatch the answers of a process to those who wait; when it has ended, tell them."""
        try:
            with suppress(EOFError, pickle.UnpicklingError):
                while True:
                    number, kind, sent = pickle.load(cast("IO[bytes]", child.process.stdout))  # noqa: S301 - as above
                    with self._lock:
                        if number in child.waiting:
                            child.waiting[number].put((kind, sent))
        finally:
            child.process.kill()  # it has ended, or nobody reads it any more
            with suppress(OSError), child.process:  # closed, and waited for
                pass
            with self._lock:
                waiting = tuple(child.waiting.values())
            if waiting:
                text = "The process of the background calculations has ended (exit code %s); %s of them stopped"
                _log.error(text, child.process.returncode, len(waiting))
            for answers in waiting:
                answers.put((MessageKind.STOPPED, b""))


def _nothing(_: Ticket) -> None:
    """Take the place of work while the process starts."""


def shared_data(work: Work) -> Sequence[object]:
    """Return the price books and phase models of the cases that work is given, alone or by name."""
    given = work.args if isinstance(work, partial) else ()
    cases = chain.from_iterable(part.values() if isinstance(part, Mapping) else (part,) for part in given)
    return tuple(data for case in cases if isinstance(case, Case) for data in (case.base_book, case.base_model))


def read(sent: bytes, shared: Sequence[object]) -> Any:  # noqa: ANN401 - progress, or whatever work gives
    """Return what was pickled where work was done; it refers to what is shared."""
    return _Unpickler(sent, shared).load()


def outcome(answer: Answer, shared: Sequence[object]) -> Any:  # noqa: ANN401 - whatever the work gives
    """Return the result that an answer holds, or raise the error."""
    kind, sent = answer
    if kind is MessageKind.STOPPED:
        raise CalculationStopped
    value = read(sent, shared)
    if kind is MessageKind.RAISED:
        raise value
    if kind is MessageKind.FAULT:
        raise RuntimeError(value)
    return value


class _Pickler(pickle.Pickler):
    """Writes references to what is shared."""

    def __init__(self, file: IO[bytes], shared: Sequence[object]) -> None:
        super().__init__(file)
        self._indices = {id(each): index for index, each in enumerate(shared)}

    def persistent_id(self, obj: object) -> int | None:
        return self._indices.get(id(obj))


class _Unpickler(pickle.Unpickler):
    """Reads what a `_Pickler` has written in our own process."""

    def __init__(self, sent: bytes, shared: Sequence[object]) -> None:
        super().__init__(io.BytesIO(sent))
        self._shared = shared

    def persistent_load(self, pid: int) -> object:
        return self._shared[pid]


class _PipedTicket(Ticket):
    """The ticket of a job in the child: progress goes through the pipe."""

    def __init__(self, send: Callable[[MessageKind, bytes], None]) -> None:
        super().__init__()
        self._send = send

    def tell(self, progress: object) -> None:
        super().tell(progress)
        self._send(MessageKind.PROGRESS, pickle.dumps(progress))


def serve() -> None:
    """Do the jobs that are sent, until the pipe is closed; then exit at once, whatever is being computed."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    writing, tickets = Lock(), dict[int, Ticket]()

    def send(number: int, kind: MessageKind, sent: bytes) -> None:
        with writing, suppress(OSError):  # nobody reads any more: the end is near
            _write(pipe, number, kind, sent)

    def done(number: int, ended: Future[Answer]) -> None:
        tickets.pop(number, None)
        fault = ended.exception()
        text = "" if fault is None else "".join(traceback.format_exception(fault))
        send(number, *(ended.result() if fault is None else (MessageKind.FAULT, pickle.dumps(text))))

    threads = ThreadPoolExecutor(MOST_THREADS)
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            number, sent = pickle.load(sys.stdin.buffer)  # noqa: S301 - of the process that started this one
            if sent:
                tickets[number] = ticket = _PipedTicket(partial(send, number))
                threads.submit(_answer, sent, ticket).add_done_callback(partial(done, number))
            elif (waiting := tickets.get(number)) is not None:  # another thread removes what has ended
                waiting.cancel()
    os._exit(0)


def _answer(sent: bytes, ticket: Ticket) -> Answer:
    """Return the result of a job, or the error that it raises for the user."""
    work, result = pickle.loads(sent), io.BytesIO()  # noqa: S301 - as above
    try:
        _Pickler(result, shared_data(work)).dump(work(ticket))
        return MessageKind.RESULT, result.getvalue()
    except (JobCancelled, PlannerError) as error:
        return MessageKind.RAISED, pickle.dumps(error)
