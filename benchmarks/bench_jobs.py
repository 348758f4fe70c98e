"""A page's plan beside a job: in a thread of the same process, and in the worker's process of a lower priority.

Measured is `build_plan` of the default scenario with changing numbers of people, as a page computes it after a move of
the slider, with the server's switch interval: alone, beside a job in a thread, and beside the same job in the worker,
in turn. The jobs are a question asked backwards, which is Python from start to end, and levelling, most of which is
the solver's. It also prints how long the worker's process takes to start, and its memory.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import date
from itertools import cycle
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING, Any

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ratios import milliseconds, ratio_of, spread
from zt_planner.bootstrap import phase_model, price_book, workspace
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.planner import build_plan
from zt_planner.server.background import SWITCH_SECONDS
from zt_planner.workspace.jobs.levelling import levelling_job
from zt_planner.workspace.jobs.questions import question_job
from zt_planner.workspace.keys import new_key
from zt_planner.workspace.runners.job_runner import JobCancelled, Ticket, Work, do_here
from zt_planner.workspace.runners.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TODAY = date(2026, 11, 6)
PEOPLE = range(60, 300, 4)
IN_A_ROW = 40
"""Plans for each start of a job: fewer seconds than any of the jobs takes."""
MEGABYTE = 1_000_000


class Begun(Ticket):
    """A ticket that says when its work has begun."""

    def __init__(self) -> None:
        """Begin without progress."""
        super().__init__()
        self.has_begun = Event()

    def tell(self, progress: object) -> None:
        """Say it."""
        super().tell(progress)
        self.has_begun.set()


@contextmanager
def beside(do: Callable[[Work, Ticket], Any], work: Work) -> Iterator[None]:
    """Have work done in the meantime."""
    ticket = Begun()

    def run() -> None:
        with suppress(JobCancelled):
            do(work, ticket)

    thread = Thread(target=run)
    thread.start()
    ticket.has_begun.wait()
    yield
    ticket.cancel()
    thread.join()


def started(worker: Worker) -> None:
    """Start the worker's process and say how long that takes."""
    begin = perf_counter()
    worker.run(str, Ticket())
    print(f"the worker's process has started and done its first work after {perf_counter() - begin:.2f} s")


def memory(worker: Worker) -> None:
    """Say what the worker's process takes after its jobs."""
    (child,) = psutil.Process().children()
    print(f"the worker's process: {child.memory_info().rss / MEGABYTE:.0f} MB; ", end="")
    print(f"this one: {psutil.Process().memory_info().rss / MEGABYTE:.0f} MB")
    worker.end_if_idle()


def main() -> None:
    """Measure beside each job and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=8)
    given = parser.parse_args()
    sys.setswitchinterval(SWITCH_SECONDS)
    book, model, worker = price_book(), phase_model(), Worker()
    people = cycle([Scenario().changed("company.employees", number) for number in PEOPLE])

    def plan() -> object:
        return build_plan(case_of(next(people), book, model, today=TODAY))

    for _ in PEOPLE:
        plan()
    state, goals = workspace().example(new_key()), Goals(finish_by=date(2027, 6, 30))
    jobs = {
        "a question backwards": question_job(workspace(), state, goals).work,
        "levelling": levelling_job(workspace(), state).work,
    }
    started(worker)
    for name, work in jobs.items():
        series: dict[str, list[float]] = {"alone": [], "in a thread": [], "in the worker": []}
        for _ in range(given.rounds):
            threaded, worked = beside(do_here, work), beside(worker.run, work)
            ways: tuple[AbstractContextManager[None], ...] = (nullcontext(), threaded, worked)
            for times, way in zip(series.values(), ways, strict=True):
                with way:
                    times.extend(milliseconds(plan) for _ in range(IN_A_ROW))
        for kind, times in series.items():
            print(f"beside {name}, {kind:14}: {spread(times)}, ratio {ratio_of(times, series['alone'])}", flush=True)
    memory(worker)


if __name__ == "__main__":
    main()
