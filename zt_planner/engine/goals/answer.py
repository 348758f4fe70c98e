"""Ask backwards: what must be true for a plan to be done by a day, for an amount in its first year (M21).

    question ─> plan as it is ─> other teams | other choices | fewer services | fewer tasks ─> what comes nearest

Each decision is first tried alone, with the teams and in the order that the plan has now, so that nothing gets later by
doing less (M36). What puts MFA off by more than a month is returned only where nothing else is found. The decisions
that help are combined, each nature of change for itself, the least demanding first. Of two sets of one nature the one
under which less is lost comes first (points of NIS2, and an order that protects early), then the one that leaves out
less, then the cheaper one over the horizon, then in the first year, then the one with fewer changes. Where goals are
not met together, each is relaxed alone as little as possible, the other kept, among everything that was tried and more
teams with the decisions that help most; where nothing tried is for the amount, or by the day, the least amount or the
first day of all is used instead.

Laws: every set that is returned meets what it says when it is planned, within the plan's horizon unless a later day is
asked for or holds now, and leaving any one of its changes out does not; sets are of different natures, no more than
three, the cheapest first; none takes more days of the own team than there are; a plan that meets the goals is not
changed; nothing that was tried comes nearer without putting MFA off; equal questions have equal answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import combinations, islice, product
from typing import TypeAlias

from zt_planner.engine.case import Case
from zt_planner.engine.goals.changes import (
    ENDLESS,
    Change,
    ChangeSet,
    Nature,
    Topic,
    changed_fields,
    choices_of,
    cuts_of,
    is_mfa_much_later,
    left_out_between,
    lost_between,
    mfa_days_later,
    nature_of,
    plan_order,
    services_of,
)
from zt_planner.engine.goals.question import Goals, check_goals
from zt_planner.engine.goals.trials import GoalProgress, Trial, Trials, evenly_spread, teams_of
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.rcpsp.budget import ignore_progress
from zt_planner.engine.same_team import team_in_time

MOST_CHOICES = 80
LEAST_GAP_DAYS, LEAST_GAP_SHARE = 7, Decimal("0.01")
"""What a goal that is met counts as missing: other changes may take it away."""
GAIN_OF_A_TASK = Decimal("0.001")
Levers: TypeAlias = tuple[Change, ...]


def ordinal_of(finish: date | None) -> Decimal:
    """Return a day as a number; the last of all where there is none."""
    return Decimal((finish or date.max).toordinal())


def amount_or_endless(amount: Decimal | None) -> Decimal:
    return ENDLESS if amount is None else amount


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
        return combinations_of(self.choices)[:MOST_CHOICES]

    def service_sets(self) -> list[Levers]:
        return combinations_of(self.services)

    def _helpful(self, changes: Iterable[Change]) -> Levers:
        """Return the changes that help, sorted by how much."""
        gains = {change: self.gain(change) for change in changes}
        return tuple(sorted((change for change, gain in gains.items() if gain), key=lambda change: gains[change]))

    def gain(self, change: Change) -> Decimal:
        """Return how much of what is missing a change alone brings: 1 for each goal that is reached.

        Where tasks run side by side, less work may end the plan earlier with other decisions only: each task counts a
        little.
        """
        before, after, gains = self.trials.now, self.trials.of((change,)).plan, Decimal(0)
        if self.goals.finish_by is not None:
            now, then = (ordinal_of(self.trials.finish(plan)) for plan in (before, after))
            late = now - self.goals.finish_by.toordinal()
            gains += part_of(max(late, Decimal(LEAST_GAP_DAYS)), now, then)
            gains += GAIN_OF_A_TASK * len(left_out_between(before, after))
        if self.goals.first_year is not None:
            least = self.goals.first_year * LEAST_GAP_SHARE
            now, then = (amount_or_endless(self.trials.first_year(plan)) for plan in (before, after))
            too_much = min(now, 2 * self.goals.first_year + least) - self.goals.first_year
            gains += part_of(max(too_much, least), now, then)
        return gains


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

    def meets(self, plan: AnyPlan, goals: Goals) -> bool:
        """Tell whether a plan meets goals, and is finished in a time that can be foreseen."""
        if not self.is_foreseeable(plan):
            return False
        if goals.finish_by is not None and not goals.is_in_time(self.trials.finish(plan)):
            return False
        return self.trials.is_affordable(plan, goals)

    def is_foreseeable(self, plan: AnyPlan) -> bool:
        """Tell whether a plan is finished within its horizon, by the day asked for, or no later than now.

        A team of a few hours a week makes any first year cheap, and finishes after ten years.
        """
        if isinstance(plan, StoppedPlan):
            return False
        now = self.trials.now
        days = (
            plan.horizon[-1].last_day,
            self.goals.finish_by,
            None if isinstance(now, StoppedPlan) else now.headlines.finish_date,
        )
        return plan.headlines.finish_date <= max(day for day in days if day is not None)

    def best_of(self, nature: Nature) -> Trial | None:
        for sets, part in self.sets_of(nature):
            best = self.best(nature, sets, part)
            if best is not None:
                return best
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
        minimal, begin = [], self.trials.share
        for number, levers in enumerate(sets):
            self.trials.share = begin + part * number / len(sets)
            met = self.met_with(levers, max(1, TEAMS_TRIED // len(sets)))
            if met is not None:
                minimal.append(self.minimal(met, self.goals))
        self.trials.share = begin + part
        own = [trial for trial in minimal if nature_of(trial.changes) is nature]
        return min(own, key=self.rank, default=None)

    def met_with(self, levers: Levers, most_teams: int) -> Trial | None:
        """Return the trial of some decisions that meets the goals, with one of so many teams where it must be."""
        trial = self.trials.of(levers)
        if self.meets(trial.plan, self.goals):
            return trial
        teams_in_time = self.other_teams(levers)
        for teams in islice(teams_in_time, 1) if most_teams == 1 else evenly_spread(tuple(teams_in_time), most_teams):
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
        """Yield the largest team below that of now that meets the amount, by halving: cost moves to later."""
        smaller = [teams for teams in self.trials.teams_for(()) if self.is_smaller(teams)]
        low, high, best = 0, len(smaller), None
        while low < high:
            middle = (low + high) // 2
            plan = self.trials.of((), smaller[middle]).plan
            if self.trials.is_affordable(plan, self.goals):
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

    def rank(self, trial: Trial) -> tuple[bool, int, int, Decimal, Decimal, int]:
        """Return by what sets of one nature are compared."""
        now = self.trials.now
        lost = sum(lost.steps for lost in lost_between(now, trial.plan))
        if any(change.topic is Topic.ORDER for change in trial.changes):
            lost += 1
        if mfa_days_later(now, trial.plan):
            lost += 1
        left_out = len(left_out_between(now, trial.plan)) if nature_of(trial.changes).leaves_out else 0
        is_late = is_mfa_much_later(now, trial.plan)
        return (is_late, lost, left_out, *plan_order(trial.plan), len(trial.changes))


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


TEAMS_SPREAD = 40
"""Of all teams so many are tried, from the smallest to the largest."""


@dataclass
class Nearest:
    """The search for what comes nearest; `may_leave_out` where nothing else meets the goals."""

    search: GoalSearch
    may_leave_out: bool

    def late_match(self) -> Trial | None:
        """Return what meets both goals with a team that was not tried before."""
        goals = self.search.goals
        met = [self.search.minimal(trial, goals) for trial in self._pool if self.search.meets(trial.plan, goals)]
        return min(met, key=self.search.rank, default=None)

    def compromises(self) -> Iterator[tuple[Trial, Goals]]:
        """Yield what comes nearest, with the goals that it meets: a later day first, then a larger amount."""
        goals = self.search.goals
        paid = [trial for trial in self._pool if self.search.trials.is_affordable(trial.plan, goals)]
        punctual = [trial for trial in self._pool if goals.is_in_time(self._finish(trial))]
        if goals.finish_by is not None:
            yield from self._soonest(paid, goals.first_year) if paid else self._cheapest(self._pool, None)
        if goals.first_year is not None:
            yield from self._cheapest(punctual, goals.finish_by) if punctual else self._soonest(self._pool, None)

    @cached_property
    def _pool(self) -> tuple[Trial, ...]:
        """Everything that was tried and can be foreseen, and leaves nothing out nor MFA for later where it need not."""
        self._try_teams()
        pool = tuple(
            trial
            for trial in self.search.trials.all
            if self.search.is_foreseeable(trial.plan)
            and (self.may_leave_out or not nature_of(trial.changes).leaves_out)
        )
        return protecting(pool, self.search.trials.now) or pool

    def _try_teams(self) -> None:
        """Try teams of all sizes with the decisions that help most."""
        trials, decisions = self.search.trials, tuple(dict.fromkeys(self._decisions()))
        begin, left = trials.share, 1 - trials.share
        for number, levers in enumerate(decisions):
            trials.share = begin + left * Fraction(number, len(decisions))
            for teams in evenly_spread(trials.teams_for(levers), TEAMS_SPREAD):
                trials.of(levers, teams)

    def _decisions(self) -> Iterator[Levers]:
        """Yield decisions that help, more and more of them."""
        gains = self.search.gains
        yield ()
        yield gains.best_choices
        if self.may_leave_out:
            services = (*gains.best_choices, *gains.services)
            yield joined_with((), services)
            yield joined_with(gains.cuts[:1], services)

    def _soonest(self, pool: Sequence[Trial], first_year: Decimal | None) -> Iterator[tuple[Trial, Goals]]:
        best = min(pool, key=lambda trial: (ordinal_of(self._finish(trial)), self.search.rank(trial)), default=None)
        if best is not None:
            yield self._met(best, Goals(self._finish(best), first_year))

    def _cheapest(self, pool: Sequence[Trial], finish_by: date | None) -> Iterator[tuple[Trial, Goals]]:
        """Yield what is cheapest in the first year, and that it is so by a day; nothing where a price is missing."""
        best = min(pool, key=lambda trial: (self._first_year(trial), self.search.rank(trial)), default=None)
        if best is not None and self._first_year(best).is_finite():
            yield self._met(best, Goals(finish_by, self._first_year(best)))

    def _first_year(self, trial: Trial) -> Decimal:
        return amount_or_endless(self.search.trials.first_year(trial.plan))

    def _finish(self, trial: Trial) -> date | None:
        return self.search.trials.finish(trial.plan)

    def _met(self, trial: Trial, goals: Goals) -> tuple[Trial, Goals]:
        return self.search.minimal(trial, goals), goals


def protecting(trials: Iterable[Trial], now: AnyPlan) -> tuple[Trial, ...]:
    """Return the trials in which MFA comes not much later than now."""
    return tuple(trial for trial in trials if not is_mfa_much_later(now, trial.plan))


MOST_SETS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What must be true: sets of changes that meet the goals, and what comes nearest without leaving anything out.

    Where there is no set, `nearest` may leave something out too; none of `nearest` is the current plan, `now`.
    Where that, with the `finish` and the `first_year` that it promises, meets the goals there is nothing to change.
    `plans` were computed.
    """

    goals: Goals
    now: AnyPlan
    finish: date | None
    first_year: Decimal | None
    sets: tuple[ChangeSet, ...] = ()
    nearest: tuple[ChangeSet, ...] = ()
    plans: int = 1

    @property
    def is_true_already(self) -> bool:
        """Tell whether the current plan meets the goals."""
        return self.goals.met_by(self.finish, self.first_year)


def ask(case: Case, goals: Goals, *, follow: Callable[[GoalProgress], None] = ignore_progress) -> Answer:
    """Say what must be true for a plan to meet goals.

    `follow` is told before each plan how far the search is; what it raises ends the search. Raises GoalRefused for
    goals of which no plan could be asked.
    """
    check_goals(goals, case.start, case.today)
    trials = Trials(case, follow)
    now = trials.now
    finish, first_year = trials.finish(now), trials.first_year(now)
    if goals.met_by(finish, first_year):
        return Answer(goals, now, finish, first_year, plans=trials.count)
    search = GoalSearch(trials, goals, Gains(trials, goals))
    every = [trial for trial in map(search.best_of, Nature) if trial is not None]
    matches = list(protecting(every, now) or every)[:MOST_SETS]
    nearest = Nearest(search, may_leave_out=not matches)
    compromises: list[tuple[Trial, Goals]] = []
    if all(nature_of(trial.changes).leaves_out for trial in matches):
        late = nearest.late_match()
        compromises = list(nearest.compromises()) if late is None else []
        matches += [] if late is None else [late]
    sets = sorted(
        change_sets(((trial, goals) for trial in matches), trials),
        key=lambda change_set: (*plan_order(change_set.plan), len(change_set.changes)),
    )
    near = {trial.changes: (trial, met) for trial, met in reversed(compromises) if trial.changes}
    nearby = tuple(change_sets(reversed(near.values()), trials))
    return Answer(goals, now, finish, first_year, tuple(sets), nearby, trials.count)


def change_sets(chosen: Iterable[tuple[Trial, Goals]], trials: Trials) -> Iterator[ChangeSet]:
    """Return trials with the goals that they meet as sets of changes; none of them has stopped."""
    now = trials.now
    planned = ((trial, goals, trial.plan) for trial, goals in chosen if isinstance(trial.plan, Plan))
    for trial, goals, plan in planned:
        finish = trials.finish(plan) or plan.headlines.finish_date
        left_out, lost = left_out_between(now, plan), lost_between(now, plan)
        team = team_in_time(now, changed_fields(trial.changes)) if trial.kept and isinstance(now, Plan) else None
        first_year = trials.first_year(plan)
        yield ChangeSet(trial.changes, goals, plan, finish, first_year, left_out, lost, trial.kept, team)
