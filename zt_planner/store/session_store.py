"""The store: planning sessions in a SQLite file or a PostgreSQL database, with a class for each concern."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from sqlalchemy import URL

from zt_planner.defaults import DATABASE_CONNECTIONS
from zt_planner.domain.session import Rules
from zt_planner.store.account.catalogues import Catalogues
from zt_planner.store.account.reviews import Reviews
from zt_planner.store.buckets import Buckets
from zt_planner.store.database import Database
from zt_planner.store.history import History
from zt_planner.store.news.news import LocalMessenger, Messenger
from zt_planner.store.people.held_seats import HeldSeats
from zt_planner.store.people.presence import Presence
from zt_planner.store.people.seats import Seats
from zt_planner.store.proposals import Proposals
from zt_planner.store.sessions import Sessions
from zt_planner.store.transactions import Transactions

RULES = Rules()


class SessionStore:
    """Keeps sessions in one database. Every method of its parts raises StoreError if it cannot be reached.

    A change of a session or participant that is not there, or by somebody who may not make it (`by`), changes nothing:
    it returns False, and nobody is told of it.
    """

    def __init__(self, database: Database, rules: Rules = RULES, messenger: Messenger | None = None) -> None:
        """Use a database; news stays in this process unless a messenger carries it further."""
        self.database = database
        self.messenger = messenger or LocalMessenger()
        transactions = Transactions(database, self.messenger)
        self.sessions = Sessions(transactions, rules)
        self.seats = Seats(transactions)
        self.held_seats = HeldSeats(transactions)
        self.history = History(transactions)
        self.presence = Presence(transactions)
        self.proposals = Proposals(transactions)
        self.catalogues = Catalogues(transactions)
        self.buckets = Buckets(transactions)
        self.reviews = Reviews(transactions)

    @classmethod
    def in_file(cls, path: Path, rules: Rules = RULES) -> Self:
        """Return a store in a SQLite file."""
        return cls(Database.in_file(path), rules)

    @classmethod
    def at_url(cls, url: URL, rules: Rules = RULES, connections: int = DATABASE_CONNECTIONS) -> Self:
        """Return a store in a PostgreSQL database, which carries news to every process that uses it."""
        from zt_planner.store.news.postgres import PostgresMessenger  # noqa: PLC0415 - a file needs no driver

        database = Database.at_url(url, connections)
        return cls(database, rules, PostgresMessenger(database.engine))

    def close(self) -> None:
        """Stop listening and close every connection."""
        self.messenger.close()
        self.database.engine.dispose()
