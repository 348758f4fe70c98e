"""Reviews: kept by day, each session by itself, and gone with it; nobody reaches another account's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.contract.places import Place
from tests.contract.test_accounts import ANNA, BEN, Office
from tests.contract.test_backup import backup_of, lines_of
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import Role, SessionId
from zt_planner.workspace import State
from zt_planner.workspace.jobs.clients import clients_job
from zt_planner.workspace.runners.job_runner import Ticket

DAY = date(2026, 11, 6)
MOST = 3


@pytest.fixture
def office(place: Place, price_book: PriceBook, phase_model: PhaseModel, today: date) -> Office:
    """Return a store that consultants use who sign in."""
    return Office(place, price_book, phase_model, today)


def session(state: State) -> SessionId:
    """Return the session of a page."""
    assert state.session is not None
    return state.session


def test_a_review_is_kept_by_its_day_and_replaced_on_the_same_day(office: Office) -> None:
    its = session(office.begun(ANNA))
    reviews = office.store.reviews
    for day, content in ((DAY, "first"), (DAY, "second"), (DAY + timedelta(1), "later")):
        assert reviews.save(ANNA.id, day, {its: content}, most=MOST)
    assert [(kept.day, kept.content) for kept in reviews.of(ANNA.id)] == [
        (DAY + timedelta(1), "later"),
        (DAY, "second"),
    ]
    assert reviews.of(BEN.id) == ()
    reviews.delete(BEN.id, DAY)
    reviews.delete(ANNA.id, DAY)
    assert [kept.content for kept in reviews.of(ANNA.id)] == ["later"]


def test_no_more_days_are_kept_than_there_may_be(office: Office) -> None:
    its = session(office.begun(ANNA))
    kept = [office.store.reviews.save(ANNA.id, DAY + timedelta(day), {its: ""}, most=MOST) for day in range(MOST + 1)]
    assert kept == [True] * MOST + [False]
    assert office.store.reviews.save(ANNA.id, DAY, {its: "again"}, most=MOST)


def test_what_is_kept_of_a_session_goes_with_it_and_nothing_is_kept_of_one_that_is_gone(office: Office) -> None:
    state, other = office.begun(ANNA), office.begun(BEN)
    contents = {session(state): "Anna's", session(other): "Ben's"}
    office.store.reviews.save(ANNA.id, DAY, contents, most=MOST)
    office.workspace.people.delete(state)
    assert [kept.content for kept in office.store.reviews.of(ANNA.id)] == ["Ben's"]
    office.store.reviews.save(ANNA.id, DAY, contents, most=MOST)
    assert [kept.content for kept in office.store.reviews.of(ANNA.id)] == ["Ben's"]


def test_a_backup_holds_reviews(office: Office) -> None:
    office.store.reviews.save(ANNA.id, DAY, {session(office.begun(ANNA)): "kept"}, most=MOST)
    assert any('"content": "kept"' in line for line in lines_of(backup_of(office.store)))


def test_who_lost_a_seat_or_sees_no_rates_any_more_sees_nothing_of_them_in_what_was_kept(office: Office) -> None:
    state = office.begun(ANNA)
    ben = office.joined(state, Role.EDITOR, BEN)
    clients, accounts = office.workspace.clients, office.workspace.accounts
    its = session(state)
    plans = clients.missing(accounts.sessions(BEN))
    clients.learn(clients_job(office.workspace, BEN, ben, plans).work(Ticket()))
    rows = clients.rows(BEN, accounts.sessions(BEN))
    clients.keep_review(BEN, ben, rows)
    assert ben.me is not None
    assert clients.reviews(BEN)[office.workspace.today()].rows[its].figures.promised_budget is not None
    office.workspace.people.set_role(state, ben.me.id, Role.VIEWER)
    office.workspace.people.set_rules(state, hides_rates=True)
    assert clients.reviews(BEN)[office.workspace.today()].rows[its].figures.promised_budget is None
    office.workspace.people.remove(state, ben.me.id)
    review = clients.reviews(BEN)[office.workspace.today()]
    assert (review.rows, review.left_out) == ({}, 1)
