"""Widgets of one browser tab: the values they show, and the user's edits.

Before a widget is drawn, its key is set to the current value, unless the browser shows it already: setting it again
would move a slider that is held. What the user does arrives as a callback before the script runs. A callback may end at
its first access to `st.session_state` if another message has arrived meanwhile, and Streamlit then forgets it. So a
callback only queues what the message holds; the run applies it, and takes it off the queue once it is applied
(ADR 0049). Laws: only what the user did changes anything (`echo`, ADR 0024); edits are applied in the order in which
the browser sent them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic
from typing import Any, TypeVar

import streamlit as st

from zt_planner.language import Language
from zt_planner.ui.seams import RUN_ENDS, Written, held_values, sent_text, written
from zt_planner.ui.state import tab
from zt_planner.ui.state.echo import NOTHING, WidgetEcho, drawn_run
from zt_planner.ui.state.tab import BrowserTab, WidgetEdit, this_tab

DRAWN = "drawn"
UNSEEN = f"<style>.st-key-{DRAWN} {{ display: none }}</style>"
Shown = TypeVar("Shown")


def begin_run() -> float:
    """Number the run; return the monotonic time since which it waits."""
    here = tab.fetch_tab()
    here.run += 1
    here.waits_since = here.waits_since or monotonic()
    held = _held()
    drawn = _drawn_by(here, held.get(DRAWN))
    if drawn is not None and drawn != here.drawn:
        here.drawn = drawn
        here.edits.append(partial(_observe, here, held, drawn))
    return here.waits_since


def _held() -> dict[str, Any]:
    """Return the values of all widgets, with the mark of the page even if no run of this tab has drawn it yet."""
    held = held_values()  # unlike a single key, the whole ends no run
    if drawn_run(held.get(DRAWN)) is None:
        held[DRAWN] = sent_text(DRAWN)
    return held


def _observe(here: BrowserTab, held: dict[str, Any], drawn: int) -> None:
    """Record all widget values of the first message that reports a run as drawn."""
    for key, echo in here.echoes.items():
        echo.observe(held.get(key, NOTHING), drawn)


def mark_drawn() -> None:
    """Draw a hidden field with tab and run, last of all: the browser sends it with every message."""
    this_tab().mark_shown()
    mark = f"{this_tab().origin}/{this_tab().run}"
    st.session_state[DRAWN] = Written(mark)
    st.html(UNSEEN)
    st.text_input(DRAWN, mark, key=DRAWN, label_visibility="collapsed")
    this_tab().forget_shown_refusals()
    this_tab().waits_since = None


def show_value(key: str, value: Shown) -> Shown:
    """Make the widget with a key show a value when it is drawn next, and return it.

    The widget needs it as its default, too: if its code reaches the browser after the run that sent the value, it
    starts with its default.
    """
    here = this_tab()
    sent = st.session_state.get(key, NOTHING)
    echo = here.echoes.setdefault(key, WidgetEcho())
    echo.confirm_drawn(here.drawn)
    if echo.must_send(value, sent, here.run):
        st.session_state[key] = written(value)
    return value


def edited(key: str, take: Callable[[Any], object]) -> Callable[[], None]:
    """Return the callback of the widget with a key: the next run applies its value, if that is a user's edit."""
    here = this_tab()
    variant = here.variant_of.get(key)

    def queue() -> None:
        held = _held()
        here.queue(WidgetEdit(key, held.get(key), held.get(DRAWN), take, variant))

    return queue


def pressed(action: Callable[..., object], *args: object) -> Callable[[], None]:
    """Return the callback of a button: the next run calls `action`."""
    return _queued(lambda _: action(*args))


def confirmed(action: Callable[..., object], *args: object) -> Callable[[], None]:
    """Return the callback of a dialog's button: the next run calls `action`, once, and closes the dialog."""
    dialog = this_tab().dialog

    def confirm() -> None:
        if this_tab().dialog == dialog:
            action(*args)
            tab.close_dialog()

    return pressed(confirm)


def sent(prefix: str, take: Callable[[dict[str, Any]], object]) -> Callable[[], None]:
    """Return the callback of a form's button: the next run takes the values of the fields with this prefix."""
    return _queued(lambda held: take(held_fields(prefix, held)))


def _queued(action: Callable[[dict[str, Any]], object]) -> Callable[[], None]:
    """Return the callback that queues an action on the values in the message."""
    here = this_tab()

    def queue() -> None:
        held = _held()

        def act() -> None:
            drawn = _drawn_by(here, held.get(DRAWN))
            if drawn is None:
                action(held)
                return
            here.mark_seen(drawn)
            here.act_as_drawn(drawn, partial(action, held))

        here.queue(act)

    return queue


def held_fields(prefix: str, held: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the values of the widgets with this prefix, by the rest of their keys."""
    return {str(key).removeprefix(prefix): held[key] for key in held if str(key).startswith(prefix)}


def apply_edits() -> None:
    """Apply the user's edits; called first in every run and every fragment."""
    here = this_tab()
    with here.lock:
        try:
            while here.edits:
                edit = here.edits.popleft()
                try:
                    _apply(here, edit)
                except RUN_ENDS:  # a newer message has arrived: its run continues here
                    here.edits.appendleft(edit)
                    raise
        finally:
            here.is_read = False
        here.has_acted = False
    here.mark_seen(here.drawn)


def _apply(here: BrowserTab, edit: WidgetEdit | Callable[[], object]) -> None:
    """Apply one edit.

    A browser that has drawn nothing of this server yet holds the values that an earlier one sent, whatever others have
    changed since: these are no edits.
    """
    if not isinstance(edit, WidgetEdit):
        edit()
        return
    drawn = _drawn_by(here, edit.drawn)
    if drawn is None:
        return
    echo = here.echoes.setdefault(edit.key, WidgetEcho())
    echo.confirm_drawn(drawn)
    here.mark_seen(drawn)
    if echo.is_edit(edit.value):
        here.act_as_drawn(drawn, partial(edit.take, edit.value), edit.variant)
    echo.set_held(edit.value)


def _drawn_by(here: BrowserTab, mark: object) -> int | None:
    """Return the run that a browser reports as drawn, the last known one if it reports none.

    None if the report is of another tab: an earlier server has drawn that page.
    """
    reported = drawn_run(mark)
    if reported is None:
        return here.drawn
    origin, number = reported
    return number if origin == here.origin else None


def follow_language(language: Language) -> None:
    """Send the browser every value again when the language changes: a list holds its choice by name."""
    here = this_tab()
    if here.language not in {None, language.code}:
        for key in here.echoes:
            st.session_state.pop(key, None)
    here.language = language.code
