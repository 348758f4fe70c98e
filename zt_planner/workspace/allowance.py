"""How much an address may have written into the store: a stock that is used up by writing and fills up with time.

Decides by the bytes that were written, in this process; whoever has used the
stock up waits. Laws: in the long run nobody writes more than what fills up, be
it in small pieces or in large ones; what is counted is bounded, however many
addresses write.
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
    """So many bytes at once, and so many a minute, for each address."""

    def __init__(
        self,
        at_once: float = BYTES_AT_ONCE,
        a_minute: float = BYTES_A_MINUTE,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Begin with a full stock for everybody."""
        self.at_once, self.a_minute, self._clock = at_once, a_minute, clock
        self._used: LRUCache[str, tuple[float, float]] = LRUCache(ADDRESSES_REMEMBERED)
        self._lock = Lock()

    def check(self, address: str) -> None:
        """Raise TooMuchWritten where the stock of an address is used up; without an address nothing is counted."""
        with self._lock:
            if address and self._left(counted_as(address)) <= 0:
                raise TooMuchWritten

    def charge(self, address: str, size: int) -> None:
        """Take what was written from the stock of an address; a piece that is larger than what is left is owed."""
        if not address:
            return
        counted = counted_as(address)
        with self._lock:
            self._used[counted] = self._left(counted) - size, self._clock()

    def _left(self, counted: str) -> float:
        """Return what is left of a stock, below zero where it is owed."""
        left, at = self._used.get(counted, (self.at_once, self._clock()))
        return min(self.at_once, left + (self._clock() - at) * self.a_minute / SECONDS)
