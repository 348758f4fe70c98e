"""The way back to sessions joined in this browser, shown on one's own plan.

The sessions are looked for once a tab: a browser joins by loading a page again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from zt_planner.reports.words.session import session_title
from zt_planner.settings import settings
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import reader, session, tab, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace.keys import ME, seat_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.session import Participant
    from zt_planner.language import Language
    from zt_planner.workspace import State
    from zt_planner.workspace.keys import Key

NOTICE, MOST_SHOWN, MOST_OPENED = "joined", 3, 20


class OtherSession(NamedTuple):
    """A session to which this browser keeps a key: its company, who is in it, and as whom one takes part."""

    company: str
    people: tuple[Participant, ...]
    me: Participant


def show_other_sessions(language: Language) -> None:
    """Say that this is the browser's own plan, and lead to the sessions that were joined in this browser."""
    if reader.participant() is not None or NOTICE in this_tab().dismissed:
        return
    found = tab.compute_once(NOTICE, other_sessions)
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
            st.button(
                say("Hide this"),
                type="tertiary",
                key="joined:hide",
                on_click=widgets.pressed(this_tab().dismissed.add, NOTICE),
            )


def other_sessions() -> tuple[OtherSession, ...]:
    """Return the sessions to which this browser keeps keys, beside its own plan's; none while the store is away."""
    keys = list(seat_keys(st.context.cookies.to_dict()).values())[-MOST_OPENED:]
    return session.known(partial(joined_by, keys=keys), ())


def joined_by(state: State, keys: Sequence[Key]) -> tuple[OtherSession, ...]:
    """Return the sessions that these keys open; raise StoreError."""
    workspace = session.workspace()
    return tuple(
        OtherSession(other.scenario.company.name, workspace.people.everyone(other), other.me)
        for other in workspace.others(state, keys)[:MOST_SHOWN]
        if other.me is not None
    )
