"""What participants propose to a session out of copies of their own, and what becomes of it.

Laws: whoever has a seat proposes; whoever may change the plan decides, once; numbers rise by one; a proposal that waits
is kept, a decided one is deleted once `MOST_KEPT` newer ones were made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Executable, Update, delete, func, insert, select, update

from zt_planner.domain.session import ParticipantId, Proposal, ProposalEnd, SessionId
from zt_planner.store.news.news import News
from zt_planner.store.rows import proposal_of, proposal_values
from zt_planner.store.tables import proposals
from zt_planner.store.transactions import Transactions, editable_by, seated

MOST_KEPT = 500
"""Of a session."""


def _proposals_of(connection: Connection, session: SessionId, *, is_open: bool = False) -> tuple[Proposal, ...]:
    query = select(proposals).where(proposals.c.session == session).order_by(proposals.c.number)
    query = query.where(proposals.c.end.is_(None)) if is_open else query
    return tuple(map(proposal_of, connection.execute(query).all()))


def ended(number: int, end: ProposalEnd, session: SessionId, by: ParticipantId, now: datetime) -> Update:
    """Return the statement that decides on a proposal, if it is open."""
    its = (proposals.c.session == session) & (proposals.c.number == number) & proposals.c.end.is_(None)
    return update(proposals).where(its).values(end=end, ended_by=by, ended_at=now)


@dataclass(eq=False)
class Proposals:
    """The proposals of sessions."""

    transactions: Transactions

    def of(self, session: SessionId, *, is_open: bool = False) -> tuple[Proposal, ...]:
        """Return what was proposed to a session, or what is open of it, the oldest first."""
        with self.transactions.reading() as connection:
            return _proposals_of(connection, session, is_open=is_open)

    def latest_by(self, participant: ParticipantId, session: SessionId) -> Proposal | None:
        """Return what somebody has proposed last to a session."""
        its = (proposals.c.session == session) & (proposals.c.participant == participant)
        with self.transactions.reading() as connection:
            row = connection.execute(select(proposals).where(its).order_by(proposals.c.number.desc())).first()
        return None if row is None else proposal_of(row)

    def add(self, session: SessionId, make: Callable[[Sequence[Proposal]], Proposal], *, by: ParticipantId) -> bool:
        """Keep a proposal of somebody who has a seat; `make` is given the known ones, and what it raises is raised."""

        def added(connection: Connection) -> Executable:
            return insert(proposals).values(proposal_values(make(_proposals_of(connection, session)), session))

        of_session = proposals.c.session == session
        last = select(func.max(proposals.c.number)).where(of_session).scalar_subquery()
        outdated = delete(proposals).where(
            of_session, proposals.c.end.is_not(None), proposals.c.number <= last - MOST_KEPT
        )
        return self.transactions.change(News(session, "people"), added, outdated, provided=seated(by))

    def end(self, session: SessionId, number: int, end: ProposalEnd, now: datetime, *, by: ParticipantId) -> bool:
        """Decide on an open proposal, as somebody who may change the plan; return False where that is not so."""
        its = (proposals.c.session == session) & (proposals.c.number == number)
        may_change, is_open = editable_by(by), select(proposals.c.number).where(its, proposals.c.end.is_(None))

        def may_end(connection: Connection, its_session: SessionId) -> bool:
            return connection.execute(is_open).first() is not None and may_change(connection, its_session)

        decided = ended(number, end, session, by, now)
        return self.transactions.change(News(session, "people"), decided, provided=may_end)
