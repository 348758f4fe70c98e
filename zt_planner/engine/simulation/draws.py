"""Reproducible draws of uncertain quantities, and distributions through a P10, a P50 and a P90.

The same seed, name and page give the same draws on every run. Each uncertain quantity has draws of its own, by its
name, so that a plan with one task more keeps all other draws: two scenarios with one seed are compared draw by draw,
and what differs is real (common random numbers). Each draw is followed by its mirror image, in which all that was above
its estimate is below it as much (antithetic draws): of an even number of draws, half lie below the P50 of each
quantity, exactly. One more quantity without a name is shared by all: it makes them go together (a one-factor Gaussian
copula). A distribution says which factor on an estimate a standard normal number is.

Laws: every quantity is standard normal; any two of them have the given correlation; every distribution meets its three
points exactly and rises with the normal number; a range of one point is a constant.

Philox is counter-based and its bits are stable across NumPy versions; the normal numbers come from them by Box and
Muller's transformation. Source of the metalog: Keelin, T. W. (2016): The Metalog Distributions. Decision Analysis
13(4), 243-277, semi-bounded, three terms (M22).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import ceil, log, sqrt
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from zt_planner.engine.simulation.ranges import is_skewed

Floats: TypeAlias = NDArray[np.float32] | NDArray[np.float64]

Z90 = NormalDist().inv_cdf(0.9)
LOG9 = log(9)
REACH, STEPS = 7, 512
"""Normal numbers are cut at the reach, 13 in ten million million; so many steps of the table lie between whole ones."""


def _table() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the log odds of the normal distribution on a grid, and how far each is from the next."""
    cdf = NormalDist().cdf
    grid = [index / STEPS for index in range(-REACH * STEPS, REACH * STEPS + 2)]
    odds = np.array([log(cdf(z)) - log(cdf(-z)) for z in grid])
    return odds[:-1].astype(np.float32), np.diff(odds).astype(np.float32)


LOG_ODDS, RISES = _table()


def log_odds_of(normals: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ln(u / (1 - u)) for the share u of the normal distribution below each number, to 1e-6."""
    odds = (normals + np.float32(REACH)) * np.float32(STEPS)
    np.clip(odds, 0, 2 * REACH * STEPS, out=odds)
    steps = odds.astype(np.int32)
    odds -= steps
    odds *= RISES.take(steps)
    odds += LOG_ODDS.take(steps)
    return odds


@dataclass(frozen=True, slots=True)
class Deviates:
    """Draws of one uncertain quantity: standard normal numbers, their log odds, and the metalog's third term."""

    normals: NDArray[np.float32]
    log_odds: NDArray[np.float32]
    bend: NDArray[np.float32]

    @classmethod
    def of(cls, normals: NDArray[np.float32]) -> Deviates:
        """Return the deviates of normal numbers, cut at the reach."""
        normals = np.clip(normals, -REACH, REACH)
        odds = log_odds_of(normals)
        half = np.float32(0.5)
        return cls(normals, odds, np.tanh(odds * half) * half * odds)


@dataclass(frozen=True, slots=True)
class Constant:
    """A quantity that is known."""

    value: float = 1.0

    def values(self, deviates: Deviates) -> Floats:
        return np.full(deviates.normals.shape, self.value, np.float32)


@dataclass(frozen=True, slots=True)
class Metalog:
    """The semi-bounded metalog above 0 with a median of 1: ln x = a2 L + a3 (u - 1/2) L, L = ln(u / (1 - u))."""

    scale: float
    bend: float

    def values(self, deviates: Deviates) -> Floats:
        factors: NDArray[np.float32] = deviates.log_odds * np.float32(self.scale)
        if self.bend:
            factors += deviates.bend * np.float32(self.bend)
        return np.exp(factors, out=factors)


@dataclass(frozen=True, slots=True)
class SplitLognormal:
    """A lognormal distribution with a median of 1 and a width of its own on each side."""

    below: float
    above: float

    def values(self, deviates: Deviates) -> Floats:
        width = np.where(deviates.normals < 0, np.float32(self.below), np.float32(self.above))
        factors: Floats = np.exp(deviates.normals * width)
        return factors


Distribution: TypeAlias = Constant | Metalog | SplitLognormal
"""What is drawn: a value for each draw, more where the normal number is larger."""


def factor_of(low: float, high: float) -> Distribution:
    """Return the distribution whose P10, P50 and P90 are `low`, 1 and `high` times an estimate.

    Raises ValueError unless 0 < low <= 1 <= high; files and scenarios refuse such a range before.
    """
    if not 0 < low <= 1 <= high < float("inf"):
        raise ValueError(f"a range of {low} to {high} times the estimate: it must be above 0 and hold 1")
    below, above = -log(low), log(high)
    if not below + above:
        return Constant()
    if is_skewed(low, high):
        return SplitLognormal(below / Z90, above / Z90)
    return Metalog((above + below) / (2 * LOG9), (above - below) / (0.8 * LOG9))


def rank(share: float, count: int) -> int:
    """Return the index of the smallest of so many sorted draws at or below which a share of them lies."""
    return min(max(ceil(round(share * count, 6)) - 1, 0), count - 1)


PAGE = 10_000
"""Draws that are made and computed together."""
ROWS_REMEMBERED = 256
SHARED = ""
"""The name of what all quantities share."""
HALF_WORD, WORDS = 32, 2.0**32


@dataclass(frozen=True, slots=True)
class RandomSource:
    """Where draws come from: a seed, and how strongly any two quantities go together, 0 to 1.

    Quantities of another `scope` are others, whatever their names, and share nothing with these.
    """

    seed: int
    correlation: float
    scope: str = ""

    def factors(self, name: str, distribution: Distribution, page: int = 0, count: int = PAGE) -> Floats:
        """Return the first `count` draws of a page of a quantity, after the estimate; the first page is remembered."""
        if page:
            return distribution.values(self.deviates(name, page))[: count + 1]
        return _factors(self, name, distribution)[: count + 1]

    def deviates(self, name: str, page: int = 0) -> Deviates:
        """Return a page of draws of a quantity, after the estimate, before they are factors."""
        together, alone = np.float32(sqrt(self.correlation)), np.float32(sqrt(1 - self.correlation))
        drawn = alone * normals(self.seed, self.scope + name, page)
        if self.correlation:
            drawn += together * _shared(self.seed, self.scope, page)
        return Deviates.of(drawn)


@lru_cache(maxsize=ROWS_REMEMBERED)
def _factors(source: RandomSource, name: str, distribution: Distribution) -> Floats:
    return distribution.values(source.deviates(name))


@lru_cache(maxsize=8)
def _shared(seed: int, scope: str, page: int) -> NDArray[np.float32]:
    return normals(seed, scope + SHARED, page)


def forget_draws() -> None:
    """Clear the cache of draws; they can be made again."""
    _factors.cache_clear()
    _shared.cache_clear()


def normals(seed: int, name: str, page: int) -> NDArray[np.float32]:
    """Return a page of standard normal numbers of one name, which depend on no other name and no other page.

    The first number is 0: with it, every page begins with the estimate. Each other is followed by its mirror image.
    """
    own = int.from_bytes(sha256(name.encode()).digest()[:8], "big")
    words = np.random.Philox(key=[seed, own], counter=[0, page, 0, 0]).random_raw(PAGE // 4)
    first = ((words >> np.uint64(HALF_WORD)).astype(np.float32) + np.float32(0.5)) * np.float32(1 / WORDS)
    angle = (words & np.uint64(2**HALF_WORD - 1)).astype(np.float32) * np.float32(2 * np.pi / WORDS)
    radius = np.sqrt(np.float32(-2) * np.log(np.minimum(first, np.float32(1))))
    numbers = np.zeros(PAGE + 1, np.float32)
    numbers[1::4], numbers[3::4] = radius * np.cos(angle), radius * np.sin(angle)
    numbers[2::2] = -numbers[1::2]
    return numbers
