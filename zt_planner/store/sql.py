"""Sessions in a SQL database, by SQLAlchemy; see `store.protocol` for what holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from sqlalchemy import delete, func, insert, select, update

from zt_planner.domain.session import Participant, ParticipantId, Role, Rules, SessionId
from zt_planner.store.database import Database
from zt_planner.store.news import LocalMessenger
from zt_planner.store.protocol import KeyHash, Link, News, NotAllowedError, Revision, StaleRevisionError
from zt_planner.store.queries import EVENT, SEAT, USE, in_order, is_expired, owned_by, removing, session_of, takes_turn
from zt_planner.store.rows import (
    entry_values,
    event_of,
    participant_of,
    participant_values,
    rules_json,
    seat_of,
    snapshot_of,
    view_json,
)
from zt_planner.store.tables import links, participants, presence, revisions, sessions, snapshots

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import URL, Connection, Executable

    from zt_planner.domain.session import Event, Seat, Snapshot, View
    from zt_planner.store.news import Messenger
    from zt_planner.store.protocol import Entry

FORGOTTEN_AFTER = timedelta(days=1)
"""What a process that died has said about who is here."""


class SqlStore:
    """Keeps sessions in one database and tells of changes by one messenger."""

    def __init__(self, database: Database, messenger: Messenger | None = None) -> None:
        """Use a database; news stays in this process unless a messenger carries it further."""
        self.database = database
        self.messenger = messenger or LocalMessenger()

    @classmethod
    def in_file(cls, path: Path) -> Self:
        """Return a store in a SQLite file."""
        return cls(Database.in_file(path))

    @classmethod
    def at_url(cls, url: URL) -> Self:
        """Return a store in a PostgreSQL database, which carries news to every process that uses it."""
        from zt_planner.store.postgres_news import PostgresMessenger  # noqa: PLC0415 - a file needs no driver

        database = Database.at_url(url)
        return cls(database, PostgresMessenger(database.engine))

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
        self, news: News, *statements: Executable, provided: Callable[[Connection], bool] = lambda _connection: True
    ) -> bool:
        """Change a session in its turn, and tell of it; return False where it is gone, or a condition does not hold."""
        with self.database.writing() as connection:
            if not (takes_turn(connection, news.session) and provided(connection)):
                return False
            for statement in statements:
                connection.execute(statement)
            self.messenger.within(connection, news)
        self.messenger.after(news)
        return True

    # Sessions

    def create(self, owner: Participant, key: KeyHash, entry: Entry, *, origin: str = "") -> Revision:
        """Keep a new session with its owner and its first revision, 1."""
        at, news = owner.joined_at, News(owner.session, "plan", 1, origin)
        session = {"id": owner.session, "made_at": at, "used_at": at, "rules": rules_json(Rules()), "is_locked": False}
        with self.database.writing() as connection:
            connection.execute(insert(sessions).values(session))
            connection.execute(insert(participants).values({**participant_values(owner), "key": key}))
            connection.execute(insert(revisions).values(entry_values(entry, owner.session, 1, owner.id, at)))
            self.messenger.within(connection, news)
        self.messenger.after(news)
        return Revision(1, entry.content)

    def _set_session(self, session: SessionId, **values: object) -> None:
        """Set columns of a session."""
        self._change(News(session, "people"), update(sessions).where(sessions.c.id == session).values(values))

    def set_rules(self, session: SessionId, rules: Rules) -> None:
        """Change what holds in a session."""
        self._set_session(session, rules=rules_json(rules), is_locked=rules.is_locked)

    def present(self, session: SessionId, presenter: ParticipantId | None, view: View | None) -> None:
        """Keep who presents, and what; None ends it."""
        self._set_session(session, presenter=presenter, view=view_json(view))

    def end_presenting(self, session: SessionId, presenter: ParticipantId) -> None:
        """End what somebody presents; whoever presents by now instead goes on."""
        its = (sessions.c.id == session) & (sessions.c.presenter == presenter)
        self._change(News(session, "people"), update(sessions).where(its).values(presenter=None, view=None))

    def delete(self, session: SessionId) -> None:
        """Remove a session for good: people, links, revisions, snapshots."""
        self._change(News(session, "gone"), *removing(session))

    def delete_expired(self, now: datetime) -> int:
        """Remove the sessions that were not used for as many days as they are kept; return how many."""
        with self.database.reading() as connection:
            found = [SessionId(row.id) for row in connection.execute(USE).all() if is_expired(row, now)]

        def provided(session: SessionId) -> Callable[[Connection], bool]:
            its = USE.where(sessions.c.id == session)
            return lambda connection: is_expired(connection.execute(its).one(), now)

        gone = [
            self._change(News(session, "gone"), *removing(session), provided=provided(session)) for session in found
        ]
        with self.database.writing() as connection:
            connection.execute(delete(presence).where(presence.c.said_at < now - FORGOTTEN_AFTER))
        return sum(gone)

    # People

    def seat(self, key: KeyHash) -> Seat | None:
        """Return whose key this is and how the session stands; None for a key that is not or no longer known."""
        with self.database.reading() as connection:
            row = connection.execute(SEAT.where(participants.c.key == key)).first()
        return None if row is None else seat_of(row)

    def touch(self, participant: ParticipantId, now: datetime) -> None:
        """Note that a session is in use."""
        its = select(participants.c.session).where(participants.c.id == participant).scalar_subquery()
        with self.database.writing() as connection:
            connection.execute(update(sessions).where(sessions.c.id == its).values(used_at=now))

    def people(self, session: SessionId) -> tuple[Participant, ...]:
        """Return everyone who has or had a seat, in the order of joining."""
        query = select(participants).where(participants.c.session == session)
        with self.database.reading() as connection:
            found = connection.execute(query.order_by(participants.c.joined_at, participants.c.id)).all()
        return tuple(participant_of(row) for row in found)

    def _set_participant(
        self,
        participant: ParticipantId,
        provided: Callable[[Connection], bool] = lambda _connection: True,
        **values: object,
    ) -> bool:
        """Set columns of a participant; return False where nobody is known by that id, or a condition does not hold."""
        with self.database.reading() as connection:
            session = session_of(connection, participant)
        if session is None:
            return False
        its = participants.c.id == participant
        return self._change(News(session, "people"), update(participants).where(its).values(values), provided=provided)

    def rename(self, participant: ParticipantId, name: str) -> None:
        """Give a participant another name."""
        self._set_participant(participant, name=name)

    def set_role(self, participant: ParticipantId, role: Role, *, by: ParticipantId) -> bool:
        """Let a participant do more or less from now on; return False where `by` is no owner any more."""
        return self._set_participant(participant, owned_by(by), role=role)

    def remove(self, participant: ParticipantId, *, by: ParticipantId) -> bool:
        """Take a seat away, what its participant did stays in the record; return False where `by` is no owner."""
        return self._set_participant(participant, owned_by(by), key=None)

    def set_link(self, session: SessionId, role: Role, token: KeyHash, now: datetime, *, stays: ParticipantId) -> None:
        """Keep a role's link in place of the old one; seats that were taken by the old one end, but for one."""
        of_role = (links.c.session == session) & (links.c.role == role)
        by_the_old = participants.c.link == select(links.c.token).where(of_role).scalar_subquery()
        self._change(
            News(session, "people"),
            update(participants).where(by_the_old, participants.c.id != stays).values(key=None),
            delete(links).where(of_role),
            insert(links).values(session=session, role=role, token=token, made_at=now),
        )

    def links(self, session: SessionId) -> tuple[Link, ...]:
        """Return the links that a session has."""
        query = select(links).where(links.c.session == session).order_by(links.c.role)
        with self.database.reading() as connection:
            return tuple(Link(Role(row.role), KeyHash(row.token), row.made_at) for row in connection.execute(query))

    def join(self, token: KeyHash, participant: Callable[[SessionId, Role], Participant], key: KeyHash) -> Seat | None:
        """Take a seat by a link; None where the link is not or no longer known."""
        known = select(links.c.session, links.c.role).where(links.c.token == token)
        with self.database.reading() as connection:
            link = connection.execute(known).first()
        if link is None:
            return None
        joined = participant(SessionId(link.session), Role(link.role))
        self._change(
            News(joined.session, "people"),
            insert(participants).values({**participant_values(joined), "key": key, "link": token}),
            update(sessions).where(sessions.c.id == joined.session).values(used_at=joined.joined_at),
            provided=lambda connection: connection.execute(known).first() is not None,
        )
        return self.seat(key)

    def came_by(self, key: KeyHash, token: KeyHash) -> bool:
        """Tell whether a participant has taken the seat by this link."""
        query = select(participants.c.id).where(participants.c.key == key, participants.c.link == token)
        with self.database.reading() as connection:
            return connection.execute(query).first() is not None

    # Revisions

    def latest(self, session: SessionId) -> Revision | None:
        """Return the latest revision, None for a session that is not there."""
        query = select(revisions.c.number, revisions.c.content).where(revisions.c.session == session)
        with self.database.reading() as connection:
            row = connection.execute(query.order_by(revisions.c.number.desc()).limit(1)).first()
        return None if row is None else Revision(row.number, row.content)

    def revision(self, session: SessionId, number: int) -> Revision | None:
        """Return one revision."""
        query = select(revisions.c.content).where(revisions.c.session == session, revisions.c.number == number)
        with self.database.reading() as connection:
            content = connection.execute(query).scalar_one_or_none()
        return None if content is None else Revision(number, content)

    def append(
        self, participant: ParticipantId, entry: Entry, *, based_on: int, now: datetime, origin: str = ""
    ) -> Revision:
        """Keep a new revision of the participant's session; see the protocol for what is refused."""
        number = based_on + 1
        with self.database.writing() as connection:
            session = session_of(connection, participant)
            if session is None or not takes_turn(connection, session):
                raise NotAllowedError
            row = connection.execute(SEAT.where(participants.c.id == participant)).one()
            if row.key is None or not seat_of(row).may_change:
                raise NotAllowedError
            if row.latest != based_on:
                raise StaleRevisionError
            connection.execute(insert(revisions).values(entry_values(entry, session, number, participant, now)))
            news = News(session, "plan", number, origin)
            self.messenger.within(connection, news)
        self.messenger.after(news)
        return Revision(number, entry.content)

    def events(self, session: SessionId, after: int = 0) -> tuple[Event, ...]:
        """Return what was done, in order, from the revision after `after` on."""
        query = select(*EVENT).where(revisions.c.session == session, revisions.c.number > after)
        with self.database.reading() as connection:
            found = connection.execute(query.order_by(revisions.c.number)).all()
        return tuple(event_of(row) for row in found)

    def last_events(self, session: SessionId) -> tuple[Event, ...]:
        """Return the last event of everyone who has done something, the latest at the end."""
        of_session = revisions.c.session == session
        last = select(func.max(revisions.c.number)).where(of_session).group_by(revisions.c.participant)
        query = select(*EVENT).where(of_session, revisions.c.number.in_(last)).order_by(revisions.c.number)
        with self.database.reading() as connection:
            return tuple(event_of(row) for row in connection.execute(query).all())

    # Snapshots

    def name_snapshot(self, session: SessionId, snapshot: Snapshot) -> None:
        """Give a revision a name; a name that is there already moves."""
        named = (snapshots.c.session == session) & (snapshots.c.name == snapshot.name)
        values = {
            "session": session,
            "name": snapshot.name,
            "number": snapshot.number,
            "participant": snapshot.participant,
            "made_at": snapshot.at,
        }
        self._change(
            News(session, "people"),
            delete(snapshots).where(named),
            insert(snapshots).values(values),
        )

    def snapshots(self, session: SessionId) -> tuple[Snapshot, ...]:
        """Return the named revisions, the oldest first."""
        query = select(snapshots).where(snapshots.c.session == session).order_by(snapshots.c.number, snapshots.c.name)
        with self.database.reading() as connection:
            return tuple(snapshot_of(row) for row in connection.execute(query).all())

    def forget_snapshot(self, session: SessionId, name: str) -> None:
        """Take a name away; the revision stays."""
        named = (snapshots.c.session == session) & (snapshots.c.name == name)
        self._change(News(session, "people"), delete(snapshots).where(named))

    # Presence

    def announce(self, process: str, here: Sequence[tuple[SessionId, ParticipantId]], now: datetime) -> None:
        """Keep who has a page open at this process, in place of what it said before."""
        its = presence.c.process == process
        wanted = sorted(set(here))
        with self.database.writing() as connection:
            said = {(row.session, row.participant) for row in connection.execute(in_order(its)).all()}
            connection.execute(delete(presence).where(its))
            if wanted:
                rows = [{"session": session, "participant": participant} for session, participant in wanted]
                connection.execute(insert(presence).values(process=process, said_at=now), rows)
            changed = sorted({session for session, _ in said ^ set(wanted)})
            news = [News(SessionId(session), "people") for session in changed]
            for item in news:
                self.messenger.within(connection, item)
        for item in news:
            self.messenger.after(item)
        for session in changed:  # one at a time: nobody waits for two turns
            with self.database.writing() as connection:
                connection.execute(update(sessions).where(sessions.c.id == session).values(used_at=now))

    def here(self, session: SessionId, since: datetime) -> frozenset[ParticipantId]:
        """Return who has a page open, by what processes have said since then."""
        query = select(presence.c.participant).where(presence.c.session == session, presence.c.said_at >= since)
        with self.database.reading() as connection:
            return frozenset(ParticipantId(found) for found in connection.execute(query).scalars())
