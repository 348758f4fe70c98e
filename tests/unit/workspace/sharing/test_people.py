"""Sharing a session: who may do what, links, the end."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.breakable import BreakableStore
from tests.unit.conftest import Room
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.session import ParticipantId, PresentedPage, Role
from zt_planner.errors import NotAllowed, SeatEnded
from zt_planner.workspace import State, Workspace
from zt_planner.workspace.keys import Browser, Key, Token, hash_of, key_from, new_key

Act = Callable[[Workspace, State, ParticipantId], object]

ON_THE_PLAN: dict[str, Act] = {
    "change": lambda workspace, state, _: workspace.change(state, {"company.sites": 5}),
    "notes": lambda workspace, state, _: workspace.set_notes(state, "mine"),
    "another scenario": lambda workspace, state, _: workspace.replace_scenario(state, Scenario()),
    "baseline": lambda workspace, state, _: workspace.set_baseline(state),
    "restore": lambda workspace, state, _: workspace.restore(state, 1),
    "undo": lambda workspace, state, _: workspace.undo(state),
    "redo": lambda workspace, state, _: workspace.redo(state),
    "name a snapshot": lambda workspace, state, _: workspace.people.name_snapshot(state, "mine"),
    "forget a snapshot": lambda workspace, state, _: workspace.people.forget_snapshot(state, "begun"),
}
ON_THE_SESSION: dict[str, Act] = {
    "links": lambda workspace, state, _: workspace.people.links(state),
    "renew a link": lambda workspace, state, _: workspace.people.renew_link(state, Role.OWNER),
    "set a role": lambda workspace, state, other: workspace.people.set_role(state, other, Role.VIEWER),
    "remove": lambda workspace, state, other: workspace.people.remove(state, other),
    "set rules": lambda workspace, state, _: workspace.people.set_rules(state, hides_rates=True),
    "present": lambda workspace, state, _: workspace.people.present(state, PresentedPage("budget")),
    "delete": lambda workspace, state, _: workspace.people.delete(state),
}
plan_acts = pytest.mark.parametrize("act", ON_THE_PLAN.values(), ids=tuple(ON_THE_PLAN))
session_acts = pytest.mark.parametrize("act", ON_THE_SESSION.values(), ids=tuple(ON_THE_SESSION))


def kept(store: BreakableStore) -> list[object]:
    """Return everything that a store holds."""
    with store.database.reading() as connection:
        tables = ("sessions", "participants", "links", "revisions", "snapshots")
        return [connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in tables]  # noqa: S608 - names


def refused(room: Room, store: BreakableStore, state: State, act: Act) -> None:
    """Check that somebody is not allowed something, and that nothing has changed."""
    assert room.owner.me is not None
    before = kept(store)
    with pytest.raises(NotAllowed):
        act(room.workspace, state, room.owner.me.id)
    assert kept(store) == before


def made_viewer(room: Room) -> State:
    """Return the page of an editor with a change of their own, who is a viewer by now."""
    editor = room.workspace.change(room.joined(), {"company.apps": 9})
    room.workspace.people.name_snapshot(room.owner, "begun")
    assert editor.me is not None
    room.workspace.people.set_role(room.owner, editor.me.id, Role.VIEWER)
    return editor


@pytest.mark.parametrize("is_drawn_again", [True, False], ids=["a viewer", "an editor who has just become one"])
@pytest.mark.parametrize("act", [*ON_THE_PLAN.values(), *ON_THE_SESSION.values()], ids=[*ON_THE_PLAN, *ON_THE_SESSION])
def test_a_viewer_changes_nothing_by_no_way(
    room: Room, store: BreakableStore, act: Act, *, is_drawn_again: bool
) -> None:
    state = made_viewer(room)
    refused(room, store, room.now(state) if is_drawn_again else state, act)


@pytest.mark.parametrize("is_drawn_again", [True, False], ids=["known", "just locked"])
@plan_acts
def test_nobody_changes_a_locked_plan(room: Room, store: BreakableStore, act: Act, *, is_drawn_again: bool) -> None:
    state = room.workspace.change(room.owner, {"company.apps": 9})
    room.workspace.people.set_rules(state, is_locked=True)
    refused(room, store, room.now(state) if is_drawn_again else state, act)


def test_an_owner_unlocks_and_goes_on(room: Room) -> None:
    room.workspace.people.set_rules(room.owner, is_locked=True)
    assert not room.now(room.owner).may_change
    room.workspace.people.set_rules(room.owner, is_locked=False)
    assert room.workspace.change(room.owner, {"company.sites": 5}).number == 2


@session_acts
def test_an_editor_changes_the_plan_and_nothing_else(room: Room, store: BreakableStore, act: Act) -> None:
    editor = room.joined()
    refused(room, store, editor, act)
    assert room.workspace.change(editor, {"company.sites": 5}).number == 2


@session_acts
def test_an_owner_who_is_one_no_more_is_refused(room: Room, store: BreakableStore, act: Act) -> None:
    second = room.joined(Role.OWNER)
    assert second.me is not None
    room.workspace.people.set_role(room.owner, second.me.id, Role.EDITOR)
    refused(room, store, second, act)


def test_before_the_first_change_there_is_nothing_to_share(workspace: Workspace) -> None:
    with pytest.raises(NotAllowed):
        workspace.people.renew_link(workspace.open(new_key()), Role.VIEWER)


def test_an_owner_neither_removes_nor_demotes_oneself_or_strangers(room: Room, workspace: Workspace) -> None:
    stranger = workspace.change(workspace.open(new_key()), {"company.sites": 5})
    for state in (room.owner, stranger):
        assert state.me is not None
        with pytest.raises(NotAllowed):
            workspace.people.remove(room.owner, state.me.id)
        with pytest.raises(NotAllowed):
            workspace.people.set_role(room.owner, state.me.id, Role.VIEWER)
    assert workspace.open(stranger.key).me == stranger.me


def test_who_was_removed_has_no_seat_any_more(room: Room) -> None:
    editor = room.joined()
    assert editor.me is not None
    room.workspace.people.remove(room.owner, editor.me.id)
    with pytest.raises(SeatEnded):
        room.workspace.change(editor, {"company.sites": 5})
    with pytest.raises(SeatEnded):
        room.workspace.people.rename(editor, "still here")
    assert room.now(editor).seat is None


def test_rates_and_notes_are_hidden_from_viewers_only(room: Room) -> None:
    viewer = room.joined(Role.VIEWER)
    assert viewer.sees_labour
    assert viewer.seat is not None
    assert not viewer.seat.sees_notes
    room.workspace.people.set_rules(room.owner, hides_rates=True, hides_notes=False)
    viewer, owner = room.now(viewer), room.now(room.owner)
    assert viewer.seat is not None
    assert (viewer.sees_labour, viewer.seat.sees_notes, owner.sees_labour) == (False, True, True)
    assert not room.workspace.plan(viewer).shows_labour
    assert room.workspace.plan(owner).shows_labour


# Links


def test_a_link_gives_its_role_a_name_and_a_colour(room: Room) -> None:
    seats = [room.joined(role, "  Ada\tLovelace ").me for role in Role]
    assert [seat.role for seat in seats if seat is not None] == list(Role)
    assert {seat.name for seat in seats if seat is not None} == {"Ada Lovelace"}
    assert room.owner.me is not None
    assert len({room.owner.me.colour, *(seat.colour for seat in seats if seat is not None)}) == 4


def test_a_link_that_nobody_made_opens_nothing(room: Room) -> None:
    assert room.workspace.people.join(Token("a-token-of-more-than-twenty-signs")) is None


def test_a_renewed_link_ends_the_old_one_and_its_seats_at_once(room: Room) -> None:
    people = room.workspace.people
    old = people.renew_link(room.owner, Role.EDITOR)
    joined = people.join(old)
    viewer = room.joined(Role.VIEWER)
    assert joined is not None
    editor = room.workspace.open(joined[0])
    new = people.renew_link(room.owner, Role.EDITOR)
    assert new != old
    assert people.join(old) is None
    with pytest.raises(SeatEnded):
        room.workspace.change(editor, {"company.sites": 5})
    assert room.now(viewer).seat is not None
    assert people.join(new) is not None


def test_the_owner_who_renews_the_link_that_they_came_by_stays(room: Room) -> None:
    people = room.workspace.people
    token = people.renew_link(room.owner, Role.OWNER)
    mine, theirs = people.join(token), people.join(token)
    assert mine is not None
    assert theirs is not None
    people.renew_link(room.workspace.open(mine[0]), Role.OWNER)
    assert room.workspace.open(mine[0]).seat is not None
    assert room.workspace.open(theirs[0]).seat is None
    assert room.now(room.owner).seat is not None


def test_a_link_is_shown_again_to_its_maker_and_to_no_other_owner(room: Room) -> None:
    people = room.workspace.people
    second = room.joined(Role.OWNER)
    token = people.renew_link(room.owner, Role.VIEWER)
    assert people.links(room.now(room.owner))[Role.VIEWER].token == token
    shown = people.links(second)
    assert {role: link.token for role, link in shown.items()} == {Role.OWNER: None, Role.VIEWER: None}


def test_secrets_are_long_and_only_their_hashes_are_in_the_file(room: Room, store_file: Path) -> None:
    people = room.workspace.people
    token = people.renew_link(room.owner, Role.EDITOR)
    joined = people.join(token)
    assert joined is not None
    copied, _ = people.duplicate(room.owner)
    written = b"".join(path.read_bytes() for path in store_file.parent.glob(f"{store_file.name}*"))
    for secret in (token, room.owner.key, joined[0], copied):
        assert len(urlsafe_b64decode(secret + "=" * (-len(secret) % 4))) * 8 >= 128
        assert secret.encode() not in written
        assert hash_of(secret).encode() in written
    assert len({new_key() for _ in range(100)}) == 100


def test_two_tabs_of_one_browser_have_two_seats(room: Room) -> None:
    browser = Browser(room.owner.key)
    found = room.workspace.people.join(room.workspace.people.renew_link(room.owner, Role.VIEWER), holder=browser)
    assert found is not None
    me = found[1].participant
    owner_tab, viewer_tab = (room.workspace.open(browser.key(participant)) for participant in (None, me.id))
    assert (owner_tab.may_change, viewer_tab.may_change) == (True, False)
    room.workspace.change(owner_tab, {"company.sites": 5})
    assert room.now(viewer_tab).scenario.company.sites == 5
    assert room.now(viewer_tab).me == me


@pytest.mark.parametrize("text", [None, "", "short", "x" * 65, "spaces in a key of some length", "ключ" * 8])
def test_a_cookie_that_has_not_the_form_of_a_key_is_none(text: str | None) -> None:
    assert key_from(text) is None
    assert key_from(new_key()) is not None


# The session as a whole


@pytest.mark.extended
def test_a_duplicate_is_a_session_of_its_own(room: Room) -> None:
    workspace = room.workspace
    editor = workspace.set_notes(room.joined(name="Ada"), "kept")
    key, me = workspace.people.duplicate(editor)
    copy = workspace.open(key)
    assert copy.me is not None
    assert (copy.me.id, copy.me.role, copy.me.name, copy.number) == (me, Role.OWNER, "Ada", 1)
    assert (copy.content, copy.session != editor.session) == (editor.content, True)
    workspace.change(copy, {"company.employees": 60})
    assert room.now(editor).scenario.company.employees == 180


def test_a_viewer_takes_no_copy(room: Room, store: BreakableStore) -> None:
    refused(room, store, made_viewer(room), lambda workspace, state, _: workspace.people.duplicate(state))


def test_a_deleted_session_is_gone_for_everyone(room: Room, store: BreakableStore) -> None:
    editor = room.joined()
    room.workspace.people.delete(room.owner)
    assert kept(store) == [[], [], [], [], []]
    for state in (room.owner, editor):
        assert room.now(state).seat is None


def test_a_presenter_is_seen_by_all(room: Room) -> None:
    viewer = room.joined(Role.VIEWER)
    room.workspace.people.present(room.owner, PresentedPage("budget", "peak"))
    seat = room.now(viewer).seat
    assert seat is not None
    assert room.owner.me is not None
    assert (seat.presenter, seat.view) == (room.owner.me.id, PresentedPage("budget", "peak"))
    room.workspace.people.present(room.owner, None)
    assert room.now(viewer).seat == replace(seat, presenter=None, view=None)


def test_a_key_of_somebody_else_is_of_no_use_with_a_forged_state(room: Room, store: BreakableStore) -> None:
    forged = replace(room.owner, key=Key("a-key-of-more-than-twenty-signs"))
    before = kept(store)
    for act in (*ON_THE_PLAN.values(), *ON_THE_SESSION.values()):
        with pytest.raises(SeatEnded):
            act(room.workspace, forged, room.owner.me.id if room.owner.me else "")  # type: ignore[arg-type]
    assert kept(store) == before
