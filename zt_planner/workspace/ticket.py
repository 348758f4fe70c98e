"""A job's work, and the ticket that it is handed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeAlias


class JobCancelled(Exception):
    """Ends a job from within when nobody waits for it any more."""


class Ticket:
    """Progress and cancellation of one job."""

    def __init__(self) -> None:
        """Begin without progress."""
        self.progress: object = None
        self.is_cancelled = False
        self._ends: list[Callable[[], None]] = []
        self._lock = Lock()

    def report(self, progress: object) -> None:
        """Say how far the work is; raise JobCancelled if it was cancelled."""
        if self.is_cancelled:
            raise JobCancelled
        self.tell(progress)

    def tell(self, progress: object) -> None:
        """Say how far the work is, from where nothing may be raised."""
        self.progress = progress

    def when_cancelled(self, end: Callable[[], None]) -> None:
        """Have something called when the job is cancelled, from another thread: a solver's own way to end."""
        with self._lock:
            self._ends.append(end)
            is_late = self.is_cancelled
        if is_late:
            end()

    def cancel(self) -> None:
        """End the work at the next place where it can be ended."""
        with self._lock:
            self.is_cancelled = True
            ends = tuple(self._ends)
        for end in ends:
            end()


Work: TypeAlias = Callable[[Ticket], Any]
"""A function of a module, or a `partial` of one with all that it needs: it is pickled to be done in another process."""


def do_here(work: Work, ticket: Ticket) -> Any:  # noqa: ANN401 - whatever the work gives
    """Do work in this process."""
    return work(ticket)
