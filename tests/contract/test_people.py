"""Seats, links, roles: who may come, who stays, who is here."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

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
    joined,
    key,
    person,
)
from zt_planner.domain.session import BrowserId, Participant, ParticipantId, Role, Rules, SessionId
from zt_planner.store.changes import Link, WriteRefused
from zt_planner.store.people.presence import STILL_HERE, Processes
from zt_planner.store.session_store import SessionStore


def names(store: SessionStore) -> list[str]:
    """Return who has or had a seat."""
    return [found.id for found in store.seats.people(SESSION)]


def test_everyone_who_joins_has_a_seat_with_the_link_s_role(store: SessionStore) -> None:
    for minute, role in enumerate((Role.VIEWER, Role.EDITOR, Role.OWNER), start=1):
        name = f"one {role}"
        joined(store, name, role, NOON + minute * MINUTE)
        seat = store.seats.by_key(key(name))
        assert seat is not None
        assert seat.participant == person(name, role, at=NOON + minute * MINUTE)
        assert seat.number == 1
    assert names(store) == [OWNER, "one viewer", "one editor", "one owner"]


def test_a_key_that_nobody_has_gives_no_seat(store: SessionStore) -> None:
    assert store.seats.by_key(key("somebody")) is None


def test_a_link_that_nobody_made_lets_nobody_in(store: SessionStore) -> None:
    asked: list[SessionId] = []

    def participant(session: SessionId, role: Role, _people: Sequence[Participant], _rules: Rules) -> Participant:
        asked.append(session)
        return person("nobody", role, session)

    assert store.seats.join(key("guessed"), participant, key("nobody")) is None
    assert not asked
    assert names(store) == [OWNER]


def test_a_link_that_is_renewed_while_somebody_joins_lets_them_not_in(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = begun(place.open())
    store.seats.set_link(SESSION, Role.EDITOR, key("old"), NOON, by=OWNER)
    other = place.open()
    before_it_writes(monkeypatch, store, lambda: other.seats.set_link(SESSION, Role.EDITOR, key("new"), NOON, by=OWNER))
    assert store.seats.join(key("old"), lambda its, role, *_: person("late", role, its), key("late")) is None
    assert names(store) == [OWNER]


def test_a_session_has_a_link_for_each_role(store: SessionStore) -> None:
    made = [Link(role, key(f"link-{role}"), NOON + MINUTE) for role in (Role.EDITOR, Role.OWNER, Role.VIEWER)]
    for link in made:
        store.seats.set_link(SESSION, link.role, link.token, link.made_at, by=OWNER)
    assert sorted(store.seats.links(SESSION), key=lambda link: link.role) == made
    assert store.seats.links(OTHER) == ()


def test_a_seat_knows_whether_there_is_a_link_to_its_session(store: SessionStore) -> None:
    before = store.seats.by_key(key(OWNER))
    assert before is not None
    assert not before.has_link
    store.seats.set_link(SESSION, Role.VIEWER, key("link"), NOON, by=OWNER)
    assert store.seats.by_key(key(OWNER)) == replace(before, has_link=True)


def test_a_renewed_link_ends_the_seats_that_were_taken_by_the_old_one_and_no_other(store: SessionStore) -> None:
    for name in ("first", "second"):
        joined(store, name, Role.EDITOR)
    joined(store, "viewer", Role.VIEWER)
    store.seats.set_link(SESSION, Role.EDITOR, key("new"), NOON + MINUTE, by=OWNER)
    assert [store.seats.by_key(key(name)) for name in ("first", "second")] == [None, None]
    assert store.seats.by_key(key("viewer")) is not None
    assert store.seats.by_key(key(OWNER)) is not None
    assert (
        store.seats.join(key(f"link-{Role.EDITOR}"), lambda its, role, *_: person("late", role, its), key("late"))
        is None
    )
    assert store.seats.join(key("new"), lambda its, role, *_: person("new", role, its), key("new")) is not None
    assert {found.id: found.has_seat for found in store.seats.people(SESSION)} == {
        OWNER: True,
        "first": False,
        "second": False,
        "viewer": True,
        "new": True,
    }


def test_an_owner_who_renews_the_link_by_which_they_came_stays(store: SessionStore) -> None:
    joined(store, "second", Role.OWNER)
    joined(store, "third", Role.OWNER)
    store.seats.set_link(SESSION, Role.OWNER, key("new"), NOON, by=ParticipantId("second"))
    assert store.seats.by_key(key("second")) is not None
    assert store.seats.by_key(key("third")) is None


def test_the_store_knows_by_which_link_somebody_came(store: SessionStore) -> None:
    joined(store, "editor", Role.EDITOR)
    link, editor = key(f"link-{Role.EDITOR}"), BrowserId("editor")
    found = store.held_seats.by_link(editor, link)
    assert found is not None
    assert found.participant.id == "editor"
    assert store.held_seats.by_link(editor, key("another")) is None
    assert store.held_seats.by_link(BrowserId(key(OWNER)), link) is None
    assert store.held_seats.by_link(BrowserId("nobody"), link) is None


def test_a_new_name_is_everybody_s(store: SessionStore) -> None:
    assert store.seats.rename(OWNER, "Zoë 👩")
    (found,) = store.seats.people(SESSION)
    assert found == replace(person(OWNER, Role.OWNER), name="Zoë 👩")


def test_a_role_holds_from_the_next_change_on(store: SessionStore) -> None:
    joined(store, "guest", Role.EDITOR)
    guest = ParticipantId("guest")
    append(store, by=guest)
    store.seats.set_role(guest, Role.VIEWER, by=OWNER)
    with pytest.raises(WriteRefused):
        append(store, by=guest)
    store.seats.set_role(guest, Role.EDITOR, by=OWNER)
    assert append(store, by=guest).number == 3


def test_a_seat_that_was_taken_away_opens_nothing_and_what_was_done_stays(store: SessionStore) -> None:
    joined(store, "guest", Role.EDITOR)
    guest = ParticipantId("guest")
    append(store, by=guest)
    store.seats.remove(guest, by=OWNER)
    assert store.seats.by_key(key("guest")) is None
    assert store.held_seats.by_link(BrowserId("guest"), key(f"link-{Role.EDITOR}")) is None
    with pytest.raises(WriteRefused):
        append(store, by=guest)
    assert {found.id: found.has_seat for found in store.seats.people(SESSION)} == {OWNER: True, "guest": False}
    assert [event.participant for event in store.history.events(SESSION)] == [OWNER, "guest"]


def test_two_owners_who_take_each_others_place_at_once_leave_one(store: SessionStore) -> None:
    joined(store, "second", Role.OWNER)
    second = ParticipantId("second")
    with ThreadPoolExecutor(2) as pool:
        mine = pool.submit(store.seats.set_role, second, Role.EDITOR, by=OWNER)
        theirs = pool.submit(store.seats.set_role, OWNER, Role.EDITOR, by=second)
    assert sorted((mine.result(), theirs.result())) == [False, True]
    assert sorted(found.role for found in store.seats.people(SESSION)) == [Role.EDITOR, Role.OWNER]


def test_an_owner_of_another_session_decides_about_nobody(store: SessionStore) -> None:
    theirs = ParticipantId("theirs")
    begun(store, OTHER, theirs)
    assert not store.seats.remove(OWNER, by=theirs)
    assert not store.seats.set_role(OWNER, Role.VIEWER, by=theirs)
    assert not store.sessions.delete(SESSION, by=theirs)
    assert store.seats.people(SESSION) == (person(OWNER, Role.OWNER),)


def test_people_stand_in_the_order_of_joining_though_the_clock_was_set_back(store: SessionStore) -> None:
    for name, minutes in (("first", 20), ("second", 10), ("third", 15)):
        joined(store, name, Role.EDITOR, NOON + minutes * MINUTE)
    assert names(store) == [OWNER, "first", "second", "third"]
    store.seats.remove(ParticipantId("second"), by=OWNER)
    joined(store, "fourth", Role.EDITOR, NOON - MINUTE)
    assert names(store)[-1] == "fourth"


def test_who_lost_the_seat_decides_about_nobody(store: SessionStore) -> None:
    joined(store, "second", Role.OWNER)
    second = ParticipantId("second")
    assert store.seats.remove(second, by=OWNER)
    assert not store.seats.remove(OWNER, by=second)
    assert store.seats.by_key(key(OWNER)) is not None


def test_who_is_here_is_known_over_all_processes(store: SessionStore) -> None:
    begun(store, OTHER, ParticipantId("theirs"))
    joined(store, "guest", Role.VIEWER)
    store.presence.announce("one", [(SESSION, OWNER), (OTHER, ParticipantId("theirs")), (SESSION, OWNER)], NOON)
    store.presence.announce("two", [(SESSION, ParticipantId("guest"))], NOON + MINUTE)
    assert store.presence.here(SESSION, NOON + MINUTE) == {OWNER, "guest"}
    assert store.presence.here(OTHER, NOON + MINUTE) == {"theirs"}
    store.presence.announce("one", [], NOON + MINUTE)
    assert store.presence.here(SESSION, NOON + MINUTE) == {"guest"}
    assert store.presence.here(OTHER, NOON + MINUTE) == frozenset()


def test_what_a_process_said_that_has_died_holds_for_a_while(store: SessionStore) -> None:
    store.presence.announce("killed", [(SESSION, OWNER)], NOON)
    assert store.presence.here(SESSION, NOON + STILL_HERE + MINUTE) == frozenset()


def test_who_was_here_before_the_clock_was_set_back_is_not_taken_for_being_here(store: SessionStore) -> None:
    joined(store, "guest", Role.VIEWER)
    store.presence.announce("killed", [(SESSION, OWNER)], NOON)
    store.presence.announce("new", [(SESSION, ParticipantId("guest"))], NOON - 10 * MINUTE)
    assert store.presence.here(SESSION, NOON - 10 * MINUTE) == {"guest"}


JUMPS = {"ahead": 400 * DAY, "back": -400 * DAY, "an hour ahead": 60 * MINUTE, "an hour back": -60 * MINUTE}


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_a_clock_that_is_set_ends_nobody_and_revives_nobody(store: SessionStore, jump: timedelta, whose: str) -> None:
    seconds = [1000.0]
    store.presence.processes = Processes(lambda: seconds[0])
    ours = jump if whose == "ours" else timedelta(0)
    theirs = jump - ours

    def here_after(passed: float, *, says: bool) -> frozenset[ParticipantId]:
        """Return who is here some seconds after the last look, and perhaps said so just before."""
        seconds[0] += passed
        now = NOON + timedelta(seconds=seconds[0] - 1000)
        if says:
            store.presence.announce("other", [(SESSION, OWNER)], now + theirs)
        return store.presence.here(SESSION, now + ours)

    store.presence.announce("other", [(SESSION, OWNER)], NOON)
    assert store.presence.here(SESSION, NOON) == {OWNER}
    assert here_after(30, says=True) == {OWNER}
    assert here_after(30, says=True) == {OWNER}
    assert here_after(70, says=False) == {OWNER}
    assert here_after(20, says=False) == frozenset()
    assert here_after(1000, says=False) == frozenset()


def test_an_unknown_participant_changes_nothing(store: SessionStore) -> None:
    nobody = ParticipantId("nobody")
    store.seats.rename(nobody, "Nobody")
    store.seats.set_role(nobody, Role.OWNER, by=OWNER)
    store.seats.remove(nobody, by=OWNER)
    assert names(store) == [OWNER]
    with pytest.raises(WriteRefused):
        store.history.append(nobody, entry(), based_on=1, now=NOON)
