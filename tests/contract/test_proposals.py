"""Proposals are kept with their session: numbered, decided once, by those who may."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.contract.places import NOON, OWNER, SESSION, change, entry, joined, key, person
from tests.contract.test_backup import backup_of, restored
from zt_planner.domain.session import CopiedFrom, ParticipantId, Proposal, ProposalEnd, Role, Rules, SessionId
from zt_planner.store import proposals
from zt_planner.store.session_store import SessionStore

VIEWER, COPY = ParticipantId("viewer"), SessionId("copy")
CHANGES = (change("company.employees", 120, 150),)


def made(by: ParticipantId = VIEWER) -> Callable[[Sequence[Proposal]], Proposal]:
    """Return what makes the next proposal."""
    return lambda known: Proposal(known[-1].number + 1 if known else 1, by, NOON, "", CHANGES)


@pytest.fixture
def asked(store: SessionStore) -> SessionStore:
    """Return a store with a session in which a viewer has proposed something."""
    joined(store, VIEWER, Role.VIEWER)
    assert store.proposals.add(SESSION, made(), by=VIEWER)
    return store


def test_a_viewer_proposes_and_somebody_who_may_change_the_plan_decides_once(asked: SessionStore) -> None:
    assert asked.proposals.of(SESSION) == (Proposal(1, VIEWER, NOON, "", CHANGES),)
    assert asked.proposals.latest_by(OWNER, SESSION) is None
    assert asked.proposals.latest_by(VIEWER, SESSION) == asked.proposals.of(SESSION)[0]
    owner = asked.seats.by_key(key(OWNER))
    assert owner is not None
    assert (owner.proposals_made, owner.proposals_open) == (1, 1)
    before = owner.stamp
    assert not asked.proposals.end(SESSION, 1, ProposalEnd.DECLINED, NOON, by=VIEWER)
    assert asked.proposals.end(SESSION, 1, ProposalEnd.TAKEN_OVER, NOON, by=OWNER)
    assert not asked.proposals.end(SESSION, 1, ProposalEnd.DECLINED, NOON, by=OWNER)
    (decided,) = asked.proposals.of(SESSION)
    assert (decided.end, decided.ended_by, decided.ended_at) == (ProposalEnd.TAKEN_OVER, OWNER, NOON)
    now = asked.seats.by_key(key(OWNER))
    assert now is not None
    assert (now.proposals_made, now.proposals_open, now.stamp == before) == (1, 0, False)
    assert asked.proposals.of(SESSION, is_open=True) == ()


def test_the_oldest_that_was_decided_makes_room_and_those_that_wait_stay(
    asked: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "MOST_KEPT", 2)
    for number in (2, 3, 4):
        assert asked.proposals.add(SESSION, made(), by=VIEWER)
        assert asked.proposals.end(SESSION, number, ProposalEnd.DECLINED, NOON, by=OWNER)
    assert asked.proposals.add(SESSION, made(), by=VIEWER)
    assert [proposal.number for proposal in asked.proposals.of(SESSION)] == [1, 4, 5]
    owner = asked.seats.by_key(key(OWNER))
    assert owner is not None
    assert (owner.proposals_made, owner.proposals_open) == (5, 2)


def test_nobody_without_a_seat_proposes_and_nobody_decides_in_a_locked_session(asked: SessionStore) -> None:
    assert asked.seats.remove(VIEWER, by=OWNER)
    assert not asked.proposals.add(SESSION, made(), by=VIEWER)
    assert not asked.proposals.add(SESSION, made(), by=ParticipantId("stranger"))
    assert asked.sessions.set_rules(SESSION, by=OWNER, is_locked=True)
    assert not asked.proposals.end(SESSION, 1, ProposalEnd.DECLINED, NOON, by=OWNER)
    assert len(asked.proposals.of(SESSION)) == 1


def test_a_viewers_page_is_told_of_no_proposal(asked: SessionStore) -> None:
    viewer = asked.seats.by_key(key(VIEWER))
    assert viewer is not None
    assert (viewer.proposals_made, viewer.proposals_open) == (0, 0)


def test_a_copy_knows_where_it_is_from_and_outlives_that(asked: SessionStore) -> None:
    mine = person("copier", Role.OWNER, COPY)
    asked.sessions.create(mine, key("copier"), entry(), copied_from=CopiedFrom(VIEWER, "b"))
    assert asked.sessions.delete(SESSION, by=OWNER)
    assert asked.proposals.of(SESSION) == ()
    seat = asked.seats.by_key(key("copier"))
    assert seat is not None
    assert seat.copied_from == CopiedFrom(VIEWER, "b")
    assert seat.rules == Rules()
    assert asked.sessions.delete(COPY, by=mine.id)


def test_a_backup_holds_proposals_and_copies(asked: SessionStore) -> None:
    owner = person("copier", Role.OWNER, COPY)
    asked.sessions.create(owner, key("copier"), entry(), copied_from=CopiedFrom(VIEWER, "b"))
    restored(asked, backup_of(asked), replaces=True)
    assert asked.proposals.of(SESSION)[0].changes == CHANGES
    seat = asked.seats.by_key(key("copier"))
    assert seat is not None
    assert seat.copied_from == CopiedFrom(VIEWER, "b")
