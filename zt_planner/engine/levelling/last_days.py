"""The last days that a levelled plan keeps: MFA, urgent tasks and each step, no later than in the quick plan (M20).

MFA and tasks with a head start of 200 days or more always; the steps where what protects comes first
(`protection_first` 1). Where no order keeps all of them within the limits, they are moved as little as possible, one
after the other: MFA first, then urgent tasks, then the steps in their order, preparation at last, so that what comes
earlier in this list is never moved for what comes later. Laws: a plan whose quick schedule keeps the limits keeps every
last day; a step that is finished later than in the quick plan is a delay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zt_planner.domain.data.phase_model import MFA_FOR_EVERYONE, NamedTask, Step, Task
from zt_planner.engine.case import Case
from zt_planner.engine.levelling.problem import Setting
from zt_planner.engine.rcpsp.budget import SolverBudget
from zt_planner.engine.rcpsp.problem import Problem, Starts
from zt_planner.engine.rcpsp.search import any_schedule
from zt_planner.engine.rcpsp.serial import urgent_first
from zt_planner.engine.scheduling.effort import EARLY_HEAD_START_DAYS


class MfaFor(StrEnum):
    """Who has MFA."""

    ADMINISTRATORS = "administrators"
    EVERYONE = "everyone"


MFA_TASKS = {MfaFor.ADMINISTRATORS: frozenset({NamedTask.ADMIN_MFA}), MfaFor.EVERYONE: MFA_FOR_EVERYONE}
STEPS = (*(step for step in Step if step is not Step.PREPARATION), Step.PREPARATION)
"""The steps that are kept in time, the most important first."""

SOLVER_SHARE = 0.15
"""The share of the time in which the solver looks for MFA by its day, where serial schedules do not have it then."""


@dataclass(frozen=True, slots=True)
class LastDay:
    """The tasks of MFA or of a step, or an urgent one, and the day after their last one in the quick plan."""

    of: MfaFor | Task | Step
    tasks: tuple[int, ...]
    end: int
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Delay:
    """MFA, an urgent task or a step that is finished so many working days later than in the quick plan.

    `is_forced` where its day was to be kept and the search has no order within the limits that does; else it is
    later for the sake of an earlier finish.
    """

    of: MfaFor | Task | Step
    levelled: date
    days: int
    is_forced: bool


def last_days_of(setting: Setting) -> tuple[LastDay, ...]:
    """Return the last days of the quick schedule, the most important first."""
    keeps_steps = setting.case.scenario.timeline.protection_first == 1
    return tuple(
        LastDay(of, tasks, setting.problem.end_of(tasks, setting.quick), keeps_steps or not isinstance(of, Step))
        for of, tasks in _tasks_in_time(setting.case)
        if tasks
    )


def _tasks_in_time(case: Case) -> Iterator[tuple[MfaFor | Task | Step, tuple[int, ...]]]:
    """Yield what is finished in time with the indices of its tasks, the most important first."""
    tasks = [work.task for work in case.task_works]
    for who, of_it in MFA_TASKS.items():
        yield who, tuple(index for index, task in enumerate(tasks) if task.id in of_it)
    for index, task in enumerate(tasks):
        if task.head_start_days >= EARLY_HEAD_START_DAYS and task.id not in MFA_TASKS[MfaFor.ADMINISTRATORS]:
            yield task, (index,)
    for step in STEPS:
        yield step, tuple(index for index, task in enumerate(tasks) if task.step is step)


def keep(
    problem: Problem, first: Starts, last_days: Iterable[LastDay], solver_budget: SolverBudget
) -> tuple[Problem, Starts]:
    """Return a problem with last days, moved as little as a search by halving needs, and a schedule of it.

    `first` is a schedule of the problem without them.
    """
    starts = first
    for last_day in last_days:
        too_early, end = last_day.end - 1, problem.end_of(last_day.tasks, starts)
        while end > last_day.end and end - too_early > 1 and not solver_budget.is_cancelled():
            tried = last_day.end if too_early < last_day.end else (too_early + end) // 2
            sooner = problem.ended_by(last_day.tasks, tried)
            schedule = urgent_first(sooner, starts)
            if schedule is None and tried == last_day.end and isinstance(last_day.of, MfaFor):
                share = replace(solver_budget, seconds=solver_budget.seconds * SOLVER_SHARE)
                schedule = any_schedule(sooner, sooner.horizon, starts, share)
            if schedule is None:
                too_early = tried
            else:
                starts, end = schedule, problem.end_of(last_day.tasks, schedule)
        problem = problem.ended_by(last_day.tasks, max(end, last_day.end))
    return problem, starts


def delays_of(setting: Setting, starts: Starts) -> tuple[Delay, ...]:
    """Return what a schedule finishes later than the quick one."""
    return tuple(
        Delay(last_day.of, setting.axis.day(end - 1), end - last_day.end, last_day.is_kept)
        for last_day in last_days_of(setting)
        if (end := setting.problem.end_of(last_day.tasks, starts)) > last_day.end
    )
