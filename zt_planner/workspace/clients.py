"""The clients of somebody who signs in: what each of their sessions comes to, and the reviews that they keep of them.

A client is a session that is neither archived nor a copy. Only figures are kept, no plans: by what they follow from.
Laws: nobody is told of a session in which they have no seat, nor of amounts that are hidden from them, also in what
they kept while they had one, or saw them; what is due to others' hidden changes is counted for nobody who may not see
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cachetools import LRUCache
from pydantic import ValidationError

from zt_planner.domain.readings import without_accents
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import SessionId
from zt_planner.errors import PlanGone, TooManyReviews, UnreadableRevision
from zt_planner.topics.portfolio.clients import (
    Changed,
    ClientFigures,
    ClientRow,
    changed_since,
    next_review,
)
from zt_planner.topics.record.seen import seen_events
from zt_planner.topics.record.session import visibility_of
from zt_planner.workspace.keys import Account
from zt_planner.workspace.limits import Allowance
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.sharing.accounts import OwnSession
from zt_planner.workspace.sharing.session_cache import SessionCache
from zt_planner.workspace.state import State, saved_in

if TYPE_CHECKING:
    from zt_planner.store.session_store import SessionStore

MOST_CLIENTS = 100
"""On a page: those that were used last."""
MOST_REVIEWS = 36
"""By one account, of so many days."""
FIGURES_REMEMBERED = 2_000

ClientKey: TypeAlias = tuple[SessionId, str, bool, date]
"""What figures follow from: a revision, by its digest, whether day rates are shown, and the day."""


class ClientPlan(NamedTuple):
    """A plan whose figures are asked for."""

    key: ClientKey
    scenario: Scenario
    shows_labour: bool


class Review(NamedTuple):
    """What somebody kept on a day, by session; `left_out` counts the sessions in which they have no seat now."""

    rows: dict[SessionId, ClientRow]
    left_out: int


class OwnClients:
    """The clients of accounts, and their reviews; several threads may use it at once."""

    def __init__(self, store: SessionStore, plans: Plans, cache: SessionCache, write_allowance: Allowance) -> None:
        self.store, self.plans, self.cache, self.write_allowance = store, plans, cache, write_allowance
        self._figures: LRUCache[ClientKey, ClientFigures | None] = LRUCache(FIGURES_REMEMBERED)
        self._lock = Lock()

    @staticmethod
    def among(sessions: Iterable[OwnSession]) -> tuple[OwnSession, ...]:
        """Return the sessions that are clients, each once, the one that was used last first."""
        found: dict[SessionId, OwnSession] = {}
        for own in sessions:
            if not own.is_archived and not own.is_copy:
                found.setdefault(own.me.session, own)
        return tuple(found.values())

    def _key(self, own: OwnSession) -> ClientKey:
        return own.me.session, own.seat.digest, own.seat.sees_labour, self.plans.today()

    def missing(self, sessions: Iterable[OwnSession]) -> tuple[ClientPlan, ...]:
        """Return the plans of clients whose figures are not known; raise StoreError.

        What cannot be read is known not to have any.
        """
        with self._lock:
            unknown = [own for own in sessions if self._key(own) not in self._figures]
        found = []
        for own in unknown:
            try:
                found.append(ClientPlan(self._key(own), self.scenario(own), own.seat.sees_labour))
            except (PlanGone, UnreadableRevision):
                self.learn({self._key(own): None})
        return tuple(found)

    def scenario(self, own: OwnSession) -> Scenario:
        """Return the plan of a session; raise StoreError, PlanGone or UnreadableRevision."""
        try:
            return saved_in(self.cache.latest(own.seat).content).base
        except ValidationError:  # another version of the program has written it
            raise UnreadableRevision from None

    def learn(self, figures: Mapping[ClientKey, ClientFigures | None]) -> None:
        """Remember figures."""
        with self._lock:
            self._figures.update(figures)

    def rows(self, account: Account, sessions: Iterable[OwnSession]) -> dict[SessionId, ClientRow]:
        """Return the clients whose figures are known, by their sessions, in the order of names; raise StoreError."""
        today, reviews = self.plans.today(), self.reviews(account)
        found: dict[SessionId, ClientRow] = {}
        for own in sessions:
            with self._lock:
                figures = self._figures.get(self._key(own))
            if figures is not None:
                kept = {day: each.rows[own.me.session] for day, each in reviews.items() if own.me.session in each.rows}
                due = next_review(figures, max(kept, default=None))
                changed = self._changed(own, {day: row for day, row in kept.items() if day < today}, figures)
                found[own.me.session] = ClientRow(figures=figures, next_review=due, changed=changed)
        return _sorted(found)

    def _changed(self, own: OwnSession, kept: Mapping[date, ClientRow], figures: ClientFigures) -> Changed:
        """Return what has changed since the last review; before there is one, what others have done since a visit."""
        if kept:
            return changed_since(max(kept), kept[max(kept)].figures, figures)
        return self._changed_by_others(own)

    def _changed_by_others(self, own: OwnSession) -> Changed:
        """Count what others have done since a visit, as far as one may see it."""
        events = seen_events(self.cache.events(own.seat), visibility_of(own.seat))
        count = sum(event.at > own.seen_at and event.participant != own.me.id for event in events)
        return Changed(since=own.seen_at.date(), by_others=count)

    # Reviews

    def reviews(self, account: Account) -> dict[date, Review]:
        """Return what an account keeps by day, the latest first, as it may see it now; raise StoreError."""
        seats = {held.seat.participant.session: held.seat for held in self.store.held_seats.of(account.id)}
        found: dict[date, Review] = {}
        for kept in self.store.reviews.of(account.id):
            review = found.setdefault(kept.day, Review({}, 0))
            row = _row_in(kept.content) if kept.session in seats else None
            if row is None:
                found[kept.day] = review._replace(left_out=review.left_out + 1)
            elif row.figures.shows_labour and not seats[kept.session].sees_labour:
                review.rows[kept.session] = row.without_amounts()
            else:
                review.rows[kept.session] = row
        return {day: review._replace(rows=_sorted(review.rows)) for day, review in found.items()}

    def keep_review(self, account: Account, state: State, rows: Mapping[SessionId, ClientRow]) -> None:
        """Keep clients as they are today, in the place of what was kept today; raise PlannerError."""
        contents = {session: row.model_dump_json() for session, row in rows.items()}
        self.write_allowance.check(state.address)
        if not self.store.reviews.save(account.id, self.plans.today(), contents, most=MOST_REVIEWS):
            raise TooManyReviews(most=MOST_REVIEWS)
        self.write_allowance.charge(state.address, sum(map(len, contents.values())))

    def delete_review(self, account: Account, day: date) -> None:
        """Forget the review of a day."""
        self.store.reviews.delete(account.id, day)


def _sorted(rows: Mapping[SessionId, ClientRow]) -> dict[SessionId, ClientRow]:
    """Return clients in the order of their names, whatever was used last; those without one at the end."""

    def rank(item: tuple[SessionId, ClientRow]) -> tuple[bool, str, SessionId]:
        company = item[1].figures.company
        return not company, without_accents(company), item[0]

    return dict(sorted(rows.items(), key=rank))


def _row_in(content: str) -> ClientRow | None:
    """Return what was kept; None where another version of the program has written it."""
    try:
        return ClientRow.model_validate_json(content)
    except ValidationError:
        return None
