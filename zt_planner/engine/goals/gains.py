"""Which decisions bring a goal nearer, and by how much (M21).

Each is tried alone, with the teams that the plan has now: in a plan that aims
at a deadline, less work would only make the teams smaller. Law: a decision
that takes no work away, and neither ends the plan earlier nor makes its first
year cheaper, as far as that is asked for, helps nothing. Where tasks run side by
side, less work may end the plan earlier with other decisions only: it counts a
little.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import TypeAlias

from zt_planner.domain.plan import Plan
from zt_planner.engine.goals.changes import ENDLESS, Change, Topic, left_out_between
from zt_planner.engine.goals.levers import choices_of, cuts_of, services_of
from zt_planner.engine.goals.question import Goals, is_first_year_priced
from zt_planner.engine.goals.trials import Trials
from zt_planner.engine.scheduling.schedule import Teams

MOST_CHOICES = 80
LEAST_GAP_DAYS, LEAST_GAP_SHARE = 7, Decimal("0.01")
"""What a goal that is met counts as missing: other changes may take it away."""
GAIN_OF_A_TASK = Decimal("0.001")
Levers: TypeAlias = tuple[Change, ...]


def finish_ordinal(plan: Plan) -> Decimal:
    """Return the day on which a plan is finished as a number; the last of all where it has no schedule."""
    finish = date.max if plan.headlines is None else plan.headlines.finish_date
    return Decimal(finish.toordinal())


def first_year_or_infinity(plan: Plan) -> Decimal:
    """Return the first-year budget; endless where it is not known."""
    if plan.headlines is None or not is_first_year_priced(plan):
        return ENDLESS
    return plan.headlines.first_year_budget


def part_of(gap: Decimal, before: Decimal, after: Decimal) -> Decimal:
    """Return which part of a gap is closed, from 0 to 1."""
    return Decimal(0) if before == after else max(Decimal(0), min(Decimal(1), (before - after) / gap))


def combinations_of(changes: Iterable[Change]) -> list[Levers]:
    """Return every combination of changes, one a topic, those with few changes first."""
    topics: dict[Topic, list[Change | None]] = {}
    for change in changes:
        topics.setdefault(change.topic, [None]).append(change)
    every = (tuple(change for change in picked if change is not None) for picked in product(*topics.values()))
    return sorted(filter(None, every), key=len)


@dataclass
class Gains:
    """The decisions that help with one question."""

    trials: Trials
    goals: Goals

    @cached_property
    def choices(self) -> Levers:
        """Other choices that help, those that help least first."""
        return self._helpful(choices_of(self.trials.scenario))

    @cached_property
    def services(self) -> Levers:
        """Services to do without that help, those that help least first."""
        return self._helpful(services_of(self.trials.scenario))

    @cached_property
    def cuts(self) -> Levers:
        """Tasks to leave out that help, those that help most first."""
        return self._helpful(cuts_of(self.trials.now.tasks))[::-1]

    @property
    def best_choices(self) -> Levers:
        """The choice of each topic that helps most."""
        return tuple({choice.topic: choice for choice in self.choices}.values())

    def choice_sets(self) -> list[Levers]:
        """Return every combination of choices that help, one a topic, those with few changes first."""
        return combinations_of(self.choices)[:MOST_CHOICES]

    def service_sets(self) -> list[Levers]:
        """Return every combination of services to do without, one a topic, those with few first."""
        return combinations_of(self.services)

    def _helpful(self, changes: Iterable[Change]) -> Levers:
        """Return the changes that help, sorted by how much."""
        gains = {change: self.gain(change) for change in changes}
        return tuple(sorted((change for change, gain in gains.items() if gain), key=lambda change: gains[change]))

    def gain(self, change: Change) -> Decimal:
        """Return how much of what is missing a change alone brings: 1 for each goal that is reached."""
        before, after, gains = self._with_teams_of_now(()), self._with_teams_of_now((change,)), Decimal(0)
        if self.goals.finish_by is not None:
            late = finish_ordinal(before) - self.goals.finish_by.toordinal()
            gains += part_of(max(late, Decimal(LEAST_GAP_DAYS)), finish_ordinal(before), finish_ordinal(after))
            gains += GAIN_OF_A_TASK * len(left_out_between(before, after))
        if self.goals.first_year is not None:
            least = self.goals.first_year * LEAST_GAP_SHARE
            too_much = min(first_year_or_infinity(before), 2 * self.goals.first_year + least) - self.goals.first_year
            gains += part_of(max(too_much, least), first_year_or_infinity(before), first_year_or_infinity(after))
        return gains

    def _with_teams_of_now(self, levers: Levers) -> Plan:
        """Return the plan of some changes with the teams that the plan has now."""
        teams = self.trials.capacity
        change = self.trials.teams_change(Teams(Fraction(teams.internal), Fraction(teams.external)))
        return self.trials.of(levers, change).plan
