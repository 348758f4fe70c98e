"""How a session is changed, in its turn and told afterwards; and what stays of it: revisions, events, snapshots."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Connection, Executable, delete, insert, select, update

from zt_planner.domain.session import Rules
from zt_planner.errors import StoreError
from zt_planner.metrics import EDITS
from zt_planner.store.changes import Revision, StaleRevisionError, WriteRefused
from zt_planner.store.contents import DamagedError, kept_after, revision_in
from zt_planner.store.news import LocalMessenger, News
from zt_planner.store.presence import Processes
from zt_planner.store.queries import EVENT, SEAT, changed_by, session_of, takes_turn
from zt_planner.store.rows import entry_values, event_of, seat_of, snapshot_of, snapshot_values, stored_bytes
from zt_planner.store.tables import participants, revisions, snapshots

if TYPE_CHECKING:
    from datetime import datetime

    from zt_planner.domain.session import Event, ParticipantId, SessionId, Snapshot
    from zt_planner.store.changes import Entry
    from zt_planner.store.database import Database
    from zt_planner.store.news import Messenger

Statement: TypeAlias = Executable | Callable[[Connection], Executable]
"""What changes something; made in the turn where it depends on its content."""
RULES = Rules()


class History:
    """A database with sessions, the messenger that carries news of them, and what was done in them."""

    def __init__(self, database: Database, rules: Rules = RULES, messenger: Messenger | None = None) -> None:
        """Use a database; news stays in this process unless a messenger carries it further.

        `rules` hold in a new session until its owner changes them.
        """
        self.database = database
        self.rules = rules
        self.messenger = messenger or LocalMessenger()
        self.processes = Processes()

    @property
    def place(self) -> str:
        """What messages call the database."""
        return self.database.place

    def close(self) -> None:
        """Stop listening and let go of every connection."""
        self.messenger.close()
        self.database.engine.dispose()

    def on_news(self, listener: Callable[[News], None]) -> None:
        """Call the listener, from any thread, whenever a session has changed, in this process or another.

        News of no session ("") says that anything may have changed while the store could not tell.
        """
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

    def _set_participant(
        self,
        participant: ParticipantId,
        provided: Callable[[SessionId], Callable[[Connection], bool]],
        **values: object,
    ) -> bool:
        """Set columns of a participant; return False where nobody is known by that id, or a condition does not hold."""
        with self.database.reading() as connection:
            session = session_of(connection, participant)
        if session is None:
            return False
        changed = update(participants).where(participants.c.id == participant).values(values)
        return self._change(News(session, "people"), changed, provided=provided(session))

    # Revisions

    def latest(self, session: SessionId) -> Revision | None:
        """Return the latest revision, None for a session that is not there."""
        with self.database.reading() as connection:
            return self._revision(connection, session)

    def revision(self, session: SessionId, number: int) -> Revision | None:
        """Return one revision."""
        with self.database.reading() as connection:
            return self._revision(connection, session, number)

    def _revision(self, connection: Connection, session: SessionId, number: int | None = None) -> Revision | None:
        """Return a revision, the latest unless another is named; raise StoreError if its rows are damaged."""
        try:
            return revision_in(connection, session, number)
        except DamagedError as error:
            raise StoreError(self.place, "a saved state is damaged") from error

    def append(
        self, participant: ParticipantId, entry: Entry, *, based_on: int, now: datetime, origin: str = ""
    ) -> Revision:
        """Keep a new revision of the participant's session.

        Raises StaleRevisionError unless `based_on` is the latest number and its content has the digest that the entry
        names, WriteRefused where the participant may not change it.
        """
        number = based_on + 1
        with self.database.writing() as connection:
            session = session_of(connection, participant)
            if session is None or not takes_turn(connection, session):
                raise WriteRefused
            row = connection.execute(SEAT.where(participants.c.id == participant)).one()
            if row.key is None or not seat_of(row).may_change:
                raise WriteRefused
            if row.latest != based_on or entry.base not in {"", row.digest}:
                raise StaleRevisionError
            before = self._revision(connection, session, based_on)
            kept = kept_after("" if before is None else before.content, row.whole, number, entry.content)
            values = entry_values(entry, kept, session, number, participant, now)
            connection.execute(insert(revisions).values(values))
            news = News(session, "plan", number, origin)
            self.messenger.within(connection, news)
        EDITS.inc()
        self.messenger.after(news)
        return Revision(number, entry.content, stored_bytes(values))

    def events(self, session: SessionId, after: int = 0) -> tuple[Event, ...]:
        """Return what was done, in order, from the revision after `after` on."""
        query = select(*EVENT).where(revisions.c.session == session, revisions.c.number > after)
        with self.database.reading() as connection:
            found = connection.execute(query.order_by(revisions.c.number)).all()
        return tuple(event_of(row) for row in found)

    # Snapshots

    def name_snapshot(self, session: SessionId, snapshot: Snapshot) -> bool:
        """Give a revision that is there a name, as somebody who may change the plan; a known name moves."""
        named = (snapshots.c.session == session) & (snapshots.c.name == snapshot.name)
        its = select(revisions.c.number).where(revisions.c.session == session, revisions.c.number == snapshot.number)
        may_change = changed_by(session, snapshot.participant)
        return self._change(
            News(session, "people"),
            delete(snapshots).where(named),
            insert(snapshots).values(snapshot_values(snapshot, session)),
            provided=lambda connection: may_change(connection) and connection.execute(its).first() is not None,
        )

    def snapshots(self, session: SessionId) -> tuple[Snapshot, ...]:
        """Return the named revisions, the oldest first."""
        query = select(snapshots).where(snapshots.c.session == session).order_by(snapshots.c.number, snapshots.c.name)
        with self.database.reading() as connection:
            return tuple(snapshot_of(row) for row in connection.execute(query).all())

    def forget_snapshot(self, session: SessionId, name: str, *, by: ParticipantId) -> bool:
        """Take a name away, as somebody who may change the plan; the revision stays."""
        named = (snapshots.c.session == session) & (snapshots.c.name == name)
        return self._change(News(session, "people"), delete(snapshots).where(named), provided=changed_by(session, by))
