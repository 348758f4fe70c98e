"""Changes of a session, one after the other, each told to whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Connection, Executable

from zt_planner.store.news import LocalMessenger
from zt_planner.store.queries import takes_turn

if TYPE_CHECKING:
    from zt_planner.store.database import Database
    from zt_planner.store.news import Messenger
    from zt_planner.store.protocol import News

Statement: TypeAlias = Executable | Callable[[Connection], Executable]
"""What changes something; made in the turn where it depends on what stands there."""


class Turns:
    """A database with sessions, and the messenger that carries news of them."""

    def __init__(self, database: Database, messenger: Messenger | None = None) -> None:
        """Use a database; news stays in this process unless a messenger carries it further."""
        self.database = database
        self.messenger = messenger or LocalMessenger()

    @property
    def place(self) -> str:
        """What messages call the database."""
        return self.database.place

    def close(self) -> None:
        """Stop listening and let go of every connection."""
        self.messenger.close()
        self.database.engine.dispose()

    def on_news(self, listener: Callable[[News], None]) -> None:
        """Call the listener, from any thread, whenever a session has changed, in this process or another."""
        self.messenger.listen(listener)

    def _change(
        self, news: News, *statements: Statement, provided: Callable[[Connection], bool] = lambda _connection: True
    ) -> bool:
        """Change a session in its turn, and tell of it; return False where it is gone, or a condition does not hold."""
        with self.database.writing() as connection:
            if not (takes_turn(connection, news.session) and provided(connection)):
                return False
            for statement in statements:
                connection.execute(statement(connection) if callable(statement) else statement)
            self.messenger.within(connection, news)
        self.messenger.after(news)
        return True
