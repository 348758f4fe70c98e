"""Prices: the whole price book with sources, and what each price is in this plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.reports.tables.prices import price_table, rate_table, vat_table
from zt_planner.reports.traces.trust import share_table
from zt_planner.ui.components.components import fold, show_findings
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import trace_context
from zt_planner.ui.pages.prices import by_date, own_rows, price_lists
from zt_planner.ui.state import session

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language

PRICE_CODES = {
    Code.PRICE_MISSING,
    Code.PRICE_STALE,
    Code.PRICE_UNVERIFIED,
    Code.EFFORT_ASSUMED,
    Code.PRICE_WHAT_IF,
    Code.PRICE_TWO_OWN_RATES,
    Code.FX_EXTRAPOLATED,
}


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    say, book = language.say, session.book()
    st.caption(
        plain(
            say(
                "Net of VAT. Prices marked unverified or assumption rest on memory or judgement: replace them with "
                "quotes. An own price wins everywhere."
            )
        )
    )
    show_findings(plan, language, codes=PRICE_CODES)
    shares = share_table(trace_context(plan, language))
    if shares.rows:
        fold(say("What the money rests on"), "shares", partial(show_table, shares, say("What the money rests on")))
    by_date.draw(plan, language)
    st.header(say("Price book"))
    own_rows.draw(plan, language)
    price_lists.draw(language)
    show_table(price_table(plan, book, language), say("Price book"))
    st.header(say("Exchange rates"))
    show_table(rate_table(book, language, plan), say("Exchange rates"))
    st.header(say("VAT"))
    show_table(vat_table(book, language, plan), say("VAT rates"))
