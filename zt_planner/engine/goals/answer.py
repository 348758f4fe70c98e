"""Ask backwards: the table of contents of this room (M21).

    question ─> plan as it is ─> other teams | other choices | fewer services | fewer tasks ─> what comes nearest

Laws: every set that is returned meets what it says when it is planned, and
leaving any one of its changes out does not; sets are of different natures, no
more than three, the cheapest first; a plan that meets the goals is not changed;
equal questions have equal answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.plan import Plan
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.goals.changes import ChangeSet, Nature, left_out_between, lost_between, nature_of, plan_order
from zt_planner.engine.goals.gains import Gains
from zt_planner.engine.goals.nearest import Nearest
from zt_planner.engine.goals.question import Goals, check_goals
from zt_planner.engine.goals.search import GoalSearch
from zt_planner.engine.goals.trials import GoalProgress, Trial, Trials

MOST_SETS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What must be true: sets of changes that meet the goals, and what comes nearest without leaving anything out.

    Where there is no set, `nearest` may leave something out too; none of `nearest` is the current plan, `now`.
    Where that meets the goals there is nothing to change. `plans` were computed.
    """

    goals: Goals
    now: Plan
    sets: tuple[ChangeSet, ...] = ()
    nearest: tuple[ChangeSet, ...] = ()
    plans: int = 1

    @property
    def is_true_already(self) -> bool:
        """Tell whether the current plan meets the goals."""
        return self.goals.met_by(self.now)


def ignore_report(_progress: GoalProgress) -> None:
    """Follow nothing."""


def ask(
    scenario: Scenario,
    price_book: PriceBook,
    phase_model: PhaseModel,
    goals: Goals,
    *,
    today: date,
    follow: Callable[[GoalProgress], None] = ignore_report,
) -> Answer:
    """Say what must be true for a plan to meet goals.

    `follow` is told before each plan how far the search is; what it raises ends the search. Raises GoalRefused for
    goals of which no plan could be asked, ScenarioError where the scenario names what there is not.
    """
    case = case_of(scenario, price_book, phase_model, today=today)
    check_goals(goals, case.start, today)
    trials = Trials(case, follow)
    if goals.met_by(trials.now):
        return Answer(goals, trials.now, plans=trials.count)
    search = GoalSearch(trials, goals, Gains(trials, goals))
    found = [trial for trial in map(search.best_of, Nature) if trial is not None][:MOST_SETS]
    nearest = Nearest(search, may_leave_out=not found)
    ways: list[tuple[Trial, Goals]] = []
    if all(nature_of(trial.changes).leaves_out for trial in found):
        late = nearest.meets_after_all()
        ways = list(nearest.found()) if late is None else []
        found += [] if late is None else [late]
    sets = sorted((change_set(trial, goals, trials.now) for trial in found), key=set_order)
    near = tuple(change_set(trial, met, trials.now) for trial, met in ways if trial.changes)
    return Answer(goals, trials.now, tuple(sets), near, trials.count)


def change_set(trial: Trial, goals: Goals, now: Plan) -> ChangeSet:
    """Return what was found as a set of changes."""
    plan = trial.plan
    return ChangeSet(trial.changes, goals, plan, left_out_between(now, plan), lost_between(now, plan))


def set_order(change_set: ChangeSet) -> tuple[Decimal, Decimal, int]:
    """Return by what sets are ordered: cash over the horizon, of the first year, and how many changes they are."""
    return (*plan_order(change_set.plan), len(change_set.changes))
