"""Sessions come, hold rules, are presented, and go for good."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

import pytest
from sqlalchemy import func, select

from tests.contract.places import (
    DAY,
    MINUTE,
    NOON,
    OTHER,
    OWNER,
    SESSION,
    Place,
    append,
    before_it_writes,
    begun,
    entry,
    expire,
    joined,
    key,
    number_of,
    person,
)
from zt_planner.domain.session import ParticipantId, PresentedPage, Role, Rules, RulesSet, Snapshot
from zt_planner.store.changes import Revision
from zt_planner.store.session_store import SessionStore
from zt_planner.store.tables import metadata, schema

KEPT = 90
"""Days, unless an owner says otherwise."""


def rows_of(store: SessionStore) -> dict[str, int]:
    """Count the rows of every table that holds something of a session."""
    with store.database.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
            if table is not schema
        }


def test_an_empty_place_holds_nothing(place: Place) -> None:
    store = place.open()
    assert store.history.latest(SESSION) is None
    assert store.seats.by_key(key(OWNER)) is None
    assert store.seats.people(SESSION) == ()
    assert store.history.events(SESSION) == ()
    assert store.sessions.delete_expired(NOON) == 0


def test_a_new_session_has_its_owner_and_its_first_revision(place: Place) -> None:
    store = place.open()
    owner = person(OWNER, Role.OWNER)
    assert store.sessions.create(owner, key(OWNER), entry('{"first": 1}')) == Revision(1, '{"first": 1}')
    assert store.history.latest(SESSION) == Revision(1, '{"first": 1}')
    seat = store.seats.by_key(key(OWNER))
    assert seat is not None
    assert (seat.participant, seat.rules, seat.number) == (owner, Rules(), 1)
    assert (seat.presenter, seat.view) == (None, None)


def test_sessions_do_not_see_each_other(store: SessionStore) -> None:
    begun(store, OTHER, ParticipantId("theirs"))
    assert append(store, "mine").number == 2
    assert number_of(store, OTHER) == 1
    assert [found.id for found in store.seats.people(OTHER)] == ["theirs"]


RULES: tuple[RulesSet, ...] = ({"is_locked": True}, {"hides_rates": True, "hides_notes": False}, {"days_kept": 7})


@pytest.mark.parametrize("rules", RULES)
def test_rules_are_kept_and_hold_for_everyone(store: SessionStore, rules: RulesSet) -> None:
    joined(store, "viewer", Role.VIEWER)
    assert store.sessions.set_rules(SESSION, **rules, by=OWNER)
    for name in (OWNER, "viewer"):
        seat = store.seats.by_key(key(name))
        assert seat is not None
        assert seat.rules == Rules(**rules)


def test_each_rule_is_set_by_itself(store: SessionStore) -> None:
    assert set(RulesSet.__annotations__) == {field.name for field in fields(Rules)}
    for rules in RULES:
        assert store.sessions.set_rules(SESSION, **rules, by=OWNER)
    seat = store.seats.by_key(key(OWNER))
    assert seat is not None
    assert seat.rules == Rules(is_locked=True, hides_rates=True, hides_notes=False, days_kept=7)


def presented(store: SessionStore) -> tuple[ParticipantId | None, PresentedPage | None]:
    seat = store.seats.by_key(key(OWNER))
    assert seat is not None
    return seat.presenter, seat.view


def test_what_is_presented_is_kept_until_it_ends(store: SessionStore) -> None:
    joined(store, "viewer", Role.VIEWER)
    view = PresentedPage("budget", "run_rate")
    assert store.sessions.present(SESSION, view, by=OWNER)
    seat = store.seats.by_key(key("viewer"))
    assert seat is not None
    assert (seat.presenter, seat.view) == (OWNER, view)
    store.sessions.end_presenting(SESSION, ParticipantId("another"))
    assert presented(store) == (OWNER, view)
    store.sessions.end_presenting(SESSION, OWNER)
    assert presented(store) == (None, None)
    assert store.sessions.present(SESSION, view, by=OWNER)
    assert store.sessions.present(SESSION, None, by=OWNER)
    assert presented(store) == (None, None)


def test_who_presented_before_does_not_turn_or_end_what_another_presents_by_now(store: SessionStore) -> None:
    joined(store, "second", Role.OWNER)
    second, theirs = ParticipantId("second"), PresentedPage("roadmap")
    store.sessions.present(SESSION, PresentedPage("budget"), by=OWNER)
    store.sessions.present(SESSION, PresentedPage("budget", "peak"), by=OWNER, goes_on=True)
    assert presented(store) == (OWNER, PresentedPage("budget", "peak"))
    store.sessions.present(SESSION, theirs, by=second)
    store.sessions.present(SESSION, PresentedPage("nis2"), by=OWNER, goes_on=True)
    store.sessions.present(SESSION, None, by=OWNER)
    assert presented(store) == (second, theirs)


def test_a_deleted_session_leaves_nothing_and_takes_nothing_else_along(place: Place) -> None:
    store = place.open()
    begun(store, OTHER, ParticipantId("theirs"))
    before = rows_of(store)
    begun(store)
    joined(store, "editor", Role.EDITOR)
    store.history.name_snapshot(SESSION, Snapshot("first", 1, OWNER, NOON))
    store.presence.announce("process", [(SESSION, OWNER)], NOON)
    assert store.sessions.delete(SESSION, by=OWNER)
    assert rows_of(store) == before
    assert store.seats.by_key(key(OWNER)) is None
    assert store.seats.by_key(key("editor")) is None
    assert store.history.latest(OTHER) is not None


def test_a_change_of_a_session_that_is_gone_changes_nothing(store: SessionStore) -> None:
    assert store.sessions.delete(SESSION, by=OWNER)
    assert not store.sessions.set_rules(SESSION, is_locked=True, by=OWNER)
    assert not store.sessions.present(SESSION, PresentedPage("budget"), by=OWNER)
    assert not store.seats.set_link(SESSION, Role.EDITOR, key("link"), NOON, by=OWNER)
    assert not store.history.name_snapshot(SESSION, Snapshot("first", 1, OWNER, NOON))
    assert not store.history.forget_snapshot(SESSION, "first", by=OWNER)
    assert not store.seats.rename(OWNER, "Nobody")
    assert not store.sessions.delete(SESSION, by=OWNER)
    assert set(rows_of(store).values()) == {0}


def test_a_session_expires_after_so_many_days_without_use(store: SessionStore) -> None:
    assert store.sessions.delete_expired(NOON + KEPT * DAY) == 0
    assert expire(store, NOON + KEPT * DAY + MINUTE) == 1
    assert store.history.latest(SESSION) is None


def test_an_owner_decides_how_long_a_session_is_kept(store: SessionStore) -> None:
    store.sessions.set_rules(SESSION, days_kept=7, by=OWNER)
    begun(store, OTHER, ParticipantId("theirs"))
    assert expire(store, NOON + 8 * DAY) == 1
    assert store.history.latest(SESSION) is None
    assert store.history.latest(OTHER) is not None


AHEAD = NOON + 91 * DAY


@pytest.mark.parametrize(
    "looks",
    [
        [AHEAD, AHEAD + MINUTE, AHEAD + DAY - MINUTE],
        [AHEAD, NOON + DAY, AHEAD + DAY],
        [AHEAD, AHEAD + 300 * DAY],
        [AHEAD, AHEAD - 10 * MINUTE, AHEAD + DAY - 11 * MINUTE],
    ],
    ids=["within a day", "ahead, put right, and ahead again", "ahead twice", "set back in between"],
)
def test_a_clock_that_is_wrong_once_deletes_nothing(store: SessionStore, looks: list[datetime]) -> None:
    assert [store.sessions.delete_expired(now) for now in looks] == [0] * len(looks)
    assert store.history.latest(SESSION) is not None


def test_a_session_that_is_used_after_it_was_found_expired_stays(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    store = begun(place.open())
    assert store.sessions.delete_expired(AHEAD) == 0
    before_it_writes(
        monkeypatch, store, lambda: place.open().presence.announce("process", [(SESSION, OWNER)], AHEAD + DAY)
    )
    assert store.sessions.delete_expired(AHEAD + DAY) == 0
    assert store.history.latest(SESSION) is not None


def test_what_was_deleted_is_logged_by_its_number_and_nothing_that_opens_it(
    store: SessionStore, caplog: pytest.LogCaptureFixture
) -> None:
    assert store.sessions.delete_expired(AHEAD) == 0
    assert caplog.messages == []
    assert store.sessions.delete_expired(AHEAD + DAY) == 1
    assert caplog.messages == ["Sessions deleted, as nobody had used them for as many days as they are kept: 1"]


@pytest.mark.parametrize("use", ["change", "join", "open a page"])
def test_who_uses_a_session_keeps_it(store: SessionStore, use: str) -> None:
    later = NOON + 80 * DAY
    if use == "change":
        store.history.append(OWNER, entry(), based_on=1, now=later)
    elif use == "join":
        joined(store, "viewer", Role.VIEWER, later)
    else:
        store.presence.announce("process", [(SESSION, OWNER)], later)
    assert store.sessions.delete_expired(later + KEPT * DAY) == 0
    assert expire(store, later + KEPT * DAY + MINUTE) == 1


def test_a_clock_that_was_set_far_back_makes_no_session_unused(store: SessionStore) -> None:
    later = NOON + 80 * DAY
    store.presence.announce("process", [(SESSION, OWNER)], later)
    store.presence.announce("process", [(SESSION, OWNER)], NOON - 365 * DAY)
    joined(store, "viewer", Role.VIEWER, NOON - 365 * DAY)
    assert [store.sessions.delete_expired(later + days * DAY) for days in (KEPT - 1, KEPT)] == [0, 0]
    assert store.history.latest(SESSION) is not None


def test_what_a_dead_process_said_about_who_is_here_is_forgotten(place: Place) -> None:
    store = place.open()
    begun(store)
    store.presence.announce("dead", [(SESSION, OWNER)], NOON)
    store.presence.announce("alive", [(SESSION, OWNER)], NOON + 2 * DAY)
    assert rows_of(store)["presence"] == 2
    store.sessions.delete_expired(NOON + 2 * DAY)
    assert rows_of(store)["presence"] == 1
