"""A plan that is under way against a bare schedule of it by another library, and its draws against that one's.

The default plan on a day in its middle: what was to be done by then is done, every third task three working days
late, what was to run runs, with as many days left as planned. `build_plan` makes dates, licences, money and findings
of it; `trueppm_scheduler.schedule` gets the same lengths, links, waits (as lags), days off, actual days and the same
status date, and computes the critical path. The run stops unless both find the same finish for unlimited teams. The
same plan without a status is measured beside it: what the status costs.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trueppm_scheduler import Project, monte_carlo, schedule

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bench_schedule import TODAY, Case, default_case, project_of
from benchmarks.ratios import alternating, ratio_of, spread
from benchmarks.uncertainty import uncertain_project
from tests.builders import plan_for
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.uncertainty import DRAWS
from zt_planner.engine.case import case_of
from zt_planner.engine.scheduling.facts import pins_of
from zt_planner.engine.scheduling.schedule import Network, earliest_finish
from zt_planner.engine.simulation.result import simulate
from zt_planner.files.scenario_json import with_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.engine.plan import Plan

STATUS_DATE = date(2027, 4, 15)
LATE_DAYS, EVERY = 3, 3


def recorded(plan: Plan, case: Case) -> Mapping[str, Any]:
    """Return what is recorded on the status date, as fields of the scenario."""
    fields: dict[str, Any] = {"status.at": STATUS_DATE}
    for number, task in enumerate(plan.tasks):
        late = 0 if number % EVERY else LATE_DAYS
        finish = case.calendar.day(case.calendar.index_from(task.finish) + late)
        start = f"status.tasks.{task.task.id}.started", task.start
        if finish <= STATUS_DATE:
            fields |= dict([start, (f"status.tasks.{task.task.id}.finished", finish)])
        elif task.start <= STATUS_DATE:
            left = case.calendar.index_after(task.finish) - case.calendar.index_from(STATUS_DATE)
            fields |= dict([start, (f"status.tasks.{task.task.id}.left_days", max(left, 1))])
    return fields


def under_way(project: Project, plan: Plan) -> Project:
    """Return the other library's project on the status date, with the lengths and actual days of a plan."""
    project.status_date = STATUS_DATE
    by_id = {task.task.id: task for task in plan.tasks}
    for index, task in enumerate(project.tasks):
        ours = by_id[task.id]
        actual: dict[str, Any] = {"actual_start": ours.start} if ours.has_begun else {}
        if ours.state is TaskState.DONE:
            actual |= {"actual_finish": ours.finish, "percent_complete": 100.0}
        elif ours.state is TaskState.RUNNING:
            actual |= {"duration": timedelta(days=ours.left_days)}
        project.tasks[index] = replace(task, **actual)
    return project


def own_finish(case: Case, plan: Plan) -> date:
    """Return the finish for unlimited teams on the status date, at the plan's lengths."""
    works = case_of(plan.scenario, price_book(), phase_model(), today=TODAY).task_works
    first = case.calendar.index_from(case.start)
    network = Network(works, pins_of([work.fact for work in works], case.calendar, first))
    lengths = [task.length_days for task in plan.tasks]
    return case.calendar.day(earliest_finish(network, lengths, case.calendar, first))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100, help="calls of each, alternating")
    parser.add_argument("--warm-ups", type=int, default=10, help="calls of each before that")
    given = parser.parse_args()
    case, book, model = default_case(), price_book(), phase_model()
    scenario = with_values(case.scenario, recorded(case.plan, case))
    plan = plan_for(case_of(scenario, book, model, today=TODAY))
    project, drawn = under_way(project_of(case), plan), under_way(uncertain_project(case), plan)
    found, own = schedule(project).project_finish, own_finish(case, plan)
    if found != own:
        raise SystemExit(f"not comparable: unlimited teams finish on {found} there and on {own} here")
    theirs, with_status, without, draws_theirs, draws_with, draws_without = alternating(
        (
            lambda: schedule(project),
            lambda: plan_for(case_of(scenario, book, model, today=TODAY)),
            lambda: plan_for(case_of(case.scenario, book, model, today=TODAY)),
            lambda: monte_carlo(drawn, runs=DRAWS, seed=1),
            lambda: simulate(plan),
            lambda: simulate(case.plan),
        ),
        given.rounds,
        given.warm_ups,
    )
    done, running = (sum(task.state is state for task in plan.tasks) for state in (TaskState.DONE, TaskState.RUNNING))
    print(f"{STATUS_DATE}: {done} of {len(plan.tasks)} tasks done, {running} running; unlimited teams finish on {own}.")
    print(f"trueppm_scheduler.schedule (critical path)       {spread(theirs)}")
    print(f"build_plan with the status                       {spread(with_status)}")
    print(f"build_plan without                               {spread(without)}")
    print(f"trueppm_scheduler.monte_carlo (dates)            {spread(draws_theirs)}")
    print(f"simulate with the status (dates and money)       {spread(draws_with)}")
    print(f"simulate without                                 {spread(draws_without)}")
    print(f"build_plan with / without a status: {ratio_of(with_status, without)}")
    print(f"build_plan / trueppm_scheduler.schedule: {ratio_of(with_status, theirs)}")
    print(f"simulate with / without a status: {ratio_of(draws_with, draws_without)}")
    print(f"simulate / trueppm_scheduler.monte_carlo: {ratio_of(draws_with, draws_theirs)}")


if __name__ == "__main__":
    main()
