"""The first screen: one sentence, five figures, one picture, what to look at; of an example, how to make it yours."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Severity
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.language import Language
from zt_planner.topics.axes import shown_months
from zt_planner.topics.budget.tables import budget_table
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.roadmap.tables import task_table
from zt_planner.ui.addresses import MOVES, WHAT_IF
from zt_planner.ui.components import as_table, charts
from zt_planner.ui.components.as_table import PageTable
from zt_planner.ui.components.cards import show_figures
from zt_planner.ui.components.elements import (
    fold,
    fold_findings,
    show_caption,
    show_findings,
    show_page_link,
    show_scan_link,
)
from zt_planner.ui.components.gain import show_gain
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.together import changed
from zt_planner.ui.components.why import view_of
from zt_planner.ui.state import session, tab, widgets

if TYPE_CHECKING:
    from zt_planner.engine.levelling.proposal import Proposal


def answer(plan: AnyPlan, language: Language) -> str:
    """Say what the plan comes to as planned, and the chance of keeping that; of one under way why it has moved."""
    return "" if isinstance(plan, StoppedPlan) else language.write(planned_sentence(view_of(plan, language)))


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline."""
    show_findings(plan, language, (Severity.BLOCKING,))
    if isinstance(plan, StoppedPlan):
        return
    show_figures(plan, language)
    line, tables = changed.container(), _tables(plan, language)
    if not as_table.show_chosen(tables):
        charts.show_plan(plan, language, session.compared_plan(), view_of(plan, language).promise.finish_at_confidence)
    changed.show(line, language, partial(_show_example_line, language) if session.state().is_example else None)
    with line:
        as_table.show_menu(tables, language)
    fold_findings(plan, language, "findings")
    if not session.state().is_example:
        title = language.say("Which answers matter most")
        fold(title, tab.WHICH_ANSWERS_MATTER, partial(_show_what_matters, plan, language), ":material/help:")
    _show_what_is_done(plan, language)
    show_gain(plan, language, _show_gain_link)


def _show_what_is_done(plan: Plan, language: Language) -> None:
    """Show what it saves that some work is done already, as a line that opens to the bridge."""
    without = session.workspace().plans.without_done(plan)
    if without is None:
        return
    from zt_planner.topics.compare.done_before import done_line  # noqa: PLC0415 - most plans begin with nothing

    line = language.write(done_line(plan, without))
    if line:
        fold(line, "done_before", partial(_show_done_bridge, plan, without, language), ":material/task_alt:")


def _show_done_bridge(plan: Plan, without: AnyPlan, language: Language) -> None:
    from zt_planner.engine.compare.comparison import comparison_of  # noqa: PLC0415 - only where it is opened
    from zt_planner.topics.compare.done_before import done_group  # noqa: PLC0415 - the same
    from zt_planner.ui.components.blocks import show_blocks  # noqa: PLC0415 - the same

    names = language.say("everything to do"), language.say("the plan")
    comparison = comparison_of(dict(zip(names, (without.case, plan.case), strict=True)), names)
    show_blocks(done_group(comparison).blocks)


def _tables(plan: Plan, language: Language) -> dict[str, PageTable]:
    say = language.say
    return {
        "money": PageTable(say("The money by month"), partial(_show_money, plan, language)),
        "tasks": PageTable(say("The tasks"), partial(_show_tasks, plan, language)),
    }


def _show_money(plan: Plan, language: Language) -> None:
    months = shown_months(plan)
    show_table(budget_table(plan, months), language.say("Budget by month"))
    if len(months) < len(plan.months):
        text = language.say(
            "{shown} of {all} months, as in the picture; the “Budget” page shows all.",
            shown=len(months),
            all=len(plan.months),
        )
        show_caption(text)


def _show_tasks(plan: Plan, language: Language) -> None:
    show_table(task_table(plan, session.reference_plan()), language.say("Tasks of the roadmap"))


def _show_example_line(language: Language) -> None:
    say = language.say
    st.caption(plain(say("This is an example. A few answers make it yours.")), width="content")
    st.button(
        say("Make it yours"),
        key="own",
        type="tertiary",
        icon=":material/edit:",
        on_click=widgets.pressed(tab.open_dialog, tab.MAKE_IT_YOURS),
    )
    show_scan_link(language)


def _show_what_matters(plan: Plan, language: Language) -> None:
    from zt_planner.ui.widgets.make_it_yours import show_what_matters  # noqa: PLC0415 - only where it is opened

    show_what_matters(plan, language)


def _show_gain_link(_: Proposal, title: str) -> None:
    show_page_link(WHAT_IF, title, ":material/low_priority:", unfolds=MOVES)
