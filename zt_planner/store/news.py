"""How processes hear that a session has changed.

Decides who is told, not what they do with it. Law: news is sent for what was
committed, and for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from zt_planner.domain.session import SessionId


@dataclass(frozen=True, slots=True)
class News:
    """Something has changed in a session: its plan, or who is in it and what holds there; or it is gone.

    `origin` names the page that did it, so that this page need not be told.
    """

    session: SessionId
    topic: Literal["plan", "people", "gone"]
    number: int = 0
    origin: str = ""


class Messenger(Protocol):
    """Carries news from the transaction that made it to whoever listens."""

    def listen(self, listener: Callable[[News], None]) -> None:
        """Call a listener for all news from now on."""
        ...

    def within(self, connection: Connection, news: News) -> None:
        """Send as part of a transaction."""
        ...

    def after(self, news: News) -> None:
        """Send after the transaction was committed."""
        ...

    def close(self) -> None:
        """Stop listening."""
        ...


class LocalMessenger:
    """Tells the listeners of this process, when a transaction is through."""

    def __init__(self) -> None:
        """Begin without listeners."""
        self._listeners: list[Callable[[News], None]] = []

    def listen(self, listener: Callable[[News], None]) -> None:
        """Call a listener for all news from now on."""
        self._listeners.append(listener)

    def within(self, connection: Connection, news: News) -> None:
        """Do nothing: nobody outside this process is told."""

    def after(self, news: News) -> None:
        """Tell every listener."""
        for listener in tuple(self._listeners):
            listener(news)

    def close(self) -> None:
        """Forget the listeners."""
        self._listeners.clear()
