"""What every page has: headline, tools, notices, and the way to this browser's other sessions."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from zt_planner.domain.finding import Code
from zt_planner.domain.variants import AS_APPROVED
from zt_planner.engine.plan import AnyPlan
from zt_planner.errors import StoreError, UnreadableRevision
from zt_planner.language import Language, LanguageCode, Listed, Text, language_for
from zt_planner.settings import settings
from zt_planner.topics.brand import look_of
from zt_planner.topics.direction import isolated
from zt_planner.topics.error_texts import explain
from zt_planner.topics.findings.findings import describe
from zt_planner.topics.gross_and_currency import amount_notes
from zt_planner.topics.progress.status import plan_sentence
from zt_planner.topics.record.session import session_title
from zt_planner.topics.sentence import announced_result, planning_note
from zt_planner.ui.addresses import PLAN_PAGE, SESSIONS, SHARE_PAGE, UNKNOWN, WEEK, WHAT_IF
from zt_planner.ui.app import variants
from zt_planner.ui.app.menus import file_words, most_megabytes, show_account_menu, show_file_menu
from zt_planner.ui.components.account.own_sessions import sessions_label
from zt_planner.ui.components.deciding import approval
from zt_planner.ui.components.deciding.decisions import show_next_decision
from zt_planner.ui.components.elements import show_lines, show_page_link, show_refusals, show_text, show_trouble
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.together import history
from zt_planner.ui.components.together.live import show_live
from zt_planner.ui.components.together.presence import (
    is_seen_by_all,
    presents,
    show_present_switch,
    show_rights,
    show_waiting,
)
from zt_planner.ui.components.together.proposals import show_copy_line, show_proposals
from zt_planner.ui.components.why import view_of
from zt_planner.ui.state import reader, session, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace import State
from zt_planner.workspace.keys import ME, OWN
from zt_planner.workspace.sharing.accounts import OwnSession

LANGUAGE_WIDTH = 76
"""Of two letters, in pixels."""
TOOLS, TO_SHARE = "tools", "to_share"
ALARMS = (
    Code.TIMELINE_DEADLINE_IMPOSSIBLE,
    Code.TIMELINE_FINISH_BY_MISSED,
    Code.LICENCE_SEAT_CAP,
    Code.FINANCE_CAP_EXCEEDED,
)
"""Findings that are shown beside the page's answer, as nobody should have to look for them."""
OTHER_SESSIONS, MOST_SESSIONS = "other_sessions", 3


def show_tools(place: DeltaGenerator, plan: AnyPlan, page: str, language: Language) -> None:
    """Draw the tools beside the pages: who is here, undo, redo, files, the language and Share.

    Whoever presents sees what the others should: only who is here, the switch that ends it, and the language.
    """
    with place.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=TOOLS):
        words, largest = file_words(page, language), most_megabytes(page) * 1_000_000
        result = announced_result(view_of(plan, language))
        show_live(words, largest, language, plan=result, watches_people=page == SHARE_PAGE)
        show_present_switch(page, language)
        in_the_way = () if presents() else history.show_step_buttons(language)
        if not presents():
            show_file_menu(language)
            show_account_menu(language)
        _show_language_choice(language)
        if not presents():
            asks_approval = page == PLAN_PAGE and approval.is_due()
            with st.container(key=None if asks_approval else TO_SHARE, width="content"):
                show_page_link(SHARE_PAGE)
    with place:
        show_lines(in_the_way)


def show_headline(plan: AnyPlan, language: Language) -> None:
    """Draw the sentence that answers both questions with what is promised: it waits for the draws."""
    state, sentence = session.state(), plan_sentence(view_of(plan, language))
    if session.workspace().plans.approved(state) is not None:
        sentence = Listed((Text("As approved"), sentence), " \N{EN DASH} ")
    elif state.variant is not None:
        sentence = Listed((Text("Variant {letter}", letter=state.shown), sentence), " \N{EN DASH} ")
    st.title(plain(sentence), anchor=False)


def show_below_headline(plan: AnyPlan, page: str, answer: str, language: Language) -> None:
    """Draw the page's answer, below it the note, on the first page what cannot be met and the next decision; notices.

    Notices come and go in a container that is always there, so that the page below does not move.
    """
    with st.container(gap=None, key="below_headline"):
        if answer:
            st.markdown(f"**{plain(answer)}**")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="beside_variants"):
            if page in {PLAN_PAGE, WEEK}:
                _show_alarms(plan)
            if page == PLAN_PAGE:
                show_next_decision(plan, language)
                show_page_link(WHAT_IF, language.say("What if …?"), ":material/alt_route:")
                approval.show(language)
            else:
                show_note(plan, language)
            variants.show_variants(language)
    with st.container():
        if _is_unknown_address():
            st.info(
                plain(language.say("There is no page at this address. This is the first page.")),
                icon=":material/link_off:",
            )
        variants.show_moved_notice(language)
        if session.state().shown != AS_APPROVED:
            show_rights(language)
        show_copy_line(language)
        show_waiting(language)
        show_proposals(language)
        if page != SESSIONS and not is_seen_by_all():
            _show_other_sessions(language)
        show_refusals(language)
        show_trouble()
        if not is_seen_by_all():
            history.show_overwritten(language)


def show_note(plan: AnyPlan, language: Language) -> None:
    """Say what every figure is subject to, what the plan comes to with VAT or in another currency, and whose it is."""
    look = look_of(plan)
    name = isolated(plan.scenario.company.name.strip())
    note = " · ".join(filter(None, (name, language.write(planning_note(plan)))))
    foot = "" if look is None else look.foot
    show_lines((note, *map(language.write, amount_notes(view_of(plan, language))), foot))


def _is_unknown_address() -> bool:
    """Tell whether the address that was asked for has no page: the query says so once, the tab from then on."""
    if st.query_params.pop(UNKNOWN, None) is not None:
        this_tab().is_unknown_address = True
    return this_tab().is_unknown_address


def _show_other_sessions(language: Language) -> None:
    """Say where the reader is if no link led there, and the way to their other sessions, looked for once a tab."""
    here, say = this_tab(), language.say
    if (reader.participant() is not None and not here.has_come_back) or OTHER_SESSIONS in here.dismissed:
        return
    if here.other_sessions is None:
        here.other_sessions = session.query_or(_other_sessions, ())
    if not here.other_sessions and not here.has_come_back:
        return
    with st.container(border=True):
        text = say("This is your own plan. In this browser you also take part in:")
        if here.has_come_back:
            text = say("You are back in your last session. Go to:")
        st.markdown(f":material/home: {plain(text)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            if here.has_come_back:
                own = f"{settings().base_path}/?{ME}={OWN}"
                st.link_button(say("Your own plan"), own, icon=":material/open_in_new:")
            for other in here.other_sessions:
                title = session_title(other.company, other.people, other.me)
                address = f"{settings().base_path}/?{ME}={other.me.id}"
                st.link_button(plain(title), address, icon=":material/open_in_new:")
            show_page_link(SESSIONS)
            st.button(
                say("Hide this"),
                type="tertiary",
                key="other_sessions:hide",
                on_click=widgets.pressed(here.dismissed.add, OTHER_SESSIONS),
            )


def _other_sessions(state: State) -> tuple[OwnSession, ...]:
    return session.workspace().accounts.latest(reader.browser(), state.session, MOST_SESSIONS)


def show_page_links(pages: Sequence[str], language: Language) -> None:
    """Draw links to pages that belong together."""
    with st.container(horizontal=True, gap="small"):
        for page in pages:
            show_page_link(page, sessions_label(language) if page == SESSIONS else None)


def _show_alarms(plan: AnyPlan) -> None:
    """Show what cannot be met, in a place that is emptied at once: it would push the next decision to another line."""
    place, found = st.empty(), [finding for finding in plan.findings if finding.code in ALARMS]
    if not found:
        return
    with place.container(horizontal=True, gap="small", width="content"):
        for alarm in (describe(finding, session.book()) for finding in found):
            st.markdown(f":red[:material/error: {plain(alarm.title)}]", help=plain(alarm.message), width="content")


def show_seat_ended(language: Language) -> None:
    """Say that the participant has no seat any more, and offer the browser's own plan."""
    say = language.say
    st.title(say("Your seat in the planning session has ended"), anchor=False)
    show_text(
        say(
            "The link was renewed, your seat was revoked, or the session is over. Ask the owner of the "
            "session for a new link; your own plan is still there."
        )
    )
    st.button(say("Open my own plan"), key="leave", icon=":material/home:", on_click=this_tab().leave)


def show_unreadable(trouble: StoreError, language: Language) -> None:
    """Say that the plan cannot be read now; the live badge redraws the page until it can."""
    say = language.say
    title = say("Your plan cannot be read at the moment")
    show_live({"beside": say("Nothing was imported: your plan cannot be read at the moment.")}, 0, language)
    if isinstance(trouble, UnreadableRevision):
        lines = explain(trouble)
    else:
        lines = (say("The plan store is not available. Your plan will appear here automatically once it is back."),)
    with st.container(key="unreadable"):
        st.title(title, anchor=False)
        for line in lines:
            st.markdown(f":material/cloud_off: {plain(line)}")


def _show_language_choice(language: Language) -> None:
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
