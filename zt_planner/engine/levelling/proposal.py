"""The levelled plan compared with the current one: which tasks move, by how much, why, and with what effect (M20).

What keeps a task from starting earlier is asked of the finished schedule, all other tasks staying where they are: on
the first day on which predecessors and own dates would let it start, and on the last one before it does, what would be
broken?

Laws: the levelled plan is what `build_plan` makes of the scenario that is proposed; it keeps every limit; it is never
behind the quick one in the order of the aims where that keeps the limits, and says what it finishes later. A task that
starts later than predecessors and own dates ask for has a constraint, `NOTHING` where it could start earlier and does
not, for the sake of a later aim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zt_planner.domain.month import Month
from zt_planner.domain.plan import Team
from zt_planner.domain.scenario.fields import LEVELLED, ORDER
from zt_planner.engine.case import Case
from zt_planner.engine.levelling.conflict import Conflict, conflict_of
from zt_planner.engine.levelling.last_days import Delay, delays_of, keep, last_days_of
from zt_planner.engine.levelling.limits import Limits, with_limits
from zt_planner.engine.levelling.problem import Setting, setting_of
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.planner import build_plan, plan_of_schedule
from zt_planner.engine.rcpsp.budget import Aim, SolverBudget, Watch, ignore_progress
from zt_planner.engine.rcpsp.problem import Problem, Starts
from zt_planner.engine.rcpsp.search import Search, SearchResult
from zt_planner.engine.rcpsp.serial import urgent_first
from zt_planner.engine.scheduling.calendar import DayOff, day_off


class ConstraintKind(StrEnum):
    """What can keep a task from starting earlier."""

    START = "start"
    PREDECESSORS = "predecessors"
    OWN_DATE = "own_date"
    DAYS_OFF = "days_off"
    TEAM = "team"
    CAP = "cap"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class BindingConstraint:
    """A limit that holds a task back.

    `tasks` are the predecessors that end last, or what fills the team; `team`
    and `month` are those of `TEAM` and `CAP`; `until` is the last day off of `DAYS_OFF`.
    """

    limit: ConstraintKind
    tasks: tuple[str, ...] = ()
    team: Team | None = None
    month: Month | None = None
    until: date | None = None


class BindingConstraints:
    """What holds the tasks of a schedule back."""

    def __init__(self, setting: Setting, starts: Starts) -> None:
        self.setting, self.starts = setting, starts
        self.problem = setting.problem
        self.finish = self.problem.finish_of(starts)
        self.teams = [
            (team, resource, self.problem.usage_of(resource, starts))
            for team, resource in zip(Team, self.problem.resources, strict=True)
        ]

    def of(self, index: int) -> tuple[BindingConstraint, ...]:
        """Return what holds a task back, on its first possible day and on the day before it starts."""
        ready = max((self._lets_start(before, index) for before in self.problem.after[index]), default=0)
        first, start = max((ready, self.problem.earliest[index])), self.starts[index]
        if start <= first:
            return (self._before(index, ready, start),)
        return tuple(
            dict.fromkeys(
                self._full_team(index, day) or self._full_month(index, day) or BindingConstraint(ConstraintKind.NOTHING)
                for day in (first, start - 1)
            )
        )

    def _lets_start(self, before: int, index: int) -> int:
        return self.problem.ready(before, index, self.starts[before] + self.problem.lengths[before])

    def _before(self, index: int, ready: int, start: int) -> BindingConstraint:
        """Return why a task that starts as early as it may does not start earlier: days off, predecessors, own date."""
        if start > ready:
            return BindingConstraint(ConstraintKind.OWN_DATE)
        closed = self._closed_before(start)
        if closed is not None:
            return BindingConstraint(ConstraintKind.DAYS_OFF, until=closed)
        last = [before for before in self.problem.after[index] if self._lets_start(before, index) == ready]
        return (
            BindingConstraint(ConstraintKind.PREDECESSORS, self._ids(last))
            if last
            else BindingConstraint(ConstraintKind.START)
        )

    def _closed_before(self, start: int) -> date | None:
        """Return the last day of a closure or the freeze right before a working day, None when there is none."""
        timeline, axis = self.setting.case.scenario.timeline, self.setting.axis
        if start == 0:
            return None
        before, day = axis.day(start - 1), axis.day(start)
        between = (before.fromordinal(number) for number in range(day.toordinal() - 1, before.toordinal(), -1))
        region, freeze, closures = timeline.region, timeline.year_end_freeze, timeline.closures
        special = (DayOff.CLOSURE, DayOff.FREEZE)
        reasons = ((off, day_off(off, region, year_end_freeze=freeze, closures=closures)) for off in between)
        return next((off for off, reason in reasons if reason in special), None)

    def _full_team(self, index: int, day: int) -> BindingConstraint | None:
        """Return the team that would have no room for a task from a day on."""
        start, length = self.starts[index], self.problem.lengths[index]
        for team, resource, used in self.teams:
            demand = resource.demands[index]
            for number in range(day, day + length) if demand else ():
                own = demand if start <= number < start + length else 0
                if used[number] - own + demand > resource.capacity:
                    busy = (
                        other
                        for other, begun in enumerate(self.starts)
                        if other != index
                        and resource.demands[other]
                        and begun <= number < begun + self.problem.lengths[other]
                    )
                    return BindingConstraint(ConstraintKind.TEAM, self._ids(busy), team)
        return None

    def _full_month(self, index: int, day: int) -> BindingConstraint | None:
        """Return the first month that would pay more than the cap with a task from a day on."""
        ledger = self.problem.ledger
        if ledger is None:
            return None
        moved = (*self.starts[:index], day, *self.starts[index + 1 :])
        pairs = zip(ledger.spent(moved, self.finish), ledger.limits, strict=True)
        above = next((period for period, (amount, limit) in enumerate(pairs) if amount > limit), None)
        return (
            None if above is None else BindingConstraint(ConstraintKind.CAP, month=self.setting.payments.months[above])
        )

    def _ids(self, indices: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.setting.case.task_works[index].task.id for index in indices)


HUNDREDTHS = 100


class LevellingStage(StrEnum):
    """What a job of levelling computes: the schedule, or what would help where limits conflict."""

    SCHEDULE = "schedule"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Move:
    """A task that starts on another day than in the current plan: by so many working days, later ones positive."""

    task_id: str
    current: date
    levelled: date
    days: int
    constraints: tuple[BindingConstraint, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A levelled plan beside the current one, and the quick plan of the same limits.

    Lengths are working days from the start to the finish; `bound` is a length
    that no schedule can be shorter than that keeps the last days of this one
    (`engine.levelling.last_days`). `delays` is what was given up of them.
    """

    limits: Limits
    current: AnyPlan
    quick: Plan
    plan: Plan
    moves: tuple[Move, ...]
    delays: tuple[Delay, ...]
    length: int
    bound: int
    proven: frozenset[Aim]

    @property
    def values(self) -> Mapping[str, object]:
        """What to set in the current scenario, by dotted paths, so that it is the levelled one."""
        timeline, levelling = self.plan.scenario.timeline, self.plan.scenario.levelling
        return {
            "timeline.mode": timeline.mode,
            "timeline.target_months": timeline.target_months,
            "timeline.internal_days_per_week": timeline.internal_days_per_week,
            "timeline.external_days_per_week": timeline.external_days_per_week,
            LEVELLED: levelling.starts,
            "levelling.basis": levelling.basis,
            ORDER: levelling.order,
        }

    @property
    def is_proven(self) -> bool:
        """No schedule under these limits that keeps the last days is shorter."""
        return Aim.FINISH in self.proven

    @property
    def gap(self) -> float:
        """By which share of the bound the finish may be above the best possible one, 0 where it is proven."""
        return (self.length - self.bound) / self.bound if self.bound else 0.0


@dataclass(frozen=True, slots=True)
class LevellingResult:
    """A proposal, or limits in conflict, then with the best proposal that keeps the other limits, if any.

    Both are None when the scenario has no schedule at all, and its plan says why.
    """

    proposal: Proposal | None = None
    conflict: Conflict | None = None


def level(
    case: Case,
    *,
    limits: Limits,
    solver_budget: SolverBudget,
    on_stage: Callable[[LevellingStage], None] = ignore_progress,
) -> LevellingResult:
    """Level a case to limits."""
    setting = setting_of(case.changed(with_limits(case.scenario, limits)))
    if setting is None:
        return LevellingResult()
    on_stage(LevellingStage.SCHEDULE)
    result, limits_only = search_schedule(setting, solver_budget)
    current = build_plan(case)
    proposal = None if result.starts is None else proposal_of(setting, current, limits, result)
    if is_kept(limits, proposal) or solver_budget.is_cancelled():
        return LevellingResult(proposal)
    on_stage(LevellingStage.CONFLICT)
    return LevellingResult(proposal, conflict_of(setting, limits, limits_only, solver_budget))


def is_kept(limits: Limits, proposal: Proposal | None) -> bool:
    """Tell whether there is a proposal that is done by the day that limits set."""
    if proposal is None:
        return False
    return limits.finish_by is None or proposal.plan.headlines.finish_date <= limits.finish_by


def weights_of(case: Case) -> tuple[int, ...]:
    """Return how much each work protects: its step's share of the risk, in hundredths.

    The shares are assumptions (`risk_shares.csv`); they decide which of two equally short schedules is better,
    nothing else.
    """
    shares = {row.step: round(row.share * HUNDREDTHS) for row in case.model.risk}
    return tuple(shares.get(work.task.step, 0) for work in case.task_works)


def search_schedule(setting: Setting, solver_budget: SolverBudget) -> tuple[SearchResult, SearchResult]:
    """Search for the best schedule of a setting that keeps its last days as far as the limits allow.

    The second result is of the same schedule, with what is proven of all schedules that keep the limits.
    """
    watch, last = Watch(solver_budget), setting.last
    problem = setting.problem if last is None else replace(setting.problem, horizon=min(last, setting.axis.days))
    first, limits_only = setting.quick, None
    if any(problem.faults_of(first)):
        limits_only = _within(setting, problem, watch)
        if limits_only.starts is None:
            return limits_only, limits_only
        first = limits_only.starts
        problem = replace(problem, horizon=max(problem.horizon, problem.finish_of(first)))
    kept, first = keep(
        problem, first, (last_day for last_day in last_days_of(setting) if last_day.is_kept), solver_budget
    )
    weights, even = weights_of(setting.case), setting.payments.ledger(None)
    result = Search(kept, watch, weights=weights, even=even).run(first)
    return result, result if limits_only is None else replace(limits_only, starts=result.starts)


def _within(setting: Setting, problem: Problem, watch: Watch) -> SearchResult:
    """Return a schedule within the limits, the last day among them if possible, otherwise as short as possible.

    It takes half of the time at most.
    """
    starts = urgent_first(problem, setting.quick)
    if starts is not None:
        return SearchResult(starts, 0)
    search: Search

    def is_settled() -> bool:
        in_time = search.finish is not None and search.finish <= problem.horizon
        return watch.solver_budget.is_cancelled() or in_time

    own = Watch(replace(watch.solver_budget, seconds=watch.solver_budget.seconds / 2, is_cancelled=is_settled))
    search = Search(setting.problem, own)
    result = search.run(setting.quick)
    watch.count(own.elapsed)
    return result


def proposal_of(setting: Setting, current: AnyPlan, limits: Limits, search_result: SearchResult) -> Proposal | None:
    """Return what the schedule of a search does to the current plan."""
    case, starts = setting.case, search_result.starts or setting.quick
    quick = plan_of_schedule(case, setting.schedule)
    plan = build_plan(case.changed(setting.levelled(starts, current.scenario.timeline)))
    return (
        Proposal(
            limits=limits,
            current=current,
            quick=quick,
            plan=plan,
            moves=moves_of(setting, current if isinstance(current, Plan) else quick, starts),
            delays=delays_of(setting, starts),
            length=setting.problem.finish_of(starts),
            bound=search_result.bound,
            proven=search_result.proven,
        )
        if isinstance(plan, Plan)
        else None
    )


def moves_of(setting: Setting, current: Plan, starts: Starts) -> tuple[Move, ...]:
    """Return the tasks that start on another day than in the current plan, in the order of their new days."""
    constraints, axis = BindingConstraints(setting, starts), setting.axis
    before = {task.task.id: task.start for task in current.tasks}
    moves = []
    for index in sorted(range(len(starts)), key=lambda index: (starts[index], index)):
        task_id = setting.case.task_works[index].task.id
        day, levelled = before[task_id], axis.day(starts[index])
        if day != levelled:
            days = starts[index] - axis.number(axis.calendar.index_from(day))
            moves.append(Move(task_id, day, levelled, days, constraints.of(index)))
    return tuple(moves)
