"""The reviews that somebody who signs in keeps: what they saw of their sessions on a day, each session by itself.

Laws: nobody reaches another account's; what is kept of a session goes with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select

from zt_planner.domain.session import SessionId
from zt_planner.store.tables import reviews
from zt_planner.store.transactions import Transactions, lock


class KeptReview(NamedTuple):
    """What is kept of a session in the review of a day."""

    day: date
    session: SessionId
    content: str


@dataclass(eq=False)
class Reviews:
    """The reviews of accounts."""

    transactions: Transactions

    def of(self, account: str) -> tuple[KeptReview, ...]:
        """Return what an account keeps, the latest day first."""
        query = select(reviews).where(reviews.c.account == account).order_by(reviews.c.day.desc(), reviews.c.session)
        with self.transactions.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(KeptReview(date.fromisoformat(row.day), SessionId(row.session), row.content) for row in rows)

    def save(self, account: str, day: date, contents: Mapping[SessionId, str], *, most: int) -> bool:
        """Keep a review in the place of the one of its day; False where the account keeps those of `most` other days.

        Sessions that are gone are left out.
        """
        its = (reviews.c.account == account) & (reviews.c.day == day.isoformat())
        others = select(func.count(reviews.c.day.distinct())).where(
            reviews.c.account == account, reviews.c.day != day.isoformat()
        )
        with self.transactions.writing() as (connection, _):
            there = [session for session in sorted(contents) if lock(connection, session)]
            if connection.execute(others).scalar_one() >= most:
                return False
            connection.execute(delete(reviews).where(its))
            for session in there:
                values = {"account": account, "day": day.isoformat(), "session": session, "content": contents[session]}
                connection.execute(insert(reviews).values(values))
        return True

    def delete(self, account: str, day: date) -> None:
        """Forget the review of a day."""
        its = (reviews.c.account == account) & (reviews.c.day == day.isoformat())
        with self.transactions.writing() as (connection, _):
            connection.execute(delete(reviews).where(its))
