"""How two series of times compare: the ratio of their medians, with an interval.

Every benchmark takes both series in one run, alternating, so that whatever
else the machine does meets both; only the ratio means something. The interval
is a bootstrap: both series are drawn anew, with replacement, many times.
Law: the same two series give the same ratio and interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RESAMPLES = 10_000
CONFIDENCE_PERCENT = 95
SEED = 20260101


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of medians with the ends of its 95 % interval."""

    value: float
    lower: float
    upper: float

    def __str__(self) -> str:
        """Write as `1.18 (95 % interval 1.15 to 1.21)`."""
        return f"{self.value:.2f} ({CONFIDENCE_PERCENT} % interval {self.lower:.2f} to {self.upper:.2f})"


def ratio_of(measured: Sequence[float], reference: Sequence[float]) -> Ratio:
    """Return how many times longer the measured series takes than the reference, by their medians."""
    chance = np.random.default_rng(SEED)
    drawn = [
        np.median(chance.choice(np.asarray(series), size=(RESAMPLES, len(series))), axis=1)
        for series in (measured, reference)
    ]
    tail = (100 - CONFIDENCE_PERCENT) / 2
    lower, upper = np.percentile(drawn[0] / drawn[1], [tail, 100 - tail])
    return Ratio(median(measured) / median(reference), float(lower), float(upper))


def median(series: Sequence[float]) -> float:
    """Return the median of a series."""
    return float(np.median(np.asarray(series)))


def spread(series: Sequence[float]) -> str:
    """Write a series of milliseconds as its median with the middle half."""
    low, high = np.percentile(np.asarray(series), [25, 75])
    return f"{median(series):8.2f} ms (middle half {low:.2f} to {high:.2f})"


def milliseconds(action: Callable[[], object]) -> float:
    """Return how long one call takes."""
    begin = perf_counter()
    action()
    return (perf_counter() - begin) * 1000


def alternating(actions: Sequence[Callable[[], object]], rounds: int, warm_ups: int) -> tuple[list[float], ...]:
    """Time several actions in turn, A B A B, and return a series of milliseconds for each."""
    series: tuple[list[float], ...] = tuple([] for _ in actions)
    for turn in range(warm_ups + rounds):
        for times, action in zip(series, actions, strict=True):
            taken = milliseconds(action)
            if turn >= warm_ups:
                times.append(taken)
    return series
