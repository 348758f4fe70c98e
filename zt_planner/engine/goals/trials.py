"""Plans of changed scenarios, each computed once, and the teams with which they are in time.

A change without other teams is planned with the teams and the order of the plan as it is (M36). Decides which other
teams there are: those of a deadline (M10), counted up in quarter days a week to the days that there are; one that is
larger than today's takes no day from either team, one that is smaller gives none. Laws: equal changes give equal
trials; who follows is told after each plan and may end it all there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zt_planner.domain.money import exact_decimal
from zt_planner.domain.plan import ByTeam, Capacity
from zt_planner.domain.scenario.counts import most_days_a_week
from zt_planner.domain.scenario.fields import GIVEN_TEAMS, ORDER
from zt_planner.domain.scenario.levelled import NOT_LEVELLED
from zt_planner.domain.scenario.scenario import Mode, Scenario
from zt_planner.engine.case import Case
from zt_planner.engine.goals.changes import Change, Nature, Topic, applied
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.plan import AnyPlan, StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.promise import known_first_year, promised_finish, promised_first_year
from zt_planner.engine.same_team import same_team_values
from zt_planner.engine.scheduling.calendar import BeyondLimitError, calendar_of
from zt_planner.engine.scheduling.facts import pins_of, recorded_days
from zt_planner.engine.scheduling.schedule import Teams
from zt_planner.engine.scheduling.timeline import TeamSizeSearch, candidate_teams, team_efforts

INTERNAL_DAYS, EXTERNAL_DAYS = GIVEN_TEAMS
SMALLEST_TEAM = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """How much of a search is done, as a share, and how many plans it has computed."""

    share: Fraction
    plans: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A changed plan: decisions, perhaps other teams, otherwise fields that keep those of now; what comes of them."""

    levers: tuple[Change, ...]
    teams: Change | None
    kept: Mapping[str, Any]
    plan: AnyPlan

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.levers if self.teams is None else (*self.levers, self.teams)


@dataclass
class Trials:
    """The trials of one question."""

    case: Case
    follow: Callable[[GoalProgress], None]
    share: Fraction = Fraction(0)
    _plans: dict[str, AnyPlan] = field(default_factory=dict)
    _finishes: dict[str, date | None] = field(default_factory=dict)
    _first_years: dict[str, Decimal | None] = field(default_factory=dict)
    _tried: dict[tuple[Change, ...], Trial] = field(default_factory=dict)

    @property
    def scenario(self) -> Scenario:
        """The scenario as it stands; its start is given, so that every trial begins on the same day."""
        return self.case.scenario

    @property
    def now(self) -> AnyPlan:
        return self.of(()).plan

    def finish(self, plan: AnyPlan) -> date | None:
        """Return the finish that a plan promises; None where it has no schedule."""
        version = plan.scenario.version
        if version not in self._finishes:
            self._finishes[version] = promised_finish(plan)
        return self._finishes[version]

    def first_year(self, plan: AnyPlan) -> Decimal | None:
        """Return what a plan promises that its first year takes; None where that is not known."""
        version = plan.scenario.version
        if version not in self._first_years:
            self._first_years[version] = promised_first_year(plan)
        return self._first_years[version]

    def is_affordable(self, plan: AnyPlan, goals: Goals) -> bool:
        """Tell whether a plan's first year is for the amount; one that is not as planned is not drawn."""
        if goals.first_year is None:
            return True
        return goals.is_affordable(known_first_year(plan)) and goals.is_affordable(self.first_year(plan))

    @property
    def count(self) -> int:
        return len(self._plans)

    @property
    def all(self) -> tuple[Trial, ...]:
        """Everything that was tried."""
        return tuple(self._tried.values())

    def of(self, levers: tuple[Change, ...], teams: Change | None = None) -> Trial:
        """Return the trial of some changes."""
        changes = levers if teams is None else (*levers, teams)
        if changes not in self._tried:
            kept = self._kept(levers) if levers and teams is None else {}
            scenario = applied(self.scenario, changes).with_fields(kept) if kept else applied(self.scenario, changes)
            self._tried[changes] = Trial(levers, teams, kept, self._plan(scenario))
        return self._tried[changes]

    def _kept(self, levers: tuple[Change, ...]) -> Mapping[str, Any]:
        """Return the fields that keep the teams of now, and the order unless that is what changes."""
        if isinstance(self.now, StoppedPlan):
            return {}
        values = same_team_values(self.now)
        return {**values, ORDER: ()} if any(lever.topic is Topic.ORDER for lever in levers) else values

    def without(self, trial: Trial, change: Change) -> Trial:
        """Return a trial with one change less."""
        if change is trial.teams:
            return self.of(trial.levers)
        return self.of(tuple(lever for lever in trial.levers if lever is not change), trial.teams)

    def _plan(self, scenario: Scenario) -> AnyPlan:
        if scenario.version not in self._plans:
            self.follow(GoalProgress(self.share, self.count))
            self._plans[scenario.version] = build_plan(self.case.changed(scenario))
        return self._plans[scenario.version]

    # Teams

    @property
    def capacity(self) -> Capacity:
        """The teams of the current plan; where it has none, those that the scenario gives."""
        timeline = self.scenario.timeline
        return self.now.capacity or Capacity(timeline.internal_days_per_week, timeline.external_days_per_week)

    def teams_change(self, teams: Teams) -> Change:
        """Return the change that plans with given teams; dates of a levelled plan, found for others, go with it."""
        days = ByTeam(*(exact_decimal(max(Fraction(team or 0), SMALLEST_TEAM)) for team in teams))
        fields: tuple[tuple[str, Any], ...] = (
            ("timeline.mode", Mode.CAPACITY),
            (INTERNAL_DAYS, days.internal),
            (EXTERNAL_DAYS, days.external),
        )
        return Change(Topic.TEAMS, Nature.DAYS, (*fields, *NOT_LEVELLED.items()) if self._has_own_order else fields)

    @property
    def _has_own_order(self) -> bool:
        """Tell whether the plan of now is in another order than by priority."""
        return bool(self.scenario.levelling.starts or self.scenario.levelling.order)

    def teams_for(self, levers: tuple[Change, ...]) -> tuple[Change, ...]:
        """Return every team with which a changed scenario can be planned, the smallest first, but for its own."""
        changed = applied(self.scenario, levers)
        now = self.capacity
        candidates = candidate_teams(team_efforts(self.case.changed(changed).task_works), most_days(self.now))
        changes = (self.teams_change(neighbouring_teams(teams, now)) for teams in candidates)
        own = None if self._has_own_order else self.teams_change(Teams(Fraction(now.internal), Fraction(now.external)))
        return tuple(change for change in dict.fromkeys(changes) if change != own)

    def teams_in_time(self, levers: tuple[Change, ...], finish_by: date) -> Iterator[Change]:
        """Yield the teams with which a changed scenario is finished by a day, the smallest first."""
        case = self.case.changed(applied(self.scenario, levers))
        task_works = tuple(replace(work, levelled=None) for work in case.task_works)
        facts = [work.fact for work in task_works]
        calendar = calendar_of(case.scenario.timeline, case.start, recorded_days(case.scenario.status, case.start))
        try:
            first = calendar.index_from(case.start)
            search = TeamSizeSearch(case.scenario, task_works, calendar, first, pins_of(facts, calendar, first))
        except BeyondLimitError:
            return
        share, has_begun = case.scenario.timeline.confidence.share, case.scenario.status.is_under_way
        if share is not None and not has_begun and task_works:
            from zt_planner.engine.simulation.dates import DateDraws  # noqa: PLC0415 - paid only where dates are drawn

            search.draws = DateDraws(case, search.network, calendar, first, share)
        last = search.last_index(finish_by + timedelta(days=1))
        for change in self.teams_for(levers) if task_works else ():
            if search.meeting(teams_of(change), last) is not None:
                plan = self.of(levers, change).plan if has_begun else None  # draws follow from what is done
                if plan is None or finish_by >= (self.finish(plan) or date.max):
                    yield change


def most_days(now: AnyPlan) -> ByTeam[Decimal]:
    """Return the days a week that there are: of the own team those of the plan, unless it has none, or more are given.

    The consultant's can be hired, up to the maximum of a deadline (M10).
    """
    team, internal = now.capacity, now.scenario.timeline.max_internal_days_per_week
    most, external = most_days_a_week(now.scenario, now.case.size.parameters)
    if team is None:
        return ByTeam(most, external)
    return ByTeam(max(internal or team.internal, team.internal), max(external, team.external))


def neighbouring_teams(teams: Teams, now: Capacity) -> Teams:
    """Return teams next to those of now: none of the two shrinks while the other grows."""
    internal, external = Fraction(teams.internal or 0), Fraction(teams.external or 0)
    own_internal, own_external = Fraction(now.internal), Fraction(now.external)
    pick = max if internal > own_internal or external > own_external else min
    return Teams(pick(internal, own_internal), pick(external, own_external))


def teams_of(change: Change) -> Teams:
    values = dict(change.fields)
    return Teams(Fraction(values[INTERNAL_DAYS]), Fraction(values[EXTERNAL_DAYS]))


def evenly_spread(teams: Sequence[Change], most: int) -> tuple[Change, ...]:
    """Return some of many teams, evenly spread, the smallest and the largest among them."""
    if len(teams) <= most:
        return tuple(teams)
    return tuple(teams[number * (len(teams) - 1) // (most - 1)] for number in range(most))
