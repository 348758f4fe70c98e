"""Work that workers do: how long until it is begun, cancelled, and begun again after a worker was killed.

A PostgreSQL of its own, two workers as real processes, and whoever asks, all on this machine. The same work is done by
the child process of whoever asks, in turn.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, time

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.postgres import Postgres
from tests.sample_work import begun_at, endless
from tests.workers import SAMPLES, Asked, Workers, until
from zt_planner.workspace.runners.job_runner import Ticket, Work

AT_ONCE = 2


def on_the_way(run: Callable[[Work, Ticket], float]) -> tuple[float, float]:
    """Return the seconds from asking until the work runs, and until its result is there."""
    asked, began = time(), perf_counter()
    at = run(begun_at, Ticket())
    return at - asked, perf_counter() - began


def seconds_to_cancel(workers: Workers) -> float:
    """Return the seconds from cancelling until the worker has stopped."""
    asked = Asked(workers.asking, endless).begun()
    began = perf_counter()
    asked.ticket.cancel()
    while workers.rows("TABLE procrastinate_jobs"):
        pass
    return perf_counter() - began


def seconds_to_begin_again(workers: Workers) -> float:
    """Return the seconds from killing a worker until another one has begun its work again."""
    asked = Asked(workers.asking, endless).begun()
    (child,) = asked.ticket.said
    asked.ticket.heard.clear()
    assert isinstance(child, int)
    killed = psutil.Process(child).ppid()
    began = perf_counter()
    os.kill(killed, signal.SIGKILL)
    asked.begun()
    seconds = perf_counter() - began
    asked.ticket.cancel()
    asked.ended()
    until(lambda: workers.calculations.places() == AT_ONCE)  # nobody counts the one that was killed
    start(workers)
    return seconds


def start(workers: Workers) -> None:
    """Start a worker beside those that are there."""
    before = workers.calculations.places()
    workers.start("--at-once", str(AT_ONCE))
    until(lambda: workers.calculations.places() > before)


def said(name: str, seconds: list[float]) -> None:
    """Print the median and the largest of some times."""
    print(f"{name}: median {median(seconds):.3f} s, largest {max(seconds):.3f} s of {len(seconds)}")


def measure(workers: Workers, asked: int, killed: int) -> None:
    """Start two workers, ask them, cancel and kill."""
    for _ in range(2):
        start(workers)
    for run in (workers.asking.run, workers.own.run) * 10:  # imports
        on_the_way(run)
    pairs = [(on_the_way(workers.asking.run), on_the_way(workers.own.run)) for _ in range(asked)]
    said("asked until it runs, on a worker", [there for (there, _), _ in pairs])
    said("asked until it runs, in a child", [here for _, (here, _) in pairs])
    said("asked until the result is there, by a worker", [there for (_, there), _ in pairs])
    said("asked until the result is there, by a child", [here for _, (_, here) in pairs])
    said("cancelled until the worker has stopped", [seconds_to_cancel(workers) for _ in range(asked // 5)])
    said("killed until another worker runs it", [seconds_to_begin_again(workers) for _ in range(killed)])
    memory = [psutil.Process(worker.pid) for worker in workers.started if worker.poll() is None]
    parts = [[one.memory_info().rss / 1e6 for one in (worker, *worker.children())] for worker in memory]
    print("memory of each worker and its children, MB:", [[round(each) for each in part] for part in parts])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asked", type=int, default=100, help="how often work is asked for and cancelled")
    parser.add_argument("--killed", type=int, default=5, help="how many workers are killed")
    given = parser.parse_args()
    server = Postgres()
    workers = Workers(server.new_database(), {**SAMPLES, "tests.sample_work.begun_at": 1})
    try:
        measure(workers, given.asked, given.killed)
    finally:
        workers.end()
        server.end()


if __name__ == "__main__":
    main()
