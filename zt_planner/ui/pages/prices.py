"""Prices: how sure the money is, prices by date, the prices of this plan and the whole price book; price lists.

The price table shows the book of the plan, and in it what was typed and is not in the
plan yet (`ui.state.drafts`). It is no `ui.components.grid`: rows are added and
taken out, and all rows of a product replace the book's. Laws: what was typed is
applied once no cell is wrong, all of it in one change; until then it is kept,
whatever else happens; the comparison with the plan without a rise is made only where it is shown, and so are the
curves of licences, once for all numbers of people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

import streamlit as st

from zt_planner.catalog.csv.tables import MEGABYTES
from zt_planner.catalog.price_lists.price_table import COLUMNS, ROW, SEVERAL, as_typed, numbered, table_edits
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Code
from zt_planner.domain.scenario.fields import OWN_ROWS
from zt_planner.domain.scenario.price_proposal import PriceProposal, proposed_fields
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.entries import day_in
from zt_planner.errors import DayRefused, PlannerError
from zt_planner.language import Language
from zt_planner.media.csv.dialects import Dialect, dialect_names
from zt_planner.media.csv.price_book import price_book_bytes, template_bytes
from zt_planner.topics.budget.benchmarks import cost_estimates_table, shares_sentence, shares_table
from zt_planner.topics.error_texts import explain
from zt_planner.topics.explanations.change import rise_table
from zt_planner.topics.inputs.controls import shown_licence_month
from zt_planner.topics.labels import product_name
from zt_planner.topics.licences.cliffs import SPANS, Radar, cliff_blocks, next_jump_text, radar_key, radar_of
from zt_planner.topics.prices.origins import origin_parts
from zt_planner.topics.prices.price_file import CODES, TITLES, code_word
from zt_planner.topics.prices.proposals import price_problem_lines, proposal_sentence, proposal_table
from zt_planner.topics.prices.rise import cost_of_rise, rise_sentence
from zt_planner.topics.prices.tables import (
    changes_since,
    price_table,
    prices_answer,
    rate_table,
    used_prices_table,
    vat_table,
)
from zt_planner.topics.prices.traces import share_table, share_titles
from zt_planner.topics.sentence import no_schedule
from zt_planner.topics.view import View
from zt_planner.ui.components.blocks import show_blocks
from zt_planner.ui.components.charts import page_palette
from zt_planner.ui.components.elements import (
    button_row,
    fold,
    fold_findings,
    pick,
    show_caption,
    show_cell_problems,
    show_draft,
    show_errors,
    show_text,
)
from zt_planner.ui.components.files.downloads import show_download
from zt_planner.ui.components.grid import ROOM_OF_NAMES, ROW_OF_THREE_LINES
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.web.loading import component
from zt_planner.ui.components.why import view_of
from zt_planner.ui.state import drafts, session, widgets
from zt_planner.ui.state.reader import is_on_telephone
from zt_planner.ui.widgets import controls, number_fields
from zt_planner.workspace import State, Workspace

PRICE_CODES = {
    Code.PRICE_MISSING,
    Code.PRICE_STALE,
    Code.PRICE_ASSUMED,
    Code.EFFORT_ASSUMED,
    Code.PRICE_WHAT_IF,
    Code.PRICE_TWO_OWN_PRICES,
    Code.FX_EXTRAPOLATED,
}


def answer(plan: AnyPlan, language: Language) -> str:
    """Say how sure the money is, and which quote matters most."""
    return language.write(prices_answer(plan) if isinstance(plan, Plan) else no_schedule())


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline."""
    say = language.say
    if isinstance(plan, Plan):
        _show_trust(plan, language)
    fold_findings(plan, language, "price_findings", PRICE_CODES)
    _show_by_date(plan, language)
    st.header(say("Prices of this plan"))
    if isinstance(plan, Plan) and (used := used_prices_table(plan)).rows:
        show_table(used, say("Prices of this plan"))
    _show_own_rows(plan, language)
    _show_price_lists(language)
    fold(say("The whole price book, exchange rates and VAT"), "price_book", partial(_show_book, plan, language))
    if isinstance(plan, Plan):
        fold(say("What others pay"), "others", partial(_show_what_others_pay, view_of(plan, language)))
        fold(say("When licences become more expensive"), "jumps", partial(_show_radar, plan, language))


def _show_book(plan: AnyPlan, language: Language) -> None:
    say, book = language.say, session.book()
    show_table(price_table(plan), say("The whole price book"))
    show_table(rate_table(book, plan), say("Exchange rates"))
    show_table(vat_table(book, plan), say("VAT rates"))


def _show_trust(plan: Plan, language: Language) -> None:
    """Show where the money is from, and folded what it depends on."""
    say, parts = language.say, language.written(origin_parts(plan, page_palette()))
    if parts:
        _bar(key="trust", data={"parts": tuple(map(asdict, parts))})
        show_caption(
            say(
                "Where the budget of the introduction is from. A third party is a reseller, a comparison or a blog; "
                "what is invoiced or from the firm's own catalogue counts as own. An own price replaces the one in the "
                "price book."
            )
        )
    view = view_of(plan, language)
    if share_titles(view):
        months = language.plural("{n} month", "{n} months", len(plan.months))
        title = say("What the money over {months} depends on", months=months)
        fold(title, "shares", lambda: show_table(share_table(view), title))


_bar = component("bar")
WITHOUT_RISE = {"prices.rise": Decimal(0), "prices.rise_from": None}


def _show_by_date(plan: AnyPlan, language: Language) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        _show_as_of(plan, language)
    with right:
        _show_rise(plan, language)


def _show_as_of(plan: AnyPlan, language: Language) -> None:
    """Show the day as of which prices are known, and what has changed since."""
    say, chosen = language.say, plan.scenario.prices.as_of
    st.header(say("Prices by date"))
    controls.date_field(
        "prices.as_of",
        chosen,
        language,
        may_be_empty=True,
        help=say("The plan as you would have made it on that day: prices that begin later are not known yet."),
    )
    if chosen is None:
        st.caption(say("Prices are those known today."))
        return
    day = language.day(chosen)
    show_caption(
        say(
            "Prices and rates that begin after {day} are left out, and the age of sources is judged on that day.",
            day=day,
        )
    )
    since = changes_since(plan)
    if since.rows:
        show_table(since, say("Prices that have changed since then"))
    _show_reset(say("Use today's prices again"), {"prices.as_of": None})


def _show_rise(plan: AnyPlan, language: Language) -> None:
    say, prices = language.say, plan.scenario.prices
    st.header(say("What if list prices rise?"))
    number_fields.number(
        "prices.rise",
        prices.rise,
        number_fields.RISE,
        language,
        label=say("Rise of the licences' list prices"),
        help=say("For every vendor, per user and per server. Own prices are quotes and do not rise."),
    )
    controls.date_field(
        "prices.rise_from",
        prices.rise_from,
        language,
        label=say("Rise from"),
        may_be_empty=True,
        help=say(
            "Leave empty to start with the first month. A price that is bought for a year rises when it is renewed."
        ),
    )
    if not prices.rise:
        st.caption(say("Without a rise, the plan shows list prices."))
        return
    if isinstance(plan, Plan):
        without = session.plan_of(plan.scenario.changed("prices.rise", Decimal(0)))
        cost = cost_of_rise(plan, without)
        if cost is not None:
            show_text(language.write(rise_sentence(cost, plan)))
            show_table(rise_table(cost, view_of(plan, language)), say("What the rise costs"))
    _show_reset(say("Remove the rise"), WITHOUT_RISE)


def _show_reset(name: str, values: Mapping[str, object]) -> None:
    st.button(
        plain(name),
        key=f"reset:{next(iter(values))}",
        type="tertiary",
        icon=":material/undo:",
        disabled=not session.may_change(),
        on_click=widgets.pressed(session.change, values),
    )


FIRST = (
    *("product", "amount", "currency", "id", "from_quantity", "term", "valid_from", "valid_to", "source"),
    *("source_date", "confidence"),
)
DAYS = ("valid_from", "valid_to", "source_date")
ROW_WIDTH = 45
ALL_ROWS = ""


def _show_what_others_pay(view: View) -> None:
    """Show how the money is divided compared with published figures, and what governments estimate."""
    say = view.language.say
    divided = shares_sentence(view)
    if divided:
        show_text(divided)
        show_table(shares_table(view), say("Licences, work and operation compared with published shares"))
        show_caption(
            say(
                "Your own team's days are effort and in none of the plan's shares; published ones count staff. "
                "Hardware and contingency have no published share: hardware counts as licences, contingency as work."
            )
        )
    show_table(cost_estimates_table(view), say("What governments estimate"), stacks=True)


def _show_radar(plan: Plan, language: Language) -> None:
    """Show the yearly cost of licences over the number of people, and its jumps as a table."""
    say, people = language.say, plan.scenario.company.employees
    names = {
        key: say("{first} to {last}", first=first, last=language.number(last)) for key, (first, last) in SPANS.items()
    }
    curves, book = _radar(plan), session.book()
    show_text(language.write(next_jump_text(curves, plan)))
    view = st.segmented_control(
        say("Number of people"),
        list(SPANS),
        default="usual",
        required=True,
        format_func=lambda key: plain(names[key]),
        key="people_shown",
        bind="query-params",
        help=say("Once a licence family reaches its seat cap, each extra person costs more."),
    )
    show_blocks(cliff_blocks(curves, people, SPANS[view], book))


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Plan: radar_key})
def _radar(plan: Plan) -> Radar:
    """Return the licence costs of a plan over the number of people, cached for all numbers of people."""
    return radar_of(plan.case, shown_licence_month(plan))


def _show_own_rows(plan: AnyPlan, language: Language) -> None:
    """Show the price table, folded, to those who may change the plan; say if it holds what is not in the plan."""
    if not session.may_change():
        return
    title = language.say("Change prices or add products")
    if not fold(title, "price_rows", partial(_show_price_rows, plan, language), ":material/edit:"):
        _show_waiting_rows(session.book(), language)


def _show_waiting_rows(book: PriceBook, language: Language) -> None:
    typed = drafts.waiting_table(book)
    edits = None if typed is None else table_edits(typed, book, "")
    if edits is not None and (edits.problems or edits.fields):
        show_draft(
            language.say("What you typed into the price table is kept, but not in the plan. Open it to see why.")
        )


def _show_price_rows(plan: AnyPlan, language: Language) -> None:
    _show_row_reset(plan, language)
    _show_price_grid(session.book(), language)


def _show_price_grid(book: PriceBook, language: Language) -> None:
    """Show the price table; apply everything in one change once no cell is wrong."""
    import pandas as pd  # noqa: PLC0415 - Streamlit has it loaded; the module stays light

    say = language.say
    show_caption(say("Amounts have a decimal point. Add a product in the empty row at the end."))
    draft = drafts.price_draft(book, language.code)
    above = st.container()
    given = [_with_days(row, language.typed_day, language) for row in numbered(draft.given)]
    frame = pd.DataFrame(given, columns=[ROW, *COLUMNS], dtype=object)
    shown = st.data_editor(
        frame.where(frame != "", None),
        key=draft.key,
        num_rows="dynamic",
        hide_index=True,
        row_height=ROW_OF_THREE_LINES if is_on_telephone() else None,
        column_order=(ROW, *FIRST, *(name for name in COLUMNS if name not in FIRST)),
        column_config=_price_columns(book, language),
        placeholder="",
        alt=say("Price table"),
    )
    rows = [_with_days(row, date.isoformat, language) for row in shown.to_dict("records")]
    drafts.keep_prices(draft, as_typed(rows))
    edits = table_edits(rows, book, say("Price table"))
    if edits.problems:
        with above:
            show_price_problems(edits.problems, book, language)
    elif edits.fields:
        before, problems = session.state().scenario, list[PlannerError]()
        session.change(edits.fields, problems.append)
        if session.state().scenario != before:
            drafts.forget_prices()
            st.rerun()
        with above:
            show_price_problems(problems, book, language)


def _with_days(row: Mapping[Any, Any], write: Callable[[date], str], language: Language) -> dict[Any, Any]:
    """Return a row with its days written by `write`; what is no day stays as typed."""
    days: dict[str, str] = {}
    for name in DAYS:
        with suppress(DayRefused):
            days[name] = write(day_in(str(row[name]), language))
    return {**row, **days}


def _price_columns(book: PriceBook, language: Language) -> dict[str, Any]:
    """Return how cells are edited: codes by their words, days and amounts as text.

    Streamlit reads and writes both as the browser does, whatever the page's language, and drops what it cannot read.
    """
    config, titles = st.column_config, {name: language.say(TITLES[name]) for name in TITLES}
    texts = {name: config.TextColumn(titles[name]) for name in COLUMNS}
    codes = {
        name: config.SelectboxColumn(titles[name], options=list(map(str, kind)), format_func=_word_of(kind, language))
        for name, kind in CODES.items()
    }
    several = config.MultiselectColumn(
        titles[SEVERAL], options=list(map(str, CODES[SEVERAL])), format_func=_word_of(CODES[SEVERAL], language)
    )
    currencies = config.SelectboxColumn(titles["currency"], options=list(book.rates_by_currency))
    row = config.TextColumn(language.say("Row"), disabled=True, pinned=True, width=ROW_WIDTH)
    width = ROOM_OF_NAMES - ROW_WIDTH if is_on_telephone() else None
    product = config.TextColumn(titles["product"], pinned=True, width=width)
    return {**texts, **codes, SEVERAL: several, "currency": currencies, ROW: row, "product": product}


def _word_of(kind: type[StrEnum], language: Language) -> Callable[[Any], str]:
    return lambda code: language.write(code_word(kind(code)))


def show_price_problems(problems: Sequence[PlannerError], book: PriceBook, language: Language) -> None:
    """Say which cells are wrong; nothing of the table is applied until then."""
    lines = list(dict.fromkeys(line for problem in problems for line in price_problem_lines(problem, book)))
    kept = language.say("The plan stays as it is until this is right. What you typed is kept here.")
    show_cell_problems(lines, kept, "drop_typed", drafts.forget_prices, language)


def _show_row_reset(plan: AnyPlan, language: Language) -> None:
    say, book, own = language.say, session.book(), list(plan.scenario.prices.rows)
    if not own:
        return
    names = {ALL_ROWS: say("all of them"), **{key: language.write(product_name(key, book)) for key in own}}
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


def _show_price_lists(language: Language) -> None:
    """Show export, and import to those who may change the plan, folded."""

    def show() -> None:
        _show_price_files(language)
        if session.may_change():
            _show_import(language)

    fold(language.say("Price lists: import and save"), "price_files", show, ":material/upload:")


def _show_import(language: Language) -> None:
    say = language.say
    show_caption(
        say(
            "A CSV file with at least a price's id, amount, currency, term and first day, in columns named as in "
            "one of the templates. The price book fills in what is missing. You see every change before it is "
            "applied."
        )
    )
    with st.container(horizontal=True):
        for dialect, name in dialect_names(language).items():
            write, label = partial(_template_file, dialect, session.workspace()), say("Template: {form}", form=name)
            show_download(label, write, "price-list.csv", "text/csv", language, key=f"file:{dialect}")
    uploaded = st.file_uploader(say("Price list"), max_upload_size=MEGABYTES, key="price_list")
    if uploaded is None:
        return
    proposals = session.proposals(uploaded.getvalue(), uploaded.name)
    if isinstance(proposals, PlannerError):
        show_errors(explain(proposals))
        return
    _show_price_proposals(proposals, language)


def _show_price_proposals(proposals: Sequence[PriceProposal], language: Language) -> None:
    """Show what a list would change, and the button that applies it."""
    say, values = language.say, proposed_fields(proposals)
    show_text(language.write(proposal_sentence(proposals)))
    table = proposal_table(proposals)
    show_table(table, say("What the price list changes"), scrolls=True)
    if not values:
        show_caption(say("There is nothing to import: everything readable is already in the price book."))
        return
    title = language.plural("Apply the price of {n} product", "Apply the prices of {n} products", len(values))
    st.button(
        plain(title),
        key="take_over",
        icon=":material/check:",
        help=say("One change, which you can undo. What is refused stays out."),
        on_click=widgets.pressed(session.change, values),
    )


def _show_price_files(language: Language) -> None:
    say = language.say
    with st.container(horizontal=True):
        for dialect, label in dialect_names(language).items():
            write = partial(_price_book_file, dialect, session.workspace())
            show_download(label, write, "prices.csv", "text/csv", language, key=f"book:{dialect}")
    show_caption(say("With your own prices in it, as CSV; it can be imported again."))


def _template_file(dialect: Dialect, workspace: Workspace, state: State) -> bytes:
    return template_bytes(workspace.plan(state).case.book, dialect)


def _price_book_file(dialect: Dialect, workspace: Workspace, state: State) -> bytes:
    """Return the price book with own rows, as its reader may see it."""
    book = workspace.plan(state).case.book
    return price_book_bytes(book, dialect, shows_labour=state.sees_labour)
