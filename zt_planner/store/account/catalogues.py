"""The catalogues that somebody who signs in keeps, each by its name.

Law: nobody reaches another account's.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select

from zt_planner.store.tables import catalogues
from zt_planner.store.transactions import Transactions


class KeptCatalogue(NamedTuple):
    """A catalogue in somebody's list."""

    name: str
    saved_at: datetime


@dataclass(eq=False)
class Catalogues:
    """The catalogues of accounts."""

    transactions: Transactions

    def of(self, account: str) -> tuple[KeptCatalogue, ...]:
        """Return what an account keeps, by name."""
        query = select(catalogues.c.name, catalogues.c.saved_at).where(catalogues.c.account == account)
        with self.transactions.reading() as connection:
            rows = connection.execute(query.order_by(catalogues.c.name)).all()
        return tuple(KeptCatalogue(row.name, row.saved_at) for row in rows)

    def content(self, account: str, name: str) -> bytes | None:
        """Return the file of a catalogue; None where the account keeps none of the name."""
        query = select(catalogues.c.content).where(catalogues.c.account == account, catalogues.c.name == name)
        with self.transactions.reading() as connection:
            packed = connection.execute(query).scalar()
        return None if packed is None else b64decode(packed)

    def save(self, account: str, name: str, content: bytes, now: datetime, *, most: int) -> bool:
        """Keep a catalogue in the place of the one of its name; False where the account keeps `most` others."""
        its = (catalogues.c.account == account) & (catalogues.c.name == name)
        others = select(func.count()).where(catalogues.c.account == account, catalogues.c.name != name)
        values = {"account": account, "name": name, "saved_at": now, "content": b64encode(content).decode()}
        with self.transactions.writing() as (connection, _):
            if connection.execute(others).scalar_one() >= most:
                return False
            connection.execute(delete(catalogues).where(its))
            connection.execute(insert(catalogues).values(values))
        return True

    def delete(self, account: str, name: str) -> None:
        """Forget a catalogue."""
        with self.transactions.writing() as (connection, _):
            connection.execute(delete(catalogues).where(catalogues.c.account == account, catalogues.c.name == name))
