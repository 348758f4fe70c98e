"""The session as a whole: another one from it or from an example, a file of it, its end."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.settings import settings
from zt_planner.ui.components.components import button_row, pick, show_dialog
from zt_planner.ui.components.downloads import download
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, tab, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace.keys import ME

if TYPE_CHECKING:
    from collections.abc import Callable

    from zt_planner.bootstrap import Example
    from zt_planner.domain.session import Participant
    from zt_planner.language import Language
    from zt_planner.workspace import State

DELETE = "delete the session"
NO_EXAMPLE = ""


def draw(me: Participant, language: Language) -> None:
    """Draw what can be done with the session, by role."""
    if me.role.may_change:
        another(language)
    export(language)
    if me.role is Role.OWNER:
        end(language)


def another(language: Language) -> None:
    """Offer to begin another session, with this plan or an example."""
    say, examples = language.say, {example.file: example for example in bootstrap.examples()}
    names = {NO_EXAMPLE: say("a copy of this plan")} | {file: say(found.name) for file, found in examples.items()}
    with button_row():
        chosen = pick(say("Another session with"), names, "another:with", language)
        st.button(
            say("Begin another session"),
            key="another",
            icon=":material/content_copy:",
            help=say("You become its owner. This session stays as it is."),
            on_click=widgets.pressed(begin_another, examples.get(chosen)),
        )
    link = this_tab().copy
    if link is not None:
        st.link_button(say("Open the other session"), link, icon=":material/open_in_new:")


def begin_another(example: Example | None) -> None:
    """Begin another session, and keep the link that opens it."""

    def begun(state: State) -> str:
        shown = state if example is None else session.example_beside(state, example)
        _, owner = session.workspace().people.duplicate(shown)
        return f"{settings().base_path}/?{ME}={owner}"

    link = session.arrange(begun)
    if link is not None:
        this_tab().copy = link


def export(language: Language) -> None:
    """Offer the session as one file; it is read when it is asked for."""
    say = language.say
    download(
        say("Save the session as a file"),
        session.workspace().file_of,
        "session.json",
        "application/json",
        language,
        icon=":material/save:",
        help=say("The plan, the record and the names of the participants, as far as you may see them. No links."),
    )


def end(language: Language) -> None:
    """Offer to delete the session."""
    say = language.say
    st.button(
        say("Delete the session"),
        key="delete",
        icon=":material/delete_forever:",
        on_click=widgets.pressed(tab.open_dialog, DELETE),
    )
    confirm = partial(confirm_end, partial(session.attempt, deleted), language)
    show_dialog(DELETE, say("Delete the session"), confirm)


def deleted(state: State) -> State:
    """Delete the session; who has done it needs not be told that it is gone."""
    workspace = session.workspace()
    workspace.people.delete(state)
    return replace(workspace.example(state.key), origin=state.origin, address=state.address)


def confirm_end(delete: Callable[[], object], language: Language) -> None:
    """Say what is lost, and have a word typed."""
    say, word = language.say, language.say("DELETE")
    st.markdown(
        plain(say("Plan, record, notes and links are gone for good, for everyone in the session. Save a file first."))
    )
    typed = st.text_input(plain(say("Type {word} to confirm", word=word)), key="delete:word")
    is_meant = typed.strip() == word
    st.button(
        say("Delete for good"),
        key="delete:now",
        icon=":material/delete_forever:",
        disabled=not is_meant,
        on_click=widgets.confirmed(delete),
    )
