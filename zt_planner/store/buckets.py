"""How much of its limits somebody has used, counted for all processes together.

A limit is a bucket that refills by itself; its row says when it will be full again, by the clock of the database, which
all processes share. Laws: of those who take at the same moment, exactly as many get something as there is; whoever gets
nothing waits no longer for having asked; a clock that was set back keeps nobody out for longer than two whole buckets
take to refill; a full bucket needs no row.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Double, Executable, case, cast, delete, extract, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from zt_planner.defaults import Rate
from zt_planner.store.tables import buckets
from zt_planner.store.transactions import Transactions

SECONDS_A_DAY = 86_400
DAY_OF_1970 = 2_440_587.5
"""In SQLite's count of days."""
SERVER_TIME: ColumnElement[float] = cast(extract("epoch", func.statement_timestamp()), Double)
FILE_TIME: ColumnElement[float] = cast((func.julianday("now") - DAY_OF_1970) * SECONDS_A_DAY, Double)


@dataclass(eq=False)
class Buckets:
    """The buckets of all limits, each by a name of its own."""

    transactions: Transactions

    def __post_init__(self) -> None:
        """Use the clock of the database, in seconds since 1970."""
        is_server = self.transactions.database.file is None
        self.now = SERVER_TIME if is_server else FILE_TIME
        self._insert = postgresql.insert if is_server else sqlite.insert

    def take(self, name: str, rate: Rate) -> bool:
        """Take one unit if there is one; tell whether there was."""
        with self.transactions.writing() as (connection, _):
            changed = self._changed(name, rate, 1, needs_one=True).execution_options(preserve_rowcount=True)
            return connection.execute(changed).rowcount > 0

    def charge(self, name: str, rate: Rate, amount: float) -> float:
        """Take an amount, whatever is left, or put back a negative one; return the seconds until one unit is there."""
        full_in = select(buckets.c.full_at - self.now).where(buckets.c.name == name)
        with self.transactions.writing() as (connection, _):
            connection.execute(self._changed(name, rate, amount))
            seconds: float = connection.execute(full_in).scalar_one()
        return max(0.0, seconds - rate.seconds_whole + rate.seconds_each)

    def forget_full(self) -> None:
        """Remove the rows that say nothing any more, and those that only a wrong clock can have written."""
        is_over = or_(buckets.c.full_at <= self.now, buckets.c.full_at > self.now + SECONDS_A_DAY)
        names = select(buckets.c.name).where(is_over).with_for_update(skip_locked=True)
        with self.transactions.writing() as (connection, _):
            connection.execute(delete(buckets).where(buckets.c.name.in_(names)))

    def _changed(self, name: str, rate: Rate, amount: float, *, needs_one: bool = False) -> Executable:
        """Return the statement that takes an amount; of a bucket with less than one unit, nothing if it needs one."""
        now, seconds = self.now, amount * rate.seconds_each
        latest = now + 2 * rate.seconds_whole
        full_at = case((buckets.c.full_at < now, now), (buckets.c.full_at > latest, latest), else_=buckets.c.full_at)
        has_one = full_at - now < rate.seconds_whole - rate.seconds_each / 2  # half of one, as numbers are rounded
        return (
            self._insert(buckets)
            .values(name=name, full_at=now + seconds)
            .on_conflict_do_update(
                index_elements=[buckets.c.name],
                set_={"full_at": full_at + seconds},
                where=has_one if needs_one else None,
            )
        )
