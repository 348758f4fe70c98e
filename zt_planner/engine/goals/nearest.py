"""What comes nearest where goals are not met together: each alone given way as little as may be, the other kept (M21).

Found among everything that was tried, and more teams with the decisions that help
most. Where nothing that was tried is for the amount, or by the day, the least
amount or the first day of all is used instead. Laws: nothing that was tried comes
nearer; leaving any one change out of what is found misses what it meets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from zt_planner.engine.goals.changes import nature_of
from zt_planner.engine.goals.gains import Levers, finish_ordinal, first_year_or_infinity
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.goals.search import GoalSearch, joined_with
from zt_planner.engine.goals.trials import Trial, spread

TEAMS_SPREAD = 40
"""Of all teams so many are tried, from the smallest to the largest."""


@dataclass
class Nearest:
    """The search for what comes nearest; `may_leave_out` where nothing else meets the goals."""

    search: GoalSearch
    may_leave_out: bool

    def meets_after_all(self) -> Trial | None:
        """Return what meets both goals after all, with a team that was not tried before."""
        goals = self.search.goals
        met = [self.search.minimal(trial, goals) for trial in self._pool if goals.met_by(trial.plan)]
        return min(met, key=self.search.rank, default=None)

    def found(self) -> Iterator[tuple[Trial, Goals]]:
        """Yield what comes nearest, with what it meets: a later day first, then a larger amount."""
        asked = self.search.goals
        paid = [trial for trial in self._pool if asked.is_affordable(trial.plan)]
        punctual = [trial for trial in self._pool if asked.is_in_time(trial.plan)]
        if asked.finish_by is not None:
            yield from self._soonest(paid, asked.first_year) if paid else self._cheapest(self._pool, None)
        if asked.first_year is not None:
            yield from self._cheapest(punctual, asked.finish_by) if punctual else self._soonest(self._pool, None)

    @cached_property
    def _pool(self) -> tuple[Trial, ...]:
        """Everything that was tried and can be foreseen, and leaves nothing out where that need not be."""
        self._try_teams()
        return tuple(filter(self._may_be, self.search.trials.all))

    def _may_be(self, trial: Trial) -> bool:
        leaves_out = nature_of(trial.changes).leaves_out
        return self.search.is_foreseeable(trial.plan) and (self.may_leave_out or not leaves_out)

    def _try_teams(self) -> None:
        """Try teams of all sizes with the decisions that help most."""
        trials, decisions = self.search.trials, tuple(dict.fromkeys(self._decisions()))
        begin, left = trials.share, 1 - trials.share
        for number, levers in enumerate(decisions):
            trials.share = begin + left * Fraction(number, len(decisions))
            for teams in spread(trials.teams_for(levers), TEAMS_SPREAD):
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
        """Yield what is finished first, and that it is so for an amount."""
        best = min(pool, key=lambda trial: (finish_ordinal(trial.plan), self.search.rank(trial)), default=None)
        if best is not None and best.plan.headlines is not None:
            yield self._met(best, Goals(best.plan.headlines.finish_date, first_year))

    def _cheapest(self, pool: Sequence[Trial], finish_by: date | None) -> Iterator[tuple[Trial, Goals]]:
        """Yield what is cheapest in the first year, and that it is so by a day; nothing where a price is missing."""
        best = min(pool, key=lambda trial: (first_year_or_infinity(trial.plan), self.search.rank(trial)), default=None)
        if best is not None and first_year_or_infinity(best.plan).is_finite():
            yield self._met(best, Goals(finish_by, first_year_or_infinity(best.plan)))

    def _met(self, trial: Trial, goals: Goals) -> tuple[Trial, Goals]:
        return self.search.minimal(trial, goals), goals
