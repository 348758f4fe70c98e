"""The first screen: one sentence, six figures, one picture, what to look at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Severity
from zt_planner.topics.axes import shown_months
from zt_planner.topics.budget.tables import budget_table
from zt_planner.topics.findings.line import verified_words
from zt_planner.topics.progress.status import slip_line
from zt_planner.topics.risk.confidence import sure_budget_sentence, sure_sentence
from zt_planner.topics.roadmap.tables import task_table
from zt_planner.ui.components import changed, gain
from zt_planner.ui.components.cards import show_figures
from zt_planner.ui.components.charts import picture
from zt_planner.ui.components.charts.drawn import remembered
from zt_planner.ui.components.components import fold, fold_findings, show_findings
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.pages import example
from zt_planner.ui.state import session

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language


_verified_words = remembered(verified_words)


def answer(plan: Plan, language: Language) -> str:
    """Say which budget and which day hold with 80 %; of a plan that is under way why it has moved, and the budget."""
    simulation = session.simulation()
    if simulation is None:
        return ""
    if plan.scenario.status.at is None:
        return sure_sentence(plan, simulation, language)
    slip = slip_line(plan, session.workspace().plans.slip(plan), language)
    return " ".join(filter(None, (slip, sure_budget_sentence(plan, simulation, language))))


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    show_findings(plan, language, (Severity.BLOCKING,))
    if plan.headlines is None:
        return
    show_figures(plan, language)
    line = changed.place()
    picture.show(plan, language, session.compared_plan())
    changed.show(line, language, partial(example.example_line, language) if session.state().is_example else None)
    example.example_dialog(plan, language)
    fold_findings(plan, language, "findings", first=_verified_words(plan, language))
    gain.show(plan, language)
    twins(plan, language)


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
            "{shown} of {all} months, as in the picture; the Budget page shows all.",
            shown=len(months),
            all=len(plan.months),
        )
        st.caption(plain(text))


def tasks(plan: Plan, language: Language) -> None:
    """Draw the tasks."""
    show_table(task_table(plan, language, session.reference_plan()), language.say("Tasks of the roadmap"))
