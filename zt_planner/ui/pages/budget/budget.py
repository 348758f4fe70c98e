"""The budget: the money over the whole horizon, as it is used up or as it is paid, and the licence mix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.reports.tables.budget import budget_table
from zt_planner.ui.components import charts
from zt_planner.ui.components.cards import show_totals
from zt_planner.ui.components.components import show_table
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.why import choose_cell
from zt_planner.ui.pages.budget import licences
from zt_planner.ui.state import session

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    if plan.headlines is None:
        return
    show_totals("budget", plan, session.book(), language)
    say = language.say
    names = {"used": say("When it is used"), "paid": say("When it is paid")}
    view = st.segmented_control(
        say("Show costs"),
        list(charts.MONTH_OF),
        default="used",
        required=True,
        format_func=lambda key: plain(names[key]),
        key="money",
        bind="query-params",
        help=say("A licence that is prepaid for a year counts month by month."),
    )
    charts.show_budget(plan, language, view)
    st.header(say("The money as a table"))
    show_table(budget_table(plan, plan.months, language, charts.MONTH_OF[view]), say("Budget by month"))
    choose_cell("months", plan, language, is_paid=view == "paid")
    if plan.mix is not None:
        licences.draw(plan, language)
    licences.draw_radar(plan, language)
