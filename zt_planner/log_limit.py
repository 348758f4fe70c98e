"""Rate limit for log lines: one of each kind a minute, with a count."""

from __future__ import annotations

from math import inf
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable

SECONDS = 60.0
MOST_KINDS = 100


class LogLimit:
    """Writes warnings, of each kind one a minute; several threads may write at once."""

    def __init__(self, log: logging.Logger, clock: Callable[[], float] = monotonic) -> None:
        """Begin with nothing said."""
        self._log, self._clock = log, clock
        self._said: dict[str, tuple[float, int]] = {}
        self._lock = Lock()

    def write(self, kind: str) -> None:
        """Write a line, or count it where the same was written within the last minute."""
        now = self._clock()
        with self._lock:
            at, left_out = self._said.get(kind, (-inf, 0))
            is_due = now - at >= SECONDS
            self._said[kind] = (now, 0) if is_due else (at, left_out + 1)
            if len(self._said) > MOST_KINDS:
                del self._said[next(iter(self._said))]
        if is_due:
            self._log.warning("%s%s", kind, f" ({left_out} more since the last such line)" if left_out else "")
