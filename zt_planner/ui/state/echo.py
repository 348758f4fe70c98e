"""The value a browser holds of one widget, and which of the values it sends are edits.

A browser sends the values of all its widgets with every action. A slow browser
sends values from before the server's last update. So runs have numbers, each
message says which run the browser has drawn last (`widgets`), and a value is
compared with what the browser holds by then unless a person has moved the widget
(ADR 0024). Laws: what the browser was told, whenever it draws it, is no edit; every
other value is one; so is a value that it held before, once it has drawn what it was
told since; what it has not drawn is told again, unless it has sent that very value
back: who has begun to type is not disturbed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zt_planner.ui.seams import Written

DRAWN = re.compile(r"([0-9a-f]{16})/([0-9]{1,9})")
NOTHING = object()
"""What a widget holds that the browser has not drawn yet."""


def drawn_run(text: object) -> tuple[str, int] | None:
    """Return the tab and run that a browser reports as drawn; None when its report cannot be read."""
    match = None if isinstance(text, Written) or not isinstance(text, str) else DRAWN.fullmatch(text)
    return None if match is None else (match[1], int(match[2]))


@dataclass(slots=True)
class WidgetEcho:
    """The browser's value of a widget, and by run the later values that it may not have drawn yet."""

    held: object = NOTHING
    since: list[tuple[int, object]] = field(default_factory=list)

    def drawn(self, run: int) -> None:
        """Record that the browser has drawn everything up to a run."""
        while self.since and self.since[0][0] <= run:
            self.held = self.since.pop(0)[1]

    def see(self, value: object, run: int) -> None:
        """Record the value of a browser that has just drawn a run; an edit is left to `is_edit`."""
        self.drawn(run)
        if value is not NOTHING and not self.is_edit(value):
            self.hold(value)

    def must_tell(self, value: object, sent: object, run: int) -> bool:
        """Return whether a run must send the browser a value, as it sent another or is behind; record it."""
        is_sent_back = isinstance(sent, str) and not isinstance(sent, Written)
        is_all_the_same = all(told == value for _, told in self.since)
        if sent == value and (not self.since or (is_sent_back and is_all_the_same)):
            return False
        self.since.append((run, value))
        return True

    def is_edit(self, value: object) -> bool:
        """Return whether a value from the browser is a user's edit."""
        return value != self.held and all(value != told for _, told in self.since)

    def hold(self, value: object) -> None:
        """Record the browser's value once its message is handled: its next message cannot be older."""
        self.held = value
