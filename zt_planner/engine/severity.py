"""The size of one loss, and what controls leave of it (M28).

Law: of no expected loss, and of no chance of a loss above an amount, is less left than the least factor.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.domain.data.losses import LEAST_FACTOR
from zt_planner.domain.scenario.losses import MOST_SPREAD

if TYPE_CHECKING:
    from decimal import Decimal

P95_AT = 1.6448536269514722
"""So many standard deviations above its mean a normal variable has its P95."""
LEAST = float(LEAST_FACTOR)
LOWEST, HIGHEST, HALVINGS = -10.0, 30.0, 60
"""Standard deviations between which lies the size from which on the least factor holds."""


def beyond(deviations: float) -> float:
    """Return the chance that a standard normal variable is above so many deviations."""
    return math.erfc(deviations / math.sqrt(2)) / 2


@dataclass(frozen=True, slots=True)
class LossSize:
    """The size of one loss in EUR, lognormal: its median, and the standard deviation of its logarithm."""

    median: float
    sigma: float

    @property
    def mean(self) -> float:
        """The mean size."""
        return self.median * math.exp(self.sigma**2 / 2)

    def exceeds(self, amount: float) -> float:
        """Return the chance that one loss is above an amount above 0."""
        return beyond(math.log(amount / self.median) / self.sigma)

    def capped_share(self, deviations: float) -> float:
        """Return the share of the mean that is left where no loss counts beyond a size, in deviations."""
        capped = math.exp(self.sigma * deviations - self.sigma**2 / 2) * beyond(deviations)
        return beyond(self.sigma - deviations) + capped


def severity_of(median: Decimal | None, mean: Decimal | None, p95: Decimal | None, rate: Decimal) -> LossSize | None:
    """Return the severity in EUR that a median and a mean, or a median and a P95, give; None for any other figures."""
    other = mean if p95 is None else p95
    if median is None or other is None or not 0 < median < other <= median * MOST_SPREAD:
        return None
    ratio = math.log(other / median)
    sigma = math.sqrt(2 * ratio) if p95 is None else ratio / P95_AT
    return LossSize(float(median * rate), sigma)


class Credit(NamedTuple):
    """What controls multiply frequency and severity by."""

    on_frequency: float = 1.0
    on_severity: float = 1.0

    def left_above(self, amount: float, severity: LossSize) -> float:
        """Return the chance that a loss happens and is above an amount, of a loss that was certain without controls."""
        reduced = self.on_frequency * severity.exceeds(amount / self.on_severity)
        return max(reduced, LEAST * severity.exceeds(amount))

    def left_of_mean(self, severity: LossSize) -> float:
        """Return the share of the expected loss that is left."""
        return _left_of_mean(self, severity)


@lru_cache(maxsize=256)
def _left_of_mean(credit: Credit, severity: LossSize) -> float:
    """Return the share that is left, found once for the months that are alike."""
    frequency, size = credit
    if size == 1 or frequency <= LEAST:
        return max(LEAST, frequency)
    shift = -math.log(size) / severity.sigma
    low, high = LOWEST - shift, HIGHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        is_above = frequency * beyond(middle + shift) > LEAST * beyond(middle)
        low, high = (middle, high) if is_above else (low, middle)
    below = frequency * size * severity.capped_share(low + shift)
    return below + LEAST * (1 - severity.capped_share(low))


NOTHING = Credit()
