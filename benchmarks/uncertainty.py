"""Ten thousand draws of a plan against ten thousand runs of another library.

`simulate` draws dates and money of the default plan: 35 tasks, their waits,
day rates and prices, everything that is bought with a task. The other
library's `monte_carlo` gets the same tasks with three-point estimates in whole
days, the same links and waits (as lags) and days off, and simulates dates
only. Both run in turn in one process. Warm, the random numbers of the seed are
remembered; cold, they are made anew. `--draws` measures more draws, warm, per
10,000.
"""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from trueppm_scheduler import Dependency, Project, Task, monte_carlo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bench_schedule import Case, default_case, project_of
from benchmarks.ratios import alternating, ratio_of, spread
from zt_planner.domain.scenario.uncertainty import DRAWS
from zt_planner.engine.simulation import draws
from zt_planner.engine.simulation.result import simulate

if TYPE_CHECKING:
    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.engine.simulation.result import SimulationResult

WARM_AIM, COLD_AIM = 0.25, 0.5


def uncertain(task: ScheduledTask) -> Task:
    """Return a task with its range in whole days."""
    days = task.length_days
    low, high = (max(1, round(days * float(factor))) for factor in (task.task.low, task.task.high))
    return Task(
        task.task.id,
        task.task.name,
        timedelta(days=days),
        optimistic_duration=timedelta(days=min(low, days)),
        most_likely_duration=timedelta(days=days),
        pessimistic_duration=timedelta(days=max(high, days)),
    )


def uncertain_project(case: Case) -> Project:
    """Return the plan's tasks in its resource-linked order, with ranges."""
    project = project_of(case)
    project.tasks = [uncertain(task) for task in case.plan.tasks]
    project.dependencies += [
        Dependency(before, task.task.id)
        for task in case.plan.tasks
        for before in task.links
        if before not in task.after
    ]
    return project


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=60, help="calls of each, alternating")
    parser.add_argument("--warm-ups", type=int, default=10, help="calls of each before that")
    parser.add_argument("--draws", type=int, default=100_000, help="draws of the longer simulation")
    given = parser.parse_args()
    case = default_case()
    plan, project = case.plan, uncertain_project(case)

    def drawn(count: int = DRAWS) -> SimulationResult | None:
        return simulate(plan, draws=count)

    def cold() -> SimulationResult | None:
        draws.forget_draws()
        return drawn()

    theirs, warm, made = alternating(
        (lambda: monte_carlo(project, runs=DRAWS, seed=1), drawn, cold), given.rounds, given.warm_ups
    )
    (many,) = alternating((lambda: drawn(given.draws),), max(3, given.rounds // 10), 1)
    print(f"{len(plan.tasks)} tasks, {DRAWS} draws.")
    print(f"trueppm_scheduler.monte_carlo (dates)            {spread(theirs)}")
    print(f"simulate, numbers remembered (dates and money)   {spread(warm)}")
    print(f"simulate, numbers made anew                      {spread(made)}")
    print(f"simulate, {given.draws} draws                        {spread(many)}")
    for name, series, aim in (("warm", warm, WARM_AIM), ("cold", made, COLD_AIM)):
        ratio = ratio_of(series, theirs)
        print(f"{name}: simulate / monte_carlo: {ratio}; {'keeps to' if ratio.upper <= aim else 'misses'} {aim}")
    print(f"{given.draws} draws / {DRAWS} draws, warm: {ratio_of(many, warm)}")


if __name__ == "__main__":
    main()
