"""Reproducible random numbers: the same seed, name and page give the same draws on every run.

Each uncertain quantity has draws of its own, told apart by its name, so that a
plan with one task more keeps all other draws: two scenarios with one seed are
compared draw by draw, and what differs is real (common random numbers). Each
draw is followed by its mirror image, in which all that was above its estimate
is below it as much (antithetic draws): of an even number of draws, half lie
below the P50 of each quantity, exactly. One more quantity that nobody names is
shared by all: it makes them go together (a one-factor Gaussian copula). Laws:
every quantity is standard normal; any two of them have the given correlation.

Philox is counter-based and its bits are stable across NumPy versions; the
normal numbers come from them by Box and Muller's transformation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from zt_planner.engine.simulation.quantiles import Deviates

PAGE = 10_000
"""Draws that are made and computed together."""
ROWS_REMEMBERED = 256
SHARED = ""
"""The name of what all quantities share."""
HALF_WORD, WORDS = 32, 2.0**32


@dataclass(frozen=True, slots=True)
class RandomSource:
    """Where draws come from: a seed, and how strongly any two quantities go together, 0 to 1."""

    seed: int
    correlation: float

    def deviates(self, name: str, page: int, count: int = PAGE) -> Deviates:
        """Return the first `count` draws of a page of a quantity, after the estimate; the first page is remembered."""
        found = _remembered(self, name) if page == 0 else _deviates(self, name, page)
        return found if count == PAGE else found.first(count + 1)


@lru_cache(maxsize=ROWS_REMEMBERED)
def _remembered(source: RandomSource, name: str) -> Deviates:
    return _deviates(source, name, 0)


@lru_cache(maxsize=8)
def _shared(seed: int, page: int) -> NDArray[np.float32]:
    return normals(seed, SHARED, page)


def forget_draws() -> None:
    """Clear the cache of draws; they can be made again."""
    _remembered.cache_clear()
    _shared.cache_clear()


def _deviates(source: RandomSource, name: str, page: int) -> Deviates:
    together, alone = np.float32(sqrt(source.correlation)), np.float32(sqrt(1 - source.correlation))
    found = alone * normals(source.seed, name, page)
    if source.correlation:
        found += together * _shared(source.seed, page)
    return Deviates.of(found)


def normals(seed: int, name: str, page: int) -> NDArray[np.float32]:
    """Return a page of standard normal numbers of one name, which depend on no other name and no other page.

    Before them stands a 0: with it, every page begins with the estimate. Each number is followed by its mirror image.
    """
    own = int.from_bytes(sha256(name.encode()).digest()[:8], "big")
    words = np.random.Philox(key=[seed, own], counter=[0, page, 0, 0]).random_raw(PAGE // 4)
    first = ((words >> np.uint64(HALF_WORD)).astype(np.float32) + np.float32(0.5)) * np.float32(1 / WORDS)
    angle = (words & np.uint64(2**HALF_WORD - 1)).astype(np.float32) * np.float32(2 * np.pi / WORDS)
    radius = np.sqrt(np.float32(-2) * np.log(np.minimum(first, np.float32(1))))
    found = np.zeros(PAGE + 1, np.float32)
    found[1::4], found[3::4] = radius * np.cos(angle), radius * np.sin(angle)
    found[2::2] = -found[1::2]
    return found
