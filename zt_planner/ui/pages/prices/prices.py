"""Prices: how sure the money is, what a rise would cost, the prices of this plan and the whole price book."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.topics.answers import prices_answer
from zt_planner.topics.prices.tables import price_table, rate_table, used_prices_table, vat_table
from zt_planner.topics.prices.trust_chart import trust_parts
from zt_planner.topics.prices.trust_traces import share_table, share_titles
from zt_planner.ui.components.charts.bar import show_bar
from zt_planner.ui.components.charts.drawn import page_palette
from zt_planner.ui.components.components import fold, fold_findings
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import trace_context
from zt_planner.ui.pages.prices import by_date, own_rows, price_lists
from zt_planner.ui.state import session

if TYPE_CHECKING:
    from collections.abc import Callable

    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.table import Table

PRICE_CODES = {
    Code.PRICE_MISSING,
    Code.PRICE_STALE,
    Code.PRICE_UNVERIFIED,
    Code.EFFORT_ASSUMED,
    Code.PRICE_WHAT_IF,
    Code.PRICE_TWO_OWN_PRICES,
    Code.FX_EXTRAPOLATED,
}


def answer(plan: Plan, language: Language) -> str:
    """Say how sure the money is, and which quote matters most."""
    return prices_answer(plan, language)


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    say, book = language.say, session.book()
    trust(plan, language)
    fold_findings(plan, language, "price_findings", PRICE_CODES)
    by_date.draw(plan, language)
    st.header(say("Prices of this plan"))
    used = used_prices_table(plan, language)
    if used.rows:
        show_table(used, say("Prices of this plan"))
    own_rows.draw(plan, language)
    price_lists.draw(language)
    for key, title, table in (
        ("price_book", say("The whole price book"), partial(price_table, plan, language)),
        ("exchange_rates", say("Exchange rates"), partial(rate_table, book, language, plan)),
        ("vat", say("VAT rates"), partial(vat_table, book, language, plan)),
    ):
        fold(title, key, partial(in_fold, table, title))


def in_fold(table: Callable[[], Table], title: str) -> None:
    """Draw a table that is made only where it is shown."""
    show_table(table(), title)


def trust(plan: Plan, language: Language) -> None:
    """Draw how far the money can be trusted, and in a fold what all of it rests on."""
    say, parts = language.say, trust_parts(plan, language, page_palette())
    if parts:
        show_bar("trust", parts)
        st.caption(
            plain(
                say(
                    "How sure the budget of the introduction is. Own prices and listed prices that were checked count "
                    "as verified; an own price replaces the one in the price book."
                )
            )
        )
    context = trace_context(plan, language)
    if share_titles(context):
        months = language.plural("{n} month", "{n} months", len(plan.months))
        title = say("What the money over {months} depends on", months=months)
        fold(title, "shares", lambda: show_table(share_table(context), title))
