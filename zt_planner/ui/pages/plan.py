"""The first screen: one sentence, six figures, one picture, what to look at; of an example, how to make it yours."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Severity
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.entries import entry_at
from zt_planner.language import Language, sentences
from zt_planner.settings import settings
from zt_planner.topics.axes import shown_months
from zt_planner.topics.budget.tables import budget_table
from zt_planner.topics.findings.line import origin_words
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.progress.status import slip_line
from zt_planner.topics.roadmap.tables import task_table
from zt_planner.ui.addresses import LIMITS
from zt_planner.ui.components import changed, charts
from zt_planner.ui.components.cards import show_figures
from zt_planner.ui.components.charts import remembered
from zt_planner.ui.components.elements import (
    fold,
    fold_findings,
    show_caption,
    show_dialog,
    show_findings,
    show_page_link,
)
from zt_planner.ui.components.forms import Refuse, form_state
from zt_planner.ui.components.job_panel import JobPanel, show_job
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import view_of
from zt_planner.ui.state import session, tab, widgets
from zt_planner.ui.widgets import controls
from zt_planner.ui.widgets.number_fields import form_number
from zt_planner.workspace.jobs.levelling import gain_job

if TYPE_CHECKING:
    from zt_planner.engine.levelling.proposal import LevellingResult

_origin_words = remembered(origin_words)


def answer(plan: AnyPlan, language: Language) -> str:
    """Say what the plan comes to as planned, and the chance of keeping that; of one under way why it has moved."""
    if isinstance(plan, StoppedPlan):
        return ""
    planned = planned_sentence(view_of(plan, language))
    if plan.scenario.status.at is None:
        return language.write(planned)
    return language.write(sentences(planned, slip_line(plan, session.workspace().plans.slip(plan))))


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline."""
    show_findings(plan, language, (Severity.BLOCKING,))
    if isinstance(plan, StoppedPlan):
        return
    show_figures(plan, language)
    line = changed.container()
    charts.show_plan(plan, language, session.compared_plan(), view_of(plan, language).promise.sure_finish)
    changed.show(line, language, partial(_show_example_line, language) if session.state().is_example else None)
    _show_example_dialog(plan, language)
    fold_findings(plan, language, "findings", first=_origin_words(plan))
    _show_levelling_gain(plan, language)
    _show_tables(plan, language)


def _show_tables(plan: Plan, language: Language) -> None:
    fold(language.say("The money as a table"), "money", partial(_show_money, plan, language))
    fold(language.say("The roadmap as a table"), "tasks", partial(_show_tasks, plan, language))


def _show_money(plan: Plan, language: Language) -> None:
    months = shown_months(plan)
    show_table(budget_table(plan, months), language.say("Budget by month"))
    if len(months) < len(plan.months):
        text = language.say(
            "{shown} of {all} months, as in the picture; the Budget page shows all.",
            shown=len(months),
            all=len(plan.months),
        )
        show_caption(text)


def _show_tasks(plan: Plan, language: Language) -> None:
    show_table(task_table(plan, session.reference_plan()), language.say("Tasks of the roadmap"))


MAKE_IT_YOURS = "make it yours"
PEOPLE, MONTHS = "company.employees", "timeline.target_months"


def _show_example_line(language: Language) -> None:
    say = language.say
    st.caption(plain(say("This is an example. A few answers make it yours.")), width="content")
    st.button(
        say("Make it yours"),
        key="own",
        type="tertiary",
        icon=":material/edit:",
        on_click=widgets.pressed(tab.open_dialog, MAKE_IT_YOURS),
    )


def _show_example_dialog(plan: Plan, language: Language) -> None:
    say = language.say
    show_dialog(MAKE_IT_YOURS, say("Make it yours"), partial(_show_example_form, plan, language))


def _show_example_form(plan: Plan, language: Language) -> None:
    """Ask for licences, people and duration, starting with the example's."""
    say, answers = language.say, form_state("own")
    with st.form("own", border=False):
        licences = controls.ownable_licences()
        owned = next((row.licence for row in plan.scenario.company.owned_licences), "")
        st.selectbox(
            say("What do your people have today?"),
            licences,
            licences.index(owned) if owned in licences else 0,
            format_func=controls.licence_name(language),
            key=answers.key("licence"),
            help=say("Most companies have Microsoft 365 Business Standard. What is replaced is credited."),
        )
        form_number(say("How many people?"), answers.key(PEOPLE), PEOPLE, plan.scenario.company.employees, language)
        months = plan.scenario.timeline.target_months
        form_number(say("Done in how many months?"), answers.key(MONTHS), MONTHS, months, language)
        st.text_input(say("Company name (optional)"), key=answers.key("name"))
        st.form_submit_button(say("Show my plan"), on_click=answers.sent(partial(_take_answers, language)))
        answers.explain()


def _take_answers(language: Language, answers: dict[str, str], refuse: Refuse) -> bool:
    """Make the example one's own; return whether it is. A wrong number is explained at its field."""
    if any(entry_at(path).refusal(answers[path], language) for path in (PEOPLE, MONTHS)):
        return False
    people, months = (int(entry_at(path).read(answers[path], language)) for path in (PEOPLE, MONTHS))
    mine = _answered_fields(people, answers["licence"], months, answers["name"])
    is_taken = session.attempt(lambda state: session.workspace().make_own(state, mine), refuse)
    if is_taken:
        tab.close_dialog()
    return is_taken


def _answered_fields(people: int, licence: str, months: int, name: str) -> dict[str, object]:
    """Return the fields that the answers set; a finish in months plans by deadline."""
    return {
        PEOPLE: people,
        "company.owned_licences": [{"licence": licence}] if licence else [],
        "timeline.mode": Mode.DEADLINE,
        MONTHS: months,
        "company.name": name,
    }


def _show_levelling_gain(plan: Plan, language: Language) -> None:
    """Show what levelling would save, to those who may level the plan, unless it is levelled already."""
    state = session.state()
    if not settings().gain or state.trouble is not None:
        return
    if not session.may_change() or not plan.shows_labour or not plan.tasks or plan.is_levelled:
        return
    panel = JobPanel(
        key="gain",
        request=lambda: gain_job(session.workspace(), session.state()),
        progress=lambda _: (None, language.say("Working out what levelling would save…")),
        show_result=partial(_show_gain, language),
        is_optional=True,  # nobody has asked for this line
    )
    show_job(panel, language)


def _show_gain(language: Language, levelled: LevellingResult) -> None:
    if levelled.proposal is None:
        return
    from zt_planner.topics.limits.levelling import gain_of  # noqa: PLC0415 - nobody waits for this line

    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        show_caption(language.write(gain_of(levelled.proposal)))
        show_page_link(LIMITS, language.say("Level the plan"), ":material/arrow_forward:")
