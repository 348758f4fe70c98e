"""In which order pages are drawn.

Python runs one thread at a time. Where many pages are drawn at once, each of them, and what sends their parts, has a
small share of it: all are ready at the very end, and later than one after the other, as threads that wait for each
other take more time. So pages are drawn one by one: first those whose readers have done something or that are loaded,
then the headlines of those that only follow, then the rest of these. A page that follows lets others go first between
two of its parts (ADR 0079).

Laws: nobody waits longer than their patience, all parts of a page together; a page that follows and waits stops where
its reader does something.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 15.0
"""Seconds after which a page that follows is drawn all the same; where many reach it, all are drawn at once, slowly."""

OWN_PATIENCE = 0.5
"""Seconds after which any other page is drawn all the same: most take less, and a slow one holds nobody up."""

LOOK = 0.1
"""Seconds between two looks for what a reader has done."""


class Rank(IntEnum):
    """What comes first."""

    OWN = 0
    HEADLINE = 1
    REST = 2


@dataclass(eq=False)
class PageRun:
    """One run of a page: its rank, its number in the order of coming, and when it stops waiting."""

    rank: Rank
    number: int
    until: float
    called: Event = field(default_factory=Event)

    @property
    def order(self) -> tuple[Rank, int]:
        """By rank; of the same rank, who came first."""
        return self.rank, self.number


class Turns:
    """Which pages are being drawn in a process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = Lock()
        self._drawn: PageRun | None = None
        self._waiting: set[PageRun] = set()
        self._numbers = count()

    def is_free(self) -> bool:
        """Tell whether no page has the turn."""
        return self._drawn is None

    def waiting(self) -> int:
        """Return how many pages wait for the turn, those included whose patience has ended."""
        return len(self._waiting)

    @contextmanager
    def own(self) -> Iterator[Callable[[], None]]:
        """Draw a page that does not follow, as a whole: what is yielded does nothing."""
        page = PageRun(Rank.OWN, next(self._numbers), monotonic() + OWN_PATIENCE)
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
        page = PageRun(Rank.HEADLINE, next(self._numbers), monotonic() + PATIENCE)

        def next_part() -> None:
            page.rank = Rank.REST
            self._wait(page, look)

        try:
            self._wait(page, look)
            yield next_part
        finally:
            self._leave(page)

    def _wait(self, page: PageRun, look: Callable[[], object] = bool) -> None:
        """Wait until it is a page's turn, or its patience ends: then it is drawn beside others."""
        with self._lock:
            page.called.clear()
            self._waiting.add(page)
            self._call_next(after=page)
        look()
        while monotonic() < page.until and not page.called.wait(LOOK):
            look()

    def _leave(self, page: PageRun) -> None:
        """Give a page's turn to the next one, or take the page out of the line."""
        with self._lock:
            self._waiting.discard(page)
            self._call_next(after=page)

    def _call_next(self, after: PageRun) -> None:
        """Give the turn to the first page that waits, where no page has it or that one is done with its part."""
        if self._drawn is after:
            self._drawn = None
        if self._waiting and self._drawn is None:
            self._drawn = min(self._waiting, key=lambda page: page.order)
            self._waiting.remove(self._drawn)
            self._drawn.called.set()


turns = Turns()
"""Those of this process."""
