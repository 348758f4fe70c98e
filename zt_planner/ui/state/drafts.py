"""Drafts: typed input that is not in the plan yet, because it was refused or a cell of its table is wrong.

A draft belongs to one tab and one session, and lives as long as the tab. Laws: a
page that is left and opened again shows what was typed; if others change the price
book meanwhile, typed cells stay and the rest follows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

import streamlit as st

from zt_planner.catalog.price_lists.price_table import Cells, merged_table, price_table_of
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import SessionId
from zt_planner.errors import PlannerError
from zt_planner.topics.grid import CellAddress, CellValue
from zt_planner.ui.state import session
from zt_planner.ui.state.tab import own_key, this_tab

PRICES, TASKS, RANGES, STATUS, BOOKINGS = "price_rows", "task_rows", "range_rows", "status_rows", "booking_rows"
"""Tables whose cells are edited: prices as a whole, the others each by itself."""


NOT_DRAWN = object()


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """A refused text of a field, the reason, and the field's value when the text was first drawn."""

    session: SessionId | None
    text: str
    refused: PlannerError
    stands: object = NOT_DRAWN


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """The price table as typed.

    `before` is the table of the book with this version, `given` what the
    browser was given to edit, `typed` what it holds now. `number` counts the
    tables that the browser was given.
    """

    session: SessionId | None
    version: str
    before: Sequence[Cells]
    given: Sequence[Cells]
    typed: Sequence[Cells]
    language: str
    number: int = 0

    @property
    def key(self) -> str:
        """The key of the table in the browser: what is typed there is an edit of just this table."""
        return own_key(f"price_rows:{self.language}:{self.version}:{self.number}")


@dataclass(frozen=True, slots=True)
class CellDraft:
    """A grid in the browser, and its typed cells that are not in the plan.

    The table stays the same one while the plan changes under it, so that nobody
    who goes through it by keyboard is thrown out. `held` is what the browser
    holds of cells that were edited in it: what differs from that is a new edit,
    and what the plan has left behind makes another table needed. Rows that a
    cell names stand in `waiting` by their ids. `origin` names the page, so that
    no table outlives the server that knows it.
    """

    session: SessionId | None
    table: str
    origin: str
    ids: tuple[str, ...]
    language: str
    number: int = 0
    held: Mapping[CellAddress, CellValue] = field(default_factory=dict)
    waiting: Mapping[CellAddress, CellValue] = field(default_factory=dict)
    is_pressed: bool = False
    """What waits is to be applied."""

    @property
    def key(self) -> str:
        """The key of the table in the browser."""
        return own_key(f"{self.table}:{self.language}:{self.origin}:{self.number}")

    @property
    def edited(self) -> tuple[CellAddress, ...]:
        """The cells that were edited in this table, whatever they hold now."""
        state = st.session_state.get(self.key) or {}
        rows: Mapping[int, Mapping[str, object]] = state.get("edited_rows", {})
        return tuple((self.ids[index], column) for index, cells in rows.items() for column in cells)

    def new(self, shown: Mapping[CellAddress, CellValue]) -> dict[CellAddress, CellValue]:
        """Return the cells that were typed since the last run."""
        return {at: shown[at] for at in self.edited if at not in self.held or self.held[at] != shown[at]}


Draft = TypeVar("Draft", FieldDraft, PriceDraft, CellDraft)


def draft_of(name: str, kind: type[Draft]) -> Draft | None:
    """Return the draft of a field or table in this session; a draft from before the session began counts, too."""
    draft = this_tab().drafts.get(name)
    return draft if isinstance(draft, kind) and draft.session in {None, session.state().session} else None


def forget(name: str) -> None:
    """Discard a field's draft: it shows its current value."""
    this_tab().drafts.pop(name, None)


def keep_text(name: str, text: str, refused: PlannerError) -> None:
    """Keep a refused text; which value stands beside it is known once it is drawn, as other edits may still wait."""
    this_tab().drafts[name] = FieldDraft(session.state().session, text, refused)


def value_beside(name: str, draft: FieldDraft, stands: object) -> object:
    """Return the value beside which a refused text was first drawn; this one if it is drawn only now."""
    if draft.stands is not NOT_DRAWN:
        return draft.stands
    this_tab().drafts[name] = replace(draft, stands=stands)
    return stands


# The price table


def price_draft(book: PriceBook, language: str) -> PriceDraft:
    """Return the table to edit: the browser's own, or else a new one with the draft."""
    last, now = draft_of(PRICES, PriceDraft), price_table_of(book)
    if last is not None and (last.version, last.language) == (book.version, language) and last.key in st.session_state:
        return last
    given = now if last is None else merged_table(last.before, last.typed, now)
    earlier = this_tab().drafts.get(PRICES)
    number = earlier.number + 1 if isinstance(earlier, PriceDraft) else 0
    return PriceDraft(None, book.version, now, given, given, language, number)


def keep_prices(draft: PriceDraft, typed: Sequence[Cells]) -> None:
    """Keep what the browser holds."""
    this_tab().drafts[PRICES] = replace(draft, typed=typed, session=session.state().session)


def waiting_table(book: PriceBook) -> Sequence[Cells] | None:
    """Return the table with cells that are not in the book; None when there are none."""
    last = draft_of(PRICES, PriceDraft)
    return (
        None
        if last is None or last.typed == last.before
        else merged_table(last.before, last.typed, price_table_of(book))
    )


def forget_prices() -> None:
    """Discard the draft: the table shows the book."""
    last = draft_of(PRICES, PriceDraft)
    if last is not None:
        this_tab().drafts[PRICES] = replace(last, version="", typed=last.before)


# Grids


def cell_draft(table: str, ids: Sequence[str], language: str) -> CellDraft:
    """Return the browser's table, or a new one with the waiting cells."""
    last = draft_of(table, CellDraft)
    if last is None:
        return CellDraft(None, table, session.state().origin, tuple(ids), language)
    if last.ids == tuple(ids) and last.language == language and last.key in st.session_state:
        return last
    return replace(last, ids=tuple(ids), language=language, number=last.number + 1, held={})


def kept_order(table: str, ids: Sequence[str], since: object) -> tuple[str, ...]:
    """Return rows in the order in which the browser has them while it shows the same ones `since` the same.

    So none moves while somebody types; opened again, or as of something else, the table has the order of now.
    """
    last, name = draft_of(table, CellDraft), f"{table}:order"
    kept_since, order = cast("tuple[object, tuple[str, ...]]", this_tab().drafts.get(name, (None, ())))
    is_shown = last is not None and last.key in st.session_state
    if not is_shown or kept_since != since or set(order) != set(ids):
        order = tuple(ids)
        this_tab().drafts[name] = since, order
    return order


def keep_cells(
    draft: CellDraft,
    shown: Mapping[CellAddress, CellValue],
    waiting: Mapping[CellAddress, CellValue],
    *,
    is_stale: bool,
) -> None:
    """Keep the browser's cells; if the plan no longer matches some of them, the next table is a new one."""
    held = {} if is_stale else {at: shown[at] for at in draft.edited}
    this_tab().drafts[draft.table] = replace(
        draft,
        session=session.state().session,
        number=draft.number + is_stale,
        held=held,
        waiting=dict(waiting),
        is_pressed=False,
    )


def has_waiting_cells(table: str) -> bool:
    """Tell whether cells of a table were typed and are not in the plan."""
    last = draft_of(table, CellDraft)
    return last is not None and bool(last.waiting)


def apply_waiting_cells(table: str) -> None:
    """Have the cells of a table that wait applied when it is drawn next."""
    last = draft_of(table, CellDraft)
    if last is not None:
        this_tab().drafts[table] = replace(last, is_pressed=True)


def forget_cells(table: str) -> None:
    """Discard the cells of a table that are not in the plan."""
    last = draft_of(table, CellDraft)
    if last is not None:
        this_tab().drafts[table] = replace(last, number=last.number + 1, held={}, waiting={})
