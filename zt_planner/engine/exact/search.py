"""Look for the best schedule, one aim after the other (M20).

First what takes milliseconds: a serial schedule, justified and shuffled, and
the bounds of chain, resources and joint resource. Then a population of
schedules, and CP-SAT in runs that improve, find and prove, in turn, until the
finish is proven or its share of the time is up. The finish is then a limit for
the next aim: protection early, and at last an even spending.

Laws: the schedule returned has no faults, and is never behind the first one in
the order of the aims; the bound is never above the finish of any schedule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zt_planner.engine.exact.elsewhere import Elsewhere
from zt_planner.engine.exact.model import Model
from zt_planner.engine.exact.packing import bound_of, joint_resource
from zt_planner.engine.exact.patience import Aim, Progress
from zt_planner.engine.exact.population import Population
from zt_planner.engine.exact.relaxation import relaxed_bound
from zt_planner.engine.exact.serial import improved, listed, placed
from zt_planner.engine.exact.solver import Purpose, Question, Run
from zt_planner.engine.exact.spending import Spending
from zt_planner.engine.exact.thrift import ledger_bound
from zt_planner.engine.exact.windows import chain_bound, earliest_starts, latest_starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.engine.exact.ledger import Ledger
    from zt_planner.engine.exact.patience import Watch
    from zt_planner.engine.exact.problem import Problem, Resource, Starts

SERIAL_TRIES, LEDGER_TRIES = 50, 300
"""How often a serial schedule is tried: a few times, as populations are quicker; more often where none may cross."""
ROUNDS = 6
"""With a ledger the tries are begun so often from the same schedule: where one round ends depends on chance."""
TRIES_SHARE, LEDGER_TRIES_SHARE = 0.1, 0.3
"""The share of the time after which no more serial tries are begun; with a ledger nothing else is as quick."""
MOST_LITERALS = 60_000
"""Days of all windows together; the solver is not asked about a larger problem with a ledger."""
SHORTEST_RUN = 0.05
"""Seconds below which no run is begun."""
SHARES = {Aim.FINISH: 0.7, Aim.PROTECTION: 0.9, Aim.EVENNESS: 1.0}
"""By which share of the time each aim must be done; what one leaves is the next one's."""
RUNS = ((Purpose.FIND, 0.25), (Purpose.PROVE, 0.5), (Purpose.FIND, 0.5), (Purpose.PROVE, 1.0))
"""The runs for the finish, each with its share of the time that is left for it."""
RUNS_AFTER_CROSSING = ((Purpose.IMPROVE, 0.4),)
"""The runs before them where populations have left a good schedule to look around."""
ROUNDS_OF_POPULATION = 12
"""So often a population begins anew: what one round does not find, another often does."""
POPULATION_SHARE = 0.6
"""The share of the time for the finish after which populations end."""
CELLS_A_SECOND = 600_000_000
"""What a population's work is counted as, where seconds are work."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best schedule found, the bound of its finish, and the aims that nothing can serve better.

    Without `starts`, `is_impossible` says whether there is proof that no schedule exists.
    """

    starts: Starts | None
    bound: int
    proven: frozenset[Aim] = frozenset()
    is_impossible: bool = False


class Search:
    """The search for the best schedule of a problem."""

    def __init__(
        self, problem: Problem, watch: Watch, *, weights: Sequence[int] = (), even: Ledger | None = None
    ) -> None:
        """Keep what is looked for: protection by `weights` of the tasks' ends, and `even`, a ledger to even out."""
        self.problem, self.watch = problem, watch
        self.weights, self.even = tuple(weights) or (0,) * problem.size, even
        self.best: Starts | None = None
        self.bound = 0
        self.joint: tuple[Resource, ...] = ()
        self.proven: set[Aim] = set()
        self.is_impossible = False
        self.spending: Spending | None = None

    @property
    def finish(self) -> int | None:
        """The day after the last one of the best schedule."""
        return None if self.best is None else self.problem.finish_of(self.best)

    @property
    def aims(self) -> tuple[Aim, ...]:
        """What is asked for."""
        asked = {Aim.FINISH: True, Aim.PROTECTION: any(self.weights), Aim.EVENNESS: self.even is not None}
        return tuple(aim for aim in Aim if asked[aim])

    def run(self, first: Starts | None = None) -> Found:
        """Search until all is proven or the patience is at its end."""
        self._begin(first)
        for aim in self.aims:
            until = 1.0 if aim is self.aims[-1] else SHARES[aim]
            if aim is Aim.FINISH:
                self._shorten(until)
            elif self.best is not None:
                self._refine(aim, until)
        return Found(self.best, self.bound, frozenset(self.proven), self.is_impossible)

    def _begin(self, first: Starts | None) -> None:
        """Find schedules and bounds that take milliseconds."""
        problem = self.problem
        lasts, firsts = latest_starts(problem, problem.horizon), earliest_starts(problem)
        self.is_impossible = any(map(int.__gt__, firsts, lasts))
        if self.is_impossible:
            return
        energy = max((bound_of(problem, resource) for resource in problem.resources), default=0)
        self.bound = max(chain_bound(problem), energy)
        self._take(first)
        for keys in (first, lasts, firsts):
            if keys is not None:
                self._take(placed(problem, listed(problem, keys), problem.horizon))
        self._report(Aim.FINISH)
        if problem.ledger is not None:
            self._try_around(self._without_ledger(first or tuple(firsts)))
        self._try_around(self.best)
        if self.best is not None and self._is_open:
            self._raise_bound(self.best)

    def _take(self, starts: Starts | None) -> None:
        """Keep a schedule without faults that is shorter than the best one."""
        if starts is None or (self.finish is not None and self.problem.finish_of(starts) >= self.finish):
            return
        if not any(self.problem.faults_of(starts)):
            self.best = starts

    def _without_ledger(self, first: Starts) -> Starts:
        """Return a good schedule that keeps all but the ledger: its order is worth a try."""
        free = replace(self.problem, ledger=None)
        found = placed(free, listed(free, first), free.horizon)
        return first if found is None else improved(free, found, LEDGER_TRIES, self._may_try)

    def _try_around(self, starts: Starts | None) -> None:
        """Look for shorter schedules around one."""
        problem = self.problem
        begun = None if starts is None else placed(problem, listed(problem, starts), problem.horizon)
        rounds = 0 if begun is None else 1 if problem.ledger is None else ROUNDS
        tries = SERIAL_TRIES if problem.ledger is None else LEDGER_TRIES
        for seed in range(rounds):
            self._take(improved(problem, begun or (), tries, self._may_try, seed))
            self._report(Aim.FINISH)

    def _may_try(self) -> bool:
        """Tell whether there is time for another try."""
        share = TRIES_SHARE if self.problem.ledger is None else LEDGER_TRIES_SHARE
        return self.watch.left > (1 - share) * self.watch.patience.seconds

    def _raise_bound(self, starts: Starts) -> None:
        """Look for better bounds: a joint resource, and what the ledger must spend."""
        problem, ledger = self.problem, self.problem.ledger
        joint = joint_resource(problem, starts, self.bound)
        if joint is not None:
            self.joint, self.bound = (joint,), bound_of(problem, joint)
        if ledger is not None:
            finish = problem.finish_of(starts)
            self.bound = ledger_bound(problem, ledger, self.bound, finish)
            resources = (*problem.resources, *self.joint)
            self.bound = relaxed_bound(problem, ledger, resources, self.bound, finish)
        self._report(Aim.FINISH)

    @property
    def _is_open(self) -> bool:
        """Tell whether the finish may still become earlier."""
        return not self.is_impossible and (self.finish is None or self.bound < self.finish)

    def _report(self, aim: Aim) -> None:
        self.watch.patience.on_progress(Progress(aim, self.finish, self.bound, self.watch.elapsed))

    def _left(self, until: float) -> float:
        """Return the seconds left until a share of all is used."""
        return min(self.watch.left, self.watch.patience.seconds * until - self.watch.elapsed)

    def _shorten(self, until: float) -> None:
        """Look for an earlier finish and a better bound, until both meet."""
        is_crossed = self.best is not None and self._is_open and self.problem.ledger is None
        if is_crossed:
            self._cross(until)
        for purpose, share in (*RUNS_AFTER_CROSSING, *RUNS) if is_crossed else RUNS:
            if self._is_open and self._left(until) > SHORTEST_RUN:
                self._ask(purpose, self._left(until) * share)
        if self.best is not None and not self._is_open:
            self.proven.add(Aim.FINISH)

    def _cross(self, until: float) -> None:
        """Let a population of schedules cross for a while, and another one elsewhere, around the best schedule."""
        around, least = self.best or (), self._left(until) * (1 - POPULATION_SHARE)
        population = Population(self.problem, around)
        if not population.is_small_enough:
            return
        elsewhere = Elsewhere(self.watch.patience.second_process, self.problem, around)
        while population.rounds < ROUNDS_OF_POPULATION and self._is_open and self._left(until) > least:
            population.next_generation()
            self.watch.count(population.cells / CELLS_A_SECOND)
            for found in (population.best, elsewhere.best()):
                self._take_shorter(found)

    def _take_shorter(self, found: Starts | None) -> None:
        """Keep and report a schedule of a population if it is shorter than the best one."""
        if found is not None and self.problem.finish_of(found) < (self.finish or 0):
            self.best = found
            self._report(Aim.FINISH)

    def _ask(self, purpose: Purpose, seconds: float) -> None:
        """Run the solver once for the finish: any schedule that is shorter, or the proof that there is none."""
        horizon = self.problem.horizon if self.finish is None else self.finish - (purpose is Purpose.PROVE)
        model = Model(self.problem, horizon, least=self.bound, joint=self.joint)
        if not model.is_possible:
            self._settle()
            return
        if not self._spends(model, self.problem.ledger):
            return
        if self.best is not None and purpose is not Purpose.PROVE:
            model.hint(self.best)
        question = Question(Aim.FINISH, model.finish, purpose, self.finish, self.bound)
        outcome = Run(model, question, self.watch).solve(seconds)
        self.best = outcome.starts or self.best
        if outcome.is_final:
            self._settle()
        elif self.finish is not None:
            self.bound = min(max(self.bound, outcome.bound), self.finish)
        self._report(Aim.FINISH)

    def _spends(self, model: Model, ledger: Ledger | None) -> bool:
        """Add a ledger to a model; False where that would be too large."""
        is_small = ledger is None or sum(last - first + 1 for first, last in model.windows) <= MOST_LITERALS
        if ledger is not None and is_small:
            self.spending = Spending(model, ledger)
        return is_small

    def _settle(self) -> None:
        """Nothing is better than the best: its finish is the bound, and without one there is no schedule."""
        if self.finish is None:
            self.is_impossible = True
        else:
            self.bound = self.finish

    def _refine(self, aim: Aim, until: float) -> None:
        """Serve a further aim as well as the ones before it allow."""
        if self.best is None or self._left(until) <= SHORTEST_RUN:
            return
        finish = self.problem.finish_of(self.best)
        model = Model(self.problem, finish, least=self.bound, joint=self.joint)
        if not self._spends(model, self.problem.ledger if aim is Aim.PROTECTION else self.even):
            return
        objective = model.weighted_ends(self.weights)
        if aim is Aim.EVENNESS and self.spending is not None:
            model.model.add(objective <= self.weighted_ends(self.best))
            objective = self.spending.unevenness(self.spending.ledger.period_of(finish - 1) + 1)
        model.hint(self.best)
        question = Question(aim, objective, Purpose.FIND, finish, self.bound)
        outcome = Run(model, question, self.watch).solve(self._left(until))
        self.best = outcome.starts or self.best
        if outcome.is_final:
            self.proven.add(aim)
        self._report(aim)

    def weighted_ends(self, starts: Starts) -> int:
        """Return the sum of the days on which tasks end, each times its weight."""
        ends = map(int.__add__, starts, self.problem.lengths)
        return sum(map(int.__mul__, self.weights, ends))
