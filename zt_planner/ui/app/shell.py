"""What every page has: title, menus, the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.language import LOCALES, LanguageCode
from zt_planner.reports.words.gross_and_currency import amount_notes
from zt_planner.reports.words.sentence import headline_sentence, planning_note
from zt_planner.ui.app.menus import download_menu, file_menu
from zt_planner.ui.components import history
from zt_planner.ui.components.components import show_lines, show_refusals, show_trouble
from zt_planner.ui.components.edition import edition_notice
from zt_planner.ui.components.live import show_live
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.other_sessions import show_other_sessions
from zt_planner.ui.components.presence import ask_name, present_switch, show_rights
from zt_planner.ui.state import session
from zt_planner.ui.state.tab import this_tab

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language

FIRST_PAGE = "cockpit"
"""The page Plan: saved addresses and sessions hold this older name."""
SHARE = "share"
"""The page that shows who takes part: it is redrawn when somebody comes or goes."""


def tools(place: DeltaGenerator, plan: Plan, page: str, language: Language) -> None:
    """Draw the row under the headline: who is here, company, undo, file menu, downloads, language."""
    with place.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        show_live(language, watches_people=page == SHARE)
        if plan.scenario.company.name:
            st.text(plan.scenario.company.name)
        present_switch(page, language)
        in_the_way = history.step_buttons(language)
        file_menu(language)
        download_menu(language)
        language_choice(language)
    with place:
        show_lines(in_the_way)


def headline(plan: Plan, language: Language) -> None:
    """Draw the sentence that answers both questions, the note under it, and what went wrong.

    Notices come and go in a container that is always there: the page below stays where it is.
    """
    st.title(plain(headline_sentence(plan, language)), anchor=False)
    with st.container():
        show_lines((planning_note(plan, language), *amount_notes(plan, session.book(), language)))
        edition_notice(plan, language)
        show_rights(language)
        show_other_sessions(language)
        show_refusals(language)
        show_trouble(language)
        history.overwritten_notice(language)
    with st.container():
        ask_name(language)


def seat_ended(language: Language) -> None:
    """Say that this place has ended, and lead to the browser's own plan."""
    say = language.say
    st.title(say("Your seat in the planning session has ended"), anchor=False)
    st.markdown(
        plain(
            say(
                "The link was renewed, your seat was revoked, or the session is over. Ask the owner of the "
                "session for a new link; your own plan is still there."
            )
        )
    )
    st.button(say("Open my own plan"), key="leave", icon=":material/home:", on_click=this_tab().leave)


def language_choice(language: Language) -> None:
    """Draw the choice of the language; it stays in the address."""
    st.segmented_control(
        language.say("Language"),
        list(LanguageCode),
        default=session.default_language(),
        required=True,
        format_func=lambda code: plain(LOCALES[code].own_name),
        key=session.LANGUAGE,
        bind="query-params",
        label_visibility="collapsed",
    )
