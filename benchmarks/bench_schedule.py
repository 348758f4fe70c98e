"""A whole plan against a bare schedule: `build_plan` of the default scenario and `trueppm_scheduler.schedule`.

Both get the same tasks, lengths, links, waits (as lags) and days off. The
other library computes the critical path of given lengths with unlimited
teams; `build_plan` searches for the smallest team that is sure enough to meet
the deadline, and computes licences, costs, figures and findings; `simulate`
draws what is promised. So the ratio says what all that costs in bare schedules;
the schedule's part is printed beside it. The run stops unless both find the
same dates for unlimited teams.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from trueppm_scheduler import Calendar, DateRange, Dependency, Project, Task, schedule

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ratios import alternating, ratio_of, spread
from tests.builders import plan_for
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.case_schedule import schedule_of
from zt_planner.engine.scheduling.calendar import SATURDAY, calendar_of, with_start
from zt_planner.engine.scheduling.schedule import Network, earliest_finish
from zt_planner.engine.simulation.result import simulate

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.scheduling.calendar import WorkCalendar

TODAY = date(2026, 11, 6)
DAYS_AHEAD = 3 * 366
"""How far ahead days off are passed on; the plan is done within a year."""


@dataclass(frozen=True, slots=True)
class Case:
    """The default scenario with its start, its plan and the calendar of its working days."""

    scenario: Scenario
    start: date
    plan: Plan
    calendar: WorkCalendar


def default_case() -> Case:
    """Return the default scenario, planned."""
    scenario = with_start(Scenario(), TODAY)
    start = scenario.timeline.start or TODAY
    plan = plan_for(case_of(scenario, price_book(), phase_model(), today=TODAY))
    return Case(scenario, start, plan, calendar_of(scenario.timeline, start))


def project_of(case: Case) -> Project:
    """Return the plan's tasks as the other library wants them: finish-to-start links, waits as lags in days."""
    tasks = case.plan.tasks
    waits = {task.task.id: timedelta(weeks=task.task.wait_weeks) for task in tasks}
    days = (case.start + timedelta(days=offset) for offset in range(DAYS_AHEAD))
    off = [
        day
        for day in days
        if day.weekday() < SATURDAY and case.calendar.index_from(day) == case.calendar.index_after(day)
    ]
    return Project(
        id="default",
        name="Default scenario",
        start_date=case.start,
        tasks=[Task(task.task.id, task.task.name, timedelta(days=task.length_days)) for task in tasks],
        dependencies=[Dependency(before, task.task.id, lag=waits[before]) for task in tasks for before in task.after],
        calendar=Calendar(exceptions=[DateRange(day, day) for day in off]),
    )


def own_finish(case: Case) -> date:
    """Return the finish for unlimited teams at the plan's lengths."""
    network = Network(case.plan.case.task_works)
    lengths = [task.length_days for task in case.plan.tasks]
    first = case.calendar.index_from(case.start)
    return case.calendar.day(earliest_finish(network, lengths, case.calendar, first))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200, help="calls of each, alternating")
    parser.add_argument("--warm-ups", type=int, default=20, help="calls of each before that")
    given = parser.parse_args()
    case = default_case()
    project, book, model = project_of(case), price_book(), phase_model()
    resolved = case.plan.case
    found, own = schedule(project).project_finish, own_finish(case)
    if found != own:
        raise SystemExit(f"not comparable: unlimited teams finish on {found} there and on {own} here")
    theirs, whole, part, chain, drawn = alternating(
        (
            lambda: schedule(project),
            lambda: plan_for(case_of(case.scenario, book, model, today=TODAY)),
            lambda: schedule_of(resolved),
            lambda: own_finish(case),
            lambda: simulate(case.plan),
        ),
        given.rounds,
        given.warm_ups,
    )
    links = len(project.dependencies)
    print(
        f"Default scenario, deadline mode: {len(case.plan.tasks)} tasks, {links} links; "
        f"both end on {own}, no team limited."
    )
    print(f"trueppm_scheduler.schedule (critical path)         {spread(theirs)}")
    print(f"earliest_finish (critical path, network included)  {spread(chain)}")
    print(f"schedule_of (search for the team)                  {spread(part)}")
    print(f"build_plan (all of it)                             {spread(whole)}")
    print(f"simulate (what is promised)                        {spread(drawn)}")
    print(f"schedule_of / trueppm_scheduler.schedule: {ratio_of(part, theirs)}")
    print(f"build_plan / trueppm_scheduler.schedule: {ratio_of(whole, theirs)}")


if __name__ == "__main__":
    main()
