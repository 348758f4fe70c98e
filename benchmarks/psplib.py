"""The exact scheduler on PSPLIB, the standard problems that others wrote (Kolisch and Sprecher 1996).

    python benchmarks/psplib.py DIR [--seconds N] [--only j3013_1]

DIR holds `.sm` files (single mode, renewable resources) and `optimum.csv` with
the columns instance, lower_bound and best_known. Each problem runs through the
same search as a plan, once for a second and once for N seconds. Every schedule
is checked here, independently of the engine: precedence, capacities, and that
nothing is split. Printed are the schedules at the best known length, those
proven, and the gaps after one second; and how many seconds of the processors
the search got, which tells whether others kept them busy.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from zt_planner.engine.rcpsp.budget import Aim, SolverBudget, Watch
from zt_planner.engine.rcpsp.problem import Problem, Resource, plain_problem
from zt_planner.engine.rcpsp.search import Search, SearchResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FIRST_SECOND = 1.0


@dataclass(frozen=True, slots=True)
class Project:
    """A problem as its file says it: durations, successors, demands of each job, capacities."""

    durations: tuple[int, ...]
    successors: tuple[tuple[int, ...], ...]
    demands: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]


def numbers_after(lines: Sequence[str], heading: str, skipped: int) -> Iterator[list[int]]:
    """Yield the rows of numbers some lines below a heading, until a line of another kind."""
    begin = next(index for index, line in enumerate(lines) if line.startswith(heading)) + skipped
    for line in lines[begin:]:
        if not re.fullmatch(r"[\s\d]+", line):
            return
        yield [int(word) for word in line.split()]


def project_from(text: str) -> Project:
    """Read a `.sm` file: jobs are numbered from 1, the first and the last are the dummies."""
    lines = text.splitlines()
    followers = [tuple(job - 1 for job in row[3:]) for row in numbers_after(lines, "PRECEDENCE RELATIONS", 2)]
    requests = list(numbers_after(lines, "REQUESTS/DURATIONS", 3))
    (capacities,) = numbers_after(lines, "RESOURCEAVAILABILITIES", 2)
    return Project(
        tuple(row[2] for row in requests),
        tuple(followers),
        tuple(tuple(row[3:]) for row in requests),
        tuple(capacities),
    )


def problem_of(project: Project) -> Problem:
    """Return a project as the engine's problem."""
    after: list[list[int]] = [[] for _ in project.durations]
    for job, followers in enumerate(project.successors):
        for follower in followers:
            after[follower].append(job)
    columns = zip(*project.demands, strict=True)
    resources = [Resource(most, column) for most, column in zip(project.capacities, columns, strict=True)]
    return plain_problem(project.durations, after, resources)


def check(project: Project, starts: Sequence[int]) -> int:
    """Return the length of a schedule; exit where it breaks precedence or a capacity."""
    ends = [start + duration for start, duration in zip(starts, project.durations, strict=True)]
    late = any(starts[job] < ends[before] for before, jobs in enumerate(project.successors) for job in jobs)
    if late or min(starts) < 0:
        raise SystemExit("a schedule breaks precedence")
    for day in range(max(ends)):
        running = [job for job in range(len(ends)) if starts[job] <= day < ends[job]]
        for resource, most in enumerate(project.capacities):
            if sum(project.demands[job][resource] for job in running) > most:
                raise SystemExit("a schedule breaks a capacity")
    return max(ends)


def solved(project: Project, seconds: float) -> tuple[SearchResult, int, str]:
    """Return what the search finds within seconds, the checked length, and the seconds it took, in words."""
    begin, worked = perf_counter(), process_time()
    found = Search(problem_of(project), Watch(SolverBudget(seconds, perf_counter))).run()
    taken = f"{perf_counter() - begin:.1f} s ({process_time() - worked:.1f} s of the processors)"
    if found.starts is None:
        raise SystemExit("no schedule was found")
    return found, check(project, found.starts), taken


def optima_of(folder: Path) -> Mapping[str, tuple[int, int]]:
    """Return the proven bound and the best known length of each problem."""
    with (folder / "optimum.csv").open(encoding="utf-8", newline="") as file:
        return {row["instance"]: (int(row["lower_bound"]), int(row["best_known"])) for row in csv.DictReader(file)}


def rank(path: Path) -> list[int]:
    """Return the numbers in a file's name, to sort j301_2 before j3010_1."""
    return [int(word) for word in re.findall(r"\d+", path.stem)]


def main() -> None:
    """Solve and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="holds .sm files and optimum.csv")
    parser.add_argument("--seconds", type=float, default=20, help="for each problem")
    parser.add_argument("--only", default="", help="problems whose name holds this")
    given = parser.parse_args()
    optima = optima_of(given.folder)
    paths = sorted(path for path in given.folder.glob("*.sm") if given.only in path.stem)
    reached = proven = gaps = 0
    for path in sorted(paths, key=rank):
        project, (least, best) = project_from(path.read_text("ascii")), optima[path.name]
        first, length, _ = solved(project, FIRST_SECOND)
        after = f"after {FIRST_SECOND:.0f} s {first.bound} to {length}"
        gaps += length > first.bound
        if Aim.FINISH in first.proven:
            taken, found = "", first
        else:
            found, length, seconds = solved(project, given.seconds)
            taken = f", after {seconds} {found.bound} to {length}"
        if found.bound > best or length < least:
            raise SystemExit(f"{path.stem}: {found.bound} to {length} contradicts what is known, {least} to {best}")
        reached += length <= best
        proven += Aim.FINISH in found.proven
        is_proven = "proven" if Aim.FINISH in found.proven else "open"
        print(f"{path.stem:9} known {least} to {best}; {after}{taken}; {is_proven}", flush=True)
    print(f"{gaps} of {len(paths)} open after {FIRST_SECOND:.0f} s")
    print(f"best known length: {reached} of {len(paths)}; proven: {proven} of {len(paths)}")


if __name__ == "__main__":
    main()
