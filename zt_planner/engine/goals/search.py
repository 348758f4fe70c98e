"""The search for changes that meet goals: each nature of change for itself, the least demanding first (M21).

Of two sets of one nature the one under which less is lost comes first (NIS2
measures, and an order that protects early), then the one that leaves out less, then the cheaper one over the horizon,
then in the first year, then the one with fewer changes. Laws: what is found meets the goals, and within the plan's
horizon unless a later day is asked for or holds now; leaving any one change out of it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, islice

from zt_planner.domain.plan import Plan
from zt_planner.engine.goals.changes import (
    Change,
    Nature,
    Topic,
    is_mfa_later,
    left_out_between,
    lost_between,
    nature_of,
    plan_order,
)
from zt_planner.engine.goals.gains import Gains, Levers
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.goals.trials import Trial, Trials, spread, teams_of

TEAMS_TRIED = 16
"""Teams that are in time are tried so often, the smallest of each set of decisions at least."""
CUTS_JOINED = {1: 12, 2: 6, 3: 5}
"""How many of the cuts that help most are tried alone, in twos and in threes."""
PARTS = {Nature.DAYS: 1, Nature.MIX: 4, Nature.SERVICES: 1, Nature.TASKS: 8}
"""How much of the whole search each nature takes, about; what is left is for the nearest."""
WHOLE = 20


@dataclass
class GoalSearch:
    """The search of one question."""

    trials: Trials
    goals: Goals
    gains: Gains

    def meets(self, plan: Plan, goals: Goals) -> bool:
        """Tell whether a plan meets goals, and is finished in a time that can be foreseen."""
        return goals.met_by(plan) and self.is_foreseeable(plan)

    def is_foreseeable(self, plan: Plan) -> bool:
        """Tell whether a plan is finished within its horizon, by the day asked for, or no later than now.

        A team of a few hours a week makes any first year cheap, and finishes after ten years.
        """
        if plan.headlines is None:
            return False
        now = self.trials.now.headlines
        days = (plan.horizon[-1].last_day, self.goals.finish_by, None if now is None else now.finish_date)
        return plan.headlines.finish_date <= max(day for day in days if day is not None)

    def best_of(self, nature: Nature) -> Trial | None:
        """Return the best set of changes of a nature."""
        for sets, part in self.sets_of(nature):
            found = self.best(nature, sets, part)
            if found is not None:
                return found
        return None

    def sets_of(self, nature: Nature) -> Iterator[tuple[Sequence[Levers], Fraction]]:
        """Yield the decisions to try for a nature, until one leads to the goals, and their part of the search."""
        part = Fraction(PARTS[nature], WHOLE)
        if nature is Nature.DAYS:
            yield [()], part
        elif nature is Nature.MIX:
            yield self.gains.choice_sets(), part / 2
            yield [self.gains.best_choices], part / 2
        elif nature is Nature.SERVICES:
            sets = self.gains.service_sets()
            yield [*sets, *combined(sets, self.gains.best_choices)], part
        else:
            services = (*self.gains.best_choices, *self.gains.services)
            for count, most in CUTS_JOINED.items():
                cuts = [cut for cut in combinations(self.gains.cuts[:most], count) if are_apart(cut)]
                for sets in (cuts, combined(cuts, self.gains.best_choices), combined(cuts, services)):
                    yield sets, part / (len(CUTS_JOINED) * 3)

    def best(self, nature: Nature, sets: Sequence[Levers], part: Fraction) -> Trial | None:
        """Return the best of one nature that some decisions lead to; None when there is none."""
        found, begin = [], self.trials.share
        for number, levers in enumerate(sets):
            self.trials.share = begin + part * number / len(sets)
            met = self.met_with(levers, max(1, TEAMS_TRIED // len(sets)))
            if met is not None:
                found.append(self.minimal(met, self.goals))
        self.trials.share = begin + part
        own = [trial for trial in found if nature_of(trial.changes) is nature]
        return min(own, key=self.rank, default=None)

    def met_with(self, levers: Levers, most_teams: int) -> Trial | None:
        """Return the trial of some decisions that meets the goals, with one of so many teams where it must be."""
        trial = self.trials.of(levers)
        if self.meets(trial.plan, self.goals):
            return trial
        teams_in_time = self.other_teams(levers)
        for teams in islice(teams_in_time, 1) if most_teams == 1 else spread(tuple(teams_in_time), most_teams):
            trial = self.trials.of(levers, teams)
            if self.meets(trial.plan, self.goals):
                return trial
        return None

    def other_teams(self, levers: Levers) -> Iterator[Change]:
        """Yield teams with which it may do: in time, the smallest first; where no day is asked for, slower ones."""
        if self.goals.finish_by is not None:
            yield from self.trials.teams_in_time(levers, self.goals.finish_by)
        elif not levers:
            yield from self.slower_teams()

    def slower_teams(self) -> Iterator[Change]:
        """Yield the largest team below that of now that meets the amount, found by halving: cost moves to later."""
        smaller = [teams for teams in self.trials.teams_for(()) if self.is_smaller(teams)]
        low, high, best = 0, len(smaller), None
        while low < high:
            middle = (low + high) // 2
            if self.goals.met_by(self.trials.of((), smaller[middle]).plan):
                low, best = middle + 1, smaller[middle]
            else:
                high = middle
        if best is not None:
            yield best

    def is_smaller(self, teams: Change) -> bool:
        """Tell whether no team of a change is larger than now, and one is smaller."""
        now, then = self.trials.capacity, teams_of(teams)
        shrinks = (Fraction(now.internal) - (then.internal or 0), Fraction(now.external) - (then.external or 0))
        return min(shrinks) >= 0 and any(shrinks)

    def minimal(self, trial: Trial, goals: Goals) -> Trial:
        """Leave out what is not needed to meet goals, the most demanding first."""
        for change in sorted(trial.changes, key=lambda change: -change.nature.rank):
            less = self.trials.without(trial, change)
            if self.meets(less.plan, goals):
                return self.minimal(less, goals)
        return trial

    def rank(self, trial: Trial) -> tuple[int, int, Decimal, Decimal, int]:
        """Return by what sets of one nature are compared."""
        now = self.trials.now
        lost = sum(lost.steps for lost in lost_between(now, trial.plan))
        lost += sum(change.topic is Topic.ORDER for change in trial.changes) + is_mfa_later(now, trial.plan)
        left_out = len(left_out_between(now, trial.plan)) if nature_of(trial.changes).leaves_out else 0
        return (lost, left_out, *plan_order(trial.plan), len(trial.changes))


def combined(sets: Iterable[Levers], others: Levers) -> list[Levers]:
    """Return decisions with others beside them, as far as they are about something else; nothing without others."""
    return [joined_with(levers, others) for levers in sets] if others else []


def joined_with(levers: Levers, others: Levers) -> Levers:
    """Return decisions with others beside them, the later one of a topic where they are not decided yet."""
    decided = {lever.topic for lever in levers}
    last = {other.topic: other for other in others if other.topic not in decided}
    return (*levers, *last.values())


def are_apart(cuts: Sequence[Change]) -> bool:
    """Tell whether none of some cuts is a part of another."""
    tasks = [frozenset(cut.tasks) for cut in cuts]
    return not any(one <= other or other <= one for one, other in combinations(tasks, 2))
