"""Prices: the whole price book with sources, and what each price is in this plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.reports.analyses.answers import prices_answer
from zt_planner.reports.figures.registry import family_titles
from zt_planner.reports.tables.prices import price_table, rate_table, vat_table
from zt_planner.reports.traces.prices import PRICE
from zt_planner.reports.traces.rates import RATE, VAT
from zt_planner.reports.traces.trust import SHARE
from zt_planner.ui.components.components import show_findings, show_table
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.why import choose, trace_context
from zt_planner.ui.pages.prices import by_date, own_rows, price_lists
from zt_planner.ui.state import session

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language
    from zt_planner.reports.trace import TraceContext

PRICE_CODES = {
    Code.PRICE_MISSING,
    Code.PRICE_STALE,
    Code.PRICE_UNVERIFIED,
    Code.EFFORT_ASSUMED,
    Code.PRICE_WHAT_IF,
    Code.PRICE_TWO_OWN_RATES,
    Code.FX_EXTRAPOLATED,
}


def answer(plan: Plan, language: Language) -> str:
    """Say how sure the money is, and which quote matters most."""
    return prices_answer(plan, session.book(), language)


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
    context = trace_context(plan, language)
    ask_about("shares", say("Share of the money"), SHARE, context)
    by_date.draw(plan, language)
    st.header(say("Price book"))
    own_rows.draw(plan, language)
    price_lists.draw(language)
    show_table(price_table(plan, book, language), say("Price book"))
    choose("prices", say("Price in this plan"), family_titles(PRICE, context), language)
    st.header(say("Exchange rates"))
    show_table(rate_table(book, language), say("Exchange rates"))
    ask_about("rates", say("Exchange rate"), RATE, context)
    st.header(say("VAT"))
    show_table(vat_table(book, language), say("VAT rates"))
    ask_about("vat", say("VAT rate"), VAT, context)


def ask_about(place: str, text: str, family: str, context: TraceContext) -> None:
    """Draw the list of a family of figures, and the button that asks; nothing where there are none."""
    titles = family_titles(family, context)
    if titles:
        choose(place, text, titles, context.language)
