"""Drafts: typed input that is not in the plan yet, because it was refused or a cell of its table is wrong.

A draft belongs to one tab and one session, and lives as long as the tab. Laws: a page that is left and opened again
shows what was typed; if others change the price book meanwhile, typed cells stay and the others follow the book.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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

PRICES, TASKS, RANGES, BOOKINGS = "price_rows", "task_rows", "range_rows", "booking_rows"
STATUS, WEEK = "status_rows", "week_rows"
"""Tables whose cells are edited: prices are applied as a whole, the others row by row."""
NOT_DRAWN = object()


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """A refused text of a field, the reason, and the field's value when the text was first shown."""

    session: SessionId | None
    text: str
    refused: PlannerError
    value: object = NOT_DRAWN


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """The price table as typed.

    `before` is the table of the book with this version, `given` the one that the browser got to edit, `typed` the one
    that it holds now. `number` counts the tables that the browser got.
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
        """The key of the table in the browser; every table has its own, so that edits belong to just this one."""
        return own_key(f"price_rows:{self.language}:{self.version}:{self.number}")


@dataclass(frozen=True, slots=True)
class CellDraft:
    """A grid in the browser, and its typed cells that are not in the plan.

    The table stays the same while the plan changes, so that nobody who uses it by keyboard loses their place. `held`
    has the browser's values of the cells that were edited in it: another value is a new edit; if the plan has moved on
    from one of them, another table is needed. In `waiting`, rows that a cell names are ids. `origin` names the page, so
    that no table outlives the server that knows it.
    """

    session: SessionId | None
    table: str
    origin: str
    ids: tuple[str, ...]
    language: str
    number: int = 0
    held: Mapping[CellAddress, CellValue] = field(default_factory=dict)
    waiting: Mapping[CellAddress, CellValue] = field(default_factory=dict)
    applies_waiting: bool = False
    """Whether the waiting cells are to be applied."""

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
    """Return the draft of a field or table in this session, also one from before the session began."""
    draft = this_tab().drafts.get(name)
    return draft if isinstance(draft, kind) and draft.session in {None, session.state().session} else None


def forget(name: str) -> None:
    """Discard a field's draft: it shows its current value."""
    this_tab().drafts.pop(name, None)


def keep_text(name: str, text: str, refused: PlannerError) -> None:
    """Keep a refused text. The field's value is known once the text is shown, as other edits may still wait."""
    this_tab().drafts[name] = FieldDraft(session.state().session, text, refused)


def value_beside(name: str, draft: FieldDraft, value: object) -> object:
    """Return the field's value when a refused text was first shown; `value` if it is shown only now."""
    if draft.value is not NOT_DRAWN:
        return draft.value
    this_tab().drafts[name] = replace(draft, value=value)
    return value


# The price table


def price_draft(book: PriceBook, language: str) -> PriceDraft:
    """Return the table to edit: the browser's current one, or a new one with the draft."""
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
    """Return the table with cells that are not in the book; None if there are none."""
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
    """Return the browser's current table, or a new one with the waiting cells."""
    last = draft_of(table, CellDraft)
    if last is None:
        return CellDraft(None, table, session.state().origin, tuple(ids), language)
    if last.ids == tuple(ids) and last.language == language and last.key in st.session_state:
        return last
    return replace(last, ids=tuple(ids), language=language, number=last.number + 1, held={})


def kept_order(table: str, ids: Sequence[str], since: object, known: Collection[str] | None = None) -> tuple[str, ...]:
    """Return rows in the browser's order as long as it shows the same ones and `since` is the same.

    So no row moves while somebody types; opened again, or with another `since`, the table has its current order. Of a
    table with a selection of rows, all that are `known`, none comes or goes meanwhile either.
    """
    last, name = draft_of(table, CellDraft), f"{table}:order"
    kept_since, order = cast("tuple[object, tuple[str, ...]]", this_tab().drafts.get(name, (None, ())))
    is_shown = last is not None and last.key in st.session_state
    is_same = set(order) == set(ids) if known is None else set(order) <= set(known)
    if not is_shown or kept_since != since or not is_same:
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
    """Keep the browser's cells; if the plan has moved on from some of them, the next table is a new one."""
    held = {} if is_stale else {at: shown[at] for at in draft.edited}
    this_tab().drafts[draft.table] = replace(
        draft,
        session=session.state().session,
        number=draft.number + is_stale,
        held=held,
        waiting=dict(waiting),
        applies_waiting=False,
    )


def has_waiting_cells(table: str) -> bool:
    """Tell whether typed cells of a table are not in the plan."""
    last = draft_of(table, CellDraft)
    return last is not None and bool(last.waiting)


def apply_waiting_cells(table: str) -> None:
    """Have the waiting cells of a table applied when it is drawn next."""
    last = draft_of(table, CellDraft)
    if last is not None:
        this_tab().drafts[table] = replace(last, applies_waiting=True)


def forget_cells(table: str) -> None:
    """Discard the waiting cells of a table."""
    last = draft_of(table, CellDraft)
    if last is not None:
        this_tab().drafts[table] = replace(last, number=last.number + 1, held={}, waiting={})
