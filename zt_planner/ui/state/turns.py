"""In which order pages are drawn.

Python runs one thread at a time. Where all viewers' pages are drawn at once, each of them, and what sends their
parts, has a small share of it, and all are ready at the very end. So each page draws its headline at once, and a page
that only follows draws the rest in its turn: after those whose readers have done something, and one by one (ADR 0079).

Laws: a page that its own reader has done something with never waits, and one that waits stops where its
reader does something; no page waits longer than `PATIENCE`.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Condition
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 15.0
"""Seconds after which a page is drawn all the same; where many reach it, pages are drawn at once again, and slowly."""

LOOK = 0.1
"""Seconds between two looks for what a reader has done."""


class Turns:
    """Which pages are being drawn in a process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._changed = Condition()
        self._own = 0
        self._is_taken = False

    def is_free(self) -> bool:
        """Tell whether a page that follows would be drawn at once."""
        return not self._own and not self._is_taken

    @contextmanager
    def own(self) -> Iterator[None]:
        """Draw a page whose reader has done something: those that follow wait."""
        with self._changed:
            self._own += 1
        try:
            yield
        finally:
            with self._changed:
                self._own -= 1
                self._changed.notify_all()

    @contextmanager
    def following(self, give_way: Callable[[], object]) -> Iterator[None]:
        """Draw a page that follows, or what is left of it, in its turn.

        While it waits, `give_way` is called again and again: it ends the run where its reader has done something.
        """
        has_turn, end = False, monotonic() + PATIENCE
        while not has_turn and monotonic() < end:
            give_way()
            with self._changed:
                has_turn = self._changed.wait_for(self.is_free, min(LOOK, PATIENCE))
                self._is_taken = self._is_taken or has_turn
        try:
            yield
        finally:
            if has_turn:
                with self._changed:
                    self._is_taken = False
                    self._changed.notify_all()


turns = Turns()
"""Those of this process."""
