"""Limits that no schedule keeps together: which conflict, and how little would help (M20).

Each limit is relaxed alone, the others held: the last day moves, the cap rises, a team grows, closures or own dates go.
A limit is part of the conflict where that helps. For the smallest cap, caps between what no schedule keeps and what one
does are tried in turn, by the search that levels; then the solver is asked whether less will do.

Law: every relaxation has a schedule that keeps the limits with it; where it is `is_least`, less is proven not to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.task_edits import Tasks
from zt_planner.domain.scenario.values import MOST_DAYS_A_WEEK
from zt_planner.engine.levelling.limits import Limits, with_limits
from zt_planner.engine.levelling.problem import Setting, setting_of
from zt_planner.engine.rcpsp.budget import Aim, SolverBudget, Watch
from zt_planner.engine.rcpsp.cp_sat import CpModel, Objective, Run, Spending
from zt_planner.engine.rcpsp.problem import Ledger, Starts
from zt_planner.engine.rcpsp.search import MOST_LITERALS, SearchResult, any_schedule

CAPS_TRIED = 6
"""Each halves what is open between too little and enough."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest month's payment, in units of the ledger, and whether it is proven to be the lowest possible."""

    amount: int
    is_least: bool


class MinPeakSearch:
    """The search for the lowest peak month where all is done in so many days; `solver_budget` is that of one try."""

    def __init__(self, setting: Setting, last: int, solver_budget: SolverBudget) -> None:
        self.problem, self.last = setting.uncapped, last
        self.ledger: Ledger = setting.payments.ledger(None)
        self.quick, self.solver_budget = setting.quick, solver_budget

    def peak_of(self, starts: Starts) -> int:
        return max(self.ledger.spent(starts, self.problem.finish_of(starts)))

    def run(self) -> Peak | None:
        """Return the lowest peak; None when the search has no schedule that finishes in time."""
        best = any_schedule(self.problem, self.last, self.quick, self.solver_budget)
        if best is None:
            return None
        low = 0
        for _ in range(CAPS_TRIED):
            cap = (low + self.peak_of(best)) // 2
            capped = replace(self.ledger, limits=(cap,) * len(self.ledger.limits))
            lower = any_schedule(replace(self.problem, ledger=capped), self.last, best, self.solver_budget)
            low, best = (cap, best) if lower is None else (low, lower)
        return self._proven(best)

    def _proven(self, best: Starts) -> Peak:
        """Ask the solver for a lower peak month than in the best schedule."""
        known = Peak(self.peak_of(best), is_least=False)
        model = CpModel(self.problem, self.last)
        if sum(last - first + 1 for first, last in model.windows) > MOST_LITERALS:
            return known
        peak = model.model.new_int_var(0, known.amount, "")
        for amount in Spending(model, self.ledger).amounts:
            model.model.add(amount <= peak)
        model.hint(best)
        watch = Watch(self.solver_budget)
        outcome = Run(model, Objective(Aim.EVENNESS, peak, None, 0), watch).solve(watch.left)
        return Peak(self.peak_of(outcome.starts or best), outcome.is_final)


SECONDS_A_TRY = 1.0
"""The time of one try."""
QUARTER = Decimal("0.25")


class Relaxed(StrEnum):
    """A limit that can be relaxed."""

    FINISH_BY = "finish_by"
    CAP = "cap"
    INTERNAL = "internal"
    EXTERNAL = "external"
    CLOSURES = "closures"
    OWN_DATES = "own_dates"


@dataclass(frozen=True, slots=True)
class LimitRelaxation:
    """What one limit would have to be, the others as they are: a day, EUR, or days a week; None where it is dropped.

    `is_least` says that less is proven not to do.
    """

    limit: Relaxed
    value: date | Decimal | None = None
    is_least: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Limits that were not kept together: where `is_proven`, nothing can keep them."""

    relaxations: tuple[LimitRelaxation, ...]
    is_proven: bool


def conflict_of(setting: Setting, limits: Limits, search_result: SearchResult, solver_budget: SolverBudget) -> Conflict:
    """Return what keeps limits from being kept together, by what would help."""
    last = None if limits.finish_by is None else setting.days_until(limits.finish_by)
    is_proven = search_result.is_impossible or (last is not None and search_result.bound > last)
    tries = Tries(setting, limits, solver_budget)
    relaxations = [relaxation for relaxation in tries.relaxations(search_result) if relaxation is not None]
    return Conflict(tuple(relaxations), is_proven)


class Tries:
    """Looks for schedules with one limit relaxed."""

    def __init__(self, setting: Setting, limits: Limits, solver_budget: SolverBudget) -> None:
        self.setting, self.limits = setting, limits
        self.solver_budget = replace(solver_budget, seconds=SECONDS_A_TRY)

    @property
    def scenario(self) -> Scenario:
        return self.setting.case.scenario

    def relaxations(self, search_result: SearchResult) -> Iterator[LimitRelaxation | None]:
        if search_result.starts is not None:
            finish = self.setting.problem.finish_of(search_result.starts)
            day = self.setting.axis.day(finish - 1)
            yield LimitRelaxation(Relaxed.FINISH_BY, day, is_least=search_result.bound == finish)
        if self.limits.cap is not None:
            yield self._cap()
        yield self._team(Relaxed.INTERNAL)
        yield self._team(Relaxed.EXTERNAL)
        yield self._without_closures()
        yield self._without_own_dates()

    def _cap(self) -> LimitRelaxation | None:
        """Return the smallest cap with which the other limits are kept, in whole EUR."""
        setting, last = self.setting, self._last(self.setting)
        peak = MinPeakSearch(setting, last, self.solver_budget).run()
        if peak is None:
            return None
        return LimitRelaxation(Relaxed.CAP, setting.payments.cap_for(peak.amount), is_least=peak.is_least)

    def _last(self, setting: Setting) -> int:
        """Return by how many days all must be done."""
        day = self.limits.finish_by
        return setting.axis.days if day is None else setting.days_until(day)

    def can(self, scenario: Scenario) -> bool:
        """Tell whether the search has a schedule that keeps a scenario's limits, in the time of one try."""
        setting = setting_of(self.setting.case.changed(scenario))
        if setting is None or self.solver_budget.is_cancelled():
            return False
        return any_schedule(setting.problem, self._last(setting), setting.quick, self.solver_budget) is not None

    def _team(self, team: Relaxed) -> LimitRelaxation | None:
        """Return the smallest larger team that would do, in quarter days a week."""
        own = self.limits.internal if team is Relaxed.INTERNAL else self.limits.external

        def with_days(days: Decimal) -> bool:
            grown = (
                replace(self.limits, internal=days) if team is Relaxed.INTERNAL else replace(self.limits, external=days)
            )
            return self.can(with_limits(self.scenario, grown))

        if own >= MOST_DAYS_A_WEEK or not with_days(MOST_DAYS_A_WEEK):
            return None
        enough = next((days for days in _doubling(own) if with_days(days)), MOST_DAYS_A_WEEK)
        steps = int((enough - own) / QUARTER)
        low, high = steps // 2, steps  # `low` was not enough, or is no change
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if with_days(own + middle * QUARTER) else (middle, high)
        return LimitRelaxation(team, own + high * QUARTER)

    def _without_closures(self) -> LimitRelaxation | None:
        timeline = self.scenario.timeline
        open_all_year = timeline.model_copy(update={"closures": ()})
        helps = timeline.closures and self.can(self.scenario.model_copy(update={"timeline": open_all_year}))
        return LimitRelaxation(Relaxed.CLOSURES) if helps else None

    def _without_own_dates(self) -> LimitRelaxation | None:
        tasks = self.scenario.tasks
        free = edits_without_dates(tasks)
        helps = free != tasks and self.can(self.scenario.model_copy(update={"tasks": free}))
        return LimitRelaxation(Relaxed.OWN_DATES) if helps else None


def _doubling(days: Decimal) -> Iterator[Decimal]:
    """Yield teams that are larger by a quarter day a week, half a day, a day and so on."""
    more = QUARTER
    while days + more < MOST_DAYS_A_WEEK:
        yield days + more
        more *= 2


def edits_without_dates(tasks: Tasks) -> Tasks:
    """Return what is set for tasks without earliest and fixed dates."""
    none = {"earliest_start": None, "fixed_start": None}
    return Tasks(
        edits={key: edit.model_copy(update=none) for key, edit in tasks.edits.items()},
        own={key: task.model_copy(update=none) for key, task in tasks.own.items()},
        kept_model=tasks.kept_model,
    )
