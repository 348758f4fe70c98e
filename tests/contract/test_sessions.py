"""Sessions come, hold rules, are presented, and go for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from tests.contract.places import (
    DAY,
    MINUTE,
    NOON,
    OTHER,
    OWNER,
    SESSION,
    append,
    begun,
    entry,
    joined,
    key,
    number_of,
    person,
)
from zt_planner.domain.session import ParticipantId, Role, Rules, Snapshot, View
from zt_planner.store.protocol import Revision
from zt_planner.store.tables import metadata, schema

if TYPE_CHECKING:
    from tests.contract.places import Place
    from zt_planner.store.protocol import SessionStore
    from zt_planner.store.sql import SqlStore

KEPT = 90
"""Days, unless an owner says otherwise."""


def rows_of(store: SqlStore) -> dict[str, int]:
    """Count the rows of every table that holds something of a session."""
    with store.database.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
            if table is not schema
        }


def test_an_empty_place_holds_nothing(place: Place) -> None:
    store = place.open()
    assert store.latest(SESSION) is None
    assert store.seat(key(OWNER)) is None
    assert store.people(SESSION) == ()
    assert store.events(SESSION) == ()
    assert store.delete_expired(NOON) == 0


def test_a_new_session_has_its_owner_and_its_first_revision(place: Place) -> None:
    store = place.open()
    owner = person(OWNER, Role.OWNER)
    assert store.create(owner, key(OWNER), entry('{"first": 1}')) == Revision(1, '{"first": 1}')
    assert store.latest(SESSION) == Revision(1, '{"first": 1}')
    seat = store.seat(key(OWNER))
    assert seat is not None
    assert (seat.participant, seat.rules, seat.number) == (owner, Rules(), 1)
    assert (seat.presenter, seat.view) == (None, None)


def test_sessions_do_not_see_each_other(store: SessionStore) -> None:
    begun(store, OTHER, ParticipantId("theirs"))
    assert append(store, "mine").number == 2
    assert number_of(store, OTHER) == 1
    assert [found.id for found in store.people(OTHER)] == ["theirs"]


@pytest.mark.parametrize(
    "rules", [Rules(is_locked=True), Rules(hides_rates=True, hides_notes=False), Rules(days_kept=7)]
)
def test_rules_are_kept_and_hold_for_everyone(store: SessionStore, rules: Rules) -> None:
    joined(store, "viewer", Role.VIEWER)
    store.set_rules(SESSION, rules)
    for name in (OWNER, "viewer"):
        seat = store.seat(key(name))
        assert seat is not None
        assert seat.rules == rules


def test_what_is_presented_is_kept_until_it_ends(store: SessionStore) -> None:
    joined(store, "viewer", Role.VIEWER)
    store.present(SESSION, OWNER, View("budget", "run_rate"))
    seat = store.seat(key("viewer"))
    assert seat is not None
    assert (seat.presenter, seat.view) == (OWNER, View("budget", "run_rate"))
    store.end_presenting(SESSION, ParticipantId("another"))
    seat = store.seat(key(OWNER))
    assert seat is not None
    assert seat.presenter == OWNER
    store.end_presenting(SESSION, OWNER)
    seat = store.seat(key(OWNER))
    assert seat is not None
    assert (seat.presenter, seat.view) == (None, None)
    store.present(SESSION, OWNER, View("budget", "run_rate"))
    store.present(SESSION, None, None)
    seat = store.seat(key("viewer"))
    assert seat is not None
    assert (seat.presenter, seat.view) == (None, None)


def test_a_deleted_session_leaves_nothing_and_takes_nothing_else_along(place: Place) -> None:
    store = place.open()
    begun(store, OTHER, ParticipantId("theirs"))
    before = rows_of(store)
    begun(store)
    joined(store, "editor", Role.EDITOR)
    store.name_snapshot(SESSION, Snapshot("first", 1, OWNER, NOON))
    store.announce("process", [(SESSION, OWNER)], NOON)
    store.delete(SESSION)
    assert rows_of(store) == before
    assert store.seat(key(OWNER)) is None
    assert store.seat(key("editor")) is None
    assert store.latest(OTHER) is not None


def test_a_change_of_a_session_that_is_gone_changes_nothing(store: SqlStore) -> None:
    store.delete(SESSION)
    store.set_rules(SESSION, Rules(is_locked=True))
    store.present(SESSION, OWNER, View("budget"))
    store.set_link(SESSION, Role.EDITOR, key("link"), NOON, stays=OWNER)
    store.name_snapshot(SESSION, Snapshot("first", 1, OWNER, NOON))
    store.rename(OWNER, "Nobody")
    store.touch(OWNER, NOON)
    store.delete(SESSION)
    assert set(rows_of(store).values()) == {0}


def test_a_session_expires_after_so_many_days_without_use(store: SessionStore) -> None:
    assert store.delete_expired(NOON + KEPT * DAY) == 0
    assert store.delete_expired(NOON + KEPT * DAY + MINUTE) == 1
    assert store.latest(SESSION) is None


def test_an_owner_decides_how_long_a_session_is_kept(store: SessionStore) -> None:
    store.set_rules(SESSION, Rules(days_kept=7))
    begun(store, OTHER, ParticipantId("theirs"))
    assert store.delete_expired(NOON + 8 * DAY) == 1
    assert store.latest(SESSION) is None
    assert store.latest(OTHER) is not None


@pytest.mark.parametrize("use", ["change", "join", "open a page", "touch"])
def test_who_uses_a_session_keeps_it(store: SessionStore, use: str) -> None:
    later = NOON + 80 * DAY
    if use == "change":
        store.append(OWNER, entry(), based_on=1, now=later)
    elif use == "join":
        joined(store, "viewer", Role.VIEWER, later)
    elif use == "open a page":
        store.announce("process", [(SESSION, OWNER)], later)
    else:
        store.touch(OWNER, later)
    assert store.delete_expired(later + KEPT * DAY) == 0
    assert store.delete_expired(later + KEPT * DAY + MINUTE) == 1


def test_what_a_dead_process_said_about_who_is_here_is_forgotten(place: Place) -> None:
    store = place.open()
    begun(store)
    store.announce("dead", [(SESSION, OWNER)], NOON)
    store.announce("alive", [(SESSION, OWNER)], NOON + 2 * DAY)
    assert rows_of(store)["presence"] == 2
    store.delete_expired(NOON + 2 * DAY)
    assert rows_of(store)["presence"] == 1
