"""Sessions as a whole: created, deleted, expired; their rules, and what an owner presents in them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Unpack

from sqlalchemy import Connection, Executable, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from zt_planner.domain.session import (
    BrowserId,
    CopiedFrom,
    Participant,
    ParticipantId,
    PresentedPage,
    Rules,
    RulesSet,
    SessionId,
)
from zt_planner.metrics import EDITS
from zt_planner.store.changes import KeyHash, NewRevision, Revision, StaleRevisionError
from zt_planner.store.contents import kept_whole
from zt_planner.store.news.news import News
from zt_planner.store.people.presence import locked_in_order
from zt_planner.store.rows import entry_values, participant_values, rules_json, rules_of, stored_bytes, view_json
from zt_planner.store.tables import OF_A_SESSION, copies, participants, presence, revisions, sessions
from zt_planner.store.transactions import Transactions, lock, owned_by

SECONDS_A_DAY = 86_400
WAITS_FOR, STILL_HOLDS = timedelta(days=1), timedelta(days=30)
"""How long ago an expired session must have been noticed to be removed, and at most (ADR 0043)."""
FORGOTTEN_AFTER = timedelta(days=1)
"""What a process that died has said about who is here."""
_LAST_SAVED = select(func.max(revisions.c.saved_at)).where(revisions.c.session == sessions.c.id).scalar_subquery()
USE = select(
    sessions.c.id,
    sessions.c.used_at,
    sessions.c.rules,
    sessions.c.expired_at,
    _LAST_SAVED.label("latest"),
)

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Sessions:
    """Sessions; `rules` hold in a new one until its owner changes them."""

    transactions: Transactions
    rules: Rules

    def create(
        self,
        owner: Participant,
        key: KeyHash,
        entry: NewRevision,
        *,
        browser: BrowserId | None = None,
        copied_from: CopiedFrom | None = None,
        origin: str = "",
    ) -> Revision:
        """Keep a new session with its owner and its first revision, 1; StaleRevisionError where the key has one."""
        at = owner.joined_at
        values = entry_values(entry, kept_whole(1, entry.content), owner.session, 1, owner.id, at)
        own = {**participant_values(owner), "key": key, "browser": browser, "place": 1}
        try:
            with self.transactions.writing() as (connection, tell):
                connection.execute(insert(sessions).values(id=owner.session, used_at=at, rules=rules_json(self.rules)))
                connection.execute(insert(participants).values(own))
                connection.execute(insert(revisions).values(values))
                if copied_from is not None:
                    copied = {"source": copied_from.participant, "mark": copied_from.mark}
                    connection.execute(insert(copies).values(session=owner.session, **copied))
                tell(News(owner.session, "plan", 1, origin))
        except IntegrityError:
            with self.transactions.reading() as connection:
                if connection.execute(select(participants.c.id).where(participants.c.key == key)).first() is None:
                    raise
            raise StaleRevisionError from None  # another tab of the same browser was faster
        EDITS.inc()
        return Revision(1, entry.content, stored_bytes(values))

    def set_rules(self, session: SessionId, *, by: ParticipantId, **rules: Unpack[RulesSet]) -> bool:
        """Change some rules of a session, as an owner; the others stay."""
        its = sessions.c.id == session

        def changed(connection: Connection) -> Executable:
            before = rules_of(connection.execute(select(sessions.c.rules).where(its)).scalar_one())
            return update(sessions).where(its).values(rules=rules_json(replace(before, **rules)))

        return self.transactions.change(News(session, "people"), changed, provided=owned_by(by))

    def present(
        self, session: SessionId, view: PresentedPage | None, *, by: ParticipantId, goes_on: bool = False
    ) -> bool:
        """Keep what an owner presents; None ends it. Whoever goes on, or ends it, changes nothing of another's."""
        changed = update(sessions).where(sessions.c.id == session)
        if view is None or goes_on:
            changed = changed.where(sessions.c.presenter == by)
        changed = changed.values(presenter=None if view is None else by, view=view_json(view))
        return self.transactions.change(News(session, "people"), changed, provided=owned_by(by))

    def end_presenting(self, session: SessionId, presenter: ParticipantId) -> None:
        """End what somebody presents; another presenter goes on."""
        its = (sessions.c.id == session) & (sessions.c.presenter == presenter)
        self.transactions.change(News(session, "people"), update(sessions).where(its).values(presenter=None, view=None))

    def delete(self, session: SessionId, *, by: ParticipantId) -> bool:
        """Remove a session for good, as an owner: people, links, revisions, snapshots."""
        return self.transactions.change(News(session, "gone"), *_removal(session), provided=owned_by(by))

    def delete_expired(self, now: datetime) -> int:
        """Remove the sessions that were not used for as many days as they are kept; return how many (ADR 0043).

        A session is used when it is changed, joined, or a page of it is opened or closed. It is removed only if it was
        expired a day ago, too: a clock that is wrong once deletes nothing.
        """
        with self.transactions.reading() as connection:
            rows = connection.execute(USE).all()
        gone = sum(self._expire(SessionId(row.id), now) for row in rows if row.expired_at or _is_expired(row, now))
        if gone:
            _log.warning("Sessions deleted, as nobody had used them for as many days as they are kept: %d", gone)
        is_old = or_(presence.c.said_at < now - FORGOTTEN_AFTER, presence.c.said_at > now + FORGOTTEN_AFTER)
        with self.transactions.writing() as (connection, _):
            connection.execute(delete(presence).where(is_old))
        return gone

    def _expire(self, session: SessionId, now: datetime) -> bool:
        """Remove an expired session, or note since when it is expired; tell whether it was removed."""
        its = sessions.c.id == session
        with self.transactions.writing() as (connection, tell):
            if not lock(connection, session):
                return False
            row = connection.execute(USE.where(its)).one()
            since = _expired_since(row, now)
            if since is None or now - since < WAITS_FOR:
                connection.execute(update(sessions).where(its).values(expired_at=since))
                return False
            for statement in _removal(session):
                connection.execute(statement)
            tell(News(session, "gone"))
        return True

    def counts(self) -> tuple[int, int]:
        """Return how many sessions there are, and how many people have a seat, for a monitor."""
        seats = select(func.count()).select_from(participants).where(participants.c.key.is_not(None))
        with self.transactions.reading(is_probe=True) as connection:
            return (
                connection.execute(select(func.count()).select_from(sessions)).scalar_one(),
                connection.execute(seats).scalar_one(),
            )


def _removal(session: SessionId) -> Iterator[Executable]:
    """Yield the statements that remove a session with all that belongs to it."""
    yield locked_in_order(presence.c.session == session)
    for table in OF_A_SESSION:
        yield delete(table).where(table.c.session == session)
    yield delete(sessions).where(sessions.c.id == session)


def _is_expired(row: Any, now: datetime) -> bool:  # noqa: ANN401 - SQLAlchemy's rows have the columns that were asked for
    used = max(row.used_at, row.latest or row.used_at)
    return bool((now - used).total_seconds() > rules_of(row.rules).days_kept * SECONDS_A_DAY)


def _expired_since(row: Any, now: datetime) -> datetime | None:  # noqa: ANN401 - as above
    """Return since when a session is known to be expired, now at the latest; None if it is not.

    A time in the future, or very long ago, counts as now: a clock was set, or nobody has looked meanwhile.
    """
    if not _is_expired(row, now):
        return None
    noted = row.expired_at
    return noted if noted is not None and timedelta(0) <= now - noted <= STILL_HOLDS else now
