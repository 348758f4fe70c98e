"""Own prices as a table: change a cell or add a row, and take the price book's again.

The table shows the book of the plan, and in it what was typed and is not in the
plan yet (`ui.state.drafts`). It is no `ui.components.grid`: rows are added and
taken out, and all rows of a product replace the book's. Law: what was typed is
applied once no cell is wrong, all of it in one change; until then it is kept,
whatever else happens.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from zt_planner.catalog.price_lists.price_table import COLUMNS, ROW, as_typed, numbered, table_edits
from zt_planner.domain.data.price_book import Audience, Category, Confidence, Term, Unit
from zt_planner.domain.scenario.fields import OWN_ROWS
from zt_planner.errors import PlannerError
from zt_planner.reports.words.error_texts import explain
from zt_planner.reports.words.labels import product_name
from zt_planner.ui.components.components import button_row, fold, pick, show_cell_problems, show_waiting
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import drafts, session, widgets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language

FIRST = (
    *("product", "amount", "currency", "id", "from_quantity", "term", "valid_from", "valid_to", "source"),
    *("source_date", "confidence"),
)
WORDS = {"category": Category, "unit": Unit, "term": Term, "audience": Audience, "confidence": Confidence}
ROW_WIDTH = 45
ALL_ROWS = ""


def draw(plan: Plan, language: Language) -> None:
    """Draw the table, folded away, for those who may change the plan; say where it holds what is not in the plan."""
    if not session.may_change():
        return
    title = language.say("Change prices or add products")
    if not fold(title, "price_rows", partial(change_rows, plan, language), ":material/edit:"):
        say_what_waits(session.book(), language)


def say_what_waits(book: PriceBook, language: Language) -> None:
    """Say that what was typed is kept though the table is closed."""
    typed = drafts.waiting_table(book)
    found = None if typed is None else table_edits(typed, book, "")
    if found is not None and (found.problems or found.fields):
        show_waiting(
            language.say("What you typed into the price table is kept, but not in the plan. Open it to see why.")
        )


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
                "Columns and values are those of prices.csv. Amounts have a decimal point, dates look like "
                "2026-07-01. Add a product in the empty row at the end."
            )
        )
    )
    draft = drafts.price_draft(book)
    frame = pd.DataFrame(numbered(draft.given), columns=[ROW, *COLUMNS], dtype=object)
    shown = st.data_editor(
        frame.where(frame != "", None),
        key=draft.key,
        num_rows="dynamic",
        hide_index=True,
        column_order=(ROW, *FIRST, *(name for name in COLUMNS if name not in FIRST)),
        column_config=columns_of(book),
        placeholder="",
        alt=say("Price table"),
    )
    rows = shown.to_dict("records")
    drafts.keep_prices(draft, as_typed(rows))
    found = table_edits(rows, book, say("Price table"))
    if found.problems:
        show_problems(found.problems, language)
    elif found.fields:
        before, problems = session.state().scenario, list[PlannerError]()
        session.change(found.fields, problems.append)
        if session.state().scenario != before:
            drafts.forget_prices()
            st.rerun()
        show_problems(problems, language)


def columns_of(book: PriceBook) -> dict[str, Any]:
    """Return how cells are edited: words from their lists, the rest as text, so that what is typed can be read."""
    texts = {name: st.column_config.TextColumn(name) for name in COLUMNS if name not in WORDS}
    words = {name: st.column_config.SelectboxColumn(name, options=list(map(str, WORDS[name]))) for name in WORDS}
    currencies = st.column_config.SelectboxColumn("currency", options=list(book.rates_by_currency))
    row = st.column_config.TextColumn(ROW, disabled=True, pinned=True, width=ROW_WIDTH)
    return {**texts, **words, "currency": currencies, ROW: row}


def show_problems(problems: Sequence[PlannerError], language: Language) -> None:
    """Say which cells are wrong; nothing of the table is applied until then."""
    lines = list(dict.fromkeys(line for problem in problems for line in explain(problem, language)))
    kept = language.say("The plan stays as it is until this is right. What you typed is kept here.")
    show_cell_problems(lines, kept, "drop_typed", drafts.forget_prices, language)


def take_back(plan: Plan, language: Language) -> None:
    """Offer to take own rows away, those of one product or all."""
    say, book, own = language.say, session.book(), list(plan.scenario.prices.rows)
    if not own:
        return
    names = {ALL_ROWS: say("all of them"), **{key: product_name(key, book, language) for key in own}}
    with button_row():
        chosen = pick(say("Own rows"), names, "own_rows", language)
        st.button(
            say("Use the price book's again"),
            key="take_back",
            icon=":material/undo:",
            help=say("Products that are not in the price book are removed."),
            on_click=widgets.pressed(
                session.change, {f"{OWN_ROWS}{key}": None for key in ([chosen] if chosen else own)}
            ),
        )
