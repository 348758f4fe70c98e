"""Revisions: numbered by one, refused where they would overwrite, kept to the letter, with what was done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.places import (
    DAY,
    MINUTE,
    NOON,
    OWNER,
    SESSION,
    Place,
    append,
    begun,
    change,
    entry,
    file_in,
    joined,
    number_of,
    numbers,
    opened,
)
from zt_planner.domain.session import Event, EventKind, Outcome, ParticipantId, Role, Snapshot
from zt_planner.store.changes import Revision, StaleRevisionError, WriteRefused
from zt_planner.store.session_store import SessionStore

GUEST = ParticipantId("guest")


def test_numbers_rise_by_one(store: SessionStore) -> None:
    for number in range(2, 7):
        content = f'{{"n": {number}}}'
        assert store.history.append(OWNER, entry(content), based_on=number - 1, now=NOON) == Revision(number, content)
        assert store.history.latest(SESSION) == Revision(number, content)
    assert store.history.revision(SESSION, 3) == Revision(3, '{"n": 3}')
    assert store.history.revision(SESSION, 7) is None


@pytest.mark.parametrize("based_on", [-1, 0, 1, 3, 1000])
def test_an_append_that_is_not_based_on_the_latest_is_refused(store: SessionStore, based_on: int) -> None:
    append(store, "second")
    with pytest.raises(StaleRevisionError):
        store.history.append(OWNER, entry("overwrites what it has not seen"), based_on=based_on, now=NOON)
    assert store.history.latest(SESSION) == Revision(2, "second")


@pytest.mark.parametrize("based_on", [1, 1000])
def test_a_viewer_changes_nothing(store: SessionStore, based_on: int) -> None:
    joined(store, GUEST, Role.VIEWER)
    with pytest.raises(WriteRefused):
        store.history.append(GUEST, entry("forged"), based_on=based_on, now=NOON)
    assert number_of(store) == 1


def test_nobody_changes_a_locked_session_until_it_is_open_again(store: SessionStore) -> None:
    joined(store, GUEST, Role.EDITOR)
    store.sessions.set_rules(SESSION, is_locked=True, by=OWNER)
    for somebody in (OWNER, GUEST):
        with pytest.raises(WriteRefused):
            append(store, by=somebody)
    store.sessions.set_rules(SESSION, is_locked=False, by=OWNER)
    assert append(store, by=GUEST).number == 2


def test_nobody_changes_a_deleted_session(store: SessionStore) -> None:
    store.sessions.delete(SESSION, by=OWNER)
    with pytest.raises(WriteRefused):
        store.history.append(OWNER, entry(), based_on=1, now=NOON)
    assert store.history.latest(SESSION) is None


def test_what_was_appended_is_there_after_a_restart(place: Place) -> None:
    append(begun(place.open()), "kept")
    again = place.open()
    assert again.history.latest(SESSION) == Revision(2, "kept")
    assert append(again, "goes on").number == 3


def test_two_stores_on_one_place_see_each_other_at_once(place: Place) -> None:
    one, two = begun(place.open()), place.open()
    append(one, "from one")
    assert two.history.latest(SESSION) == Revision(2, "from one")
    append(two, "from two")
    with pytest.raises(StaleRevisionError):
        one.history.append(OWNER, entry("too late"), based_on=2, now=NOON)
    assert one.history.latest(SESSION) == Revision(3, "from two")


@given(content=st.text(st.characters(codec="utf-8"), max_size=2000))
def test_content_is_kept_to_the_letter_in_a_file(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    store = opened(file_in(tmp_path_factory.getbasetemp() / "letters"))
    if store.history.latest(SESSION) is None:
        begun(store)
    number = append(store, content).number
    assert store.history.latest(SESSION) == Revision(number, content)
    store.close()


@pytest.mark.parametrize(
    "content", ["", " ", "'; DROP TABLE revisions; --", "日本 👩‍💻 %s %(x)s \\ \r\n\t", "x" * 1_000_000]
)
def test_content_is_kept_to_the_letter(store: SessionStore, content: str) -> None:
    append(store, content)
    assert store.history.latest(SESSION) == Revision(2, content)


def test_an_event_is_kept_with_all_its_parts(store: SessionStore) -> None:
    changes = (change("company.employees", 120, 200), change("timeline.closures", [], [["2027-07-26", "2027-08-13"]]))
    before = Outcome(Decimal("120000.36"), Decimal("77000.69"), date(2027, 9, 1))
    after = Outcome(Decimal("150000.00"), None, None)
    given = entry(kind=EventKind.UNDO, changes=changes, before=before, after=after, refers_to=1, seen=1)
    store.history.append(OWNER, given, based_on=1, now=NOON + MINUTE)
    assert store.history.events(SESSION, after=1) == (
        Event(
            number=2,
            participant=OWNER,
            at=NOON + MINUTE,
            kind=EventKind.UNDO,
            changes=changes,
            before=before,
            after=after,
            based_on=1,
            refers_to=1,
        ),
    )


def test_events_come_in_order_from_the_one_after(store: SessionStore) -> None:
    for _ in range(11):
        append(store)
    assert numbers(store.history.events(SESSION)) == list(range(1, 13))
    assert numbers(store.history.events(SESSION, after=9)) == [10, 11, 12]
    assert store.history.events(SESSION, after=12) == ()


def test_a_snapshot_names_a_revision_and_its_name_can_move(store: SessionStore) -> None:
    append(store)
    first = Snapshot("As agreed", 2, OWNER, NOON)
    store.history.name_snapshot(SESSION, first)
    store.history.name_snapshot(SESSION, Snapshot("Anfang", 1, OWNER, NOON + DAY))
    assert [found.name for found in store.history.snapshots(SESSION)] == ["Anfang", "As agreed"]
    assert store.history.snapshots(SESSION)[1] == first
    moved = Snapshot("Anfang", 2, OWNER, NOON + DAY)
    store.history.name_snapshot(SESSION, moved)
    assert store.history.snapshots(SESSION) == (moved, first)


def test_a_forgotten_snapshot_leaves_its_revision(store: SessionStore) -> None:
    store.history.name_snapshot(SESSION, Snapshot("first", 1, OWNER, NOON))
    store.history.forget_snapshot(SESSION, "another", by=OWNER)
    assert len(store.history.snapshots(SESSION)) == 1
    store.history.forget_snapshot(SESSION, "first", by=OWNER)
    assert store.history.snapshots(SESSION) == ()
    assert store.history.revision(SESSION, 1) is not None
