"""The example that a first visit shows: said to be one, and made one's own by a few answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.scenario.scenario import Mode
from zt_planner.topics.inputs.number_forms import form_of
from zt_planner.ui.components.components import show_dialog
from zt_planner.ui.components.forms import form
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, tab, widgets
from zt_planner.ui.widgets import controls
from zt_planner.ui.widgets.number_fields import asked_number

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.ui.components.forms import Refuse

MAKE_IT_YOURS = "make it yours"
PEOPLE, MONTHS = "company.employees", "timeline.target_months"


def example_line(language: Language) -> None:
    """Say that this is an example, and offer to make it one's own."""
    say = language.say
    st.caption(plain(say("This is an example. A few answers make it yours.")), width="content")
    st.button(
        say("Make it yours"),
        key="own",
        type="tertiary",
        icon=":material/edit:",
        on_click=widgets.pressed(tab.open_dialog, MAKE_IT_YOURS),
    )


def example_dialog(plan: Plan, language: Language) -> None:
    """Draw the questions, while they are asked."""
    say = language.say
    show_dialog(MAKE_IT_YOURS, say("Make it yours"), partial(make_it_yours, plan, language))


def make_it_yours(plan: Plan, language: Language) -> None:
    """Ask what the people have today, how many they are, and when it should be done; first what the plan has."""
    say, answers = language.say, form("own")
    with st.form("own", border=False):
        licences, owned = controls.ownable_licences(), plan.scenario.company.owned_licence
        st.selectbox(
            say("What do your people have today?"),
            licences,
            licences.index(owned) if owned in licences else 0,
            format_func=controls.licence_name(language),
            key=answers.key("licence"),
            help=say("Most companies have Microsoft 365 Business Standard. What is replaced is credited."),
        )
        asked_number(say("How many people?"), answers.key(PEOPLE), PEOPLE, plan.scenario.company.employees, language)
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
        tab.close_dialog()
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
