"""Sharing: links, seats, people, rules, notes, and the session as a whole."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial

import pytest
import streamlit as st

from tests.approval import Says
from tests.ui.colleagues import become
from tests.ui.meeting import HOST, Meeting, everything, joined, kept, me, texts
from tests.ui.screen import Screen
from zt_planner import bootstrap
from zt_planner.domain.session import Role, Rules
from zt_planner.language import LanguageCode
from zt_planner.resources import root
from zt_planner.store.history import History
from zt_planner.store.people.presence import Presence
from zt_planner.store.people.seats import Seats
from zt_planner.topics.record.session import what_a_role_does
from zt_planner.ui.state.tab import TAB
from zt_planner.workspace import State
from zt_planner.workspace.keys import ME, OWN, Browser


# Before the first change, and beginning
def test_nothing_is_shared_before_the_session_begins(screen: Screen, says: Says) -> None:
    screen.go("share")
    assert screen.state.session is None
    says(screen.answer)
    assert not screen.app.image
    assert not screen.has("make:viewer")


@pytest.mark.extended
def test_beginning_saves_the_plan_as_it_stands(screen: Screen) -> None:
    screen.run()
    before = screen.scenario
    screen.go("share").press("begin")
    assert screen.state.session is not None
    assert screen.state.number == 1
    assert kept(screen).scenario == before
    assert screen.has("make:viewer")


# Links


@pytest.mark.parametrize("role", Role)
def test_a_link_is_made_on_demand_and_opens_its_role(meeting: Meeting, role: Role) -> None:
    owner = meeting.owner
    if owner.has(f"make:{role}"):
        owner.press(f"make:{role}")
    shown = bootstrap.workspace().people.links(owner.state)[role]
    owner.run()
    assert f"{HOST}/join/{shown.token}" in [code.value for code in owner.app.code]
    assert joined(owner, role, "Nina").run().state.me is not None
    alts = [image.alt for images in owner.app.image for image in images.proto.imgs]
    assert any("QR code" in alt for alt in alts)


@pytest.mark.parametrize(("url", "is_here_only"), [("http://localhost:8501/share", True), (f"{HOST}/share", False)])
def test_links_that_only_this_computer_can_open_are_called_so(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch, url: str, *, is_here_only: bool
) -> None:
    listen_at(monkeypatch, "127.0.0.1")
    meeting.owner.app.context = {"url": url}
    warnings = meeting.owner.go("share").warnings
    assert any("stop it where it was started" in text for text in warnings) is is_here_only
    commands = [code.value for code in meeting.owner.app.code if "serve" in code.value]
    assert len(commands) == is_here_only
    plain = [command.split(" --today")[0] for command in commands]
    assert all(f"`{command}`" in (root() / "README.md").read_text("utf-8") for command in plain)
    assert any("QR code" in str(shown.proto) for shown in meeting.owner.app.image) is not is_here_only


def test_the_command_for_others_keeps_port_and_day_and_names_the_settings_that_links_depend_on(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen_at(monkeypatch, "127.0.0.1", 8899)
    monkeypatch.setenv("ZT_PLANNER_BASE_PATH", "/planner")
    monkeypatch.setenv("ZT_PLANNER_PORT", "8899")
    monkeypatch.setenv("ZT_PLANNER_TODAY", "2026-11-30")
    meeting.owner.app.context = {"url": "http://localhost:8899/planner/share"}
    warning = next(text for text in meeting.owner.go("share").warnings if "stop it where it was started" in text)
    (command,) = [code.value for code in meeting.owner.app.code if "serve" in code.value]
    assert command.endswith(" serve --address 0.0.0.0 --port 8899 --today 2026-11-30")
    assert "BASE_PATH" in warning
    assert not [name for name in ("PORT", "TODAY", "ADDRESS") if f"PLANNER_{name}" in warning.replace("\\", "")]


def listen_at(monkeypatch: pytest.MonkeyPatch, address: str, port: int = 8501) -> None:
    """Have the dashboard listen at an address."""
    monkeypatch.setattr(st, "get_option", {"server.address": address, "server.port": port}.get)


def test_a_dashboard_that_listens_to_the_network_is_not_to_be_started_again(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen_at(monkeypatch, "0.0.0.0")  # noqa: S104 - as the network is listened to
    meeting.owner.app.context = {"url": "http://localhost:8501/share"}
    warnings = meeting.owner.go("share").warnings
    assert any("own address in place of localhost" in text for text in warnings)
    assert not [code.value for code in meeting.owner.app.code if "serve" in code.value]


def test_who_begins_a_session_reads_before_that_its_links_work_on_this_computer_only(screen: Screen) -> None:
    screen.app.context = {"url": "http://localhost:8501/share"}
    assert any("on this computer only" in text for text in screen.go("share").warnings)
    assert screen.has("begin")


@pytest.mark.extended
def test_renewing_a_link_asks_first_and_ends_the_seats_that_were_taken_by_it(meeting: Meeting, says: Says) -> None:
    owner, editor, viewer = meeting
    before = [code.value for code in owner.run().app.code]
    owner.press("renew:viewer")
    assert any("stops working at once" in text for text in texts(owner))
    assert [code.value for code in owner.app.code] == before
    assert viewer.run().state.seat is not None
    next(button for button in owner.app.button if button.key == "renew").click()
    owner.run()
    assert [code.value for code in owner.app.code] != before
    viewer.draw()
    says([title.value for title in viewer.app.title])
    assert editor.run().state.seat is not None


def test_an_owner_reads_beside_each_link_what_its_role_may_do(meeting: Meeting) -> None:
    for reader, is_shown in zip(meeting, (True, False, False), strict=True):
        captions = reader.go("share").captions
        assert [captions.count(reader.language.write(what_a_role_does(role))) for role in Role] == [is_shown] * len(
            Role
        )


def test_files_and_notes_are_folded_until_somebody_opens_them(meeting: Meeting) -> None:
    owner = meeting.owner.go("share")
    assert {"fold:formats", "fold:notes"} <= set(owner.folds)
    assert not owner.has("notes")
    assert len(owner.app.get("download_button")) == 1, "the session as a file"


@pytest.mark.parametrize("index", [1, 2], ids=["editor", "viewer"])
def test_nobody_but_an_owner_sees_links(meeting: Meeting, index: int) -> None:
    screen = meeting[index].go("share")
    assert not screen.app.code
    assert "Links" not in [header.value for header in screen.app.header]
    assert "Rules" not in [header.value for header in screen.app.header]
    assert not [button for button in screen.app.button if (button.key or "").startswith(("renew", "make", "remove"))]
    assert any("(you)" in text for text in texts(screen))
    assert {"Anna", "Emil", "Vera"} <= {text.strip("*").removesuffix(" (you)") for text in texts(screen)}


# A seat that has ended


def test_an_ended_seat_shows_no_plan_and_leads_to_ones_own(meeting: Meeting, says: Says) -> None:
    viewer = meeting.viewer.run()
    bootstrap.workspace().people.remove(meeting.owner.state, me(viewer))
    viewer.draw()
    says([title.value for title in viewer.app.title])
    assert not viewer.app.error
    assert not viewer.app.metric
    assert not viewer.app.slider
    late: list[str] = []
    viewer.app.session_state[TAB].edits.append(partial(late.append, "done in the session"))
    viewer.press("leave")
    assert not late
    assert viewer.state.session is None
    assert viewer.app.query_params[ME] in (OWN, [OWN])
    assert viewer.run().shows("company.employees:slider") == 120


def test_a_seat_whose_key_is_not_in_this_browser_has_ended(says: Says) -> None:
    stranger = Screen(me="0011223344556677")
    stranger.draw()
    says([title.value for title in stranger.app.title])


@pytest.mark.extended
def test_a_viewer_alone_is_not_told_to_send_links(screen: Screen, says: Says) -> None:
    become(screen.go("share").press("begin"), Role.VIEWER)
    says(screen.go("share").answer)


@pytest.mark.parametrize("page", ["share", "record"])
def test_the_store_is_asked_once_a_run(meeting: Meeting, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    viewer, asked = meeting.viewer.go(page), Counter[str]()

    def counted(part: type, name: str) -> None:
        answer = getattr(part, name)

        def counting(*given: object) -> object:
            asked[name] += 1
            return answer(*given)

        monkeypatch.setattr(part, name, counting)

    counted(Seats, "people")
    counted(Presence, "here")
    counted(History, "snapshots")
    viewer.run()
    assert set(asked.values()) == {1}
    assert set(asked) == ({"people", "here"} if page == "share" else {"people", "snapshots"})


# People


@pytest.mark.extended
def test_an_owner_changes_a_role(meeting: Meeting) -> None:
    owner, _, viewer = meeting
    owner.run().move(f"role:{me(viewer.run())}", Role.EDITOR)
    viewer.run().move("company.employees:slider", 130)
    assert kept(owner).scenario.company.employees == 130


@pytest.mark.extended
def test_an_owner_takes_a_seat_away_after_being_asked(meeting: Meeting) -> None:
    owner, editor, _ = meeting
    removed = me(editor.run())
    owner.run().press(f"remove:{removed}")
    editor.run()
    next(button for button in owner.app.button if button.key == "remove").click()
    owner.run()
    editor.draw()
    assert not editor.app.metric
    assert not owner.has(f"role:{removed}")


@pytest.mark.extended
def test_an_owner_who_is_one_no_longer_changes_nothing_with_an_old_page(meeting: Meeting) -> None:
    owner, editor, viewer = meeting
    people = bootstrap.workspace().people
    people.set_role(owner.state, me(editor.run()), Role.OWNER)
    editor.go("share")
    people.set_role(owner.state, me(editor), Role.EDITOR)
    editor.move(f"role:{me(viewer.run())}", Role.EDITOR)
    assert viewer.run().state.me is not None
    assert viewer.state.me.role is Role.VIEWER  # type: ignore[union-attr]
    assert editor.errors


@pytest.mark.extended
def test_people_are_shown_with_what_they_changed_last(meeting: Meeting) -> None:
    owner, editor, _ = meeting
    editor.run().move("company.employees:slider", 130)
    assert any("changed last: People" in caption for caption in owner.run().captions)


# Rules, notes, the session as a whole


@pytest.mark.extended
def test_the_owner_sets_rules_one_by_one(meeting: Meeting) -> None:
    owner = meeting.owner.go("share")
    owner.move("rule:hides_rates", value=True).move("rule:hides_notes", value=False).move("rule:days_kept", 30)
    owner.move("rule:is_locked", value=True)
    assert kept(owner).rules == Rules(is_locked=True, hides_rates=True, hides_notes=False, days_kept=30)
    owner.move("rule:is_locked", value=False)
    assert owner.state.may_change


@pytest.mark.extended
def test_notes_reach_those_who_may_read_them(meeting: Meeting) -> None:
    owner, editor, viewer = meeting
    owner.go("share", "fold:notes").move("notes", "Ask for a *discount*")
    assert editor.go("share", "fold:notes").shows("notes") == "Ask for a *discount*"
    viewer.go("share", "fold:notes")
    assert "fold:notes" not in viewer.folds
    assert "discount" not in everything(viewer)
    meeting.set_rules(Rules(hides_notes=False))
    viewer.run().unfold("fold:notes")
    assert "Ask for a *discount*" in [text.value for text in viewer.app.text]
    assert "discount" in everything(viewer)
    assert not viewer.app.text_area


@pytest.mark.extended
def test_a_file_of_the_session_holds_what_its_reader_may_see(meeting: Meeting, hidden: Screen) -> None:
    meeting.owner.go("share", "fold:notes").move("notes", "Ask for a discount")
    workspace = bootstrap.workspace()
    whole = json.loads(workspace.file_of(meeting.owner.state))
    assert whole["notes"] == "Ask for a discount"
    assert whole["scenario"]["labour"]["internal_day_cost"] == "777.00"
    assert whole["scenario"]["labour"]["external_day_rate"] == "1333.00"
    assert [person["name"] for person in whole["participants"]] == ["Anna", "Emil", "Vera"]
    assert len(whole["events"]) == meeting.owner.state.number
    part = workspace.file_of(hidden.state).decode()
    assert not any(word in part for word in ("discount", "1333.00", "777.00", "introduction_budget"))
    for text in (part, json.dumps(whole)):
        assert meeting.owner.state.key not in text
        assert str(meeting.owner.state.session) not in text


def opened_by_the_link(screen: Screen) -> State:
    """Return the other session that a page has begun, as its browser opens it."""
    (link,) = screen.app.get("link_button")
    return bootstrap.workspace().open(Browser(screen.state.key).key(link.proto.url.removeprefix("/?me=")))


@pytest.mark.extended
def test_a_duplicate_is_another_session_with_the_same_plan(meeting: Meeting) -> None:
    owner = meeting.owner.go("share", "fold:notes").press("another")
    other = opened_by_the_link(owner)
    assert other.me is not None
    assert other.me.role is Role.OWNER
    assert other.session != owner.state.session
    assert other.scenario == owner.scenario


@pytest.mark.extended
def test_another_session_begins_with_an_example(meeting: Meeting) -> None:
    example = bootstrap.examples()[-1]
    owner = meeting.owner.go("share", "fold:notes").move("another:with:en", example.file).press("another")
    assert opened_by_the_link(owner).scenario.company.name == example.name


@pytest.mark.extended
def test_a_session_is_deleted_only_after_a_word_is_typed(meeting: Meeting) -> None:
    owner, _, viewer = meeting
    owner.go("share", "fold:notes").press("delete")
    assert next(button for button in owner.app.button if button.key == "delete:now").disabled
    owner.move("delete:word", "DELETE").press("delete:now")
    assert owner.state.session is None
    assert not owner.errors
    viewer.draw()
    assert not viewer.app.metric


def test_a_viewer_can_only_save_a_file(meeting: Meeting) -> None:
    viewer = meeting.viewer.go("share")
    assert not any((button.key or "").startswith(("another", "delete")) for button in viewer.app.button)
    labels = [button.proto.label for button in viewer.app.get("download_button")]
    assert labels.count("Save the session as a file") == 1


def test_the_page_speaks_german(says: Says) -> None:
    screen = Screen(LanguageCode.GERMAN, language="de").go("share").press("begin")
    says([header.value for header in screen.app.header])
