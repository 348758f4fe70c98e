"""In which order pages are drawn.

Python runs one thread at a time. Where many pages are drawn at once, each of them, and what sends their parts, has a
small share of it: all are ready at the very end, and later than one after the other, as threads that wait for each
other take more time. So pages are drawn one by one, in the order of their due times. A page whose reader has done
something, or that is loaded, is due when it comes; the headline of a page that only follows is due some seconds later,
and its rest later still. So own pages come first, then headlines, then the rest, and on a busy server all are drawn in
the end. A page that follows lets others go first between two of its parts (ADR 0079).

Laws: a slow page holds the next one up for three quarters of a second at most; a page keeps its place in the line
until what it was asked for is applied or drawn; one that follows and waits stops where its reader does something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from time import monotonic

HEADLINE_DUE = 5.0
"""Seconds after it has come at which the headline of a page that follows is due."""

REST_DUE = 20.0
"""The same for the rest of such a page. Its browser asks again after ten (`live.js`), and keeps its place."""

LONGEST_TURN = 0.5
"""Seconds after which the next page is drawn beside one that is still being drawn; most take less."""

LOOK = 0.25
"""Seconds between two looks for what a reader has done, and for a turn that has lasted long enough."""


@dataclass(eq=False)
class PageRun:
    """One run of a page: when it is due, and when it was called for its turn."""

    due: float
    called_at: float = 0
    called: Event = field(default_factory=Event)

    def call(self) -> None:
        """Give it the turn."""
        self.called_at = monotonic()
        self.called.set()


class Turns:
    """Which pages are being drawn in a process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = Lock()
        self._drawn: PageRun | None = None
        self._waiting: set[PageRun] = set()

    def is_free(self) -> bool:
        """Tell whether no page has the turn."""
        return self._drawn is None

    @contextmanager
    def own(self, came: float) -> Iterator[Callable[[], None]]:
        """Draw a page that does not follow, as a whole: what is yielded does nothing. It came at a monotonic time."""
        page = PageRun(came)
        try:
            self._wait(page)
            yield lambda: None
        finally:
            self._leave(page)

    @contextmanager
    def following(self, look: Callable[[], object], came: float) -> Iterator[Callable[[], None]]:
        """Draw a page that follows; yield what is called before its next part, and lets others go first.

        While it waits, `look` is called again and again: it ends the run where its reader has done something.
        """
        page = PageRun(came + HEADLINE_DUE)

        def next_part() -> None:
            page.due = came + REST_DUE
            self._wait(page, look)

        try:
            self._wait(page, look)
            yield next_part
        finally:
            self._leave(page)

    def _wait(self, page: PageRun, look: Callable[[], object] = bool) -> None:
        with self._lock:
            page.called.clear()
            self._waiting.add(page)
            self._call_next(after=page)
        look()
        while not page.called.wait(LOOK):
            look()
            with self._lock:
                self._call_next()

    def _leave(self, page: PageRun) -> None:
        """Give the page's turn to the next one, or take the page out of the queue."""
        with self._lock:
            self._waiting.discard(page)
            self._call_next(after=page)

    def _call_next(self, after: PageRun | None = None) -> None:
        """Give the turn to the page that is due first, unless another one has it and has not had it for too long."""
        if self._drawn is after or (self._drawn and monotonic() > self._drawn.called_at + LONGEST_TURN):
            self._drawn = None
        if self._waiting and self._drawn is None:
            self._drawn = min(self._waiting, key=lambda page: page.due)
            self._waiting.remove(self._drawn)
            self._drawn.call()


turns = Turns()
"""Those of this process."""
