"""Many clients at once: `zt-planner portfolio` on companies that are made up, as a person runs it.

With `sessions`, instead: people who plan at the same time, with a worker for their calculations and without
(`many_sessions.py`).

Prints plans a second on one and on two processes, how processor time and memory grow with the number of clients, and
how long a second run takes in which nothing has changed. Growth is that of processor time, as the machine does other
things, too: what each further client takes, without the start of the processes. Memory is the largest resident size
of the command itself and of its largest worker.

    python benchmarks/many.py --sizes 100 1000 10000
    python benchmarks/many.py sessions
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil

from benchmarks.companies import TODAY, write_companies
from benchmarks.many_sessions import sessions

MEGABYTE = 1_000_000
BETWEEN_LOOKS = 0.2
MOST_ON_ONE = 1000
"""Clients that are planned on one process, too."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A run of the command: wall and processor seconds, and the largest sizes in MB."""

    clients: int
    processes: int
    seconds: float
    processor: float
    command_mb: float
    worker_mb: float

    def __str__(self) -> str:
        """Write one line."""
        return (
            f"{self.clients:6} clients, {self.processes} processes: {self.seconds:7.1f} s,"
            f" {self.clients / self.seconds:5.1f} a second, {self.processor:7.1f} s of a processor,"
            f" {self.command_mb:4.0f} MB the command, {self.worker_mb:4.0f} MB a worker"
        )


def used() -> float:
    """Return the processor seconds of all children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def sizes_of(process: psutil.Process) -> tuple[float, float]:
    """Return the resident size of a process and of its largest child."""
    try:
        children = [child.memory_info().rss for child in process.children(recursive=True)]
        return process.memory_info().rss / MEGABYTE, max(children, default=0) / MEGABYTE
    except psutil.Error:  # it has just ended
        return 0, 0


def measured(folder: Path, out: Path, clients: int, processes: int) -> Measured:
    """Run the command."""
    command = [sys.executable, "-m", "zt_planner", "portfolio", str(folder), "--out", str(out)]
    before, began, largest = used(), perf_counter(), (0.0, 0.0)
    arguments = [*command, "--processes", str(processes), "--today", TODAY.isoformat()]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        watched = psutil.Process(running.pid)
        while running.poll() is None:
            now = sizes_of(watched)
            largest = max(largest[0], now[0]), max(largest[1], now[1])
            with suppress(subprocess.TimeoutExpired):
                running.wait(BETWEEN_LOOKS)
        said = running.communicate()[0].decode()
    if running.returncode:
        raise SystemExit(said)
    return Measured(clients, processes, perf_counter() - began, used() - before, *largest)


def first_of(folder: Path, target: Path, count: int) -> Path:
    """Return a folder with so many of the files of another one."""
    target.mkdir()
    for path in sorted(folder.iterdir(), key=lambda path: path.stem[-5:])[:count]:
        shutil.copy(path, target)
    return target


def clients(given: argparse.Namespace) -> None:
    """Measure every size."""
    with tempfile.TemporaryDirectory() as kept:
        whole = Path(kept, "companies")
        write_companies(whole, max(given.sizes), under_way=0)
        results = []
        for size in given.sizes:
            folder = first_of(whole, Path(kept, str(size)), size)
            if size <= MOST_ON_ONE:
                print(measured(folder, Path(kept, f"{size}-one"), size, 1), flush=True)
            out = Path(kept, f"{size}-two")
            results.append(measured(folder, out, size, 2))
            print(results[-1], flush=True)
            print(f"       again, nothing changed: {measured(folder, out, size, 2).seconds:.1f} s", flush=True)
        further = [
            1000 * (larger.processor - smaller.processor) / (larger.clients - smaller.clients)
            for smaller, larger in pairwise(results)
        ]
        print(f"each further client: {', '.join(f'{one:.1f}' for one in further)} ms of a processor")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="?", choices=("clients", "sessions"), default="clients")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--sessions", type=int, default=12)
    parser.add_argument(
        "--questions", type=int, default=6, help="sessions in which one step is a question, not an edit"
    )
    parser.add_argument("--steps", type=int, default=6, help="of each session")
    parser.add_argument("--pause", type=float, default=7, help="seconds before each step, on average")
    given = parser.parse_args()
    if given.part == "sessions":
        asyncio.run(sessions(given))
    else:
        clients(given)


if __name__ == "__main__":
    main()
