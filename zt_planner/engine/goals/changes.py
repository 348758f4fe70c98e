"""Changes of a scenario that answer a question: which may be proposed, and what is lost by them (M21).

A change is one decision; its fields are set together. Decides what may be proposed, not what helps. Never proposed:
more than is planned; facts (people, machines, hardware that can stay, prices, dates and closures); and to leave out
preparation, identities, or what is urgent, as everything else depends on it. A task goes with all that waits for it.
Law: a change has, by dotted path, just the values that a person would set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zt_planner.domain.data.phase_model import ExclusionRule, Step, Task
from zt_planner.domain.dependencies import ids_in_order
from zt_planner.domain.plan import Capacity, CoverageState, ScheduledTask
from zt_planner.domain.scenario.fields import OWN_TASKS, TASK_EDITS
from zt_planner.domain.scenario.scenario import Billing, IdentityProvider, Monitoring, RemoteAccess, Scenario
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan

ENDLESS = Decimal("Infinity")


class Nature(StrEnum):
    """What a set of changes asks of a company, the least first: that of its greatest change."""

    DAYS = "days"
    MIX = "mix"
    SERVICES = "services"
    TASKS = "tasks"

    @property
    def rank(self) -> int:
        """How much it asks for."""
        return tuple(Nature).index(self)

    @property
    def leaves_out(self) -> bool:
        """Tell whether something that was planned is left out."""
        return self in {Nature.SERVICES, Nature.TASKS}


class Topic(StrEnum):
    """What a change is about."""

    TEAMS = "teams"
    PROVIDER = "provider"
    BILLING = "billing"
    MONITORING = "monitoring"
    REMOTE_ACCESS = "remote_access"
    ORDER = "order"
    TASKS = "tasks"


@dataclass(frozen=True, slots=True)
class Change:
    """One decision: the fields that it sets, by their dotted paths; `tasks` are those that it takes out of scope."""

    topic: Topic
    nature: Nature
    fields: tuple[tuple[str, Any], ...]
    tasks: tuple[str, ...] = ()


def changed_fields(changes: Iterable[Change]) -> dict[str, Any]:
    """Return every field that changes set, by its path."""
    return {path: value for change in changes for path, value in change.fields}


def applied(scenario: Scenario, changes: Iterable[Change]) -> Scenario:
    """Return a scenario with everything that changes set."""
    values = changed_fields(changes)
    return scenario.with_fields(values) if values else scenario


@dataclass(frozen=True, slots=True)
class Lost:
    """A point of NIS2 that a changed plan serves less far than the plan as it is."""

    point: str
    before: CoverageState
    after: CoverageState

    @property
    def steps(self) -> int:
        """How far it falls."""
        states = tuple(CoverageState)
        return states.index(self.before) - states.index(self.after)


def lost_between(before: AnyPlan, after: AnyPlan) -> tuple[Lost, ...]:
    """Return the points of NIS2 that a plan serves less far than another."""
    states = {covered.point: covered.state for covered in after.coverage}
    changes = (
        Lost(covered.point, covered.state, states.get(covered.point, CoverageState.OPEN)) for covered in before.coverage
    )
    return tuple(change for change in changes if change.steps > 0)


def left_out_between(before: AnyPlan, after: AnyPlan) -> tuple[str, ...]:
    """Return the tasks of a plan that another does not have, in its order."""
    kept = {task.task.id for task in after.tasks}
    return tuple(task.task.id for task in before.tasks if task.task.id not in kept)


def mfa_days_later(before: AnyPlan, after: AnyPlan) -> int:
    """Return by how many days everyone has MFA later in a plan than in another; 0 where one of them has none."""
    if isinstance(before, StoppedPlan) or isinstance(after, StoppedPlan):
        return 0
    now, then = before.headlines.mfa_date, after.headlines.mfa_date
    return 0 if now is None or then is None else max(0, (then - now).days)


MUCH_LATER_DAYS = 30
"""What puts MFA off by more than so many days is proposed only where nothing else is found."""


def is_mfa_much_later(before: AnyPlan, after: AnyPlan) -> bool:
    return mfa_days_later(before, after) > MUCH_LATER_DAYS


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that together meet `goals`, and the plan that they lead to, with what it promises.

    That is its `finish` and its `first_year`, None where a price is missing. `left_out` are tasks that the plan does
    not have any more, `lost` what that means for NIS2. `kept` sets the teams and the order of the plan as it is, where
    they stay; `team` is then the smallest that keeps the day that is set, if there is one (M36).
    """

    changes: tuple[Change, ...]
    goals: Goals
    plan: Plan
    finish: date
    first_year: Decimal | None
    left_out: tuple[str, ...]
    lost: tuple[Lost, ...]
    kept: Mapping[str, Any] = field(default_factory=dict)
    team: Capacity | None = None

    @property
    def nature(self) -> Nature:
        return nature_of(self.changes)

    @property
    def values(self) -> Mapping[str, Any]:
        """What is set where it is applied, by path."""
        return {**changed_fields(self.changes), **self.kept}


def plan_order(plan: AnyPlan) -> tuple[Decimal, Decimal]:
    """Return by what plans are compared: cash over the horizon, then of the first year; endless without a schedule."""
    if isinstance(plan, StoppedPlan):
        return ENDLESS, ENDLESS
    return plan.headlines.horizon_total, plan.headlines.first_year_budget


def nature_of(changes: Iterable[Change]) -> Nature:
    """Return what changes ask of a company: the nature of the greatest; DAYS where there are none."""
    return max((change.nature for change in changes), key=lambda nature: nature.rank, default=Nature.DAYS)


KEPT_STEPS = frozenset({Step.PREPARATION, Step.IDENTITIES})
KEPT_HEAD_START_DAYS = 100
"""A task with so much of a head start is never proposed to be left out."""
BY_CHOICE = frozenset({ExclusionRule.NO_MONITORING, ExclusionRule.KEEP_VPN, ExclusionRule.VLANS_ONLY})
"""Tasks that a choice takes out of scope: the choice is proposed in their place."""
EXCHANGED = {Monitoring.MDR: (Monitoring.SIEM,), Monitoring.SIEM: (Monitoring.MDR,)}
"""Another kind of monitoring in place of that of now."""
LESS_WATCHED = {
    Monitoring.SIEM_AND_MDR: (Monitoring.MDR, Monitoring.SIEM, Monitoring.NONE),
    Monitoring.MDR: (Monitoring.NONE,),
    Monitoring.SIEM: (Monitoring.NONE,),
}
"""What is left of the monitoring of now where a part of it is dropped."""
MOST_CUTS = 12
FINISH_FIRST = Change(Topic.ORDER, Nature.MIX, (("timeline.protection_first", Decimal(0)),))
"""What protects most comes first no more: the same work, in an order that is often finished earlier."""


def choices_of(scenario: Scenario) -> tuple[Change, ...]:
    """Return other choices under which everything that is planned stays."""
    chosen = scenario.choices
    providers = (name for name in IdentityProvider if name is not chosen.identity_provider)
    terms = (term for term in Billing if term is not chosen.billing)
    return (
        *(_choice(Topic.PROVIDER, "identity_provider", provider) for provider in providers),
        *(_choice(Topic.BILLING, "billing", term) for term in terms),
        *(_choice(Topic.MONITORING, "monitoring", kind) for kind in EXCHANGED.get(chosen.monitoring, ())),
        *(
            (_choice(Topic.REMOTE_ACCESS, "remote_access", RemoteAccess.APP_PROXY),)
            if chosen.remote_access is RemoteAccess.ZTNA
            else ()
        ),
        *((FINISH_FIRST,) if scenario.timeline.protection_first else ()),
    )


def _choice(topic: Topic, field: str, value: StrEnum, nature: Nature = Nature.MIX) -> Change:
    return Change(topic, nature, ((f"choices.{field}", value),))


def services_of(scenario: Scenario) -> tuple[Change, ...]:
    """Return services that could be dropped: one of SIEM and MDR, or all monitoring; what replaces the VPN."""
    chosen = scenario.choices
    vpn = _choice(Topic.REMOTE_ACCESS, "remote_access", RemoteAccess.VPN, Nature.SERVICES)
    return (
        *(
            _choice(Topic.MONITORING, "monitoring", kind, Nature.SERVICES)
            for kind in LESS_WATCHED.get(chosen.monitoring, ())
        ),
        *((vpn,) if chosen.remote_access is not RemoteAccess.VPN else ()),
    )


def cuts_of(tasks: Sequence[ScheduledTask]) -> tuple[Change, ...]:
    """Return tasks of a plan that could be left out, each with all that waits for it, the most work first."""
    cuts = {cut for cut in map(frozenset, _closures(tasks)) if cut}
    work = {task.task.id: task.work.days for task in tasks}
    order = [task.task.id for task in tasks]
    largest = sorted(cuts, key=lambda cut: (-sum(work[task_id] for task_id in cut), sorted(cut)))[:MOST_CUTS]
    own = frozenset(task.task.id for task in tasks if task.task.is_own)
    return tuple(_cut(tuple(task_id for task_id in order if task_id in cut), own) for cut in largest)


def _cut(tasks: tuple[str, ...], own: frozenset[str]) -> Change:
    paths = (f"{OWN_TASKS if task_id in own else TASK_EDITS}{task_id}.in_scope" for task_id in tasks)
    fields: tuple[tuple[str, Any], ...] = tuple((path, False) for path in paths)
    return Change(Topic.TASKS, Nature.TASKS, fields, tasks)


def _closures(tasks: Sequence[ScheduledTask]) -> Iterator[set[str]]:
    """Yield each task with all that waits for it; nothing where one of them has to stay."""
    by_id = {task.task.id: task for task in tasks}
    with_all: dict[str, set[str]] = {key: {key} for key in by_id}
    for key in reversed(ids_in_order({key: task.after for key, task in by_id.items()})):
        for before in by_id[key].after:
            with_all[before] |= with_all[key]
    for key, cut in with_all.items():
        if by_id[key].task.falls_away_when not in BY_CHOICE and all(_may_be_left_out(by_id[key].task) for key in cut):
            yield cut


def _may_be_left_out(task: Task) -> bool:
    return task.step not in KEPT_STEPS and task.head_start_days < KEPT_HEAD_START_DAYS
