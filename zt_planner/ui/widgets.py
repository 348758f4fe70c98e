"""Widgets of one browser tab: what they are told to show, and what a person did with them.

Before a widget is drawn its key is set to what stands, unless the browser shows
it already (setting it again would move a slider that is held). Law: nothing is
changed but by what a person did; `told` knows what that is (ADR 0024).
"""

from __future__ import annotations

from functools import partial
from time import time_ns
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from zt_planner.ui import session
from zt_planner.ui.told import NOTHING, Told, Written, run_said, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zt_planner.language import Language

TOLD, EDITS, SPOKEN = "_told", "_edits", "_spoken"
RUN, FIRST_RUN, SEEN, DRAWN = "_run", "_first_run", "_seen", "drawn"
UNSEEN = f"<style>.st-key-{DRAWN} {{ display: none }}</style>"
Found = TypeVar("Found")


def begin_run() -> None:
    """Give the run a number, greater than any of a server that this browser has spoken with before."""
    now = time_ns() // 1_000_000
    st.session_state.setdefault(FIRST_RUN, now)
    st.session_state[RUN] = max(now, st.session_state.get(RUN, 0) + 1)


def run() -> int:
    """Return the number of this run."""
    return int(st.session_state[RUN])


def mark_drawn() -> None:
    """Draw last, and unseen, a field that holds the number of this run: the browser sends it with each message."""
    st.session_state[DRAWN] = Written(run())
    st.html(UNSEEN)
    st.text_input(DRAWN, str(run()), key=DRAWN, label_visibility="collapsed")


def _drawn() -> int:
    """Return the last run of which the browser says that it has drawn it; 0 where it has not said anything."""
    st.session_state[SEEN] = run_said(st.session_state.get(DRAWN)) or st.session_state.get(SEEN, 0)
    return int(st.session_state[SEEN])


def show_value(key: str, value: Found) -> Found:
    """Make the widget with a key show a value when it is drawn next, and return it.

    A widget must have it as its default, too: one whose code reaches the browser after the run that told the value
    begins with its default. Only what may be empty must have none, as Streamlit lets nobody empty it otherwise.
    """
    told = _told_of(key)
    told.drawn(_drawn())
    if told.must_tell(value, st.session_state.get(key, NOTHING), run()):
        st.session_state[key] = written(value)
    return value


def report(key: str, values: Mapping[str, Any]) -> None:
    """Note in a callback that a widget holds something else: fields of the scenario."""
    when_edited(key, partial(session.change, values))


def when_edited(key: str, action: Callable[[], None]) -> None:
    """Note in a callback that a widget holds something else, and what to do in this run if a person did it.

    A browser that has spoken with another server before and has drawn nothing of this one holds
    what stood then, whatever others have changed since.
    """
    told, drawn = _told_of(key), _drawn()
    told.drawn(drawn)
    is_of_before = 0 < drawn < st.session_state[FIRST_RUN]
    if not is_of_before and told.hear(st.session_state[key]):
        st.session_state.setdefault(EDITS, []).append(action)


def apply_edits() -> None:
    """Do what a person did; called first in every run, after `session.current`."""
    for action in st.session_state.pop(EDITS, []):
        action()


def forget_edits() -> None:
    """Forget what a person did in a session that they have left."""
    st.session_state.pop(EDITS, None)


def _told_of(key: str) -> Told:
    """Return what the browser was told of a widget."""
    found: Told = st.session_state.setdefault(TOLD, {}).setdefault(key, Told())
    return found


def speak(language: Language) -> None:
    """Tell the browser every value anew where the language is another: a list holds its choice by its name."""
    if st.session_state.setdefault(SPOKEN, language.code) != language.code:
        st.session_state[SPOKEN] = language.code
        for key in st.session_state.get(TOLD, {}):
            st.session_state.pop(key, None)


def shown_value(key: str) -> Any:  # noqa: ANN401 - widgets hold values of every kind
    """Return what the widget with a key holds."""
    return st.session_state[key]
