"""Sessions in a SQL database, by SQLAlchemy; see `store.protocol` for what holds.

A revision is appended by one statement that checks, as part of itself, that
its author may change the session and has seen the latest revision: whoever
loses a race writes nothing.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from zt_planner.domain.session import Participant, ParticipantId, Role, Rules, SessionId
from zt_planner.store.database import Database
from zt_planner.store.news import LocalMessenger
from zt_planner.store.protocol import KeyHash, Link, News, NotAllowedError, Revision, StaleRevisionError
from zt_planner.store.rows import (
    changes_json,
    event_of,
    outcome_json,
    participant_of,
    rules_json,
    rules_of,
    seat_of,
    snapshot_of,
    view_json,
)
from zt_planner.store.tables import OF_A_SESSION, links, participants, presence, revisions, sessions, snapshots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from zt_planner.domain.session import Event, Seat, Snapshot, View
    from zt_planner.store.news import Messenger
    from zt_planner.store.protocol import Entry

_EVENT = tuple(column for column in revisions.c if column.name not in {"content", "session"})
_CHANGERS = (Role.OWNER, Role.EDITOR)
_SEAT = select(
    participants,
    sessions.c.rules,
    sessions.c.presenter,
    sessions.c.view,
    select(func.max(revisions.c.number))
    .where(revisions.c.session == participants.c.session)
    .scalar_subquery()
    .label("latest"),
).join(sessions, sessions.c.id == participants.c.session)


def _entry_values(entry: Entry) -> dict[str, object]:
    """Return the columns that an entry fills."""
    return {
        "kind": entry.kind,
        "changes": changes_json(entry.changes),
        "before": outcome_json(entry.before),
        "after": outcome_json(entry.after),
        "seen": entry.seen,
        "refers_to": entry.refers_to,
        "content": entry.content,
    }


class SqlStore:
    """Keeps sessions in one database and tells of changes by one messenger."""

    def __init__(self, database: Database, messenger: Messenger | None = None) -> None:
        """Use a database; news stays in this process unless a messenger carries it further."""
        self.database = database
        self.messenger = messenger or LocalMessenger()

    @classmethod
    def in_file(cls, path: Path) -> SqlStore:
        """Return a store in a SQLite file."""
        return cls(Database.in_file(path))

    @property
    def place(self) -> str:
        """What messages call the database."""
        return self.database.place

    def on_news(self, listener: Callable[[News], None]) -> None:
        """Call the listener, from any thread, whenever a session has changed, in this process or another."""
        self.messenger.listen(listener)

    @contextmanager
    def _telling(self, news: News) -> Iterator[Connection]:
        """Give a transaction, and tell of it once it is through."""
        with self.database.writing() as connection:
            yield connection
            self.messenger.within(connection, news)
        self.messenger.after(news)

    # Sessions

    def create(self, owner: Participant, key: KeyHash, entry: Entry, *, origin: str = "") -> Revision:
        """Keep a new session with its owner and its first revision, 1."""
        at = owner.joined_at
        with self._telling(News(owner.session, "plan", 1, origin)) as connection:
            connection.execute(
                insert(sessions).values(
                    id=owner.session, made_at=at, used_at=at, rules=rules_json(Rules()), is_locked=False
                )
            )
            _take_seat(connection, owner, key, None)
            connection.execute(
                insert(revisions).values(
                    session=owner.session, number=1, participant=owner.id, saved_at=at, **_entry_values(entry)
                )
            )
        return Revision(1, entry.content)

    def set_rules(self, session: SessionId, rules: Rules) -> None:
        """Change what holds in a session."""
        values = {"rules": rules_json(rules), "is_locked": rules.is_locked}
        with self._telling(News(session, "people")) as connection:
            connection.execute(update(sessions).where(sessions.c.id == session).values(values))

    def present(self, session: SessionId, presenter: ParticipantId | None, view: View | None) -> None:
        """Keep who presents, and what; None ends it."""
        values = {"presenter": presenter, "view": view_json(view)}
        with self._telling(News(session, "people")) as connection:
            connection.execute(update(sessions).where(sessions.c.id == session).values(values))

    def delete(self, session: SessionId) -> None:
        """Remove a session for good: people, links, revisions, snapshots."""
        with self._telling(News(session, "gone")) as connection:
            for table in OF_A_SESSION:
                connection.execute(delete(table).where(table.c.session == session))
            connection.execute(delete(sessions).where(sessions.c.id == session))

    def delete_expired(self, now: datetime) -> int:
        """Remove the sessions that were not used for as many days as they are kept; return how many."""
        with self.database.reading() as connection:
            found = connection.execute(select(sessions.c.id, sessions.c.used_at, sessions.c.rules)).all()
        gone = [row.id for row in found if row.used_at + timedelta(days=rules_of(row.rules).days_kept) < now]
        for session in gone:
            self.delete(session)
        return len(gone)

    # People

    def seat(self, key: KeyHash) -> Seat | None:
        """Return whose key this is and how the session stands; None for a key that is not or no longer known."""
        with self.database.reading() as connection:
            row = connection.execute(_SEAT.where(participants.c.key == key)).first()
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

    def _set_participant(self, participant: ParticipantId, **values: object) -> None:
        """Set columns of a participant."""
        with self.database.reading() as connection:
            session = connection.execute(
                select(participants.c.session).where(participants.c.id == participant)
            ).scalar_one_or_none()
        if session is not None:
            with self._telling(News(session, "people")) as connection:
                connection.execute(update(participants).where(participants.c.id == participant).values(values))

    def rename(self, participant: ParticipantId, name: str) -> None:
        """Give a participant another name."""
        self._set_participant(participant, name=name)

    def set_role(self, participant: ParticipantId, role: Role) -> None:
        """Let a participant do more or less from now on."""
        self._set_participant(participant, role=role)

    def remove(self, participant: ParticipantId) -> None:
        """Take a seat away; what its participant did stays in the record."""
        self._set_participant(participant, key=None)

    def set_link(self, session: SessionId, role: Role, token: KeyHash, now: datetime, *, stays: ParticipantId) -> None:
        """Keep a role's link in place of the old one; seats that were taken by the old one end, but for one."""
        of_role = (links.c.session == session) & (links.c.role == role)
        with self._telling(News(session, "people")) as connection:
            old = connection.execute(select(links.c.token).where(of_role)).scalar_one_or_none()
            connection.execute(delete(links).where(of_role))
            connection.execute(insert(links).values(session=session, role=role, token=token, made_at=now))
            if old is not None:
                ended = (participants.c.link == old) & (participants.c.id != stays)
                connection.execute(update(participants).where(ended).values(key=None))

    def links(self, session: SessionId) -> tuple[Link, ...]:
        """Return the links that a session has."""
        with self.database.reading() as connection:
            found = connection.execute(select(links).where(links.c.session == session)).all()
        return tuple(Link(Role(row.role), KeyHash(row.token), row.made_at) for row in found)

    def join(self, token: KeyHash, participant: Callable[[SessionId, Role], Participant], key: KeyHash) -> Seat | None:
        """Take a seat by a link; None where the link is not or no longer known."""
        with self.database.reading() as connection:
            link = connection.execute(select(links).where(links.c.token == token)).first()
        if link is None:
            return None
        joined = participant(SessionId(link.session), Role(link.role))
        with self._telling(News(joined.session, "people")) as connection:
            still = connection.execute(select(links.c.token).where(links.c.token == token)).first()
            if still is not None:
                _take_seat(connection, joined, key, token)
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
        latest = select(func.max(revisions.c.number)).where(revisions.c.session == participants.c.session)
        allowed = (
            select(
                participants.c.session,
                literal(number).label("number"),
                participants.c.id,
                literal(now, revisions.c.saved_at.type),
                *(literal(value, revisions.c[name].type) for name, value in _entry_values(entry).items()),
            )
            .join(sessions, sessions.c.id == participants.c.session)
            .where(
                participants.c.id == participant,
                participants.c.key.is_not(None),
                participants.c.role.in_(_CHANGERS),
                sessions.c.is_locked.is_(False),
                latest.scalar_subquery() == based_on,
            )
        )
        columns = ["session", "number", "participant", "saved_at", *_entry_values(entry)]
        writing = insert(revisions).from_select(columns, allowed).returning(revisions.c.session)
        try:
            with self.database.writing() as connection:
                session = connection.execute(writing).scalar_one_or_none()
                if session is None:
                    raise self._reason(connection, participant)
                news = News(SessionId(session), "plan", number, origin)
                self.messenger.within(connection, news)
        except IntegrityError as error:
            raise StaleRevisionError from error
        self.messenger.after(news)
        return Revision(number, entry.content)

    @staticmethod
    def _reason(connection: Connection, participant: ParticipantId) -> Exception:
        """Return why an append wrote nothing: the author may not, or somebody was faster."""
        query = (
            select(participants.c.role, sessions.c.is_locked)
            .join(sessions, sessions.c.id == participants.c.session)
            .where(participants.c.id == participant, participants.c.key.is_not(None))
        )
        row = connection.execute(query).first()
        may = row is not None and Role(row.role).may_change and not row.is_locked
        return StaleRevisionError() if may else NotAllowedError()

    def events(self, session: SessionId, after: int = 0) -> tuple[Event, ...]:
        """Return what was done, in order, from the revision after `after` on."""
        query = select(*_EVENT).where(revisions.c.session == session, revisions.c.number > after)
        with self.database.reading() as connection:
            found = connection.execute(query.order_by(revisions.c.number)).all()
        return tuple(event_of(row) for row in found)

    def last_events(self, session: SessionId) -> tuple[Event, ...]:
        """Return the last event of everyone who has done something, the latest at the end."""
        of_session = revisions.c.session == session
        last = select(func.max(revisions.c.number)).where(of_session).group_by(revisions.c.participant)
        query = select(*_EVENT).where(of_session, revisions.c.number.in_(last)).order_by(revisions.c.number)
        with self.database.reading() as connection:
            return tuple(event_of(row) for row in connection.execute(query).all())

    # Snapshots

    def name_snapshot(self, session: SessionId, snapshot: Snapshot) -> None:
        """Give a revision a name; a name that is there already moves."""
        named = (snapshots.c.session == session) & (snapshots.c.name == snapshot.name)
        with self._telling(News(session, "people")) as connection:
            connection.execute(delete(snapshots).where(named))
            connection.execute(
                insert(snapshots).values(
                    session=session,
                    name=snapshot.name,
                    number=snapshot.number,
                    participant=snapshot.participant,
                    made_at=snapshot.at,
                )
            )

    def snapshots(self, session: SessionId) -> tuple[Snapshot, ...]:
        """Return the named revisions, the oldest first."""
        query = select(snapshots).where(snapshots.c.session == session).order_by(snapshots.c.number, snapshots.c.name)
        with self.database.reading() as connection:
            return tuple(snapshot_of(row) for row in connection.execute(query).all())

    def forget_snapshot(self, session: SessionId, name: str) -> None:
        """Take a name away; the revision stays."""
        with self._telling(News(session, "people")) as connection:
            connection.execute(delete(snapshots).where(snapshots.c.session == session, snapshots.c.name == name))

    # Presence

    def announce(self, process: str, here: Sequence[tuple[SessionId, ParticipantId]], now: datetime) -> None:
        """Keep who has a page open at this process, in place of what it said before."""
        its = presence.c.process == process
        with self.database.writing() as connection:
            said = {(row.session, row.participant) for row in connection.execute(select(presence).where(its)).all()}
            connection.execute(delete(presence).where(its))
            for session, participant in dict.fromkeys(here):
                connection.execute(
                    insert(presence).values(process=process, session=session, participant=participant, said_at=now)
                )
            news = [News(SessionId(session), "people") for session in {pair[0] for pair in said ^ set(here)}]
            for item in news:
                self.messenger.within(connection, item)
        for item in news:
            self.messenger.after(item)

    def here(self, session: SessionId, since: datetime) -> frozenset[ParticipantId]:
        """Return who has a page open, by what processes have said since then."""
        query = select(presence.c.participant).where(presence.c.session == session, presence.c.said_at >= since)
        with self.database.reading() as connection:
            return frozenset(ParticipantId(found) for found in connection.execute(query).scalars())


def _take_seat(connection: Connection, participant: Participant, key: KeyHash, link: KeyHash | None) -> None:
    """Put a participant into the table."""
    connection.execute(
        insert(participants).values(
            id=participant.id,
            session=participant.session,
            role=participant.role,
            name=participant.name,
            colour=participant.colour,
            joined_at=participant.joined_at,
            key=key,
            link=link,
        )
    )
