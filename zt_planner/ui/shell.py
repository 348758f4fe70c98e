"""What every page has: title, menus, the offer to make the example one's own, the language."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.scenario import Mode
from zt_planner.language import LOCALES, LanguageCode
from zt_planner.reports.beside import beside_notes
from zt_planner.reports.number_forms import form_of
from zt_planner.reports.sentence import headline_sentence, planning_note
from zt_planner.ui import controls, history, session, tab, widgets
from zt_planner.ui.components import show_dialog, show_lines, show_refusal, show_trouble
from zt_planner.ui.forms import form
from zt_planner.ui.joined import show_joined
from zt_planner.ui.live import show_live
from zt_planner.ui.markdown import plain
from zt_planner.ui.menus import download_menu, file_menu
from zt_planner.ui.number_fields import asked_number
from zt_planner.ui.tab import this_tab
from zt_planner.ui.together import ask_name, present_switch, show_rights

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language
    from zt_planner.ui.forms import Refuse

FIRST_PAGE, SHARE = "cockpit", "share"
"""The page that shows who takes part: it is drawn anew when somebody comes or goes."""
MAKE_IT_YOURS = "make it yours"
PEOPLE, MONTHS = "company.employees", "timeline.target_months"


def tools(place: DeltaGenerator, plan: Plan, page: str, language: Language) -> None:
    """Draw the row under the headline: who is here, company, undo, file menu, downloads, language."""
    with place.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        show_live(language, watches_people=page == SHARE)
        if plan.scenario.company.name:
            st.text(plan.scenario.company.name)
        present_switch(page, language)
        in_the_way = history.step_buttons(language)
        file_menu(plan, language)
        download_menu(plan, language)
        language_choice(language)
    with place:
        show_lines(in_the_way)


def headline(plan: Plan, language: Language) -> None:
    """Draw the sentence that answers both questions, the note under it, and what went wrong."""
    st.title(plain(headline_sentence(plan, language)), anchor=False)
    show_lines((planning_note(plan, language), *beside_notes(plan, session.book(), language)))
    show_rights(language)
    show_joined(language)
    show_refusal(language)
    show_trouble(language)
    history.overwritten_notice(language)
    ask_name(language)


def seat_ended(language: Language) -> None:
    """Say that this place has ended, and lead to the browser's own plan."""
    say = language.say
    st.title(say("This place in the planning session has ended"), anchor=False)
    st.markdown(
        plain(
            say(
                "The link was renewed, the place was taken away, or the session is over. Ask the owner of the "
                "session for a new link; your own plan is still there."
            )
        )
    )
    st.button(say("Open my own plan"), key="leave", icon=":material/home:", on_click=this_tab().leave)


def example_line(plan: Plan, language: Language) -> None:
    """Say that this is an example, while it is, and offer to make it one's own."""
    if not session.state().is_example:
        return
    say = language.say
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            plain(say("This is an example: make it yours. Three answers are enough to start.")), width="stretch"
        )
        st.button(
            say("Make it yours"),
            key="own",
            icon=":material/edit:",
            disabled=not session.may_change(),
            on_click=widgets.pressed(tab.ask, MAKE_IT_YOURS),
        )
    show_dialog(MAKE_IT_YOURS, say("Make it yours"), partial(make_it_yours, plan, language))


def make_it_yours(plan: Plan, language: Language) -> None:
    """Ask how many people there are, what they have today and when it should be done."""
    say, answers = language.say, form("own")
    with st.form("own", border=False):
        asked_number(say("How many people?"), answers.key(PEOPLE), PEOPLE, plan.scenario.company.employees, language)
        st.selectbox(
            say("What do they have today?"),
            controls.ownable_licences(),
            format_func=controls.licence_name(language),
            key=answers.key("licence"),
        )
        months = plan.scenario.timeline.target_months
        asked_number(say("Done in how many months?"), answers.key(MONTHS), MONTHS, months, language)
        st.text_input(say("Company name (optional)"), key=answers.key("name"))
        st.form_submit_button(say("Show my plan"), on_click=answers.sent(partial(take_answers, language)))
        answers.explain(language)


def take_answers(language: Language, answers: dict[str, str], refuse: Refuse) -> bool:
    """Make the example one's own; return whether it is. What is wrong with a number stands at its field."""
    if any(form_of(path).refusal(answers[path], language) for path in (PEOPLE, MONTHS)):
        return False
    people, months = (int(form_of(path).read(answers[path], language)) for path in (PEOPLE, MONTHS))
    mine = fields_of(people, answers["licence"], months, answers["name"])
    is_taken = session.attempt(lambda state: session.workspace().make_own(state, mine), refuse)
    if is_taken:
        tab.close()
    return is_taken


def fields_of(people: int, licence: str, months: int, name: str) -> dict[str, object]:
    """Return the fields that the answers set; who names a finish plans for it."""
    return {
        PEOPLE: people,
        "company.owned_licence": licence or None,
        "timeline.mode": Mode.DEADLINE,
        MONTHS: months,
        "company.name": name,
    }


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
