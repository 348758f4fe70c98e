"""Own prices as a table: change a cell or add a row, and take the price book's again.

The table shows the book of the plan. Its key carries the version of that book,
so that what the browser holds is an edit of just this book: applied, there is
another version and an empty table of edits; refused, it stays as it was typed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from zt_planner.catalog.price_table import COLUMNS, edited, table_of
from zt_planner.domain.fields import OWN_ROWS
from zt_planner.domain.price_book import Audience, Category, Confidence, Term, Unit
from zt_planner.reports.faults import explain
from zt_planner.reports.words import product_name
from zt_planner.ui import session
from zt_planner.ui.components import fold
from zt_planner.ui.markdown import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.plan import Plan
    from zt_planner.domain.price_book import PriceBook
    from zt_planner.errors import PlannerError
    from zt_planner.language import Language

FIRST = ("product", "id", "amount", "currency", "term", "valid_from", "valid_to", "source", "source_date", "confidence")
WORDS = {"category": Category, "unit": Unit, "term": Term, "audience": Audience, "confidence": Confidence}
MOST_SHOWN = 5
ALL_ROWS = ""


def draw(plan: Plan, language: Language) -> None:
    """Draw the table, folded away, for those who may change the plan."""
    if not session.may_change():
        return
    title = language.say("Change prices or add products")
    fold(title, "price_rows", partial(change_rows, plan, language), ":material/edit:")


def change_rows(plan: Plan, language: Language) -> None:
    """Draw the way back to the price book's rows, and the table."""
    take_back(plan, language)
    editor(session.book(), language)


def editor(book: PriceBook, language: Language) -> None:
    """Draw the table; apply what was typed once no cell is wrong, all of it in one change."""
    import pandas as pd  # noqa: PLC0415 - Streamlit has it loaded; the module stays light

    say = language.say
    st.caption(
        plain(
            say(
                "Columns and words are those of prices.csv. Amounts have a decimal point, days are written as "
                "2026-07-01. Add a product in the empty row at the end."
            )
        )
    )
    frame = pd.DataFrame(table_of(book), columns=list(COLUMNS), dtype=object)
    frame.insert(0, "row", [str(place) for place in range(1, len(frame) + 1)])
    shown = st.data_editor(
        frame.where(frame != "", None),
        key=f"price_rows:{book.version}",
        num_rows="dynamic",
        hide_index=True,
        column_order=("row", *FIRST, *(name for name in COLUMNS if name not in FIRST)),
        column_config=columns_of(book),
        placeholder="",
    )
    found = edited(shown.to_dict("records"), book, say("Price table"))
    if found.problems:
        show_problems(found.problems, language)
    elif found.fields:
        before = session.state().scenario
        session.change(found.fields)
        if session.state().scenario != before:
            st.rerun()
        show_problems(session.take_refusals(), language)


def columns_of(book: PriceBook) -> dict[str, Any]:
    """Return how cells are edited: words from their lists, the rest as text, so that what is typed can be read."""
    texts = {name: st.column_config.TextColumn(name) for name in COLUMNS if name not in WORDS}
    words = {name: st.column_config.SelectboxColumn(name, options=list(map(str, WORDS[name]))) for name in WORDS}
    currencies = st.column_config.SelectboxColumn("currency", options=list(book.rates_by_currency))
    row = st.column_config.TextColumn("row", disabled=True, pinned=True, width="small")
    return {**texts, **words, "currency": currencies, "row": row}


def show_problems(problems: Sequence[PlannerError], language: Language) -> None:
    """Say which cells are wrong; nothing of the table is applied until then."""
    lines = list(dict.fromkeys(line for problem in problems for line in explain(problem, language)))
    for line in lines[:MOST_SHOWN]:
        st.error(plain(line), icon=":material/block:")
    if len(lines) > MOST_SHOWN:
        st.caption(plain(language.say("{n} more problems", n=language.number(len(lines) - MOST_SHOWN))))
    if lines:
        st.caption(plain(language.say("The plan stays as it is until this is right. What you typed is kept here.")))


def take_back(plan: Plan, language: Language) -> None:
    """Offer to take own rows away, those of one product or all."""
    say, book, own = language.say, session.book(), list(plan.scenario.prices.rows)
    if not own:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            say("Own rows"),
            [ALL_ROWS, *own],
            format_func=lambda key: product_name(key, book, language) if key else say("all of them"),
            key=f"own_rows:{language.code}",
        )
        st.button(
            say("Take the price book's again"),
            key="take_back",
            icon=":material/undo:",
            help=say("A product that the price book does not have goes away."),
            on_click=session.change,
            args=({f"{OWN_ROWS}{key}": None for key in ([chosen] if chosen else own)},),
        )
