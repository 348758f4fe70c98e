"""A second population that crosses in another process while the first one crosses here (M20).

It comes and goes as a whole, a few generations at a time, so that the process
needs no clock, can be given up at any time, and is asked nothing.

Laws: without an executor nothing is done and nothing found; a process that has
died costs what it would have found, and no more.
"""

from __future__ import annotations

from concurrent.futures import BrokenExecutor
from typing import TYPE_CHECKING

from zt_planner.engine.exact.population import Population

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from zt_planner.engine.exact.problem import Problem, Starts

SEED = 1
"""Of the second population; the first one has none of its chances."""
GENERATIONS = 20
"""So many at a time: half a second for sixty tasks."""


def advanced(population: Population, generations: int) -> Population:
    """Return a population after so many more generations."""
    for _ in range(generations):
        population.next_generation()
    return population


class Elsewhere:
    """A population that is elsewhere."""

    def __init__(self, executor: Executor | None, problem: Problem, starts: Starts) -> None:
        """Begin with a schedule without faults and send it off, where there is somewhere to send it to."""
        self._executor = executor
        self._future = None if executor is None else sent(executor, Population(problem, starts, SEED))

    def best(self) -> Starts | None:
        """Return its shortest schedule where it has just come back, and send it off again."""
        if self._executor is None or self._future is None or not self._future.done():
            return None
        try:
            population = self._future.result()
        except BrokenExecutor:
            self._future = None
            return None
        self._future = sent(self._executor, population)
        return population.best


def sent(executor: Executor, population: Population) -> Future[Population] | None:
    """Send a population off; None where the other process has died."""
    try:
        return executor.submit(advanced, population, GENERATIONS)
    except BrokenExecutor:
        return None
