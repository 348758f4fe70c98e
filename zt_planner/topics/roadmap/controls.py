"""The tasks as applied controls, as the import of CISO Assistant reads them: `applied_controls.csv`.

Decides which control a task is. Columns and codes are those of that import, the same in every language; names,
descriptions and remarks are the reader's. Laws: each task of the plan is one control, those that were done before
included, and no two have one name; an amount that is not wholly known is an empty cell, never 0, and so is one that
would hold labour where it is hidden.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from zt_planner.domain import units
from zt_planner.domain.categories import Kind
from zt_planner.domain.data.phase_model import Step, Task
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.month import MONTHS_A_YEAR
from zt_planner.domain.plan import CostLine, ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.operation import activities_of
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.language import Listed, Text, Words, sentences, series
from zt_planner.topics.labels import label
from zt_planner.topics.table import Column
from zt_planner.topics.task_words import task_name, task_names, wait_text, work_text


class Category(StrEnum):
    """What kind of control a task is; CISO Assistant also knows procedures."""

    POLICY = "policy"
    PROCESS = "process"
    TECHNICAL = "technical"
    PHYSICAL = "physical"


class Function(StrEnum):
    """The function of the NIST Cybersecurity Framework 2.0 that a task serves most."""

    GOVERN = "govern"
    IDENTIFY = "identify"
    PROTECT = "protect"
    DETECT = "detect"
    RESPOND = "respond"
    RECOVER = "recover"


class ControlStatus(StrEnum):
    """How far a control is; CISO Assistant also knows ones that are on hold, degraded or deprecated."""

    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    ACTIVE = "active"


class EffortSize(StrEnum):
    """How much work a task is."""

    XS = "XS"
    S = "S"
    M = "M"
    L = "L"
    XL = "XL"


TASKS_BY_KIND: Mapping[tuple[Category, Function], tuple[str, ...]] = {
    (Category.POLICY, Function.GOVERN): ("mfa_agreement", "works_council"),
    (Category.PROCESS, Function.GOVERN): ("kickoff", "licence_order"),
    (Category.PROCESS, Function.IDENTIFY): ("inventory", "network_inventory", "machine_inventory"),
    (Category.POLICY, Function.PROTECT): ("role_concept", "zone_concept"),
    (Category.PROCESS, Function.PROTECT): (
        *("joiner_leaver", "access_review", "hardware_order", "patch-internet", "directors-training"),
    ),
    (Category.PHYSICAL, Function.PROTECT): ("hardware_install",),
    (Category.TECHNICAL, Function.PROTECT): (
        *("admin_mfa", "directory", "mfa_pilot", "mfa_rollout", "legacy_auth", "conditional_access", "sso"),
        *("remote_mfa", "privileged_roles", "ad_hardening", "rights_cleanup", "just_in_time", "vlans", "isolation"),
        *("machine_zones", "micro_segmentation", "ztna", "mdm_baseline", "device_pilot", "enrolment", "compliance"),
        "device_access",
    ),
    (Category.PROCESS, Function.DETECT): ("monitoring_choice",),
    (Category.TECHNICAL, Function.DETECT): (
        *("edr_onboarding", "mdr_onboarding", "monitoring_onboarding", "tuning", "risk_policies", "data_alerts"),
    ),
    (Category.PROCESS, Function.RESPOND): ("incident_process", "exercise"),
    (Category.TECHNICAL, Function.RECOVER): ("backup-survives",),
}
"""Each task of the model and each proposed one."""
KIND_OF = {task_id: kind for kind, task_ids in TASKS_BY_KIND.items() for task_id in task_ids}
FUNCTION_OF_STEP = {
    Step.PREPARATION: Function.GOVERN,
    Step.IDENTITIES: Function.PROTECT,
    Step.LEAST_PRIVILEGE: Function.PROTECT,
    Step.SEGMENTATION: Function.PROTECT,
    Step.DEVICES: Function.PROTECT,
    Step.MONITORING: Function.DETECT,
}
"""Of own tasks: nobody has said what category they are."""
LEAST_HEAD_STARTS, LAST_PRIORITY = {1: 160, 2: 100, 3: 40}, 4
"""From which head start on a task has a priority: what protects first is 1."""
MOST_DAYS = {EffortSize.XS: 2, EffortSize.S: 4, EffortSize.M: 8, EffortSize.L: 16}
"""Up to how many person-days of both teams work has a size."""
STATUS_OF = {
    TaskState.NOT_BEGUN: ControlStatus.TO_DO,
    TaskState.RUNNING: ControlStatus.IN_PROGRESS,
    TaskState.DONE: ControlStatus.ACTIVE,
}


@dataclass(frozen=True, slots=True)
class Control:
    """A task as a control; `scheduled` is None where it was done before the plan begins.

    `is_in_part_before` where a part was done before a plan begins that is not under way: the status says the rest.
    `once` and `monthly` are its cost lines, the latter those of the month after the finish; `shows_once` tells whether
    they are all of them. `own_days_monthly` is the work of operation that begins with its finish.
    """

    task: Task
    name: Words
    description: Words
    scheduled: ScheduledTask | None
    is_in_part_before: bool
    once: tuple[CostLine, ...]
    monthly: tuple[CostLine, ...]
    shows_once: bool
    own_days_monthly: Fraction

    @property
    def category(self) -> Category | None:
        """Its category; None of an own task."""
        return KIND_OF[self.task.id][0] if self.task.id in KIND_OF else None

    @property
    def function(self) -> Function:
        return KIND_OF[self.task.id][1] if self.task.id in KIND_OF else FUNCTION_OF_STEP[self.task.step]

    @property
    def status(self) -> ControlStatus:
        if self.scheduled is None:
            return ControlStatus.ACTIVE
        return ControlStatus.IN_PROGRESS if self.is_in_part_before else STATUS_OF[self.scheduled.state]

    @property
    def start(self) -> date | None:
        """Its first day; None where work was begun before the plan, or nobody recorded when."""
        return None if self.scheduled is None or self.is_in_part_before else self.scheduled.known_start

    @property
    def priority(self) -> int:
        reached = (each for each, least in LEAST_HEAD_STARTS.items() if self.task.head_start_days >= least)
        return next(reached, LAST_PRIORITY)

    @property
    def effort(self) -> EffortSize | None:
        """Its size; None where it was done before."""
        if self.scheduled is None:
            return None
        days = self.scheduled.work.days
        return next((size for size, most in MOST_DAYS.items() if days <= most), EffortSize.XL)

    @property
    def build_cost(self) -> Decimal | None:
        """What it costs once; None where that is not wholly known."""
        return known_sum(self.once) if self.shows_once else None

    @property
    def run_cost(self) -> Decimal | None:
        """What it costs in a year after the finish; None where that is not wholly known."""
        monthly = known_sum(self.monthly)
        return None if monthly is None else monthly * MONTHS_A_YEAR

    @property
    def has_cost(self) -> bool:
        return self.build_cost is not None or self.run_cost is not None

    @property
    def remark(self) -> Words:
        """Say what is not in its dates and amounts."""
        is_priced = all(line.amount is not None for line in (*self.once, *self.monthly))
        return sentences(
            Text("Done before the plan begins.") if self.scheduled is None else "",
            "" if is_priced else Text("A price is missing: an amount is left empty, not 0."),
            "" if self.shows_once else Text("Day rates are hidden: the one-off cost is left empty, not 0."),
        )


def known_sum(lines: Iterable[CostLine]) -> Decimal | None:
    """Return the sum of lines; None where there are none, or one has no price."""
    every = tuple(lines)
    return sum_of(every) if every and all(line.amount is not None for line in every) else None


def controls_of(plan: AnyPlan) -> tuple[Control, ...]:
    """Return each task of a plan as a control, those that were done before last; none of a plan that stopped."""
    if not isinstance(plan, Plan):
        return ()
    scheduled = {task.task.id: task for task in plan.tasks}
    tasks = (*(task.task for task in plan.tasks), *plan.case.done)
    count = Counter(task.name.casefold() for task in tasks)
    once = _by_task((*plan.replaced_lines, *plan.cost_lines), Kind.ONE_OFF)
    monthly = _by_task(plan.run_rate_lines, Kind.RECURRING)
    own_days: defaultdict[str, Fraction] = defaultdict(Fraction)
    for activity in activities_of(plan.case):
        own_days[activity.row.from_finish_of] += activity.days
    return tuple(
        Control(
            task,
            task_name(task)
            if count[task.name.casefold()] == 1
            else Text("{name} ({id})", name=task_name(task), id=task.id),
            _description(task, scheduled.get(task.id), plan),
            scheduled.get(task.id),
            not plan.scenario.status.is_under_way and plan.scenario.tasks.given_for(task.id).done > 0,
            tuple(once[task.id]),
            tuple(monthly[task.id]),
            plan.shows_labour or task.id not in scheduled or not scheduled[task.id].work.whole.external,
            own_days[task.id],
        )
        for task in tasks
    )


def _by_task(lines: Iterable[CostLine], kind: Kind) -> Mapping[str, Sequence[CostLine]]:
    """Return the planned cash of a kind by task; what was booked in its place is left out."""
    found: defaultdict[str, list[CostLine]] = defaultdict(list)
    for line in lines:
        if line.is_cash and line.kind is kind and not line.is_actual:
            found[line.task_id].append(line)
    return found


def _description(task: Task, scheduled: ScheduledTask | None, plan: Plan) -> Words:
    """Say which step a task is of, how much work it is, what it waits for, and which points of NIS2 it serves."""
    parts = [label(task.step), *([] if scheduled is None else _work_parts(scheduled, plan)), *_points(task, plan)]
    return Text("{text}.", text=Listed(parts, ". "))


def _work_parts(task: ScheduledTask, plan: Plan) -> Iterator[Words]:
    names = task_names(plan.case.model)
    yield work_text(task)
    if task.after:
        yield Text("Waits for: {tasks}", tasks=series(names[task_id] for task_id in task.after))
    yield from wait_text(task)


def _points(task: Task, plan: Plan) -> Iterator[Words]:
    mainly = [covered.point for covered in plan.coverage if task.id in covered.main_tasks]
    partly = [covered.point for covered in plan.coverage if task.id in covered.partial_tasks]
    if mainly:
        yield Text("NIS2 points that it mainly serves: {points}", points=", ".join(mainly))
    if partly:
        yield Text("NIS2 points that it partly serves: {points}", points=", ".join(partly))


def control_columns() -> tuple[Column[Control], ...]:
    """Return the columns by the names that the import of CISO Assistant knows; nobody reads their titles here.

    A plan knows of no day on which a control expires, and does not rate what a single task does against attacks.
    """
    return (
        _column("ref_id", lambda control: control.task.id),
        _column("name", lambda control: control.name),
        _column("description", lambda control: control.description),
        _column("category", lambda control: control.category),
        _column("csf_function", lambda control: control.function),
        _column("status", lambda control: control.status),
        _column("priority", lambda control: control.priority),
        _column("effort", lambda control: control.effort),
        _column("control_impact", lambda _: None),
        _column("start_date", lambda control: control.start),
        _column("eta", lambda control: None if control.scheduled is None else control.scheduled.finish),
        _column("expiry_date", lambda _: None),
        _column("observation", lambda control: control.remark),
        _column("cost_currency", lambda control: HOME_CURRENCY if control.has_cost else None),
        _column("cost_build_fixed", lambda control: control.build_cost),
        _column("cost_build_people_days", _own_days),
        _column("cost_run_fixed", lambda control: control.run_cost),
        _column("cost_run_people_days", _own_days_a_year),
    )


def _column(name: str, value: Callable[[Control], Any]) -> Column[Control]:
    return Column(name, value=value, name=name)


def _own_days(control: Control) -> Decimal | None:
    if control.scheduled is None:
        return None
    return units.PERSON_DAYS.exact(control.scheduled.work.whole.internal)


def _own_days_a_year(control: Control) -> Decimal | None:
    return units.PERSON_DAYS.exact(control.own_days_monthly * MONTHS_A_YEAR) if control.own_days_monthly else None
