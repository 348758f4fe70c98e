"""How often an address may do something: join, or begin a session.

Decides by counting within a sliding minute, in this process; a proxy in front
counts for all. Law: what is counted is bounded, however many addresses ask.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 60.0
ADDRESSES_REMEMBERED = 10_000


class Limit:
    """So many times a minute for each address."""

    def __init__(self, most: int, clock: Callable[[], float] = monotonic) -> None:
        """Allow `most` times a minute."""
        self.most, self._clock = most, clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, address: str) -> bool:
        """Tell whether an address may do it once more, and count it."""
        now = self._clock()
        with self._lock:
            times = self._times.setdefault(address, deque())
            self._times.move_to_end(address)
            while len(self._times) > ADDRESSES_REMEMBERED:
                self._times.popitem(last=False)
            while times and times[0] <= now - SECONDS:
                times.popleft()
            if len(times) >= self.most:
                return False
            times.append(now)
            return True
