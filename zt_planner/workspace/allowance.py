"""A rate limit for the bytes that an address writes to the store (a token bucket).

Counts the bytes written in this process; an address whose bucket is empty waits.
Laws: in the long run nobody writes more than the refill rate, in small pieces or
large ones; memory is bounded, however many addresses write.
"""

from __future__ import annotations

from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from cachetools import LRUCache

from zt_planner.errors import TooMuchWritten
from zt_planner.workspace.limits import ADDRESSES_REMEMBERED, SECONDS, counted_as

if TYPE_CHECKING:
    from collections.abc import Callable

BYTES_AT_ONCE, BYTES_A_MINUTE = 10_000_000, 1_000_000
"""A room full of people who all move sliders write a megabyte a minute (ADR 0042)."""


class Allowance:
    """A token bucket for each address: a number of bytes at once, and a number a minute."""

    def __init__(
        self,
        at_once: float = BYTES_AT_ONCE,
        a_minute: float = BYTES_A_MINUTE,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Begin with a full bucket for every address."""
        self.at_once, self.a_minute, self._clock = at_once, a_minute, clock
        self._used: LRUCache[str, tuple[float, float]] = LRUCache(ADDRESSES_REMEMBERED)
        self._lock = Lock()

    def check(self, address: str) -> None:
        """Raise TooMuchWritten if the bucket of an address is empty; without an address nothing is counted."""
        with self._lock:
            if address and self._left(counted_as(address)) <= 0:
                raise TooMuchWritten

    def charge(self, address: str, size: int) -> None:
        """Take written bytes from the bucket of an address; the level may go below zero."""
        if not address:
            return
        counted = counted_as(address)
        with self._lock:
            self._used[counted] = self._left(counted) - size, self._clock()

    def _left(self, counted: str) -> float:
        """Return the level of a bucket, which may be below zero."""
        left, at = self._used.get(counted, (self.at_once, self._clock()))
        return min(self.at_once, left + (self._clock() - at) * self.a_minute / SECONDS)
