"""What every page has: title, menus, the language."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from zt_planner.domain.finding import Code
from zt_planner.domain.variants import PLAN
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.result import SimulationResult
from zt_planner.errors import StoreError, UnreadableRevision
from zt_planner.language import Language, LanguageCode, language_for
from zt_planner.topics.direction import isolated
from zt_planner.topics.error_texts import explain
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.gross_and_currency import amount_notes
from zt_planner.topics.progress.status import plan_sentence
from zt_planner.topics.sentence import planning_note
from zt_planner.topics.view import View
from zt_planner.ui import seams
from zt_planner.ui.addresses import FIRST_PAGE, SESSIONS, SHARE_PAGE, UNKNOWN
from zt_planner.ui.app import variants
from zt_planner.ui.app.menus import file_words, most_megabytes, show_account_menu, show_file_menu
from zt_planner.ui.components import history
from zt_planner.ui.components.components import show_lines, show_refusals, show_trouble
from zt_planner.ui.components.live import show_live
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.other_sessions import show_other_sessions
from zt_planner.ui.components.presence import show_name_form, show_present_switch, show_rights, show_waiting
from zt_planner.ui.state import session
from zt_planner.ui.state.tab import this_tab

LANGUAGE_WIDTH = 76
"""Of two letters, in pixels."""
TOOLS, TO_SHARE = "tools", "to_share"
ALARMS = (
    Code.TIMELINE_DEADLINE_IMPOSSIBLE,
    Code.TIMELINE_FINISH_BY_MISSED,
    Code.LICENCE_SEAT_CAP,
    Code.FINANCE_CAP_EXCEEDED,
)
"""What is said beside the sentence, as nobody should have to look for it."""


def show_tools(place: DeltaGenerator, page: str, share: StreamlitPage, language: Language) -> None:
    """Draw what stands beside the pages: who is here, undo, redo, files, the language and Share."""
    with place.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=TOOLS):
        words, largest = file_words(page, language), most_megabytes(page) * 1_000_000
        show_live(words, largest, language, watches_people=page == SHARE_PAGE)
        show_present_switch(page, language)
        in_the_way = history.show_step_buttons(language)
        show_file_menu(language)
        show_account_menu(language)
        _show_language_choice(language)
        with st.container(key=TO_SHARE, width="content"):
            st.page_link(share, query_params=st.query_params.to_dict())
    with place:
        show_lines(in_the_way)


def show_headline(plan: Plan, language: Language) -> DeltaGenerator | None:
    """Draw the sentence that answers both questions; return it where it does not say yet how sure it is."""
    shown = session.state()
    known = session.workspace().plans.known_simulation(shown.scenario, shows_labour=shown.sees_labour)
    title = st.title(plain(_headline_sentence(plan, known, language)), anchor=False)
    return title if known is None and plan.scenario.status.at is not None else None


def _headline_sentence(plan: Plan, simulation: SimulationResult | None, language: Language) -> str:
    """Return the sentence of a plan; that of a variant says so first."""
    view = View(plan, language, lambda: simulation, session.reference_plan)
    letter, said = session.state().shown, plan_sentence(view)
    return said if letter == PLAN else f"{language.say('Variant {letter}', letter=letter)} \N{EN DASH} {said}"


def complete_headline(title: DeltaGenerator | None, plan: Plan, language: Language) -> None:
    """Write the sentence of a plan that is under way again once all else is drawn: with how sure it is."""
    if title is not None:
        seams.place_of(title).title(plain(_headline_sentence(plan, session.simulation(), language)), anchor=False)


def show_below_headline(plan: Plan, page: str, answer: str, language: Language) -> None:
    """Draw the page's answer, on the first page with its alarms; the note under it, and what went wrong.

    Notices come and go in a container that is always there: the page below stays where it is.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="below_headline"):
        if answer:
            st.markdown(f"**{plain(answer)}**", width="content")
        if page == FIRST_PAGE:
            _show_alarms(plan, language)
        name = isolated(plan.scenario.company.name.strip())
        note = " · ".join(filter(None, (name, language.write(planning_note(plan)))))
        show_lines((note, *tuple(map(language.write, amount_notes(plan)))))
        variants.show_variants(language)
    with st.container():
        if _is_unknown_address():
            st.info(
                plain(language.say("There is no page at this address. This is the plan.")), icon=":material/link_off:"
            )
        variants.show_moved_notice(language)
        show_rights(language)
        show_waiting(language)
        if page != SESSIONS:
            show_other_sessions(this_tab().pages[SESSIONS], language)
        show_refusals(language)
        show_trouble(language)
        history.show_overwritten(language)
    with st.container():
        show_name_form(language)


def _is_unknown_address() -> bool:
    """Tell whether a page was asked for that is not there: the address says so once, the tab until it turns."""
    if st.query_params.pop(UNKNOWN, None) is not None:
        this_tab().was_led_here = True
    return this_tab().was_led_here


def show_related_pages(groups: Sequence[Sequence[StreamlitPage]]) -> None:
    """Draw the names of the pages that belong together with the one that is shown."""
    for group in groups:
        with st.container(horizontal=True, gap="small", key=f"part_of_{group[0].url_path}"):
            for page in group:
                st.page_link(page, query_params=st.query_params.to_dict())


def _show_alarms(plan: Plan, language: Language) -> None:
    """Say at once what makes the plan impossible, or its costs jump."""
    for finding in plan.findings:
        if finding.code in ALARMS:
            message = describe(finding, session.book(), language).message
            st.markdown(f":red[:material/error: {plain(message)}]", width="content")


def show_seat_ended(language: Language) -> None:
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


def show_unreadable(trouble: StoreError, language: Language) -> None:
    """Say that the plan cannot be read now; the badge has the page drawn again until it can."""
    say = language.say
    title = say("Your plan cannot be read at the moment")
    show_live({"beside": say("Nothing was imported: your plan cannot be read at the moment.")}, 0, language)
    if isinstance(trouble, UnreadableRevision):
        lines = explain(trouble, language)
    else:
        lines = (say("The plan store is not available. Your plan will appear here automatically once it is back."),)
    with st.container(key="unreadable"):
        st.title(title, anchor=False)
        for line in lines:
            st.markdown(f":material/cloud_off: {plain(line)}")


def _show_language_choice(language: Language) -> None:
    """Draw the choice of the language; it stays in the address."""
    codes = list(LanguageCode)
    st.selectbox(
        language.say("Language"),
        codes,
        codes.index(language_for(st.context.locale or "en").code),
        format_func=lambda code: plain(code.upper()),
        key=session.LANGUAGE,
        bind="query-params",
        label_visibility="collapsed",
        filter_mode=None,
        width=LANGUAGE_WIDTH,
    )
