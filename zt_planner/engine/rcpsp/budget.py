"""Time limit, progress and cancellation of a search.

The engine has no clock of its own: one is handed in, and the solver counts its
own time. Law: with `is_repeatable` nothing depends on a clock: the same
problem gives the same schedule on every run and every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Aim(StrEnum):
    """What a schedule is chosen for, the most important first; the deadline is part of the finish."""

    FINISH = "finish"
    PROTECTION = "protection"
    EVENNESS = "evenness"


@dataclass(frozen=True, slots=True)
class SolverProgress:
    """The aim that a search works on, the best finish and the lower bound on it.

    `finish` is None while there is no schedule; both are days after the last one.
    """

    aim: Aim
    finish: int | None
    bound: int
    elapsed: float


def ignore_progress(_: object) -> None:
    """Report to nobody."""


def never() -> bool:
    """Cancel nothing."""
    return False


@dataclass(frozen=True, slots=True)
class SolverBudget:
    """How long a search may take, who is told of its progress, and who may cancel it.

    `clock` counts seconds. `is_cancelled` is called between steps and at every better schedule or bound; `on_solver`
    gets the function that stops the running solver at once, from any thread. With `is_repeatable`, seconds are
    the solver's count of its work, the same on every machine, and the clock is not read.
    """

    seconds: float
    clock: Callable[[], float]
    is_cancelled: Callable[[], bool] = never
    on_progress: Callable[[SolverProgress], None] = ignore_progress
    on_solver: Callable[[Callable[[], None]], None] = ignore_progress
    workers: int = 2
    is_repeatable: bool = False


class Watch:
    """Counts what a search has used of its budget."""

    def __init__(self, solver_budget: SolverBudget) -> None:
        self.solver_budget = solver_budget
        self._work = 0.0
        self._begun = 0.0 if solver_budget.is_repeatable else solver_budget.clock()

    def count(self, work: float) -> None:
        """Add work done, in seconds of the solver's own count."""
        self._work += work

    @property
    def elapsed(self) -> float:
        return self._work if self.solver_budget.is_repeatable else self.solver_budget.clock() - self._begun

    @property
    def left(self) -> float:
        """The seconds left, none where the search was cancelled."""
        return 0.0 if self.solver_budget.is_cancelled() else max(0.0, self.solver_budget.seconds - self.elapsed)
