"""Rate limit for log lines: one of each kind a minute, with a count of those left out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from math import inf
from threading import Lock
from time import monotonic

SECONDS = 60.0
MOST_KINDS = 100
LIMITED = "is_limited"
"""The mark of a record that has been counted already."""


class Repetitions:
    """Counts repetitions within a minute; several threads may use it at once."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._written: dict[Hashable, tuple[float, int]] = {}
        self._lock = Lock()

    def suffix_if_due(self, kind: Hashable) -> str | None:
        """Return a note on how many lines of a kind were left out, "" for none; None if this one is left out, too."""
        now = self._clock()
        with self._lock:
            at, left_out = self._written.get(kind, (-inf, 0))
            is_due = now - at >= SECONDS
            self._written[kind] = (now, 0) if is_due else (at, left_out + 1)
            if len(self._written) > MOST_KINDS:
                del self._written[next(iter(self._written))]
        if not is_due:
            return None
        return f" ({left_out} more since the last such line)" if left_out else ""


class LogLimit:
    """Writes warnings, of each kind one a minute."""

    def __init__(self, log: logging.Logger, clock: Callable[[], float] = monotonic) -> None:
        self._log, self._repetitions = log, Repetitions(clock)

    def write(self, kind: str) -> None:
        """Write a line, or count it where the same was written within the last minute."""
        note = self._repetitions.suffix_if_due(kind)
        if note is not None:
            self._log.warning("%s%s", kind, note, extra={LIMITED: True})
