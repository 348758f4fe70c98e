"""In which order pages are drawn.

Python runs one thread at a time. Where many pages are drawn at once, each of them, and what sends their parts, has a
small share of it: all are ready at the very end, and later than one after the other, as threads that wait for each
other take more time. So pages are drawn one by one: first those whose readers have done something, then the headlines
of those that only follow, then the rest of these. A page that follows stops between two of its parts where others
come first (ADR 0079).

Laws: nobody waits longer than their patience, all parts of a page together; a page that follows and waits stops where
its reader does something.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 15.0
"""Seconds after which a page that follows is drawn all the same; where many reach it, all are drawn at once, slowly."""

OWN_PATIENCE = 0.5
"""Seconds after which a page is drawn whose reader has done something: longer than most take, shorter than some."""

LOOK = 0.1
"""Seconds between two looks for what a reader has done."""


@dataclass(eq=False)
class Waiting:
    """A page that is to be drawn: how much others come before it, since when it is there, until when it waits."""

    rank: int
    number: int
    until: float
    called: Event = field(default_factory=Event)

    @property
    def place(self) -> tuple[int, int]:
        """By rank, of the same one the page that came first."""
        return self.rank, self.number


class Turns:
    """Which pages are being drawn in a process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = Lock()
        self._drawn: Waiting | None = None
        self._waiting: set[Waiting] = set()
        self._numbers = count()

    def is_free(self) -> bool:
        """Tell whether a page would be drawn at once."""
        return self._drawn is None

    def waiting(self) -> int:
        """Return how many pages wait for their turn."""
        return len(self._waiting)

    @contextmanager
    def own(self) -> Iterator[Callable[[], None]]:
        """Draw a page whose reader has done something, as a whole: what it yields does nothing."""
        page = Waiting(0, next(self._numbers), monotonic() + OWN_PATIENCE)
        try:
            self._wait(page)
            yield lambda: None
        finally:
            self._leave(page)

    @contextmanager
    def following(self, look: Callable[[], object]) -> Iterator[Callable[[], None]]:
        """Draw a page that follows; yield what is called before its next part, and lets others go first.

        While it waits, `look` is called again and again: it ends the run where its reader has done something.
        """
        page = Waiting(1, next(self._numbers), monotonic() + PATIENCE)

        def next_part() -> None:
            self._leave(page)
            page.rank = 2
            self._wait(page, look)

        try:
            self._wait(page, look)
            yield next_part
        finally:
            self._leave(page)

    def _wait(self, page: Waiting, look: Callable[[], object] = bool) -> None:
        """Wait until it is a page's turn, or it has waited long enough: then it is drawn beside others."""
        with self._lock:
            page.called.clear()
            self._waiting.add(page)
            self._call_next()
        look()
        while monotonic() < page.until and not page.called.wait(LOOK):
            look()

    def _leave(self, page: Waiting) -> None:
        """Give a page's turn to the next one."""
        with self._lock:
            self._waiting.discard(page)
            if self._drawn is page:
                self._drawn = None
            self._call_next()

    def _call_next(self) -> None:
        """Give the turn to the first page that waits, where it is free."""
        if self._waiting and self._drawn is None:
            self._drawn = min(self._waiting, key=lambda page: page.place)
            self._waiting.remove(self._drawn)
            self._drawn.called.set()


turns = Turns()
"""Those of this process."""
