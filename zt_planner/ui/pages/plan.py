"""The first screen: one sentence, six figures, one picture, what to look at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Severity
from zt_planner.reports.charts.axes import shown_months
from zt_planner.reports.figures.key_figures import key_figures
from zt_planner.reports.figures.registry import family_titles
from zt_planner.reports.tables.budget import budget_table
from zt_planner.reports.tables.tasks import task_table
from zt_planner.reports.traces.tasks import TASK
from zt_planner.ui.components import confidence, gain, picture
from zt_planner.ui.components.cards import show_figures
from zt_planner.ui.components.components import fold, show_findings, show_table
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.why import choose, choose_cell, trace_context
from zt_planner.ui.pages import example
from zt_planner.ui.state import session, widgets

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    example.example_line(plan, language)
    show_findings(plan, language, (Severity.BLOCKING,))
    figures = key_figures(plan, session.baseline(), session.book(), language)
    if not figures:
        return
    show_figures(figures, language)
    confidence.show(plan, language)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.button(
            language.say("Compare with this plan from now on"),
            key="baseline",
            icon=":material/flag:",
            help=language.say("Makes the current plan the baseline: changes are shown against it."),
            disabled=not session.may_change(),
            on_click=widgets.pressed(session.set_baseline),
        )
    gain.show(plan, language)
    picture.show(plan, language)
    twins(plan, language)
    show_findings(plan, language, (Severity.WARNING, Severity.INFO))


def twins(plan: Plan, language: Language) -> None:
    """Draw the picture's numbers as tables, folded away until they are asked for."""
    fold(language.say("The money as a table"), "money", partial(money, plan, language))
    fold(language.say("The roadmap as a table"), "tasks", partial(tasks, plan, language))


def money(plan: Plan, language: Language) -> None:
    """Draw the budget month by month."""
    months = shown_months(plan)
    show_table(budget_table(plan, months, language), language.say("Budget by month"))
    if len(months) < len(plan.months):
        text = language.say(
            "{shown} of {all} months, as in the picture; the page Budget shows all.",
            shown=len(months),
            all=len(plan.months),
        )
        st.caption(plain(text))
    choose_cell("months", plan, language)


def tasks(plan: Plan, language: Language) -> None:
    """Draw the tasks."""
    show_table(task_table(plan, language), language.say("Tasks of the roadmap"))
    choose("tasks", language.say("Task"), family_titles(TASK, trace_context(plan, language)), language)
