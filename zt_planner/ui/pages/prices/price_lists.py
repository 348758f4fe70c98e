"""Price lists as files: a partner's, looked at before it is applied, and the plan's own price book."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.catalog.csv.tables import MEGABYTES
from zt_planner.domain.scenario.price_proposal import proposed_fields
from zt_planner.errors import PlannerError
from zt_planner.media.csv.dialects import dialect_names
from zt_planner.media.csv.price_book import price_book_bytes, template_bytes
from zt_planner.topics.error_texts import explain
from zt_planner.topics.prices.proposals import proposal_sentence, proposal_table
from zt_planner.ui.components.components import fold
from zt_planner.ui.components.downloads import download
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.state import session, widgets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.scenario.price_proposal import PriceProposal
    from zt_planner.language import Language
    from zt_planner.media.csv.dialects import Dialect
    from zt_planner.workspace import State, Workspace


def draw(language: Language) -> None:
    """Draw import, for those who may change the plan, and export, each folded away."""
    say = language.say
    if session.may_change():
        fold(say("Import a partner's price list"), "price_list", partial(import_list, language), ":material/upload:")
    fold(say("Save the price book as a file"), "price_files", partial(files, language), ":material/download:")


def import_list(language: Language) -> None:
    """Draw the upload, what it would change, and the button that applies it."""
    say = language.say
    st.caption(
        plain(
            say(
                "A CSV file with at least a price's id, amount, currency, term and first day, in columns named as in "
                "one of the templates. The price book fills in what is missing. You see every change before it is "
                "applied."
            )
        )
    )
    with st.container(horizontal=True):
        for dialect, name in dialect_names(language).items():
            write, label = partial(template, dialect, session.workspace()), say("Template: {form}", form=name)
            download(label, write, "price-list.csv", "text/csv", language, key=f"file:{dialect}")
    uploaded = st.file_uploader(say("Price list"), max_upload_size=MEGABYTES, key="price_list")
    if uploaded is None:
        return
    found = session.proposals(uploaded.getvalue(), uploaded.name)
    if isinstance(found, PlannerError):
        for line in explain(found, language):
            st.error(plain(line), icon=":material/block:")
        return
    preview(found, language)


def preview(proposals: Sequence[PriceProposal], language: Language) -> None:
    """Draw what a list would change, and the button that applies it all at once."""
    say, values = language.say, proposed_fields(proposals)
    st.markdown(plain(proposal_sentence(proposals, language)))
    table = proposal_table(proposals, language)
    show_table(table, say("What the price list changes"), scrolls=True)
    if not values:
        st.caption(plain(say("There is nothing to import: everything readable is already in the price book.")))
        return
    title = language.plural("Apply the price of {n} product", "Apply the prices of {n} products", len(values))
    st.button(
        plain(title),
        key="take_over",
        icon=":material/check:",
        help=say("One change, which you can undo. What is refused stays out."),
        on_click=widgets.pressed(session.change, values),
    )


def files(language: Language) -> None:
    """Draw the downloads: the price book with own rows, and the template."""
    say = language.say
    with st.container(horizontal=True):
        for dialect, label in dialect_names(language).items():
            write = partial(price_book_file, dialect, session.workspace())
            download(label, write, "prices.csv", "text/csv", language, key=f"book:{dialect}")
    st.caption(plain(say("With your own prices in it, as CSV; it can be imported again.")))


def template(dialect: Dialect, workspace: Workspace, state: State) -> bytes:
    """Return the file that a partner fills in."""
    return template_bytes(workspace.plan(state).case.book, dialect)


def price_book_file(dialect: Dialect, workspace: Workspace, state: State) -> bytes:
    """Return the price book with own rows, as whoever looks may see it."""
    book = workspace.plan(state).case.book
    return price_book_bytes(book, dialect, shows_labour=state.sees_labour)
