"""The value that a browser holds of one widget, and which of the values it sends are edits.

A browser sends the values of all its widgets with every action, and a slow one sends values from before the server's
last update. So runs have numbers, every message reports the run that the browser has drawn last (`widgets`), and a
value is compared with what the browser held then (ADR 0024). Laws: a value that the server has sent is no edit,
whenever the browser draws it; any other value is an edit, and so is an earlier value once the browser has drawn a newer
one; what the browser has not drawn is sent again, unless it has sent that very value back, so that nobody who has begun
to type is disturbed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zt_planner.ui.seams import Written

DRAWN = re.compile(r"([0-9a-f]{16})/([0-9]{1,9})")
NOTHING = object()
"""The value of a widget that the browser has not drawn yet."""


def drawn_run(text: object) -> tuple[str, int] | None:
    """Return the tab and run that a browser reports as drawn; None if the report cannot be read."""
    match = None if isinstance(text, Written) or not isinstance(text, str) else DRAWN.fullmatch(text)
    return None if match is None else (match[1], int(match[2]))


@dataclass(slots=True)
class WidgetEcho:
    """The browser's value of a widget, and by run the values sent since, which it may not have drawn yet."""

    held: object = NOTHING
    since: list[tuple[int, object]] = field(default_factory=list)

    def confirm_drawn(self, run: int) -> None:
        """Record that the browser has drawn everything up to a run."""
        while self.since and self.since[0][0] <= run:
            self.held = self.since.pop(0)[1]

    def observe(self, value: object, run: int) -> None:
        """Record the value of a browser that has just drawn a run; an edit is left to `is_edit`."""
        self.confirm_drawn(run)
        if value is not NOTHING and not self.is_edit(value):
            self.set_held(value)

    def must_send(self, value: object, sent: object, run: int) -> bool:
        """Return whether a run must send the browser a value, as it holds another or is behind; record it if so."""
        is_sent_back = isinstance(sent, str) and not isinstance(sent, Written)
        is_all_the_same = all(later == value for _, later in self.since)
        if sent == value and (not self.since or (is_sent_back and is_all_the_same)):
            return False
        self.since.append((run, value))
        return True

    def is_edit(self, value: object) -> bool:
        """Return whether a value from the browser is a user's edit."""
        return value != self.held and all(value != later for _, later in self.since)

    def set_held(self, value: object) -> None:
        """Record the browser's value once its message is handled: the next message cannot be older."""
        self.held = value
