"""A portfolio that workers on other machines plan: each batch is a calculation, with paths and settings only.

Laws: a worker plans only if it has the same data and reaches the same folders; a batch whose process was killed is
tried once more; one whose worker was killed is taken by another; either is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from platform import node
from secrets import token_hex
from typing import Any, NamedTuple, Self, TypeVar

from zt_planner.errors import CalculationStopped, StoreError, msgid
from zt_planner.files.portfolio.processes import Done
from zt_planner.files.portfolio.reading import digest_of_folder, unusable_folder
from zt_planner.files.portfolio.writing import written_to
from zt_planner.resources import data_dir
from zt_planner.store.calculations import Calculations
from zt_planner.workspace.runners.job_runner import Ticket
from zt_planner.workspace.runners.queue_worker import QueueWorker

MOST_AT_ONCE = 64
"""Parts that are asked for at the same time, whatever the workers can do."""
MARK = "workers.mark"
"""In the folder for results, while a run has workers write there."""
Work = TypeVar("Work")
Result = TypeVar("Result")


class Reach(NamedTuple):
    """What a worker must have: the folders with plans, the one for results with this run's mark in it, and the data."""

    folders: tuple[str, ...]
    out: str
    mark: str
    data: str

    def _is_out_here(self) -> bool:
        try:
            return Path(self.out, MARK).read_text("ascii") == self.mark
        except (OSError, ValueError):
            return False

    def check(self) -> None:
        """Raise ScenarioError where this machine lacks something."""
        missing = [folder for folder in self.folders if not Path(folder).is_dir()]
        if not self._is_out_here():
            missing.append(self.out)
        for folder in missing:
            problem = msgid("the worker '{value}' does not reach this folder")
            raise unusable_folder(Path(folder), problem, msgid("Share it with all workers, by this path"), value=node())
        if digest_of_folder(data_dir()) != self.data:
            problem, remedy = msgid("the worker '{value}' has other data"), msgid("Install the same program there")
            raise unusable_folder(data_dir(), problem, remedy, value=node())


def part_of_portfolio(task: partial[Result], work: object, reach: Reach, _: Ticket) -> Result:
    """Do a part of a portfolio, with the data that are here."""
    reach.check()
    settings = replace(task.keywords["settings"], data=str(data_dir()))
    return task.func(work, **{**task.keywords, "settings": settings})


class OnWorkers:
    """Stands for `Processes`: has workers do what it is given; `folders` and `out` are paths that all of them know."""

    def __init__(self, worker: QueueWorker, calculations: Calculations, folders: Sequence[Path], out: Path) -> None:
        self._worker, self._calculations = worker, calculations
        self._reach = Reach(tuple(map(str, folders)), str(out), token_hex(16), digest_of_folder(data_dir()))
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE)
        self._tickets: set[Ticket] = set()
        self._is_over = False

    def __enter__(self) -> Self:
        """Mark the folder for results, by which workers know it."""
        out = Path(self._reach.out)
        with written_to(out):
            out.mkdir(parents=True, exist_ok=True)
            (out / MARK).write_text(self._reach.mark, "ascii")
        return self

    def __exit__(self, *_: object) -> None:
        """Cancel what is under way: nobody waits for it."""
        self._is_over = True
        for ticket in tuple(self._tickets):
            ticket.cancel()
        self._threads.shutdown(cancel_futures=True)
        Path(self._reach.out, MARK).unlink(missing_ok=True)

    def each(self, task: partial[Result], works: Iterable[Work]) -> Iterator[Done[Work, Result]]:
        """Yield each work with its result, as they are done; an error that the task raises is raised here."""
        waiting, under_way = iter(works), set[Future[Done[Work, Result]]]()
        while True:
            room = max(self._places() - len(under_way), 0)
            under_way |= {self._threads.submit(self._done, task, work) for work in islice(waiting, room)}
            if not under_way:
                return
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()

    def _places(self) -> int:
        """Return how many parts to have under way: one more than workers can do, so that none is idle."""
        try:
            return min(self._calculations.places() + 1, MOST_AT_ONCE)
        except StoreError:  # then a process here does the work, until the database is back
            return 1

    def _done(self, task: partial[Result], work: Work) -> Done[Work, Result]:
        """Have a worker do a part of the portfolio; once more where its process was killed."""
        part, ticket = partial(part_of_portfolio, task, work, self._reach), Ticket()
        self._tickets.add(ticket)
        if self._is_over:  # it began while the others were cancelled
            ticket.cancel()
        try:
            for is_second in (False, True):
                try:
                    result: Any = self._worker.run(part, ticket)
                except CalculationStopped:
                    continue
                return Done(work, result, is_second or ticket.attempts > 1)
            return Done(work, None, is_second=True)
        finally:
            self._tickets.discard(ticket)
