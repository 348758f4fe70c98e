"""A store that fails: edits wait, are kept on top of what others have saved, and nothing is lost or overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, text

from tests.breakable import BreakableStore
from tests.unit.conftest import Room
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import EventKind, Role
from zt_planner.errors import (
    NotAllowed,
    NothingToUndo,
    ScenarioError,
    SeatEnded,
    StoreError,
    TooManyWriters,
    UnreadableRevision,
)
from zt_planner.store.changes import StaleRevisionError
from zt_planner.store.contents import kept_whole
from zt_planner.store.tables import revisions
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import Key
from zt_planner.workspace.workspace import ATTEMPTS

KEY = Key("a-key-of-more-than-twenty-signs")


def test_a_change_that_cannot_be_saved_stands_and_says_so(workspace: Workspace, store: BreakableStore) -> None:
    state = workspace.change(workspace.open(KEY), {"company.employees": 180})
    with store:
        troubled = workspace.change(workspace.open(KEY, state), {"timeline.target_months": 7})
        still = workspace.change(troubled, {"company.sites": 5})
        assert workspace.open(KEY, still).scenario == still.scenario
    assert isinstance(troubled.trouble, StoreError)
    assert (troubled.scenario.company.employees, troubled.scenario.timeline.target_months) == (180, 7)
    assert (still.scenario.timeline.target_months, still.scenario.company.sites) == (7, 5)
    assert still.trouble is not None


@pytest.mark.parametrize("is_first", [True, False], ids=["first", "later"])
def test_what_was_saved_although_the_answer_was_lost_is_not_done_twice(
    workspace: Workspace, store: BreakableStore, *, is_first: bool
) -> None:
    state = workspace.open(KEY)
    if not is_first:
        state = workspace.change(state, {"company.employees": 180})
    number = state.number
    store.database.loses_answer = True
    state = workspace.edit(state, lambda latest: latest.with_copy("", "a-mark", "Cheaper"))
    assert state.trouble is not None
    store.database.loses_answer = False
    other = workspace.change(workspace.open(KEY), {"company.sites": 5})
    saved = workspace.open(KEY, state)
    assert (saved.trouble, saved.refused, saved.number) == (None, (), other.number)
    assert other.number == number + 2
    assert [variant.name for variant in saved.variants.values()] == ["Cheaper"]
    saved = workspace.edit(saved, lambda latest: latest.with_copy("", "another", "Dearer"))
    assert [variant.name for variant in saved.variants.values()] == ["Cheaper", "Dearer"]


def test_each_edit_that_waited_is_an_event_of_its_own(workspace: Workspace, store: BreakableStore) -> None:
    state = workspace.change(workspace.open(KEY), {"company.employees": 180})
    with store:
        state = workspace.change(workspace.change(state, {"timeline.target_months": 7}), {"company.sites": 5})
    saved = workspace.open(KEY, state)
    assert (saved.number, saved.trouble, saved.pending, saved.saved) == (3, None, (), None)
    assert workspace.open(KEY) == saved
    _, second, third = workspace.events(saved)
    assert [change.path for change in (*second.changes, *third.changes)] == ["timeline.target_months", "company.sites"]
    assert (second.based_on, third.based_on) == (1, 1)
    assert second.after == third.before


def test_the_first_change_of_all_waits_too(workspace: Workspace, store: BreakableStore) -> None:
    with store:
        troubled = workspace.change(workspace.open(KEY), {"company.employees": 180})
        assert workspace.open(KEY, troubled).trouble is not None
    saved = workspace.open(KEY, troubled)
    assert (saved.number, saved.trouble) == (1, None)
    assert workspace.open(KEY) == saved
    assert saved.scenario.company.employees == 180
    (event,) = workspace.events(saved)
    assert [(change.before, change.after) for change in event.changes] == [(120, 180)]
    assert event.before != event.after


def test_the_next_change_saves_what_waits_as_well(workspace: Workspace, store: BreakableStore) -> None:
    with store:
        troubled = workspace.change(workspace.open(KEY), {"company.employees": 180})
    workspace.change(troubled, {"timeline.target_months": 7})
    latest = workspace.open(KEY).scenario
    assert (latest.company.employees, latest.timeline.target_months) == (180, 7)


@pytest.mark.parametrize("goes_on", [True, False], ids=["changes again", "is drawn again"])
def test_what_waits_is_not_lost_to_what_others_have_saved(room: Room, store: BreakableStore, *, goes_on: bool) -> None:
    mine, theirs, workspace = room.owner, room.joined(), room.workspace
    with store:
        mine = workspace.change(mine, {"company.employees": 90})
    theirs = workspace.change(theirs, {"timeline.target_months": 7})
    mine = workspace.change(mine, {"company.sites": 5}) if goes_on else workspace.open(mine.key, mine)
    latest = room.now(theirs).scenario
    assert latest == mine.scenario
    assert (latest.company.employees, latest.timeline.target_months) == (90, 7)


def test_a_full_disk_keeps_what_waits_and_shows_what_is_there(room: Room, store: BreakableStore) -> None:
    store.database.is_full = True
    mine = room.workspace.change(room.owner, {"company.employees": 90})
    again = room.now(mine)
    assert (again.scenario.company.employees, again.number) == (90, 1)
    assert "full" in str(again.trouble)
    store.database.is_full = False
    assert room.now(again).number == 2


@pytest.mark.parametrize(
    "edit",
    [
        lambda workspace, state: workspace.set_baseline(state),
        lambda workspace, state: workspace.replace_scenario(state, Scenario().changed("company.employees", 60)),
        lambda workspace, state: workspace.set_notes(state, "ask the works council"),
    ],
    ids=["baseline", "another scenario", "notes"],
)
def test_whatever_was_done_while_the_store_was_away_is_kept(
    room: Room, store: BreakableStore, edit: Callable[[Workspace, State], State]
) -> None:
    workspace = room.workspace
    with store:
        shown = edit(workspace, room.owner)
        assert shown.content != room.owner.content
    saved = room.now(shown)
    assert saved.content == shown.content
    assert workspace.open(saved.key).content == shown.content
    assert (saved.number, saved.trouble) == (2, None)


def test_a_restored_snapshot_waits_too(room: Room, store: BreakableStore) -> None:
    later = room.workspace.change(room.owner, {"company.employees": 90})
    store.database.is_full = True
    shown = room.workspace.restore(later, 1)
    store.database.is_full = False
    assert room.now(shown).scenario == room.owner.scenario


def test_an_undo_that_could_not_be_saved_waits_and_is_done_later(room: Room, store: BreakableStore) -> None:
    workspace = room.workspace
    state = workspace.change(room.owner, {"company.sites": 5})
    store.database.is_full = True
    undone = workspace.undo(state)
    assert undone.scenario.company.sites is None
    store.database.is_full = False
    with store:
        undone = workspace.open(undone.key, undone)
        assert undone.trouble is not None
    undone = room.now(undone)
    assert undone.scenario.company.sites is None
    assert workspace.events(undone)[-1].kind is EventKind.UNDO


def test_nothing_is_undone_while_something_waits(room: Room, store: BreakableStore) -> None:
    with store:
        waiting = room.workspace.change(room.owner, {"company.sites": 5})
        with pytest.raises(StoreError):
            room.workspace.undo(waiting)
        with pytest.raises(StoreError):
            room.workspace.undo(room.owner)
    assert room.workspace.undo(waiting).scenario.company.sites is None


def test_what_no_longer_holds_is_said_and_the_rest_is_kept(room: Room, store: BreakableStore) -> None:
    workspace, theirs = room.workspace, room.joined()
    with store:
        mine = room.owner
        for values in ({"company.sites": 5}, {"company.employees": 90}, {"timeline.target_months": 7}):
            mine = workspace.change(mine, values)
    workspace.change(theirs, {"company.frontline": 100})
    saved = room.now(mine)
    assert (saved.trouble, saved.pending) == (None, ())
    assert [type(error) for error in saved.refused] == [ScenarioError]
    company = saved.scenario.company
    assert (company.sites, company.employees, company.frontline) == (5, 180, 100)
    assert saved.scenario.timeline.target_months == 7
    assert workspace.open(saved.key) == replace(saved, refused=())


def test_an_edit_that_does_not_hold_is_refused_at_once_though_the_store_is_away(
    room: Room, store: BreakableStore
) -> None:
    with store:
        waiting = room.workspace.change(room.owner, {"company.frontline": 100})
        with pytest.raises(ScenarioError):
            room.workspace.change(waiting, {"company.employees": 90})
    assert room.now(waiting).scenario.company.frontline == 100


@pytest.mark.parametrize("is_locked", [True, False], ids=["locked", "viewer"])
def test_who_may_no_longer_change_the_plan_is_told_when_the_store_is_back(
    room: Room, store: BreakableStore, *, is_locked: bool
) -> None:
    editor = room.joined()
    assert editor.me is not None
    with store:
        waiting = room.workspace.change(editor, {"company.sites": 5})
    if is_locked:
        room.workspace.people.set_rules(room.owner, is_locked=True)
    else:
        room.workspace.people.set_role(room.owner, editor.me.id, Role.VIEWER)
    back = room.now(waiting)
    assert [type(error) for error in back.refused] == [NotAllowed]
    assert (back.pending, back.scenario, back.trouble) == ((), room.owner.scenario, None)


def test_who_has_lost_the_seat_is_told_when_the_store_is_back(room: Room, store: BreakableStore) -> None:
    editor = room.joined()
    assert editor.me is not None
    with store:
        waiting = room.workspace.change(editor, {"company.sites": 5})
    room.workspace.people.remove(room.owner, editor.me.id)
    back = room.now(waiting)
    assert [type(error) for error in back.refused] == [SeatEnded]
    assert (back.seat, back.pending) == (None, ())
    assert room.now(room.owner).scenario == room.owner.scenario


def test_a_store_that_fails_at_once_shows_the_example(workspace: Workspace, store: BreakableStore) -> None:
    with store:
        state = workspace.open(KEY)
    assert state.is_example
    assert isinstance(state.trouble, StoreError)
    assert workspace.open(KEY, state).trouble is None


def test_a_saved_plan_is_not_overwritten_by_the_example_that_stood_in_for_it(room: Room, store: BreakableStore) -> None:
    with store:
        stood_in = room.workspace.open(room.owner.key)
    assert room.now(stood_in) == room.owner


def later_revision(store: BreakableStore, state: State, number: int = 2, content: str = "") -> None:
    """Have another version of the program save a revision."""
    assert state.me is not None
    plain: dict[str, Any] = {"kind": "change", "changes": "[]", "before": "{}", "after": "{}", "seen": 1}
    with store.database.writing() as connection:
        connection.execute(
            insert(revisions).values(
                session=state.session,
                number=number,
                participant=state.me.id,
                saved_at=state.me.joined_at,
                **kept_whole(number, content or '{"scenario": {"schema_version": 99, "of a later": 1}}')._asdict(),
                **plain,
            )
        )


@pytest.mark.parametrize("is_known", [True, False], ids=["an open page", "a new page"])
def test_a_revision_that_cannot_be_read_stays_and_says_so_every_time(
    room: Room, store: BreakableStore, *, is_known: bool
) -> None:
    workspace, key = room.workspace, room.owner.key
    later_revision(store, room.owner)
    state = workspace.open(key, room.owner if is_known else None)
    for _ in range(2):
        state = workspace.open(key, state)
        assert isinstance(state.trouble, UnreadableRevision)
    for sites in (5, 6):
        state = workspace.change(state, {"company.sites": sites})
        state = workspace.open(key, state)
        assert isinstance(state.trouble, UnreadableRevision)
        assert state.scenario.company.sites == sites
    with store.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM revisions")).scalar_one() == 2
    later_revision(store, room.owner, 3, room.owner.content)
    assert workspace.open(key, state).scenario == room.owner.scenario.changed("company.sites", 6)


def test_a_snapshot_that_cannot_be_read_is_not_restored(room: Room, store: BreakableStore) -> None:
    later_revision(store, room.owner)
    later_revision(store, room.owner, 3, room.owner.content)
    state = room.now(room.owner)
    with pytest.raises(UnreadableRevision):
        room.workspace.restore(state, 2)
    with pytest.raises(NothingToUndo):
        room.workspace.restore(state, 99)


def test_changes_that_never_get_through_end_as_trouble(
    room: Room, store: BreakableStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*_given: object, **_named: object) -> None:
        raise StaleRevisionError

    with monkeypatch.context() as patch:
        patch.setattr(store.history, "append", too_late)
        troubled = room.workspace.change(room.owner, {"company.employees": 90})
    assert troubled.scenario.company.employees == 90
    assert isinstance(troubled.trouble, TooManyWriters)
    assert ATTEMPTS > 1
    assert room.now(troubled).number == 2


def test_a_change_that_was_saved_though_the_answer_was_lost_is_not_saved_twice(
    room: Room, store: BreakableStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = store.history.append

    def lost(*given: Any, **named: Any) -> None:  # noqa: ANN401 - whatever the store takes
        append(*given, **named)
        raise StoreError("here", "the connection was lost")

    monkeypatch.setattr(store.history, "append", lost)
    troubled = room.workspace.change(room.owner, {"company.employees": 90})
    assert troubled.trouble is not None
    monkeypatch.setattr(store.history, "append", append)
    saved = room.now(troubled)
    assert (saved.number, saved.trouble, saved.scenario.company.employees) == (2, None, 90)
    assert len(room.workspace.events(saved)) == 2


def test_the_baseline_that_waited_is_the_plan_with_what_others_have_saved(room: Room, store: BreakableStore) -> None:
    theirs = room.joined()
    with store:
        mine = room.workspace.set_baseline(room.owner)
    room.workspace.change(theirs, {"timeline.target_months": 7})
    saved = room.now(mine)
    assert saved.baseline == room.workspace.plans.baseline(saved.scenario)
    assert saved.scenario.timeline.target_months == 7
