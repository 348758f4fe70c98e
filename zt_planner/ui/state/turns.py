"""The order in which pages are drawn.

Python runs one thread at a time. If many pages are drawn at once, all of them are ready at the very end, and later than
one after the other. So pages are drawn one by one, in the order of their due times. A page whose reader has done
something, or that is loaded, is due at once; the headline of a page that only follows others is due some seconds later,
and the rest of it later still. So on a busy server own pages come first, then headlines, then the rest, and all are
drawn in the end. A page that follows lets others go first between its parts (ADR 0079).

Laws: a slow page delays the next one by three quarters of a second at most; a page keeps its place in the queue until
what was requested is applied or drawn; one that follows and waits stops once its reader does something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from time import monotonic

HEADLINE_DUE = 5.0
"""Seconds until the headline of a page that follows is due."""

REST_DUE = 20.0
"""Seconds until the rest of it is due. Its browser asks again after ten (`live.js`), and keeps its place."""

LONGEST_TURN = 0.5
"""Seconds after which the next page is drawn beside one that is still being drawn; most are done by then."""

LOOK = 0.25
"""Seconds between two checks for what a reader has done, and for a turn that has lasted long enough."""


@dataclass(eq=False)
class PageRun:
    """One run of a page: when it is due, and since when it has the turn."""

    due: float
    called_at: float = 0
    called: Event = field(default_factory=Event)

    def call(self) -> None:
        self.called_at = monotonic()
        self.called.set()


class Turns:
    """The queue of the pages of a process."""

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
        """Draw a page that does not follow, as a whole: the yielded function does nothing. `came` is monotonic time."""
        page = PageRun(came)
        try:
            self._wait(page)
            yield lambda: None
        finally:
            self._leave(page)

    @contextmanager
    def following(self, look: Callable[[], object], came: float) -> Iterator[Callable[[], None]]:
        """Draw a page that follows; yield the function to call before its next part, which lets others go first.

        While the page waits, `look` is called again and again: it ends the run once the reader has done something.
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
"""The queue of this process."""
