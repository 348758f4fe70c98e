"""Which processes still run, by what they say again and again.

Law: no clock that is set ends a process or revives one. A process that has said
something new since a look that was less than `STILL_HERE` ago runs, whatever time
it named; that time counts only where nobody has looked for so long.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import inf
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from cachetools import LRUCache

if TYPE_CHECKING:
    from collections.abc import Callable

STILL_HERE = timedelta(seconds=80)
"""How long what a process has said holds: it says it again every 30 seconds."""
CLOCKS_APART = timedelta(minutes=2)
"""Of two servers, at most. What was said later than that was said before a clock was set back."""
PROCESSES_REMEMBERED = 1000


class _Heard(NamedTuple):
    """What a process said, and when by this process's steady clock: it was said, and it was looked at last."""

    said_at: datetime
    said: float
    looked: float


class Processes:
    """What is remembered of other processes, from look to look."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Begin with nothing heard."""
        self._clock = clock
        self._heard: LRUCache[str, _Heard] = LRUCache(PROCESSES_REMEMBERED)
        self._lock = Lock()

    def is_running(self, process: str, said_at: datetime, now: datetime) -> bool:
        """Tell whether a process runs that has last said something at `said_at`, by its own clock."""
        at, longest = self._clock(), STILL_HERE.total_seconds()
        with self._lock:
            known = self._heard.get(process)
            if known is not None and known.said_at == said_at:
                said = known.said
            elif known is not None and at - known.looked <= longest:
                said = at
            else:
                said = at - (now - said_at).total_seconds() if now - said_at >= -CLOCKS_APART else -inf
            self._heard[process] = _Heard(said_at, said, at)
        return at - said <= longest
