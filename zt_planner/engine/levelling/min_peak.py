"""The schedule with the lowest peak month (M20): which cap would be enough.

Caps between what no schedule keeps and what one does are tried in turn, by the
same search that levels; then the solver is asked whether less will do. Law:
there is a schedule that is done in time and pays no more in any month; where
`is_least`, none pays less.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from zt_planner.engine.levelling.problem import Setting
from zt_planner.engine.rcpsp.budget import Aim, SolverBudget, Watch
from zt_planner.engine.rcpsp.cp_sat import CpModel, Objective, Run, Spending
from zt_planner.engine.rcpsp.problem import Ledger, Problem, Starts
from zt_planner.engine.rcpsp.search import MOST_LITERALS, Search

CAPS_TRIED = 6
"""Each halves what is open between too little and enough."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest month's payment, in units of the ledger, and whether it is proven to be the lowest possible."""

    amount: int
    is_least: bool


class MinPeakSearch:
    """The search for the least that the dearest month can pay where all is done in so many days."""

    def __init__(self, setting: Setting, last: int, solver_budget: SolverBudget) -> None:
        """Keep the problem; `solver_budget` is that of one try."""
        self.problem, self.last = setting.free, last
        self.ledger: Ledger = setting.payments.ledger(None)
        self.quick, self.solver_budget = setting.quick, solver_budget

    def peak_of(self, starts: Starts) -> int:
        """Return the payment of the highest month."""
        return max(self.ledger.spent(starts, self.problem.finish_of(starts)))

    def run(self) -> Peak | None:
        """Return the lowest peak found; None when no schedule finishes in time."""
        best = any_schedule(self.problem, self.last, self.quick, self.solver_budget)
        if best is None:
            return None
        low = 0
        for _ in range(CAPS_TRIED):
            cap = (low + self.peak_of(best)) // 2
            capped = replace(self.ledger, limits=(cap,) * len(self.ledger.limits))
            found = any_schedule(replace(self.problem, ledger=capped), self.last, best, self.solver_budget)
            low, best = (cap, best) if found is None else (low, found)
        return self._proven(best)

    def _proven(self, best: Starts) -> Peak:
        """Ask the solver for a lower peak month than in the best schedule."""
        found = Peak(self.peak_of(best), is_least=False)
        model = CpModel(self.problem, self.last)
        if sum(last - first + 1 for first, last in model.windows) > MOST_LITERALS:
            return found
        peak = model.model.new_int_var(0, found.amount, "")
        for amount in Spending(model, self.ledger).amounts:
            model.model.add(amount <= peak)
        model.hint(best)
        watch = Watch(self.solver_budget)
        outcome = Run(model, Objective(Aim.EVENNESS, peak, None, 0), watch).solve(watch.left)
        return Peak(self.peak_of(outcome.starts or best), outcome.is_final)


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
