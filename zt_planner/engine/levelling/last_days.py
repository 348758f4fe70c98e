"""The last days that a levelled plan keeps: MFA and each step, no later than in the quick plan (M20).

MFA always, for administrators and for everyone; the steps where what protects comes first (`protection_first` 1). Where
no order within the limits is found that keeps all of them, they are moved as
little as possible, one after the other: MFA first, then the steps in their order,
preparation at last, so that what comes earlier in this list is never moved for
what comes later. Laws: a plan whose quick schedule keeps the limits keeps every
last day; a step that is finished later than in the quick plan is a delay.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zt_planner.domain.data.phase_model import MFA_FOR_EVERYONE, NamedTask, Step
from zt_planner.engine.levelling.problem import Setting
from zt_planner.engine.rcpsp.budget import SolverBudget
from zt_planner.engine.rcpsp.problem import Problem, Starts
from zt_planner.engine.rcpsp.search import any_schedule
from zt_planner.engine.rcpsp.serial import urgent_first


class MfaFor(StrEnum):
    """Who has MFA."""

    ADMINISTRATORS = "administrators"
    EVERYONE = "everyone"


MFA_TASKS = {MfaFor.ADMINISTRATORS: frozenset({NamedTask.ADMIN_MFA}), MfaFor.EVERYONE: MFA_FOR_EVERYONE}
MFA_AND_STEPS = (*MfaFor, *(step for step in Step if step is not Step.PREPARATION), Step.PREPARATION)
"""What is kept in time, the most important first."""

SOLVER_SHARE = 0.15
"""The share of the time in which the solver looks for MFA by its day, where serial schedules do not have it then."""


@dataclass(frozen=True, slots=True)
class LastDay:
    """The tasks of MFA or of a step, and the day after their last one in the quick plan."""

    of: MfaFor | Step
    tasks: tuple[int, ...]
    end: int
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Delay:
    """MFA, or a step, that is finished so many working days later than in the quick plan.

    `is_forced` where its day was to be kept, and no order within the limits was found that does; else it is later
    for the sake of an earlier finish.
    """

    of: MfaFor | Step
    quick: date
    levelled: date
    days: int
    is_forced: bool


def last_days_of(setting: Setting) -> tuple[LastDay, ...]:
    """Return the last days of the quick schedule, the most important first."""
    keeps_steps = setting.case.scenario.timeline.protection_first == 1
    found = ((of, tuple(_tasks_of(setting, of))) for of in MFA_AND_STEPS)
    return tuple(
        LastDay(of, tasks, setting.problem.end_of(tasks, setting.quick), keeps_steps or isinstance(of, MfaFor))
        for of, tasks in found
        if tasks
    )


def _tasks_of(setting: Setting, of: MfaFor | Step) -> Iterable[int]:
    works = enumerate(setting.case.task_works)
    if isinstance(of, MfaFor):
        return (index for index, work in works if work.task.id in MFA_TASKS[of])
    return (index for index, work in works if work.task.step is of)


def keep(
    problem: Problem, first: Starts, last_days: Iterable[LastDay], solver_budget: SolverBudget
) -> tuple[Problem, Starts]:
    """Return a problem with last days, moved as little as was found to do, and a schedule of it.

    `first` is a schedule of the problem without them. What is open between too early and late enough is halved,
    which takes a moment only.
    """
    starts = first
    for last_day in last_days:
        too_early, end = last_day.end - 1, problem.end_of(last_day.tasks, starts)
        while end > last_day.end and end - too_early > 1 and not solver_budget.is_cancelled():
            tried = last_day.end if too_early < last_day.end else (too_early + end) // 2
            sooner = problem.ended_by(last_day.tasks, tried)
            found = urgent_first(sooner, starts)
            if found is None and tried == last_day.end and isinstance(last_day.of, MfaFor):
                found = _solved(sooner, starts, solver_budget)
            if found is None:
                too_early = tried
            else:
                starts, end = found, problem.end_of(last_day.tasks, found)
        problem = problem.ended_by(last_day.tasks, max(end, last_day.end))
    return problem, starts


def _solved(problem: Problem, starts: Starts, solver_budget: SolverBudget) -> Starts | None:
    """Return what the solver finds within its share of the time."""
    share = replace(solver_budget, seconds=solver_budget.seconds * SOLVER_SHARE)
    return any_schedule(problem, problem.horizon, starts, share)


def delays_of(setting: Setting, starts: Starts) -> tuple[Delay, ...]:
    """Return what a schedule finishes later than the quick one."""
    day, ends = setting.axis.day, setting.problem.end_of
    found = ((last_day, ends(last_day.tasks, starts)) for last_day in last_days_of(setting))
    return tuple(
        Delay(it.of, day(it.end - 1), day(end - 1), end - it.end, it.is_kept) for it, end in found if end > it.end
    )
