"""Own prices as a table: change a cell or add a row, and take the price book's again.

The table shows the book of the plan, and in it what was typed and is not in the
plan yet (`ui.state.drafts`). It is no `ui.components.grid`: rows are added and
taken out, and all rows of a product replace the book's. Law: what was typed is
applied once no cell is wrong, all of it in one change; until then it is kept,
whatever else happens.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from zt_planner.catalog.price_lists.price_table import COLUMNS, ROW, SEVERAL, as_typed, numbered, table_edits
from zt_planner.domain.scenario.fields import OWN_ROWS
from zt_planner.errors import DayRefused, PlannerError
from zt_planner.topics.inputs.typed_forms import day_in
from zt_planner.topics.labels import product_name
from zt_planner.topics.prices.grid import column_title, price_problem_lines
from zt_planner.topics.prices.price_file import CODES, TITLES, code_word
from zt_planner.ui.components.components import button_row, fold, pick, show_cell_problems, show_draft
from zt_planner.ui.components.grid import ROOM_OF_NAMES, ROW_OF_THREE_LINES
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import drafts, session, widgets
from zt_planner.ui.state.reader import is_on_telephone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from enum import StrEnum

    from zt_planner.domain.data.price_book import PriceBook
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language

FIRST = (
    *("product", "amount", "currency", "id", "from_quantity", "term", "valid_from", "valid_to", "source"),
    *("source_date", "confidence"),
)
DAYS = ("valid_from", "valid_to", "source_date")
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
        show_draft(
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
    st.caption(plain(say("Amounts have a decimal point. Add a product in the empty row at the end.")))
    draft = drafts.price_draft(book, language.code)
    above = st.container()
    given = [with_days(row, language.typed_day, language) for row in numbered(draft.given)]
    frame = pd.DataFrame(given, columns=[ROW, *COLUMNS], dtype=object)
    shown = st.data_editor(
        frame.where(frame != "", None),
        key=draft.key,
        num_rows="dynamic",
        hide_index=True,
        row_height=ROW_OF_THREE_LINES if is_on_telephone() else None,
        column_order=(ROW, *FIRST, *(name for name in COLUMNS if name not in FIRST)),
        column_config=columns_of(book, language),
        placeholder="",
        alt=say("Price table"),
    )
    rows = [with_days(row, date.isoformat, language) for row in shown.to_dict("records")]
    drafts.keep_prices(draft, as_typed(rows))
    found = table_edits(rows, book, say("Price table"))
    if found.problems:
        with above:
            show_problems(found.problems, book, language)
    elif found.fields:
        before, problems = session.state().scenario, list[PlannerError]()
        session.change(found.fields, problems.append)
        if session.state().scenario != before:
            drafts.forget_prices()
            st.rerun()
        with above:
            show_problems(problems, book, language)


def with_days(row: Mapping[Any, Any], write: Callable[[date], str], language: Language) -> dict[Any, Any]:
    """Return a row with its days, in the price book's form or as they are typed, in one; what is none stays."""
    days: dict[str, str] = {}
    for name in DAYS:
        with suppress(DayRefused):
            days[name] = write(day_in(str(row[name]), language))
    return {**row, **days}


def columns_of(book: PriceBook, language: Language) -> dict[str, Any]:
    """Return how cells are edited: codes by their words, days and amounts as text.

    Streamlit reads and writes both as the browser does, whatever the page's language, and drops what it cannot read.
    """
    config, titles = st.column_config, {name: column_title(name, language) for name in TITLES}
    texts = {name: config.TextColumn(titles[name]) for name in COLUMNS}
    codes = {
        name: config.SelectboxColumn(titles[name], options=list(map(str, kind)), format_func=word_of(kind, language))
        for name, kind in CODES.items()
    }
    several = config.MultiselectColumn(
        titles[SEVERAL], options=list(map(str, CODES[SEVERAL])), format_func=word_of(CODES[SEVERAL], language)
    )
    currencies = config.SelectboxColumn(titles["currency"], options=list(book.rates_by_currency))
    row = config.TextColumn(language.say("Row"), disabled=True, pinned=True, width=ROW_WIDTH)
    width = ROOM_OF_NAMES - ROW_WIDTH if is_on_telephone() else None
    product = config.TextColumn(titles["product"], pinned=True, width=width)
    return {**texts, **codes, SEVERAL: several, "currency": currencies, ROW: row, "product": product}


def word_of(kind: type[StrEnum], language: Language) -> Callable[[Any], str]:
    """Return what tells the word for a code of this kind."""
    return lambda code: code_word(kind(code), language)


def show_problems(problems: Sequence[PlannerError], book: PriceBook, language: Language) -> None:
    """Say which cells are wrong; nothing of the table is applied until then."""
    lines = list(dict.fromkeys(line for problem in problems for line in price_problem_lines(problem, book, language)))
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
