"""Who has a page open, at any process: each process announces it repeatedly, and counts for as long as it does.

Law: no clock that is set ends a process or revives one. A process with a new announcement since a look that was less
than `STILL_HERE` ago runs, whatever time it names; that time counts only if nobody has looked for so long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple

from cachetools import LRUCache
from sqlalchemy import ColumnElement, Select, delete, insert, select, update

from zt_planner.domain.session import ParticipantId, SessionId
from zt_planner.store.news.news import News
from zt_planner.store.tables import participants, presence
from zt_planner.store.transactions import Transactions, mark_used

STILL_HERE = timedelta(seconds=80)
"""How long an announcement counts; each process repeats it every 30 seconds."""
CLOCKS_APART = timedelta(minutes=2)
"""Of two servers, at most. An announcement from further in the future was made before a clock was set back."""
PROCESSES_REMEMBERED = 1000


class _Heard(NamedTuple):
    """The last announcement of a process; by this process's monotonic clock, when it was made and last looked at."""

    said_at: datetime
    said: float
    looked: float


class Processes:
    """Which processes run, by their latest announcements."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._heard: LRUCache[str, _Heard] = LRUCache(PROCESSES_REMEMBERED)
        self._lock = Lock()

    def is_running(self, process: str, said_at: datetime, now: datetime) -> bool:
        """Tell whether a process runs whose latest announcement was at `said_at`, by its own clock."""
        at, longest = self._clock(), STILL_HERE.total_seconds()
        with self._lock:
            known = self._heard.get(process)
            if known is not None and known.said_at == said_at:
                said = known.said
            elif known is not None and at - known.looked <= longest:
                said = at
            else:
                said = at - (now - said_at).total_seconds() if now - said_at >= -CLOCKS_APART else -inf
            self._heard[process] = _Heard(said_at, said, at)
        return at - said <= longest


def locked_in_order(of: ColumnElement[bool]) -> Select[Any]:
    """Return the query that locks rows of presence, always in the same order."""
    return select(presence).where(of).order_by(*presence.primary_key).with_for_update()


@dataclass(eq=False)
class Presence:
    """Who has a page open."""

    transactions: Transactions
    processes: Processes = field(default_factory=Processes)

    def announce(self, process: str, here: Sequence[tuple[SessionId, ParticipantId]], now: datetime) -> None:
        """Replace the list of who has a page open at this process; their sessions are in use."""
        its = presence.c.process == process
        wanted = sorted(set(here))
        with self.transactions.writing() as (connection, tell):
            announced = {(row.session, row.participant) for row in connection.execute(locked_in_order(its)).all()}
            connection.execute(delete(presence).where(its))
            if wanted:
                rows = [{"session": session, "participant": participant} for session, participant in wanted]
                connection.execute(insert(presence).values(process=process, said_at=now), rows)
            changed = sorted({SessionId(session) for session, _ in announced ^ set(wanted)})
            for session in changed:
                tell(News(session, "people"))
        for session in changed:  # one lock at a time: no deadlocks
            with self.transactions.writing() as (connection, _):
                connection.execute(mark_used(session, now))
                people = [person for its, person in announced ^ set(wanted) if its == session]
                came = update(participants).where(participants.c.id.in_(sorted(people))).values(seen_at=now)
                connection.execute(came)

    def here(self, session: SessionId, now: datetime) -> frozenset[ParticipantId]:
        """Return who has a page open at a process that still runs."""
        query = select(presence.c.process, presence.c.participant, presence.c.said_at)
        with self.transactions.reading() as connection:
            rows = connection.execute(query.where(presence.c.session == session)).all()
        running = {row.process for row in rows if self.processes.is_running(row.process, row.said_at, now)}
        return frozenset(ParticipantId(row.participant) for row in rows if row.process in running)
