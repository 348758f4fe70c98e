"""What a person does to a widget is queued, applied in order, and taken off the queue once it is applied."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import RerunData, RerunException
from streamlit.runtime.state import SafeSessionState, SessionState

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import PlannerError
from zt_planner.ui.components.forms import Refuse, form_state
from zt_planner.ui.state import tab, widgets
from zt_planner.ui.state.tab import TAB, BrowserTab, this_tab
from zt_planner.workspace import State
from zt_planner.workspace.keys import new_key


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> SafeSessionState:
    """Return the session state of a tab that has drawn its first run."""
    kept = SafeSessionState(SessionState(), lambda: None)
    monkeypatch.setattr("streamlit.runtime.state.session_state_proxy.get_session_state", lambda: kept)
    kept[TAB] = BrowserTab(run=1)
    return kept


def interrupt(kept: SafeSessionState) -> None:
    """Have the next touch of a key end the run, as a newer message of the browser does."""

    def end() -> None:
        raise RerunException(RerunData())

    object.__setattr__(kept, "_yield_callback", end)


def go_on(kept: SafeSessionState) -> None:
    """Begin the run of the newer message."""
    object.__setattr__(kept, "_yield_callback", lambda: None)
    widgets.begin_run()


def in_a_tab(test: Callable[[], None]) -> None:
    """Run something in a context of its own, as the thread of a script has one."""
    copy_context().run(test)


def test_what_a_page_of_an_earlier_server_sends_is_no_edit_where_the_first_run_has_not_drawn_the_mark(
    held: SafeSessionState, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[object] = []
    sent = {"mark": "0123456789abcdef/6"}
    monkeypatch.setattr(widgets, "sent_text", lambda _: sent["mark"])

    def run() -> None:
        widgets.begin_run()
        widgets.show_value("people", 161)
        callback = widgets.edited("people", taken.append)
        held["people"] = 160
        callback()
        widgets.begin_run()
        widgets.apply_edits()
        assert taken == []
        sent["mark"] = f"{this_tab().origin}/0"
        callback()
        widgets.apply_edits()
        assert taken == [160], "a page of this server that has drawn nothing yet is listened to"

    in_a_tab(run)


def test_an_edit_is_kept_where_a_newer_message_ends_its_callback_and_its_run(held: SafeSessionState) -> None:
    taken: list[object] = []

    def run() -> None:
        widgets.begin_run()
        widgets.show_value("people", 120)
        callback = widgets.edited("people", taken.append)
        held["people"] = 121
        interrupt(held)
        callback()
        with pytest.raises(RerunException):
            widgets.begin_run()
        assert taken == []
        go_on(held)
        widgets.apply_edits()
        assert taken == [121]
        widgets.apply_edits()
        assert taken == [121]

    in_a_tab(run)


def test_an_edit_is_taken_off_the_queue_only_once_it_is_applied_and_those_behind_it_wait(
    held: SafeSessionState,
) -> None:
    done: list[str] = []

    def touches_then_does() -> None:
        _ = st.session_state["people"]
        done.append("first")

    def run() -> None:
        widgets.begin_run()
        widgets.pressed(touches_then_does)()
        widgets.pressed(done.append, "second")()
        interrupt(held)
        with pytest.raises(RerunException):
            widgets.apply_edits()
        assert done == []
        go_on(held)
        held["people"] = 120
        widgets.apply_edits()
        assert done == ["first", "second"]

    in_a_tab(run)


def test_an_edit_that_fails_by_a_fault_of_the_program_does_not_come_back(held: SafeSessionState) -> None:
    done: list[str] = []

    def run() -> None:
        widgets.begin_run()
        widgets.pressed({}.__getitem__, "missing")()
        widgets.pressed(done.append, "second")()
        with pytest.raises(KeyError):
            widgets.apply_edits()
        widgets.apply_edits()
        assert done == ["second"]
        assert not this_tab().edits

    in_a_tab(run)
    assert held[TAB].edits is not None


def test_a_form_is_taken_whole_by_the_next_run_where_a_newer_message_ends_this_one(held: SafeSessionState) -> None:
    taken: list[object] = []

    def take(values: dict[str, str], _: Refuse) -> bool:
        taken.append(values)
        return True

    def run() -> None:
        widgets.begin_run()
        shown = form_state("own")
        held["own:0:name"], held["own:0:people"], held["elsewhere"] = "Nina", "120", "x"
        callback = shown.sent(take)
        interrupt(held)
        callback()
        with pytest.raises(RerunException):
            widgets.begin_run()
        assert taken == []
        go_on(held)
        widgets.apply_edits()
        assert taken == [{"name": "Nina", "people": "120"}]

    in_a_tab(run)


def test_a_form_that_is_sent_twice_is_taken_once_and_the_next_one_again(held: SafeSessionState) -> None:
    taken: list[str] = []

    def take(values: dict[str, str], _: Refuse) -> bool:
        taken.append(values["name"])
        return True

    def run() -> None:
        widgets.begin_run()
        for name in ("Nina", "Emil"):
            shown = form_state("name")
            held[shown.key("name")] = name
            callback = shown.sent(take)
            callback()
            callback()
            widgets.apply_edits()
        assert taken == ["Nina", "Emil"]

    in_a_tab(run)


def test_a_form_that_is_refused_stays_with_the_reason_until_something_else_stands_in_it(held: SafeSessionState) -> None:
    wrong = PlannerError("too long")

    def take(_values: dict[str, str], refuse: Refuse) -> bool:
        refuse(wrong)
        return False

    def run() -> None:
        widgets.begin_run()
        held["name:0:name"] = "Nina"
        form_state("name").sent(take)()
        widgets.apply_edits()
        assert (form_state("name").number, form_state("name").refusals()) == (0, (wrong,))
        held["name:0:name"] = ""
        assert form_state("name").refusals() == ()

    in_a_tab(run)


def test_what_a_dialog_asks_is_done_once_however_often_it_is_confirmed(held: SafeSessionState) -> None:
    done: list[str] = []

    def run() -> None:
        widgets.begin_run()
        tab.open_dialog("restore")
        callback = widgets.confirmed(done.append, "restored")
        interrupt(held)
        callback()
        callback()
        with pytest.raises(RerunException):
            widgets.begin_run()
        go_on(held)
        widgets.apply_edits()
        assert done == ["restored"]
        assert this_tab().dialog is None

    in_a_tab(run)


def test_several_values_of_one_widget_are_applied_in_the_order_in_which_they_came(held: SafeSessionState) -> None:
    taken: list[object] = []

    def run() -> None:
        widgets.begin_run()
        widgets.show_value("people", 120)
        callback = widgets.edited("people", taken.append)
        held[widgets.DRAWN] = f"{this_tab().origin}/{this_tab().run}"  # the browser has drawn what it was told
        for value in (121, 120, 122):
            held["people"] = value
            callback()
        widgets.apply_edits()
        assert taken == [121, 120, 122]

    in_a_tab(run)


def test_what_the_browser_holds_when_it_has_drawn_a_run_is_known_though_no_widget_changed(
    held: SafeSessionState,
) -> None:
    taken: list[object] = []

    def run() -> None:
        widgets.begin_run()
        widgets.show_value("people", 120)
        callback = widgets.edited("people", taken.append)
        mark = f"{this_tab().origin}/{{}}"
        held[widgets.DRAWN] = mark.format(this_tab().run)
        widgets.begin_run()
        widgets.apply_edits()
        widgets.show_value("people", 121)  # somebody else's
        told = this_tab().run
        widgets.begin_run()
        widgets.show_value("people", 120)  # and back
        held[widgets.DRAWN] = mark.format(told)  # the browser has drawn 121, and its owner sets 120, as the server does
        held["people"] = 120
        widgets.begin_run()
        widgets.apply_edits()
        held["people"] = 121
        callback()
        widgets.apply_edits()
        assert taken == [121]

    in_a_tab(run)


@pytest.mark.parametrize("typed_in", ["A", "B"])
def test_a_value_that_comes_after_another_variant_was_drawn_is_the_one_of_its_own(
    held: SafeSessionState, typed_in: str
) -> None:
    taken: list[tuple[str, object]] = []
    marks = {"A": "", "B": "mark"}

    def show(letter: str) -> Callable[[], None]:
        here = this_tab()
        here.state = State(new_key(), None, Scenario(), None, is_example=False, letter=letter, mark=marks[letter])
        widgets.begin_run()
        key = tab.own_key("people")
        widgets.show_value(key, 120)
        callback = widgets.edited(key, lambda value: taken.append((here.variant[0], value)))
        here.mark_shown()
        return callback

    def run() -> None:
        callback, key = show(typed_in), tab.own_key("people")
        show("B" if typed_in == "A" else "A")
        this_tab().drawn = this_tab().run
        held[key] = 166
        callback()
        widgets.apply_edits()
        assert taken == [(typed_in, 166)]
        assert this_tab().variant[0] != typed_in, "the other one is still shown"

    in_a_tab(run)
