"""What finished plans teach: how much work tasks took against their estimates, and how often promises were kept.

The estimate is what a task of the model takes in that company, whatever was set for it in the plan. Laws: only tasks
whose days of both teams are recorded count, and only plans in which every task is finished; a ratio that few plans
show is drawn towards 1, by n / (n + 4); a range is said only where at least five do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median, quantiles
from typing import NamedTuple

from zt_planner.domain.catalogue import Catalogue
from zt_planner.domain.data.columns import MOST_EFFORT_DAYS
from zt_planner.domain.data.phase_model import MOST_DAYS_PER_UNIT, PhaseModel, Task
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.catalogue import CatalogueUse
from zt_planner.domain.scenario.scenario import ConfidenceLevel
from zt_planner.engine.own_catalogue import ends_of, rounded_days
from zt_planner.engine.plan import Plan

DRAWN_TO_ONE = 4
"""So many plans weigh as much as the estimate itself."""
LEAST_FOR_A_RANGE = 5
TENTHS = 10
FEWEST_TIMES, MOST_TIMES = 0.1, 10.0
"""As much as an estimate: what is beyond is a slip of the keys rather than work."""
FACTOR_PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class FinishedPlan:
    """A plan of which every task is finished: its estimates in person-days, what was spent, and what was promised."""

    ratios: dict[str, Fraction]
    finish: date
    promised: date
    confidence: ConfidenceLevel

    @property
    def is_kept(self) -> bool:
        """Tell whether it was done by the day that was promised."""
        return self.finish <= self.promised


def is_finished(plan: Plan) -> bool:
    """Tell whether every task is finished, and something is recorded of it."""
    at = plan.scenario.status.at
    return at is not None and bool(plan.tasks) and all(task.state is TaskState.DONE for task in plan.tasks)


def finished_plan(plan: Plan, promised: date, model: PhaseModel) -> FinishedPlan:
    """Return what a finished plan took against the estimates of a model for its company."""
    spent = ((task, spent_on(plan, task)) for task in plan.tasks if task.task.id in model.by_id)
    sized = ((task, days, plan.case.size.effort_days(model.by_id[task.task.id])) for task, days in spent)
    return FinishedPlan(
        {task.task.id: days / estimate for task, days, estimate in sized if days is not None and estimate},
        plan.headlines.finish_date,
        promised,
        plan.scenario.timeline.confidence,
    )


def spent_on(plan: Plan, task: ScheduledTask) -> Fraction | None:
    """Return the days of both teams that are recorded of a task; None where one is missing that has a part in it.

    A task of which a part was done before the plan has taken more than is recorded.
    """
    record, whole = plan.scenario.status.record_of(task.task.id), task.work.whole
    edit = plan.scenario.tasks.edits.get(task.task.id)
    if edit is not None and edit.done:
        return None
    parts = ((record.spent_internal, whole.internal), (record.spent_external, whole.external))
    if any(days is None and planned for days, planned in parts):
        return None
    return sum((Fraction(days) for days, _ in parts if days is not None), Fraction(0)) or None


class LearnedTask(NamedTuple):
    """What `n` plans show of a task: the median of actual to estimate, the factor that is proposed, and the range.

    `low` and `high` are P10 and P90 as factors on the median, and so on the new estimate; None where too few plans
    show it.
    """

    task: Task
    n: int
    median: float
    factor: float
    low: float | None
    high: float | None

    @property
    def row(self) -> Task:
        """The task as a row of a catalogue."""
        factor = Decimal(repr(self.factor))
        grown = (rounded_days(days * factor) for days in self.task.days_per_unit)
        changes = {
            "base_days": min(rounded_days(self.task.base_days * factor), MOST_EFFORT_DAYS),
            "days_per_unit": tuple(min(days, MOST_DAYS_PER_UNIT) for days in grown),
        }
        if self.low is not None and self.high is not None:
            changes |= ends_of(*(Decimal(repr(end)).quantize(FACTOR_PLACES) for end in (self.low, self.high)))
        return Task.model_validate({**dict(self.task), **changes})


def learned(plans: Iterable[FinishedPlan], model: PhaseModel) -> Iterator[LearnedTask]:
    """Yield what plans show of each task of a model, in its order."""
    ratios: dict[str, list[float]] = defaultdict(list)
    for plan in plans:
        for key, ratio in plan.ratios.items():
            ratios[key].append(float(ratio))
    for task in model.tasks:
        if task.id in ratios:
            yield _of_task(task, ratios[task.id])


def _of_task(task: Task, ratios: Sequence[float]) -> LearnedTask:
    n, middle = len(ratios), median(ratios)
    factor = min(max(1 + (middle - 1) * n / (n + DRAWN_TO_ONE), FEWEST_TIMES), MOST_TIMES)
    if n < LEAST_FOR_A_RANGE:
        return LearnedTask(task, n, middle, factor, None, None)
    tenths = quantiles(ratios, n=TENTHS, method="inclusive")
    return LearnedTask(task, n, middle, factor, tenths[0] / middle, tenths[-1] / middle)


class Kept(NamedTuple):
    """Of how many plans that promised with one confidence how many kept their date."""

    confidence: ConfidenceLevel
    kept: int
    n: int


def kept_promises(plans: Sequence[FinishedPlan]) -> tuple[Kept, ...]:
    """Return how well the promises held, by how sure they were."""
    of_level = {level: [plan for plan in plans if plan.confidence is level] for level in ConfidenceLevel}
    return tuple(Kept(level, sum(plan.is_kept for plan in each), len(each)) for level, each in of_level.items() if each)


def with_learned(catalogue: Catalogue | None, found: Iterable[LearnedTask], name: str, day: date) -> Catalogue:
    """Return a catalogue with what was learned in the place of its own tasks, a new one where there is none."""
    rows = {each.task.id: each.row for each in found}
    if catalogue is None:
        return Catalogue(CatalogueUse(name=name, day=day), tuple(rows.values()))
    others = (task for task in catalogue.tasks if task.id not in rows)
    use = catalogue.use.model_copy(update={"day": day})
    return replace(catalogue, use=use, tasks=(*others, *rows.values()))
