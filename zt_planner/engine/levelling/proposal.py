"""The levelled plan compared with the current one: which tasks move, by how much, why, and with what effect (M20).

Laws: the levelled plan is what `build_plan` makes of the scenario that is
proposed; it keeps every limit; it is never behind the quick one in the order
of the aims where that keeps the limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from zt_planner.engine.case import case_of
from zt_planner.engine.levelling.binding import BindingConstraint, BindingConstraints
from zt_planner.engine.levelling.conflict import Conflict, conflict_of
from zt_planner.engine.levelling.limits import Limits, asked_for
from zt_planner.engine.levelling.problem import Setting, setting_of
from zt_planner.engine.planner import plan_of
from zt_planner.engine.rcpsp.budget import Aim, Watch
from zt_planner.engine.rcpsp.search import Search

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import Plan
    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.case import Case
    from zt_planner.engine.rcpsp.budget import SolverBudget
    from zt_planner.engine.rcpsp.problem import Starts
    from zt_planner.engine.rcpsp.search import SearchResult

HUNDREDTHS = 100


class LevellingStage(StrEnum):
    """What is worked on: the schedule, or what would help where limits conflict."""

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
    that no schedule can be shorter than.
    """

    limits: Limits
    current: Plan
    quick: Plan
    plan: Plan
    moves: tuple[Move, ...]
    quick_length: int
    length: int
    bound: int
    proven: frozenset[Aim]

    @property
    def values(self) -> Mapping[str, object]:
        """What to set in the current scenario, by dotted paths, so that it is the levelled one."""
        timeline, levelling = self.plan.scenario.timeline, self.plan.scenario.levelling
        return {
            "timeline.mode": timeline.mode,
            "timeline.internal_days_per_week": timeline.internal_days_per_week,
            "timeline.external_days_per_week": timeline.external_days_per_week,
            "levelling.starts": levelling.starts,
            "levelling.basis": levelling.basis,
        }

    @property
    def is_proven(self) -> bool:
        """No schedule under these limits is shorter."""
        return Aim.FINISH in self.proven

    @property
    def gap(self) -> float:
        """By which share of the bound the finish may be above the best possible one, 0 where it is proven."""
        return (self.length - self.bound) / self.bound if self.bound else 0.0


@dataclass(frozen=True, slots=True)
class Levelled:
    """What levelling comes to: a proposal, or limits in conflict, then with the best that the others allow, if any.

    Both are None when the scenario has no schedule at all, and its plan says why.
    """

    proposal: Proposal | None = None
    conflict: Conflict | None = None


def no_stage(_: LevellingStage) -> None:
    """Follow no stage."""


def level(
    scenario: Scenario,
    price_book: PriceBook,
    phase_model: PhaseModel,
    *,
    today: date,
    limits: Limits,
    solver_budget: SolverBudget,
    on_stage: Callable[[LevellingStage], None] = no_stage,
) -> Levelled:
    """Level a scenario to limits; raise ScenarioError if it names a price that nobody knows."""
    case = case_of(scenario, price_book, phase_model, today=today)
    setting = setting_of(case.changed(asked_for(case.scenario, limits)))
    if setting is None:
        return Levelled()
    on_stage(LevellingStage.SCHEDULE)
    found = searched(setting, solver_budget)
    current = plan_of(case)
    proposal = None if found.starts is None else proposal_of(setting, current, limits, found)
    if is_kept(limits, proposal) or solver_budget.is_cancelled():
        return Levelled(proposal)
    on_stage(LevellingStage.CONFLICT)
    return Levelled(proposal, conflict_of(setting, limits, found, solver_budget))


def is_kept(limits: Limits, proposal: Proposal | None) -> bool:
    """Tell whether there is a proposal that is done by the day that limits set."""
    if proposal is None or proposal.plan.headlines is None:
        return False
    return limits.finish_by is None or proposal.plan.headlines.finish_date <= limits.finish_by


def weights_of(case: Case) -> tuple[int, ...]:
    """Return how much each work protects: its step's share of the risk, in hundredths.

    The shares are assumptions (`risk_shares.csv`); they decide which of two equally short schedules is better,
    nothing else.
    """
    shares = {row.step: round(row.share * HUNDREDTHS) for row in case.model.risk}
    return tuple(shares.get(work.task.step, 0) for work in case.task_works)


def searched(setting: Setting, solver_budget: SolverBudget) -> SearchResult:
    """Search for the best schedule of a setting, its quick one first."""
    weights = weights_of(setting.case)
    even = setting.payments.ledger(None)
    return Search(setting.problem, Watch(solver_budget), weights=weights, even=even).run(setting.quick)


def proposal_of(setting: Setting, current: Plan, limits: Limits, search_result: SearchResult) -> Proposal:
    """Return what the schedule that was found does to the current plan."""
    case, starts = setting.case, search_result.starts or setting.quick
    quick = plan_of(case)
    return Proposal(
        limits=limits,
        current=current,
        quick=quick,
        plan=plan_of(case.changed(setting.levelled(starts))),
        moves=moves_of(setting, current if current.tasks else quick, starts),
        quick_length=setting.problem.finish_of(setting.quick),
        length=setting.problem.finish_of(starts),
        bound=search_result.bound,
        proven=search_result.proven,
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
