"""Who may do something is decided in the turn that writes it: what was allowed a moment ago is of no use."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from typing import Any

import pytest

from tests.contract.places import NOON, OWNER, SESSION, Place, before_it_writes, begun, joined, key, me, person
from tests.contract.test_backup import backup_of
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import Participant, ParticipantId, PresentedPage, Role, Rules
from zt_planner.errors import NotAllowed, SeatEnded, SessionFull, StoreError
from zt_planner.store import database
from zt_planner.store.transactions import lock
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import hash_of, new_key
from zt_planner.workspace.sharing import people

SECOND = ParticipantId("second")
SECONDS = 30
"""That a thread may take on the slowest machine; nothing waits for them."""


class Meeting:
    """A session of two owners, each at a process of their own, and an editor; the second owner is called `second`."""

    def __init__(self, place: Place, price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
        self.store = place.open()
        self.workspace, self.elsewhere = (
            Workspace(store, price_book, phase_model, lambda: today) for store in (self.store, place.open())
        )
        begun = self.workspace.change(self.workspace.open(new_key()), {"company.sites": 3})
        self.first = self.elsewhere.open(begun.key)
        self.second, self.editor = self.joined(Role.OWNER), self.joined(Role.EDITOR)
        self.workspace.people.name_snapshot(self.second, "begun")

    def joined(self, role: Role) -> State:
        """Return the page of somebody who has joined."""
        found = self.workspace.people.join(self.elsewhere.people.renew_link(self.first, role))
        assert found is not None
        return self.workspace.open(found[0])

    def demote(self, state: State, role: Role) -> None:
        """Have the first owner give somebody another role."""
        assert state.me is not None
        self.elsewhere.people.set_role(self.first, state.me.id, role)


@pytest.fixture
def meeting(place: Place, price_book: PriceBook, phase_model: PhaseModel, today: date) -> Meeting:
    return Meeting(place, price_book, phase_model, today)


OF_OWNERS: dict[str, Callable[[Meeting, State], object]] = {
    "set rules": lambda meeting, state: meeting.workspace.people.set_rules(state, hides_rates=True),
    "present": lambda meeting, state: meeting.workspace.people.present(state, PresentedPage("budget")),
    "end presenting": lambda meeting, state: meeting.workspace.people.present(state, None),
    "renew a link": lambda meeting, state: meeting.workspace.people.renew_link(state, Role.EDITOR),
    "set a role": lambda meeting, state: meeting.workspace.people.set_role(state, me(meeting.editor), Role.OWNER),
    "remove": lambda meeting, state: meeting.workspace.people.remove(state, me(meeting.editor)),
    "delete": lambda meeting, state: meeting.workspace.people.delete(state),
}
OF_EDITORS: dict[str, Callable[[Meeting, State], object]] = {
    "change": lambda meeting, state: meeting.workspace.change(state, {"company.sites": 9}),
    "name a snapshot": lambda meeting, state: meeting.workspace.people.name_snapshot(state, "mine"),
    "forget a snapshot": lambda meeting, state: meeting.workspace.people.forget_snapshot(state, "begun"),
}


def assert_refused(
    meeting: Meeting, patch: pytest.MonkeyPatch, act: Callable[[], object], happens: Callable[[], object]
) -> None:
    """Assert that somebody whose right ends between what is checked and what is written changes nothing."""
    before: list[bytes] = []

    def meanwhile() -> None:
        happens()
        before.append(backup_of(meeting.store))

    before_it_writes(patch, meeting.store, meanwhile)
    with pytest.raises(NotAllowed):
        act()
    assert before == [backup_of(meeting.store)]


@pytest.mark.parametrize("act", OF_OWNERS)
def test_an_owner_who_is_demoted_while_an_action_waits_changes_nothing(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    meeting.workspace.people.present(meeting.second, PresentedPage("roadmap"))
    assert_refused(
        meeting,
        monkeypatch,
        lambda: OF_OWNERS[act](meeting, meeting.second),
        lambda: meeting.demote(meeting.second, Role.EDITOR),
    )


@pytest.mark.parametrize("is_locked", [True, False], ids=["locked", "made a viewer"])
@pytest.mark.parametrize("act", OF_EDITORS)
def test_an_editor_who_may_change_nothing_any_more_while_an_action_waits_changes_nothing(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch, act: str, *, is_locked: bool
) -> None:
    def meanwhile() -> None:
        if is_locked:
            meeting.elsewhere.people.set_rules(meeting.first, is_locked=True)
        else:
            meeting.demote(meeting.editor, Role.VIEWER)

    assert_refused(meeting, monkeypatch, lambda: OF_EDITORS[act](meeting, meeting.editor), meanwhile)


def test_who_is_removed_while_a_name_waits_keeps_the_old_one(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    before_it_writes(
        monkeypatch, meeting.store, lambda: meeting.elsewhere.people.remove(meeting.first, me(meeting.editor))
    )
    with pytest.raises(SeatEnded):
        meeting.workspace.people.rename(meeting.editor, "Still here")
    assert {person.name for person in meeting.workspace.people.everyone_ever(meeting.first)} == {""}


def test_an_action_that_waits_for_its_turn_is_judged_when_it_has_it(place: Place) -> None:
    store, other, is_waiting = begun(place.open()), place.open(), Event()
    joined(store, SECOND, Role.OWNER)

    def delete() -> bool:
        is_waiting.set()
        return other.sessions.delete(SESSION, by=SECOND)

    with ThreadPoolExecutor(1) as pool:
        with store.database.writing() as connection:
            assert lock(connection, SESSION)
            deleted = pool.submit(delete)
            assert is_waiting.wait(SECONDS)
            connection.exec_driver_sql("UPDATE participants SET role = 'editor' WHERE id = 'second'")
        assert not deleted.result(SECONDS)
    assert store.history.latest(SESSION) is not None


def test_two_owners_who_change_different_rules_at_once_both_win(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_it_writes(
        monkeypatch, meeting.store, lambda: meeting.elsewhere.people.set_rules(meeting.first, hides_rates=True)
    )
    meeting.workspace.people.set_rules(meeting.second, is_locked=True)
    meeting.elsewhere.people.set_rules(meeting.first, days_kept=7)
    rules = meeting.workspace.open(meeting.second.key).rules
    assert rules == Rules(is_locked=True, hides_rates=True, days_kept=7)


@pytest.mark.extended
def test_two_who_join_at_once_never_take_more_seats_than_there_are(
    place: Place, price_book: PriceBook, phase_model: PhaseModel, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "MOST_SEATS", 4)
    monkeypatch.setattr(database, "SECONDS_TO_WAIT", 0.1)
    meeting = Meeting(place, price_book, phase_model, today)
    token = meeting.elsewhere.people.renew_link(meeting.first, Role.VIEWER)
    others: list[object] = []

    def after_the_seats_were_counted(*args: Any, **values: Any) -> Participant:  # noqa: ANN401 - whatever makes one
        monkeypatch.setattr(people, "Participant", Participant)
        with contextlib.suppress(StoreError):  # it waits for the first, and gives up
            others.append(meeting.elsewhere.people.join(token))
        return Participant(*args, **values)

    monkeypatch.setattr(people, "Participant", after_the_seats_were_counted)
    assert meeting.workspace.people.join(token) is not None
    with pytest.raises(SessionFull):
        meeting.elsewhere.people.join(token)
    assert others == []
    assert len(meeting.workspace.people.everyone(meeting.first)) == 4


def test_a_join_that_is_refused_leaves_nothing(place: Place) -> None:
    store = place.open()
    begun(store)
    store.seats.set_link(SESSION, Role.EDITOR, key("link"), NOON, by=OWNER)
    before = backup_of(store)

    def refuse(*_: object) -> None:
        raise SessionFull

    with pytest.raises(SessionFull):
        store.seats.join(key("link"), refuse, key("late"))  # type: ignore[arg-type]  # it returns nothing
    assert backup_of(store) == before
    assert store.seats.join(key("link"), lambda its, role, *_: person("late", role, its), key("late")) is not None


def test_no_page_s_state_gives_a_right_to_another_session(meeting: Meeting) -> None:
    stranger = meeting.workspace.change(meeting.workspace.open(new_key()), {"company.sites": 4})
    assert stranger.me is not None
    assert not meeting.store.seats.set_role(me(meeting.editor), Role.OWNER, by=stranger.me.id)
    seat = meeting.store.seats.by_key(hash_of(meeting.editor.key))
    assert seat is not None
    assert seat.participant.role is Role.EDITOR
