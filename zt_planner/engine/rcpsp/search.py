"""Search for the best schedule, one objective after the other (M20).

First serial schedules and the lower bounds, within a share of the time. CP-SAT then looks for a shorter schedule or the
proof that there is none. The finish it leaves is a limit for the next aim: early protection, and at last even spending.

Laws: the schedule returned has no faults, and is never behind the first one in the order of the aims; the bound is
never above the finish of any schedule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from zt_planner.engine.rcpsp.bounds import bound_of, joint_resource, relaxed_bound
from zt_planner.engine.rcpsp.budget import Aim, SolverBudget, SolverProgress, Watch
from zt_planner.engine.rcpsp.cp_sat import CpModel, Objective, Run, Spending
from zt_planner.engine.rcpsp.problem import Ledger, Problem, Starts, chain_bound, earliest_starts, latest_starts
from zt_planner.engine.rcpsp.serial import precedence_list, serial_schedule, tries

MOST_TRIES, TRIES_SHARE = 1_000, 0.3
"""How often a serial schedule is shuffled, and after which share of the time no more."""
BOUND_SHARE = 0.6
"""The share of the time after which no further finish is put to the relaxation."""
MOST_LITERALS = 60_000
"""Days of all windows together; the solver is not asked about a larger problem with a ledger."""
SHORTEST_RUN = 0.05
"""Seconds below which no run is begun."""
SHARES = {Aim.FINISH: 0.7, Aim.PROTECTION: 0.9, Aim.EVENNESS: 1.0}
"""By which share of the time each aim must be done; what one leaves is the next one's."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best schedule, a lower bound on the finish, and the aims that are proven: nothing serves them better.

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
        """Aim at protection by `weights` of the tasks' ends, and at even spending by the ledger `even`."""
        self.problem, self.watch = problem, watch
        self.weights, self.even = tuple(weights) or (0,) * problem.size, even
        self.best: Starts | None = None
        self.bound = 0
        self.proven: set[Aim] = set()
        self.is_impossible = False
        self.spending: Spending | None = None

    @property
    def finish(self) -> int | None:
        """The day after the last one of the best schedule."""
        return None if self.best is None else self.problem.finish_of(self.best)

    @property
    def aims(self) -> tuple[Aim, ...]:
        """What this search is for, in order."""
        wanted = {Aim.FINISH: True, Aim.PROTECTION: any(self.weights), Aim.EVENNESS: self.even is not None}
        return tuple(aim for aim in Aim if wanted[aim])

    def run(self, first: Starts | None = None) -> SearchResult:
        """Search until all is proven or the budget is used up."""
        self._begin(first)
        for aim in self.aims:
            until = 1.0 if aim is self.aims[-1] else SHARES[aim]
            if aim is Aim.FINISH:
                self._shorten(until)
            elif self.best is not None:
                self._refine(aim, until)
        return SearchResult(self.best, self.bound, frozenset(self.proven), self.is_impossible)

    def _begin(self, first: Starts | None) -> None:
        """Find schedules and bounds without the solver."""
        problem = self.problem
        lasts, firsts = latest_starts(problem, problem.horizon), earliest_starts(problem)
        energy = max((bound_of(problem, resource) for resource in problem.resources), default=0)
        self.bound = max(chain_bound(problem), energy)
        self.is_impossible = self.bound > problem.horizon or any(map(int.__gt__, firsts, lasts))
        if self.is_impossible:
            return
        self._report(Aim.FINISH)
        self._take(first)
        for keys in (first, lasts, firsts):
            if keys is not None:
                self._take(serial_schedule(problem, precedence_list(problem, keys), problem.horizon))
        if self.best is not None:
            self._try_around(self.best)
        if self.best is not None and self._is_open and self.watch.left > 0:
            self._raise_bound(self.best)

    def _take(self, starts: Starts | None) -> None:
        """Keep and report a schedule without faults that is shorter than the best one."""
        if starts is None or (self.finish is not None and self.problem.finish_of(starts) >= self.finish):
            return
        if not any(self.problem.faults_of(starts)):
            self.best = starts
            self._report(Aim.FINISH)

    def _try_around(self, starts: Starts) -> None:
        """Look for shorter serial schedules around one."""
        for schedule in islice(tries(self.problem, starts), MOST_TRIES):
            if not self._is_open or self._left(TRIES_SHARE) <= 0:
                return
            self._take(schedule)

    def _raise_bound(self, starts: Starts) -> None:
        """Look for better bounds: a joint resource, which every schedule keeps, and what the ledger leaves possible."""
        problem, ledger = self.problem, self.problem.ledger
        joint = joint_resource(problem, starts, self.bound)
        if joint is not None:
            self.bound = bound_of(problem, joint)
            self.problem = replace(problem, resources=(*problem.resources, joint))
        if ledger is not None:
            # With a joint resource the others hardly raise the bound further, but take as long again.
            relaxed = problem if joint is None else replace(problem, resources=(joint,))
            most = problem.finish_of(starts)
            self.bound = relaxed_bound(relaxed, ledger, self.bound, most, lambda: self._left(BOUND_SHARE) > 0)
        self._report(Aim.FINISH)

    @property
    def _is_open(self) -> bool:
        """Tell whether the finish may still become earlier."""
        return not self.is_impossible and (self.finish is None or self.bound < self.finish)

    def _report(self, aim: Aim) -> None:
        self.watch.solver_budget.on_progress(SolverProgress(aim, self.finish, self.bound, self.watch.elapsed))

    def _left(self, until: float) -> float:
        """Return the seconds left until a share of all is used."""
        return min(self.watch.left, self.watch.solver_budget.seconds * until - self.watch.elapsed)

    def _shorten(self, until: float) -> None:
        """Look for an earlier finish, or the proof that there is none."""
        if self._is_open and self._left(until) > SHORTEST_RUN:
            self._ask(self._left(until))
        if self.best is not None and not self._is_open:
            self.proven.add(Aim.FINISH)

    def _ask(self, seconds: float) -> None:
        """Run the solver for the finish."""
        horizon = self.problem.horizon if self.finish is None else self.finish
        model = CpModel(self.problem, horizon, least=self.bound)
        if not self._spends(model, self.problem.ledger):
            return
        if self.best is not None:
            model.hint(self.best)
        outcome = Run(model, Objective(Aim.FINISH, model.finish, self.finish, self.bound), self.watch).solve(seconds)
        self.best = outcome.starts or self.best
        if outcome.is_final:
            self._settle()
        elif self.finish is not None:
            self.bound = min(max(self.bound, outcome.bound), self.finish)
        self._report(Aim.FINISH)

    def _spends(self, model: CpModel, ledger: Ledger | None) -> bool:
        """Add a ledger to a model; False where that would be too large."""
        is_small = ledger is None or sum(last - first + 1 for first, last in model.windows) <= MOST_LITERALS
        if ledger is not None and is_small:
            self.spending = Spending(model, ledger)
        return is_small

    def _settle(self) -> None:
        """Take the best schedule for proven: its finish is the bound; without one there is none."""
        if self.finish is None:
            self.is_impossible = True
        else:
            self.bound = self.finish

    def _refine(self, aim: Aim, until: float) -> None:
        """Serve a further aim as well as the ones before it allow."""
        if self.best is None or self._left(until) <= SHORTEST_RUN:
            return
        finish = self.problem.finish_of(self.best)
        model = CpModel(self.problem, finish, least=self.bound)
        if not self._spends(model, self.problem.ledger if aim is Aim.PROTECTION else self.even):
            return
        expression = model.weighted_ends(self.weights)
        if aim is Aim.EVENNESS and self.spending is not None:
            model.model.add(expression <= self.weighted_ends(self.best))
            expression = self.spending.unevenness(self.spending.ledger.period_of(finish - 1) + 1)
        model.hint(self.best)
        outcome = Run(model, Objective(aim, expression, finish, self.bound), self.watch).solve(self._left(until))
        self.best = outcome.starts or self.best
        if outcome.is_final:
            self.proven.add(aim)
        self._report(aim)

    def weighted_ends(self, starts: Starts) -> int:
        """Return the sum of the days on which tasks end, each times its weight."""
        ends = map(int.__add__, starts, self.problem.lengths)
        return sum(map(int.__mul__, self.weights, ends))


def any_schedule(problem: Problem, last: int, first: Starts, solver_budget: SolverBudget) -> Starts | None:
    """Return the first schedule that is found to be finished by a day; None where the budget ends before.

    Later ones are allowed on the way, as what is shuffled and shortened must begin somewhere.
    """
    search: Search

    def is_settled() -> bool:
        return (
            solver_budget.is_cancelled() or search.bound > last or (search.finish is not None and search.finish <= last)
        )

    search = Search(problem, Watch(replace(solver_budget, is_cancelled=is_settled)))
    starts = search.run(first).starts
    return None if starts is None or problem.finish_of(starts) > last else starts
