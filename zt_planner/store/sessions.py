"""Sessions in a SQL database: the people in them, and every revision.

Laws: what `append` has returned is there after a restart; numbers rise by one;
an append that is based on an older revision is refused, so that nobody
overwrites what they have not seen; whoever changes something is let do it or
refused by what holds in the transaction that writes it.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Self, Unpack

from sqlalchemy import Connection, Executable, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from zt_planner.domain.session import ParticipantId, Role, Rules, SessionId
from zt_planner.metrics import EDITS
from zt_planner.store.accounts import ENDED, HeldSeats
from zt_planner.store.changes import KeyHash, Link, Revision, StaleRevisionError
from zt_planner.store.contents import kept_whole
from zt_planner.store.database import CONNECTIONS, Database
from zt_planner.store.history import RULES
from zt_planner.store.news import News
from zt_planner.store.queries import (
    SEAT,
    USE,
    WAITS_FOR,
    expired_since,
    held_by,
    is_expired,
    locked_in_order,
    owned_by,
    people_of,
    removing,
    seated,
    takes_turn,
    use,
)
from zt_planner.store.rows import (
    entry_values,
    participant_values,
    rules_json,
    rules_of,
    seat_of,
    stored_bytes,
    view_json,
)
from zt_planner.store.tables import links, participants, presence, revisions, sessions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import URL

    from zt_planner.domain.session import BrowserId, HolderId, Participant, RulesSet, Seat, View
    from zt_planner.store.changes import Entry, Joining

FORGOTTEN_AFTER = timedelta(days=1)
"""What a process that died has said about who is here."""

_log = logging.getLogger(__name__)


class SessionStore(HeldSeats):
    """Keeps sessions in one database. Every method raises StoreError if it cannot be reached.

    A change of a session or participant that is not there, or by somebody who may not make it (`by`), changes nothing:
    it returns False, and nobody is told of it.
    """

    @classmethod
    def in_file(cls, path: Path, rules: Rules = RULES) -> Self:
        """Return a store in a SQLite file."""
        return cls(Database.in_file(path), rules)

    @classmethod
    def at_url(cls, url: URL, rules: Rules = RULES, connections: int = CONNECTIONS) -> Self:
        """Return a store in a PostgreSQL database, which carries news to every process that uses it."""
        from zt_planner.store.postgres_news import PostgresMessenger  # noqa: PLC0415 - a file needs no driver

        database = Database.at_url(url, connections)
        return cls(database, rules, PostgresMessenger(database.engine))

    # Sessions

    def create(
        self, owner: Participant, key: KeyHash, entry: Entry, *, browser: BrowserId | None = None, origin: str = ""
    ) -> Revision:
        """Keep a new session with its owner and its first revision, 1; StaleRevisionError where the key has one."""
        at, news = owner.joined_at, News(owner.session, "plan", 1, origin)
        values = entry_values(entry, kept_whole(1, entry.content), owner.session, 1, owner.id, at)
        try:
            with self.database.writing() as connection:
                connection.execute(insert(sessions).values(id=owner.session, used_at=at, rules=rules_json(self.rules)))
                own = {**participant_values(owner), "key": key, "browser": browser, "place": 1}
                connection.execute(insert(participants).values(own))
                connection.execute(insert(revisions).values(values))
                self.messenger.within(connection, news)
        except IntegrityError:
            if self.seat(key) is None:
                raise
            raise StaleRevisionError from None  # another tab of the same browser was faster
        EDITS.inc()
        self.messenger.after(news)
        return Revision(1, entry.content, stored_bytes(values))

    def set_rules(self, session: SessionId, *, by: ParticipantId, **rules: Unpack[RulesSet]) -> bool:
        """Change some of what holds in a session, as an owner; the other rules stay as they stand."""
        its = sessions.c.id == session

        def changed(connection: Connection) -> Executable:
            stand = rules_of(connection.execute(select(sessions.c.rules).where(its)).scalar_one())
            return update(sessions).where(its).values(rules=rules_json(replace(stand, **rules)))

        return self._change(News(session, "people"), changed, provided=owned_by(session, by))

    def present(self, session: SessionId, view: View | None, *, by: ParticipantId, goes_on: bool = False) -> bool:
        """Keep what an owner presents; None ends it. Whoever goes on, or ends it, changes nothing of another's."""
        changed = update(sessions).where(sessions.c.id == session)
        if view is None or goes_on:
            changed = changed.where(sessions.c.presenter == by)
        changed = changed.values(presenter=None if view is None else by, view=view_json(view))
        return self._change(News(session, "people"), changed, provided=owned_by(session, by))

    def end_presenting(self, session: SessionId, presenter: ParticipantId) -> None:
        """End what somebody presents; whoever presents by now instead goes on."""
        its = (sessions.c.id == session) & (sessions.c.presenter == presenter)
        self._change(News(session, "people"), update(sessions).where(its).values(presenter=None, view=None))

    def delete(self, session: SessionId, *, by: ParticipantId) -> bool:
        """Remove a session for good, as an owner: people, links, revisions, snapshots."""
        return self._change(News(session, "gone"), *removing(session), provided=owned_by(session, by))

    def delete_expired(self, now: datetime) -> int:
        """Remove the sessions that were not used for as many days as they are kept; return how many (ADR 0043).

        A session is used when it is changed, joined, or a page of it is opened or closed. None is removed that was
        not found unused already a day ago: one look at a clock that is wrong deletes nothing.
        """
        with self.database.reading() as connection:
            found = connection.execute(USE).all()
        gone = sum(self._expire(SessionId(row.id), now) for row in found if row.expired_at or is_expired(row, now))
        if gone:
            _log.warning("Sessions deleted, as nobody had used them for as many days as they are kept: %d", gone)
        is_old = or_(presence.c.said_at < now - FORGOTTEN_AFTER, presence.c.said_at > now + FORGOTTEN_AFTER)
        with self.database.writing() as connection:
            connection.execute(delete(presence).where(is_old))
        return gone

    def _expire(self, session: SessionId, now: datetime) -> bool:
        """Look at a session in its turn: remove it, or keep since when it is found unused."""
        its, news = sessions.c.id == session, News(session, "gone")
        with self.database.writing() as connection:
            if not takes_turn(connection, session):
                return False
            row = connection.execute(USE.where(its)).one()
            since = expired_since(row, now)
            if since is None or now - since < WAITS_FOR:
                connection.execute(update(sessions).where(its).values(expired_at=since))
                return False
            for statement in removing(session):
                connection.execute(statement)
            self.messenger.within(connection, news)
        self.messenger.after(news)
        return True

    def counts(self) -> tuple[int, int]:
        """Return how many sessions there are, and how many people have a seat, for a monitor."""
        seats = select(func.count()).select_from(participants).where(participants.c.key.is_not(None))
        with self.database.reading(is_probe=True) as connection:
            return (
                connection.execute(select(func.count()).select_from(sessions)).scalar_one(),
                connection.execute(seats).scalar_one(),
            )

    # People

    def seat(self, key: KeyHash) -> Seat | None:
        """Return whose key this is and how the session stands; None for a key that is not or no longer known."""
        with self.database.reading() as connection:
            row = connection.execute(SEAT.where(participants.c.key == key)).first()
        return None if row is None else seat_of(row)

    def people(self, session: SessionId) -> tuple[Participant, ...]:
        """Return everyone who has or had a seat, in the order of joining."""
        with self.database.reading() as connection:
            return people_of(connection, session)

    def rename(self, participant: ParticipantId, name: str) -> bool:
        """Give a participant who has a seat another name."""
        return self._set_participant(
            participant, lambda session: seated(session, participant, lambda _seat: True), name=name
        )

    def set_role(self, participant: ParticipantId, role: Role, *, by: ParticipantId) -> bool:
        """Let a participant do more or less from now on, as an owner of their session."""
        return self._set_participant(participant, lambda session: owned_by(session, by), role=role)

    def remove(self, participant: ParticipantId, *, by: ParticipantId) -> bool:
        """Take a seat away, as an owner of its session; what its participant did stays in the record."""
        return self._set_participant(participant, lambda session: owned_by(session, by), **ENDED)

    def set_link(self, session: SessionId, role: Role, token: KeyHash, now: datetime, *, by: ParticipantId) -> bool:
        """Keep a role's link instead of the old one, as an owner; the seats taken by the old one end, but theirs."""
        of_role = (links.c.session == session) & (links.c.role == role)
        by_the_old = participants.c.link == select(links.c.token).where(of_role).scalar_subquery()
        return self._change(
            News(session, "people"),
            delete(participants).where(by_the_old, participants.c.waiting_key.is_not(None)),
            update(participants).where(by_the_old, participants.c.id != by).values(**ENDED),
            delete(links).where(of_role),
            insert(links).values(session=session, role=role, token=token, made_at=now),
            provided=owned_by(session, by),
        )

    def links(self, session: SessionId) -> tuple[Link, ...]:
        """Return the links that a session has."""
        query = select(links).where(links.c.session == session).order_by(links.c.role)
        with self.database.reading() as connection:
            return tuple(Link(Role(row.role), KeyHash(row.token), row.made_at) for row in connection.execute(query))

    def join(self, token: KeyHash, participant: Joining, key: KeyHash, browser: BrowserId | None = None) -> Seat | None:
        """Take a seat by a link, or wait for it; None where there is none. What `participant` raises is raised."""
        known = select(links.c.session, links.c.role).where(links.c.token == token)
        with self.database.reading() as connection:
            link = connection.execute(known).first()
        if link is None:
            return None
        session = SessionId(link.session)

        def seat_taken(connection: Connection) -> Executable:
            its = sessions.c.id == session
            rules = rules_of(connection.execute(select(sessions.c.rules).where(its)).scalar_one())
            joined = participant(session, Role(link.role), people_of(connection, session), rules)
            connection.execute(use(session, joined.joined_at))
            of_session = select(func.max(participants.c.place)).where(participants.c.session == session)
            place = connection.execute(of_session).scalar_one() + 1
            opened = {"waiting_key" if joined.waits else "key": key, "browser": browser, "link": token}
            return insert(participants).values({**participant_values(joined), **opened, "place": place})

        is_known = self._change(
            News(session, "people"),
            seat_taken,
            provided=lambda connection: connection.execute(known).first() is not None,
        )
        return self.seat(key) if is_known else None

    def waits(self, token: KeyHash, holder: HolderId) -> bool:
        """Tell whether somebody waits to be let in by a link."""
        its = held_by(holder) & (participants.c.link == token) & participants.c.waiting_key.is_not(None)
        with self.database.reading() as connection:
            return connection.execute(select(participants.c.id).where(its)).first() is not None

    def let_in(self, participant: ParticipantId, *, by: ParticipantId) -> bool:
        """Give somebody who waits their seat, as an owner."""
        opens = {"key": participants.c.waiting_key, "waiting_key": None}
        return self._set_participant(participant, lambda session: self._awaited(session, participant, by), **opens)

    def turn_away(self, session: SessionId, participant: ParticipantId, *, by: ParticipantId) -> bool:
        """Remove somebody who waits, as an owner; nothing of them is kept."""
        gone = delete(participants).where(participants.c.id == participant)
        return self._change(News(session, "people"), gone, provided=self._awaited(session, participant, by))

    @staticmethod
    def _awaited(session: SessionId, participant: ParticipantId, by: ParticipantId) -> Callable[[Connection], bool]:
        """Return the condition that somebody waits to be let in, and that somebody else is an owner there."""
        its = (participants.c.id == participant) & (participants.c.session == session)
        query = select(participants.c.id).where(its, participants.c.waiting_key.is_not(None))
        is_owner = owned_by(session, by)
        return lambda connection: is_owner(connection) and connection.execute(query).first() is not None

    # Presence

    def announce(self, process: str, here: Sequence[tuple[SessionId, ParticipantId]], now: datetime) -> None:
        """Replace the list of who has a page open at this process; their sessions are in use."""
        its = presence.c.process == process
        wanted = sorted(set(here))
        with self.database.writing() as connection:
            announced = {(row.session, row.participant) for row in connection.execute(locked_in_order(its)).all()}
            connection.execute(delete(presence).where(its))
            if wanted:
                rows = [{"session": session, "participant": participant} for session, participant in wanted]
                connection.execute(insert(presence).values(process=process, said_at=now), rows)
            changed = sorted({session for session, _ in announced ^ set(wanted)})
            news = [News(SessionId(session), "people") for session in changed]
            for item in news:
                self.messenger.within(connection, item)
        for item in news:
            self.messenger.after(item)
        for session in changed:  # one lock at a time: nobody waits for two
            with self.database.writing() as connection:
                connection.execute(use(session, now))

    def here(self, session: SessionId, now: datetime) -> frozenset[ParticipantId]:
        """Return who has a page open at a process that still runs."""
        query = select(presence.c.process, presence.c.participant, presence.c.said_at)
        with self.database.reading() as connection:
            found = connection.execute(query.where(presence.c.session == session)).all()
        running = {row.process for row in found if self.processes.is_running(row.process, row.said_at, now)}
        return frozenset(ParticipantId(row.participant) for row in found if row.process in running)
