"""The budget: the money over the whole horizon, as it is used up or as it is paid, and the licence mix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.plan import FigureName
from zt_planner.reports.badges import figure_badges
from zt_planner.reports.explanation import explain, figures_of
from zt_planner.reports.tables import budget_table, mix_table
from zt_planner.ui import charts, session
from zt_planner.ui.components import show_badges, show_beside, show_explanation, show_table, why_button
from zt_planner.ui.markdown import plain
from zt_planner.ui.together import show_pointer

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language

TOTALS = (
    FigureName.FIRST_YEAR_BUDGET,
    FigureName.ONE_OFF_TOTAL,
    FigureName.HORIZON_TOTAL,
    FigureName.INTERNAL_VALUE,
)


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    if plan.headlines is None:
        return
    totals(plan, language)
    say = language.say
    names = {"used": say("When it is used up"), "paid": say("When it is paid")}
    view = st.segmented_control(
        say("Count money"),
        list(charts.MONTH_OF),
        default="used",
        required=True,
        format_func=lambda key: names[key],
        key="money",
        bind="query-params",
        help=say("A licence that is paid a year in advance is used up month by month."),
    )
    charts.show_budget(plan, language, view)
    st.header(say("The money as a table"))
    show_table(budget_table(plan, plan.months, language, charts.MONTH_OF[view]), say("Budget by month"), height=480)
    if plan.mix is not None:
        st.header(say("Who gets which licences"))
        st.caption(
            plain(say("The cheapest mix that gives everyone what the tasks need, within the vendors' seat caps."))
        )
        show_table(mix_table(plan, session.workspace().price_book, language), say("Licence mix"))


def totals(plan: Plan, language: Language) -> None:
    """Draw the totals, each with its explanation."""
    shown = figures_of(plan, TOTALS)
    with st.grid(len(shown), min_column_width=180):
        for name in shown:
            found = explain(name, plan, language)
            with st.container(border=True, height="stretch"):
                st.metric(found.title, language.money(found.total), help=found.rule)
                show_beside(name, found.total, plan, language)
                show_badges(figure_badges(name, plan, language))
                why_button(f"why:budget:{name}", name, language)
                show_pointer(name, language)
    for name in shown:
        show_explanation(f"why:budget:{name}", name, plan, language)
