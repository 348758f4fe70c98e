"""One run of CP-SAT, and what comes back (M20)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zt_planner.engine.rcpsp.budget import Aim, SolverProgress, Watch
from zt_planner.engine.rcpsp.model import CpModel
from zt_planner.engine.rcpsp.problem import Starts

SEED = 0


@dataclass(frozen=True, slots=True)
class SolverResult:
    """What a run found: the last schedule, a bound on its objective, and whether there is nothing better.

    Without a schedule, `is_final` means that there is none at all.
    """

    starts: Starts | None
    bound: int
    is_final: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What a run is asked: an objective to minimise, the aim it stands for, and finish and bound so far."""

    aim: Aim
    objective: Any
    finish: int | None
    bound: int


class Run:
    """One run of the solver on a model."""

    def __init__(self, model: CpModel, question: Question, watch: Watch) -> None:
        """Prepare the solver; nothing runs yet."""
        from ortools.sat.python import cp_model  # noqa: PLC0415 - half a second, paid only where it is needed

        self.cp_model, self.model, self.question, self.watch = cp_model, model, question, watch
        self.solver = cp_model.CpSolver()
        self.finish, self.bound = question.finish, question.bound

    def solve(self, seconds: float) -> SolverResult:
        """Run for so many seconds at most."""
        self._set(seconds)
        self.model.model.minimize(self.question.objective)
        self.solver.best_bound_callback = self._on_bound
        self.watch.solver_budget.on_solver(self.solver.stop_search)
        status = self.solver.solve(self.model.model, self._listener())
        self.watch.count(self.solver.deterministic_time)
        is_found = status in {self.cp_model.OPTIMAL, self.cp_model.FEASIBLE}
        starts = tuple(self.solver.value(start) for start in self.model.starts) if is_found else None
        is_final = status in {self.cp_model.OPTIMAL, self.cp_model.INFEASIBLE}
        return SolverResult(starts, round(self.solver.best_objective_bound), is_final)

    def _set(self, seconds: float) -> None:
        """Set the limits: seconds of the clock, or the solver's own count of its work."""
        given, solver_budget = self.solver.parameters, self.watch.solver_budget
        given.random_seed, given.num_workers = SEED, solver_budget.workers
        if solver_budget.is_repeatable:
            given.interleave_search = solver_budget.workers > 1
            given.max_deterministic_time = seconds
        else:
            given.max_time_in_seconds = seconds

    def _report(self, stop: Callable[[], None]) -> None:
        """Tell where the search stands, and stop it where that is asked for."""
        solver_budget = self.watch.solver_budget
        solver_budget.on_progress(SolverProgress(self.question.aim, self.finish, self.bound, self.watch.elapsed))
        if solver_budget.is_cancelled():
            stop()

    def _on_bound(self, bound: float) -> None:
        if self.question.aim is Aim.FINISH:
            self.bound = max(self.bound, round(bound))
        self._report(self.solver.stop_search)

    def _listener(self) -> Any:  # noqa: ANN401 - its class is ortools'
        run = self

        class Listener(self.cp_model.CpSolverSolutionCallback):  # type: ignore[name-defined,misc]
            def on_solution_callback(self) -> None:
                run.finish = self.value(run.model.finish)
                run._report(self.stop_search)

        return Listener()
