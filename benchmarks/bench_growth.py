"""How the time of `build_plan` grows: phase models of 1, 10 and 100 copies of the default one side by side.

Capacity mode; the teams grow with the copies. A scenario allows 50 days a week
at most, so each copy brings half a day of either team and 100 copies reach that
bound. The first copy keeps its ids, so that every rule about costs has its
tasks; the others' ids get a number. Exponents are between neighbouring sizes:
1.00 is proportional to the tasks; n log n is printed beside it.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ratios import alternating, median
from tests.builders import plan_for
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.scenario import Mode, Scenario, Timeline
from zt_planner.engine.case import case_of
from zt_planner.engine.company_size import company_size
from zt_planner.engine.scheduling.calendar import calendar_of, with_start
from zt_planner.engine.scheduling.effort import scope_of, works_of
from zt_planner.engine.scheduling.schedule import Network, Teams, place_works

if TYPE_CHECKING:
    from collections.abc import Callable

    from zt_planner.domain.data.phase_model import PhaseModel, Task

TODAY = date(2026, 11, 6)
SIZES = (1, 10, 100)
DAYS_A_COPY = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Grown:
    """One size: its scenario and model, and the two things that are timed."""

    copies: int
    tasks: int
    plan: Callable[[], object]
    placement: Callable[[], object]


def copied(task: Task, number: int) -> Task:
    """Return a task of a copy; the first copy is the model itself."""
    if number == 0:
        return task
    renamed = {"id": f"{task.id}-{number}", "after": tuple(f"{before}-{number}" for before in task.after)}
    return task.model_copy(update=renamed)


def copies_of(model: PhaseModel, copies: int) -> PhaseModel:
    """Return a phase model with copies side by side."""
    return replace(model, tasks=tuple(copied(task, number) for number in range(copies) for task in model.tasks))


def scenario_for(copies: int) -> Scenario:
    """Return the default company in capacity mode, its teams grown with the copies."""
    team = DAYS_A_COPY * copies
    timeline = Timeline(mode=Mode.CAPACITY, internal_days_per_week=team, external_days_per_week=team)
    return with_start(Scenario(timeline=timeline), TODAY)


def grown(copies: int) -> Grown:
    """Prepare one size."""
    book, model, scenario = price_book(), copies_of(phase_model(), copies), scenario_for(copies)
    start = scenario.timeline.start or TODAY
    size = company_size(scenario, model.parameters)
    task_works, calendar = (
        works_of(scenario, model, size, scope_of(scenario, model, size), start),
        calendar_of(scenario.timeline, start),
    )
    network, first = Network(task_works), calendar.index_from(start)
    team = Fraction(DAYS_A_COPY) * copies
    teams, weight = Teams(team, team), scenario.timeline.protection_first
    return Grown(
        copies,
        len(task_works),
        lambda: plan_for(case_of(scenario, book, model, today=TODAY)),
        lambda: place_works(network, teams, calendar, weight, first),
    )


def exponent(small: Grown, large: Grown, times: tuple[float, float]) -> float:
    """Return the power of the number of tasks with which the time grows between two sizes."""
    return log(times[1] / times[0]) / log(large.tasks / small.tasks)


def of_n_log_n(small: Grown, large: Grown) -> float:
    """Return the exponent that n log n would show between two sizes."""
    return exponent(small, large, (small.tasks * log(small.tasks), large.tasks * log(large.tasks)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="plans of each size, alternating")
    parser.add_argument("--warm-ups", type=int, default=1, help="plans of each size before that")
    given = parser.parse_args()
    sizes = [grown(copies) for copies in SIZES]
    actions = [action for size in sizes for action in (size.plan, size.placement)]
    medians = [median(series) for series in alternating(actions, given.rounds, given.warm_ups)]
    plans, placements = medians[::2], medians[1::2]
    print(f"Capacity mode, {DAYS_A_COPY} days a week of either team for each copy; medians of {given.rounds} plans.")
    for size, whole, part in zip(sizes, plans, placements, strict=True):
        share = part / whole
        print(
            f"{size.copies:4} copies, {size.tasks:5} tasks: build_plan {whole:9.2f} ms, "
            f"place_works alone {part:9.2f} ms ({share:.0%})"
        )
    for index in range(1, len(sizes)):
        small, large = sizes[index - 1], sizes[index]
        whole, part = (exponent(small, large, (series[index - 1], series[index])) for series in (plans, placements))
        print(
            f"{small.tasks} to {large.tasks} tasks: build_plan grows as n^{whole:.2f}, "
            f"place_works as n^{part:.2f}; n log n would be n^{of_n_log_n(small, large):.2f}"
        )
    overall = exponent(sizes[0], sizes[-1], (plans[0], plans[-1]))
    print(
        f"build_plan, {sizes[0].tasks} to {sizes[-1].tasks} tasks: {plans[-1] / plans[0]:.0f} times as long, "
        f"n^{overall:.2f}; n log n would be n^{of_n_log_n(sizes[0], sizes[-1]):.2f}"
    )


if __name__ == "__main__":
    main()
