"""Sensitivity: which efforts, waits and prices move money and date.

Laws: a quantity that nothing depends on moves nothing; what removing an
uncertainty would save is judged on the same draws with that one quantity as
estimated, so that the difference is real; every draw has a critical task.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

import numpy as np
from numpy.typing import NDArray

from zt_planner.domain.money import from_cents, to_cents
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.draws import PAGE, Z90, Deviates, Distribution, Floats, rank
from zt_planner.engine.simulation.result import SURE, SimulationModel, SimulationResult

MOST_JUDGED = 12
"""How many of those that move the money most, and of those that move the date most, are drawn again without."""


@dataclass(frozen=True, slots=True)
class Swing:
    """What one quantity does alone, all others as estimated: budget and finish at its P10 and its P90."""

    name: str
    low_budget: Decimal
    high_budget: Decimal
    low_finish: date
    high_finish: date

    @property
    def money(self) -> Decimal:
        """How far the budget moves."""
        return abs(self.high_budget - self.low_budget)

    @property
    def days(self) -> int:
        """How many calendar days the finish moves."""
        return abs((self.high_finish - self.low_finish).days)


@dataclass(frozen=True, slots=True)
class Saving:
    """What would be gained at P80 if a quantity were known to be as estimated: EUR of the budget, and days.

    `days` is None where at P80 the plan is not done when its calendar ends.
    """

    budget: Decimal
    days: int | None


@dataclass(frozen=True, slots=True)
class Drivers:
    """What a plan's spread comes from: swings of every uncertain quantity, savings of the largest, critical tasks.

    `critical` holds, by task id, the share of the draws in which a task is critical.
    """

    swings: tuple[Swing, ...]
    savings: Mapping[str, Saving]
    critical: Mapping[str, float]

    def by_money(self) -> tuple[Swing, ...]:
        return by_money(self.swings)

    def by_days(self) -> tuple[Swing, ...]:
        return by_days(self.swings)


def by_money(swings: Sequence[Swing]) -> tuple[Swing, ...]:
    """Return the swings that move the budget, the largest first."""
    return tuple(sorted((swing for swing in swings if swing.money), key=lambda swing: -swing.money))


def by_days(swings: Sequence[Swing]) -> tuple[Swing, ...]:
    """Return the swings that move the finish, the largest first."""
    return tuple(sorted((swing for swing in swings if swing.days), key=lambda swing: -swing.days))


def drivers_of(plan: Plan, simulation: SimulationResult) -> Drivers:
    """Return what the spread of a simulation comes from; it is the plan's."""
    model = SimulationModel(plan)
    swings = swings_of(model, plan)
    largest = (*by_money(swings)[:MOST_JUDGED], *by_days(swings)[:MOST_JUDGED])
    savings = savings_of(model, simulation, dict.fromkeys(swing.name for swing in largest))
    return Drivers(swings, savings, critical_of(model, simulation))


def swings_of(model: SimulationModel, plan: Plan) -> tuple[Swing, ...]:
    """Return what each uncertain quantity does alone."""
    names = tuple(model.distributions)
    dates, money = model.page(partial(_alone, names))
    estimate = to_cents(plan.headlines.introduction_budget)
    budgets = np.rint(money.introduction - money.introduction[0]).astype(np.int64) + estimate
    axis = model.order.axis

    def budget(index: int) -> Decimal:
        return from_cents(int(budgets[index]))

    def finish(index: int) -> date:
        return axis.day(int(dates.finish[index]))

    pairs = ((name, 2 * number + 1, 2 * number + 2) for number, name in enumerate(names))
    return tuple(Swing(name, budget(low), budget(high), finish(low), finish(high)) for name, low, high in pairs)


def _alone(names: Sequence[str], name: str, distribution: Distribution) -> Floats:
    """Return the factors of draws in which each quantity in turn is at its P10 and P90; the first is the estimate."""
    normals = np.zeros(2 * len(names) + 1, np.float32)
    if name in names:
        index = 2 * names.index(name)
        normals[index + 1 : index + 3] = -Z90, Z90
    return distribution.values(Deviates.of(normals))


def savings_of(model: SimulationModel, simulation: SimulationResult, names: Iterable[str]) -> dict[str, Saving]:
    """Return what knowing each of some quantities would save at P80, on the first page of draws."""
    count = min(simulation.draws, PAGE)
    drawn, axis = partial(simulation.source.factors, count=count), model.order.axis
    index = rank(SURE, count)

    def sure(fixed: str) -> tuple[int, date]:
        dates, money = model.page(drawn, fixed)
        return _at(money.introduction[1:], index), axis.day(_at(dates.finish[1:], index))

    budget, finish = sure("")
    savings: dict[str, Saving] = {}
    for name in names:
        without_budget, without_finish = sure(name)
        days = None if finish > simulation.limit else (finish - without_finish).days
        savings[name] = Saving(from_cents(budget - without_budget), days)
    return savings


def _at(values: NDArray[np.float64] | NDArray[np.int32], index: int) -> int:
    return round(float(np.partition(values, index)[index]))


def critical_of(model: SimulationModel, simulation: SimulationResult) -> dict[str, float]:
    """Return how often each task is critical, on the first page of draws."""
    count = min(simulation.draws, PAGE)
    dates, _ = model.page(partial(simulation.source.factors, count=count))
    pairs = zip(model.order.tasks, model.order.is_critical(dates), strict=True)
    return {task.task.id: float(np.count_nonzero(critical[1:])) / count for task, critical in pairs}
