"""Rate limits for an address: how often it may join or begin a session, and how much it may write to the store.

Decides by buckets in the store, so all processes count together (ADR 0206). Laws: the addresses of one IPv6 /64 network
count as one; in the long run nobody does more than the refill rate, in small pieces or large ones; whoever was refused
costs the store nothing until there is something again; the memory of a process is bounded, and the store holds a hash
of an address only.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import inf
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from cachetools import LRUCache

from zt_planner.defaults import Rate
from zt_planner.errors import StoreError, TooManySessions, TooMuchWritten

if TYPE_CHECKING:  # children of calculations need no database
    from zt_planner.store.buckets import Buckets

BYTES_AT_ONCE, BYTES_A_MINUTE = 10_000_000, 1_000_000
"""A room full of people who all move sliders write a megabyte a minute (ADR 0042)."""
SHARE_TOLD_LATER = 0.01
"""Of the bytes at once: what a process counts for itself before it tells the store."""
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


class _Refusals:
    """Which addresses were refused, and until when, by the clock of this process."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until: LRUCache[str, float] = LRUCache(ADDRESSES_REMEMBERED)
        self._lock = Lock()

    def holds(self, name: str) -> bool:
        with self._lock:
            return self._until.get(name, -inf) > self._clock()

    def add(self, name: str, seconds: float) -> None:
        with self._lock:
            self._until[name] = self._clock() + seconds


def _name(limit: str, address: str) -> str:
    """Return the name of an address's bucket."""
    return sha256(f"{limit} {counted_as(address)}".encode()).hexdigest()


class RateLimit:
    """So many times at once for each address, and so many a minute in the long run."""

    def __init__(self, buckets: Buckets, name: str, most: int, clock: Callable[[], float] = monotonic) -> None:
        self.name, self.most = name, most
        self._buckets, self._refusals = buckets, _Refusals(clock)

    @property
    def _rate(self) -> Rate:
        return Rate(self.most, self.most)

    def allows(self, address: str) -> bool:
        """Tell whether an address may do it once more; if so, count it."""
        name = _name(self.name, address)
        if self._refusals.holds(name):
            return False
        with suppress(StoreError):  # whatever follows says so, if it needs the store to be written
            if not self._buckets.take(name, self._rate):
                self._refusals.add(name, self._rate.seconds_each)
                return False
        return True

    def give_back(self, address: str) -> None:
        """Undo the last count."""
        with suppress(StoreError):  # it comes back by itself
            self._buckets.charge(_name(self.name, address), self._rate, -1)

    def check(self, address: str) -> None:
        """Count a new session; raise TooManySessions if there were too many. Without an address nobody is counted.

        The command line, a test or a restored file has no address.
        """
        if address and not self.allows(address):
            raise TooManySessions


class Allowance:
    """A number of bytes at once for each address, and a number a minute in the long run.

    A process tells the store of a hundredth of the former at a time: an edit costs no second transaction.
    """

    def __init__(
        self,
        buckets: Buckets,
        at_once: float = BYTES_AT_ONCE,
        a_minute: float = BYTES_A_MINUTE,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.rate = Rate(at_once, a_minute)
        self._buckets, self._refusals = buckets, _Refusals(clock)
        self._untold: LRUCache[str, int] = LRUCache(ADDRESSES_REMEMBERED)
        self._lock = Lock()

    def check(self, address: str) -> None:
        """Raise TooMuchWritten if an address has nothing left; without an address nothing is counted."""
        if address and self._refusals.holds(_name("bytes", address)):
            raise TooMuchWritten

    def charge(self, address: str, size: int) -> None:
        """Count written bytes, more than are left too. It never fails, as they are written."""
        if not address:
            return
        name = _name("bytes", address)
        with self._lock:
            untold = self._untold.pop(name, 0) + size
            if untold < self.rate.at_once * SHARE_TOLD_LATER:
                self._untold[name] = untold
                return
        try:
            self._refusals.add(name, self._buckets.charge(name, self.rate, untold))
        except StoreError:
            with self._lock:
                self._untold[name] = self._untold.get(name, 0) + untold  # it is told with the next one
