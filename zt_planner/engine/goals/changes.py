"""Changes of a scenario that answer a question, and what comes of them (M21).

A change is one decision; its fields are set together. Law: a change says by
its dotted paths and values just what a person would set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zt_planner.domain.plan import CoverageState, Plan
from zt_planner.domain.scenario.fields import set_field
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.goals.question import Goals

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
    """Return the scenario with changes."""
    values = changed_fields(changes)
    if not values:
        return scenario
    data = scenario.model_dump()
    for path, value in values.items():
        set_field(data, path, value)
    return Scenario.model_validate(data)


@dataclass(frozen=True, slots=True)
class Lost:
    """A NIS2 measure that a changed plan serves less far than the plan as it is."""

    letter: str
    before: CoverageState
    after: CoverageState

    @property
    def steps(self) -> int:
        """How far it falls."""
        states = tuple(CoverageState)
        return states.index(self.before) - states.index(self.after)


def lost_between(before: Plan, after: Plan) -> tuple[Lost, ...]:
    """Return the measures that a plan serves less far than another."""
    states = {measure.letter: measure.state for measure in after.coverage}
    found = (
        Lost(measure.letter, measure.state, states.get(measure.letter, CoverageState.OPEN))
        for measure in before.coverage
    )
    return tuple(lost for lost in found if lost.steps > 0)


def left_out_between(before: Plan, after: Plan) -> tuple[str, ...]:
    """Return the tasks of a plan that another does not have, in its order."""
    kept = {task.task.id for task in after.tasks}
    return tuple(task.task.id for task in before.tasks if task.task.id not in kept)


def is_mfa_later(before: Plan, after: Plan) -> bool:
    """Tell whether everyone has MFA on a later day in a plan than in another; not where one of them has none."""
    days = [None if plan.headlines is None else plan.headlines.mfa_date for plan in (before, after)]
    return days[0] is not None and days[1] is not None and days[0] < days[1]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that together meet `goals`, and the plan that they lead to.

    `left_out` are tasks that the plan does not have any more, `lost` what that means for NIS2.
    """

    changes: tuple[Change, ...]
    goals: Goals
    plan: Plan
    left_out: tuple[str, ...]
    lost: tuple[Lost, ...]

    @property
    def nature(self) -> Nature:
        """What it asks of the company."""
        return nature_of(self.changes)

    @property
    def values(self) -> Mapping[str, Any]:
        """What is set where it is applied, by path."""
        return changed_fields(self.changes)


def plan_order(plan: Plan) -> tuple[Decimal, Decimal]:
    """Return by what plans are compared: cash over the horizon, then of the first year; endless without a schedule."""
    if plan.headlines is None:
        return ENDLESS, ENDLESS
    return plan.headlines.horizon_total, plan.headlines.first_year_budget


def nature_of(changes: Iterable[Change]) -> Nature:
    """Return what changes ask of a company: the nature of the greatest; DAYS where there are none."""
    return max((change.nature for change in changes), key=lambda nature: nature.rank, default=Nature.DAYS)
