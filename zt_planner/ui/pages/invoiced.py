"""A part of the page Budget: what was invoiced, against what was planned, and where it is entered (M27)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.engine.earned_value import money_status
from zt_planner.topics.progress.bookings_grid import booking_grid
from zt_planner.topics.progress.money import money_lines
from zt_planner.topics.progress.money_tables import money_by_category, money_by_month
from zt_planner.ui.components import grid
from zt_planner.ui.components.components import fold, fold_findings, show_draft
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.pages import incoming
from zt_planner.ui.state import drafts, session
from zt_planner.ui.widgets.controls import status_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.engine.earned_value import MoneyRow
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language

MONEY_CODES = frozenset(
    {
        Code.STATUS_CLOSED_AHEAD,
        Code.STATUS_OUTSIDE_PLAN,
        Code.STATUS_BOOKED_NOT_IN_PLAN,
        Code.STATUS_NOTHING_BOOKED,
        Code.STATUS_BOOKED_MUCH,
        Code.STATUS_CREDITS_EXCEED,
        Code.STATUS_CONTINGENCY_USED_UP,
    }
)
"""What is to be checked about what was invoiced."""


def draw(plan: Plan, language: Language) -> None:
    """Draw how the money stands once there is something invoiced; entering it for those who may change the plan."""
    say, found = language.say, money_status(plan)
    if found:
        st.header(plain(say("Planned, invoiced, forecast")))
        lines = list(money_lines(plan, language))
        if lines:
            st.markdown(f"**{plain(lines[0])}**")
        if lines[1:]:
            st.markdown(plain(" ".join(lines[1:])))
        fold(say("Planned, actual and forecast as tables"), "actuals", partial(_tables, found, language))
        fold_findings(plan, language, "money_findings", MONEY_CODES)
    if not session.may_change():
        return
    is_open = fold(
        say("Enter what was invoiced"), "invoices", partial(_enter, plan, language), ":material/receipt_long:"
    )
    if not is_open and drafts.waits(drafts.BOOKINGS):
        show_draft(say("What you typed into the table of invoices is kept, but not in the plan. Open it to see why."))
    fold(say("Import what was invoiced"), "bookings", partial(incoming.draw_bookings, language), ":material/upload:")


def _tables(money: Sequence[MoneyRow], language: Language) -> None:
    """Draw what was planned, invoiced and is forecast, by month and by kind of cost."""
    say = language.say
    st.caption(
        plain(
            say(
                "As it is paid. In a closed month the forecast is what was invoiced, in all others what is planned; "
                "what was invoiced in an open month is not in the forecast yet."
            )
        )
    )
    show_table(money_by_category(money, language), say("Planned, actual and forecast by kind of cost"))
    show_table(money_by_month(money, language), say("Planned, actual and forecast by month"), scrolls=True)


def _enter(plan: Plan, language: Language) -> None:
    """Draw the months up to the status date, to type what was invoiced and close them; the date where it is missing."""
    say = language.say
    if plan.scenario.status.at is None:
        status_date(language)()
    found = booking_grid(plan, language, lambda: session.state().scenario.status)
    if not found.rows:
        st.caption(plain(say("There is no month to enter yet: none of the plan has begun on the status date.")))
        return
    st.caption(
        plain(
            say(
                "Net amounts in EUR; credits are negative. Close a month once all its invoices are in: they then "
                "replace what was planned. Changes apply at once. What was imported for a task stays with it; "
                "the rest of what you type belongs to no task."
            )
        )
    )
    grid.edit(drafts.BOOKINGS, found)
