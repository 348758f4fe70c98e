"""Rate limits for an address: how often it may join or begin a session, and how much it may write to the store.

Decides by counting in this process. Laws: memory is bounded, however many addresses there are; the addresses of one
IPv6 /64 network count as one; in the long run nobody writes more than the refill rate, in small pieces or large ones.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Lock
from time import monotonic

from cachetools import LRUCache

from zt_planner.errors import TooManySessions, TooMuchWritten

BYTES_AT_ONCE, BYTES_A_MINUTE = 10_000_000, 1_000_000
"""A room full of people who all move sliders write a megabyte a minute (ADR 0042)."""
SECONDS = 60.0
SCAN_FILES_AT_ONCE = 10
"""That a page takes; more of them come in an archive."""
ADDRESSES_REMEMBERED = 10_000
IPV6_NETWORK_BITS = 64


def counted_as(address: str) -> str:
    """Return what an address counts as: an IPv6 address as its network, everything else as itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(IPv6Network((parsed.packed, IPV6_NETWORK_BITS), strict=False))


class RateLimit:
    """So many times within a sliding minute for each address."""

    def __init__(self, most: int, clock: Callable[[], float] = monotonic) -> None:
        self.most, self._clock = most, clock
        self._times: LRUCache[str, deque[float]] = LRUCache(ADDRESSES_REMEMBERED)
        self._lock = Lock()

    def allows(self, address: str) -> bool:
        """Tell whether an address may do it once more; if so, count it."""
        now, counted = self._clock(), counted_as(address)
        with self._lock:
            times = self._times.setdefault(counted, deque())
            while times and times[0] <= now - SECONDS:
                times.popleft()
            if len(times) >= self.most:
                return False
            times.append(now)
            return True

    def give_back(self, address: str) -> None:
        """Undo the last count."""
        with self._lock:
            times = self._times.get(counted_as(address))
            if times:
                times.pop()

    def check(self, address: str) -> None:
        """Count a new session; raise TooManySessions if there were too many. Without an address nobody is counted.

        The command line, a test or a restored file has no address.
        """
        if address and not self.allows(address):
            raise TooManySessions


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
