"""A rate limit for an address: how often it may join or begin a session.

Decides by counting within a sliding minute, in this process. Laws: memory is
bounded, however many addresses ask; the addresses of one IPv6 /64 network count as
one.
"""

from __future__ import annotations

from collections import deque
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from cachetools import LRUCache

from zt_planner.errors import TooManySessions

if TYPE_CHECKING:
    from collections.abc import Callable

SESSIONS_A_MINUTE = 60
"""That one address may begin: more than a room full of people, less than a program fills a disk with."""
SECONDS = 60.0
ADDRESSES_REMEMBERED = 10_000
IPV6_NETWORK_BITS = 64


def counted_as(address: str) -> str:
    """Return what an address counts as: an IPv6 address as its network, everything else as itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found.packed, IPV6_NETWORK_BITS), strict=False))


class RateLimit:
    """So many times a minute for each address."""

    def __init__(self, most: int, clock: Callable[[], float] = monotonic) -> None:
        """Allow `most` times a minute."""
        self.most, self._clock = most, clock
        self._times: LRUCache[str, deque[float]] = LRUCache(ADDRESSES_REMEMBERED)
        self._lock = Lock()

    def allows(self, address: str) -> bool:
        """Tell whether an address may do it once more, and count it."""
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
        """Count what was allowed last no more."""
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
