"""What was done in a session: its revisions, the event that led to each, and snapshots, which are named revisions.

Laws: what `append` has returned is there after a restart; numbers rise by one; an append that is based on an older
revision is refused, so that nobody overwrites what they have not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from zt_planner.domain.session import Event, ParticipantId, SessionId, Snapshot
from zt_planner.errors import StoreError
from zt_planner.metrics import EDITS
from zt_planner.store.changes import NewRevision, Revision, StaleRevisionError, WriteRefused
from zt_planner.store.contents import DamagedError, kept_after, revision_in
from zt_planner.store.news.news import News
from zt_planner.store.proposals import ended
from zt_planner.store.rows import entry_values, event_of, seat_of, snapshot_of, snapshot_values, stored_bytes
from zt_planner.store.tables import participants, revisions, snapshots
from zt_planner.store.transactions import SEAT, Transactions, editable_by, lock, session_of

EVENT = tuple(column for column in revisions.c if column.name not in {"content", "session", "whole", "digest"})


@dataclass(eq=False)
class History:
    """Revisions, events and snapshots."""

    transactions: Transactions

    def latest(self, session: SessionId) -> Revision | None:
        """Return the latest revision, None for a session that is not there."""
        with self.transactions.reading() as connection:
            return self._revision(connection, session)

    def revision(self, session: SessionId, number: int) -> Revision | None:
        with self.transactions.reading() as connection:
            return self._revision(connection, session, number)

    def _revision(self, connection: Connection, session: SessionId, number: int | None = None) -> Revision | None:
        try:
            return revision_in(connection, session, number)
        except DamagedError as error:
            raise StoreError(self.transactions.database.place, "a saved state is damaged") from error

    def append(
        self, participant: ParticipantId, entry: NewRevision, *, based_on: int, now: datetime, origin: str = ""
    ) -> Revision:
        """Keep a new revision of the participant's session.

        Raises StaleRevisionError unless `based_on` is the latest number and its content has the digest that the entry
        names, and unless the proposal that it decides on is open; WriteRefused where the participant may not change it.
        """
        number = based_on + 1
        with self.transactions.writing() as (connection, tell):
            session = session_of(connection, participant)
            if session is None or not lock(connection, session):
                raise WriteRefused
            row = connection.execute(SEAT.where(participants.c.id == participant)).one()
            if row.key is None or not seat_of(row).may_change:
                raise WriteRefused
            if row.latest != based_on or entry.base not in {"", row.digest}:
                raise StaleRevisionError
            if entry.ends is not None:
                if connection.execute(ended(*entry.ends, session, participant, now)).rowcount != 1:
                    raise StaleRevisionError
                tell(News(session, "people"))
            before = self._revision(connection, session, based_on)
            kept = kept_after("" if before is None else before.content, row.whole, number, entry.content)
            values = entry_values(entry, kept, session, number, participant, now)
            connection.execute(insert(revisions).values(values))
            tell(News(session, "plan", number, origin))
        EDITS.inc()
        return Revision(number, entry.content, stored_bytes(values))

    def events(self, session: SessionId, after: int = 0) -> tuple[Event, ...]:
        """Return what was done, in order, from the revision after `after` on."""
        query = select(*EVENT).where(revisions.c.session == session, revisions.c.number > after)
        with self.transactions.reading() as connection:
            rows = connection.execute(query.order_by(revisions.c.number)).all()
        return tuple(map(event_of, rows))

    def name_snapshot(self, session: SessionId, snapshot: Snapshot) -> bool:
        """Give a revision that is there a name, as somebody who may change the plan; a known name moves."""
        named = (snapshots.c.session == session) & (snapshots.c.name == snapshot.name)
        its = select(revisions.c.number).where(revisions.c.session == session, revisions.c.number == snapshot.number)
        may_change = editable_by(snapshot.participant)
        return self.transactions.change(
            News(session, "people"),
            delete(snapshots).where(named),
            insert(snapshots).values(snapshot_values(snapshot, session)),
            provided=lambda connection, its_session: (
                may_change(connection, its_session) and connection.execute(its).first() is not None
            ),
        )

    def snapshots(self, session: SessionId) -> tuple[Snapshot, ...]:
        """Return the named revisions, the oldest first."""
        query = select(snapshots).where(snapshots.c.session == session).order_by(snapshots.c.number, snapshots.c.name)
        with self.transactions.reading() as connection:
            return tuple(map(snapshot_of, connection.execute(query).all()))

    def forget_snapshot(self, session: SessionId, name: str, *, by: ParticipantId) -> bool:
        """Remove a name, as somebody who may change the plan; the revision stays."""
        named = (snapshots.c.session == session) & (snapshots.c.name == name)
        return self.transactions.change(
            News(session, "people"), delete(snapshots).where(named), provided=editable_by(by)
        )
