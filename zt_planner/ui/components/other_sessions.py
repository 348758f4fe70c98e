"""The way back to the other sessions of this browser, shown on one's own plan.

The sessions are looked for once a tab: a browser joins by loading a page again.
"""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from zt_planner.language import Language
from zt_planner.settings import settings
from zt_planner.topics.record.session import session_title
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import reader, session, tab, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace import State
from zt_planner.workspace.keys import ME
from zt_planner.workspace.sharing.accounts import OwnSession

NOTICE, MOST_SHOWN = "joined", 3


def show_other_sessions(everything: StreamlitPage, language: Language) -> None:
    """Say that this is the browser's own plan, and lead to the sessions that were joined in this browser."""
    if reader.participant() is not None or NOTICE in this_tab().dismissed:
        return
    found = tab.compute_once(NOTICE, _other_sessions)
    if not found:
        return
    say = language.say
    with st.container(border=True):
        text = say("This is your own plan. In this browser you also take part in:")
        st.markdown(f":material/home: {plain(text)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            for other in found:
                title = session_title(other.company, other.people, other.me, language)
                st.link_button(
                    plain(title), f"{settings().base_path}/?{ME}={other.me.id}", icon=":material/open_in_new:"
                )
            st.page_link(everything, query_params=st.query_params.to_dict())
            st.button(
                say("Hide this"),
                type="tertiary",
                key="joined:hide",
                on_click=widgets.pressed(this_tab().dismissed.add, NOTICE),
            )


def _other_sessions() -> tuple[OwnSession, ...]:
    """Return the sessions of this browser beside the one that is shown; none while the store is away."""

    def found(state: State) -> tuple[OwnSession, ...]:
        return session.workspace().accounts.latest(reader.browser(), state.session, MOST_SHOWN)

    return session.query_or(found, ())
