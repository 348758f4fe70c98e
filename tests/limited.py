"""Limits by a clock that stands until a test moves it, for the store and for this process."""

from __future__ import annotations

from sqlalchemy import Double, bindparam

from zt_planner.errors import TooMuchWritten
from zt_planner.store.buckets import Buckets
from zt_planner.workspace.limits import Allowance

HERE, THERE = "192.0.2.1", "192.0.2.2"


class Clock:
    """Seconds, which only a test changes."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def rules(self, buckets: Buckets) -> Buckets:
        """Return the buckets of a store, which from now on go by this clock."""
        buckets.now = bindparam("moment", callable_=self, type_=Double)
        return buckets


def written(allowance: Allowance, size: int, address: str = HERE) -> int:
    """Write pieces until no more is allowed; return how much that was."""
    total = 0
    while True:
        try:
            allowance.check(address)
        except TooMuchWritten:
            return total
        allowance.charge(address, size)
        total += size
