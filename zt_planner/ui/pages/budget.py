"""The budget: the money over the whole horizon, as it is used up or as it is paid, and the licence mix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.plan import FigureName
from zt_planner.reports.badges import figure_badges
from zt_planner.reports.beside import beside_of
from zt_planner.reports.explanation import figures_of, rule_of, title_of
from zt_planner.reports.tables import budget_table
from zt_planner.ui import charts, licences, session
from zt_planner.ui.cards import show_totals
from zt_planner.ui.components import show_table
from zt_planner.ui.markdown import plain
from zt_planner.ui.why import choose_cell

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
        format_func=lambda key: plain(names[key]),
        key="money",
        bind="query-params",
        help=say("A licence that is paid a year in advance is used up month by month."),
    )
    charts.show_budget(plan, language, view)
    st.header(say("The money as a table"))
    show_table(budget_table(plan, plan.months, language, charts.MONTH_OF[view]), say("Budget by month"))
    choose_cell("months", plan, language, is_paid=view == "paid")
    if plan.mix is not None:
        licences.draw(plan, language)
    licences.draw_radar(plan, language)


def totals(plan: Plan, language: Language) -> None:
    """Draw the totals, each with its explanation."""
    shown = figures_of(plan, TOTALS)
    cards = (
        (
            name.value,
            title_of(name, plan, language),
            getattr(plan.headlines, name),
            rule_of(name, plan, language),
            figure_badges(name, plan, language),
        )
        for name in shown
    )
    show_totals("budget", cards, beside_of(plan, session.book()), language)
