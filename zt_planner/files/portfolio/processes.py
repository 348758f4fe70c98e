"""Work for several processes, which may be killed: the pool of the standard library, no more.

Laws: no more work is under way than there are processes; if one is killed, what was under way is tried again, each
alone, so that only what kills its process fails; a process ends with the one that started it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Generic, NamedTuple, Protocol, Self, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")


class Done(NamedTuple, Generic[Work, Result]):
    """Work and its result; None where its process was killed twice. `is_second` where it was killed once."""

    work: Work
    result: Result | None
    is_second: bool = False


class Pool(Protocol):
    """Who does the work of a portfolio: processes here, or workers elsewhere; it ends with the block that uses it."""

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(self, *_: object) -> None:
        """End what is under way."""
        ...

    def each(self, task: partial[Result], works: Iterable[Work]) -> Iterator[Done[Work, Result]]:
        """Yield each work with its result, as they are done; an error that the task raises is raised here."""
        ...


def cores() -> int:
    """Return how many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Processes:
    """So many processes, which start with the first work and end with the block that uses them."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool = _pool_of(count)

    def __enter__(self) -> Self:
        """Begin; nothing is started yet."""
        return self

    def __exit__(self, *raised: object) -> None:
        """End the processes when their work is done; where this one is to end, at once."""
        if any(isinstance(each, KeyboardInterrupt) for each in raised):
            _end_at_once()
        self._pool.shutdown(cancel_futures=True)

    def each(self, task: Callable[[Work], Result], works: Iterable[Work]) -> Iterator[Done[Work, Result]]:
        """Yield each work with its result, as they are done; an error that the task raises is raised here."""
        waiting, suspects = iter(works), list[Work]()
        while True:
            yield from self._until_broken(task, waiting, suspects)
            if not suspects:
                return
            self._pool.shutdown()
            self._pool = _pool_of(self.count)
            for work in suspects:
                yield _alone(task, work)
            suspects.clear()

    def _until_broken(
        self, task: Callable[[Work], Result], waiting: Iterator[Work], suspects: list[Work]
    ) -> Iterator[Done[Work, Result]]:
        """Yield what is done until nothing waits any more, or a process is killed; then tell what was under way."""
        under_way: dict[Future[Result], Work] = {}
        while True:
            for work in islice(waiting, 0 if suspects else self.count - len(under_way)):
                under_way[_given(self._pool, task, work)] = work
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                work = under_way.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    suspects.append(work)
                else:
                    yield Done(work, future.result())


def _given(pool: ProcessPoolExecutor, task: Callable[[Work], Result], work: Work) -> Future[Result]:
    """Give work to a pool, which may be broken already."""
    try:
        with _unheard():
            return pool.submit(task, work)
    except BrokenProcessPool as error:
        refused = Future[Result]()
        refused.set_exception(error)
        return refused


@contextmanager
def _unheard() -> Iterator[None]:
    """Keep Ctrl+C from processes that start now: until they ignore it, they would end with a long complaint."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _alone(task: Callable[[Work], Result], work: Work) -> Done[Work, Result]:
    """Do work in a process of its own."""
    with _pool_of(1) as pool:
        try:
            return Done(work, _given(pool, task, work).result(), is_second=True)
        except BrokenProcessPool:
            return Done(work, None, is_second=True)
        except KeyboardInterrupt:
            _end_at_once()
            raise


def _end_at_once() -> None:
    """End the processes that this one has started, whatever they do."""
    for process in active_children():
        process.terminate()


def _pool_of(count: int) -> ProcessPoolExecutor:
    """Return a pool of processes that share nothing with this one."""
    return ProcessPoolExecutor(count, get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Leave Ctrl+C to the process that started this one, and end with it: otherwise it would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
