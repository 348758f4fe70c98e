"""How processes are told that a session has changed.

Law: news is sent for what was committed, and for nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from sqlalchemy import Connection

from zt_planner.domain.session import SessionId


@dataclass(frozen=True, slots=True)
class News:
    """Something has changed in a session: its plan, or who is in it and what holds there; or it is gone.

    News of no session ("") says that anything may have changed. `origin` names the page that made the change, which
    need not be told.
    """

    session: SessionId
    topic: Literal["plan", "people", "gone"]
    number: int = 0
    origin: str = ""


class Messenger(Protocol):
    """Carries news from the transaction that made it to whoever listens."""

    def listen(self, listener: Callable[[News], None]) -> None:
        """Call a listener for all news from now on, from any thread."""
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
        self._listeners: list[Callable[[News], None]] = []

    def listen(self, listener: Callable[[News], None]) -> None:
        self._listeners.append(listener)

    def within(self, connection: Connection, news: News) -> None:
        """Do nothing: nobody outside this process is told."""

    def after(self, news: News) -> None:
        for listener in tuple(self._listeners):
            listener(news)

    def close(self) -> None:
        self._listeners.clear()
