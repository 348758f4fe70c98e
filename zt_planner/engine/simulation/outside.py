"""How far a plan may overrun, as multiples of its estimate, to be read beside finished projects (M22).

Laws: the estimate is the plan's without contingency, so that a plan in which nothing is uncertain is 1 throughout;
more than half as much again is no likelier than more than planned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

from zt_planner.domain.money import from_cents, rounded
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.result import HIGH, MIDDLE, SURE, SimulationResult, estimate_of

HALF_AS_MUCH_AGAIN = Fraction(3, 2)
PLACES = 2


@dataclass(frozen=True, slots=True)
class Overrun:
    """Multiples of an estimate at P50, P80 and P90, and the share of the draws above one and a half.

    A multiple is None where that many draws are not done when the calendar ends.
    """

    multiples: tuple[Decimal | None, ...]
    over_half: float


def overrun_of_cost(plan: Plan, simulation: SimulationResult) -> Overrun | None:
    """Return what the introduction costs; None where nothing of it is estimated, known or shown."""
    estimate = from_cents(estimate_of(plan, plan.headlines).introduction)
    if not plan.is_complete or not plan.shows_labour or estimate <= 0:
        return None
    most = from_cents(floor(Fraction(estimate) * 100 * HALF_AS_MUCH_AGAIN))
    return _overrun(
        lambda share: Fraction(simulation.introduction_at(share)) / Fraction(estimate),
        1 - simulation.chance(budget=most),
    )


def overrun_of_duration(plan: Plan, simulation: SimulationResult) -> Overrun:
    """Return how many calendar days it takes from the start to the finish, both counted."""
    start, planned = plan.headlines.start_date, _days(plan.headlines.finish_date - plan.headlines.start_date)

    def multiple(share: float) -> Fraction | None:
        finish = simulation.finish_at(share)
        return None if finish > simulation.limit else Fraction(_days(finish - start), planned)

    last = start + timedelta(days=floor(planned * HALF_AS_MUCH_AGAIN) - 1)
    return _overrun(multiple, 1 - simulation.chance(by=min(last, simulation.limit)))


def _days(between: timedelta) -> int:
    return between.days + 1


def _overrun(multiple: Callable[[float], Fraction | None], over_half: float) -> Overrun:
    found = (multiple(share) for share in (MIDDLE, SURE, HIGH))
    return Overrun(tuple(None if each is None else rounded(each, PLACES) for each in found), over_half)
