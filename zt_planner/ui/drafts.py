"""What somebody has typed that is not in the plan yet: refused numbers and texts, tables while a cell is wrong.

A
draft is of one tab and one session, and lives as long as the tab. Laws: a page
that is left and opened again shows what was typed; where others change the
price book meanwhile, what was typed stays and the rest is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003 - dataclasses read annotations at run time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.catalog.price_table import Cells, merged, table_of
from zt_planner.ui import session
from zt_planner.ui.tab import this_tab

if TYPE_CHECKING:
    from decimal import Decimal

    from zt_planner.domain.price_book import PriceBook
    from zt_planner.domain.session import SessionId
    from zt_planner.errors import PlannerError
    from zt_planner.reports.task_grid import At, Cell

TASKS, RANGES = "task_rows", "range_rows"
"""Tables whose cells are edited, each by itself."""


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """The price table as it was typed.

    `before` is the table of the book with this version, `given` what the
    browser was given to edit, `typed` what it holds now. `number` counts the
    tables that the browser was given.
    """

    session: SessionId | None
    version: str
    before: Sequence[Cells]
    given: Sequence[Cells]
    typed: Sequence[Cells]
    number: int = 0

    @property
    def key(self) -> str:
        """The key of the table in the browser: what is typed there is an edit of just this table."""
        return f"price_rows:{self.version}:{self.number}"

    @property
    def is_empty(self) -> bool:
        """Tell whether everything stands as in the book."""
        return self.typed == self.before


def price_draft(book: PriceBook) -> PriceDraft:
    """Return the table to edit: the one that the browser holds, or else a new one with what was typed before."""
    kept, now = _kept(), table_of(book)
    if kept is not None and kept.version == book.version and kept.key in st.session_state:
        return kept
    given = now if kept is None else merged(kept.before, kept.typed, now)
    last = this_tab().prices
    return PriceDraft(None, book.version, now, given, given, 0 if last is None else last.number + 1)


def keep(draft: PriceDraft, typed: Sequence[Cells]) -> None:
    """Keep what the browser holds."""
    this_tab().prices = replace(draft, typed=typed, session=session.state().session)


def waiting(book: PriceBook) -> Sequence[Cells] | None:
    """Return the table with what was typed and is not in the book; None where there is nothing."""
    kept = _kept()
    return None if kept is None or kept.is_empty else merged(kept.before, kept.typed, table_of(book))


def forget() -> None:
    """Drop what was typed: the table shows the book."""
    kept = _kept()
    if kept is not None:
        this_tab().prices = replace(kept, version="", typed=kept.before)


def _kept() -> PriceDraft | None:
    """Return the draft of this session; one that was begun before the session was is of it too."""
    kept = this_tab().prices
    return kept if kept is not None and kept.session in {None, session.state().session} else None


# Tables of cells


@dataclass(frozen=True, slots=True)
class CellDraft:
    """A table of tasks or ranges in the browser, and the cells that were typed and are not in the plan.

    The table stays the same one while the plan changes under it, so that nobody
    who goes through it by keyboard is thrown out. `held` is what the browser
    holds of cells that were edited in it: what differs from that is a new edit,
    and what the plan has left behind makes another table needed. `origin` names
    the page, so that no table outlives the server that knows it.
    """

    table: str
    session: SessionId | None
    origin: str
    ids: tuple[str, ...]
    language: str
    number: int = 0
    held: Mapping[At, Cell] = field(default_factory=dict)
    waiting: Mapping[At, Cell] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of the table in the browser."""
        return f"{self.table}:{self.language}:{self.origin}:{self.number}"

    @property
    def edited(self) -> tuple[At, ...]:
        """The cells that were edited in this table, whatever they hold now."""
        state = st.session_state.get(self.key) or {}
        rows: Mapping[int, Mapping[str, object]] = state.get("edited_rows", {})
        return tuple((self.ids[place], column) for place, cells in rows.items() for column in cells)

    def hear(self, shown: Mapping[At, Cell]) -> dict[At, Cell]:
        """Return the cells that are typed and not in the plan: those that wait, and the new ones."""
        new = {at: shown[at] for at in self.edited if at not in self.held or self.held[at] != shown[at]}
        return {**self.waiting, **new}

    def kept(self, shown: Mapping[At, Cell], waiting: Mapping[At, Cell], *, is_stale: bool) -> None:
        """Keep what the browser holds; where the plan has left some of it behind, the next table is another one."""
        held = {} if is_stale else {at: shown[at] for at in self.edited}
        number = self.number + is_stale
        _tables()[self.table] = replace(
            self, session=session.state().session, number=number, held=held, waiting=dict(waiting)
        )


def cell_draft(table: str, ids: Sequence[str], language: str) -> CellDraft:
    """Return the table that the browser holds, or another one with what waits."""
    kept = _tables().get(table)
    if kept is None or kept.session not in {None, session.state().session}:
        return CellDraft(table, None, session.state().origin, tuple(ids), language)
    if kept.ids == tuple(ids) and kept.language == language and kept.key in st.session_state:
        return kept
    return replace(kept, ids=tuple(ids), language=language, number=kept.number + 1, held={})


def waits(table: str) -> bool:
    """Tell whether cells of a table were typed and are not in the plan."""
    kept = _tables().get(table)
    return kept is not None and kept.session in {None, session.state().session} and bool(kept.waiting)


def forget_cells(table: str) -> None:
    """Drop the cells of a table that were typed and are not in the plan."""
    kept = _tables().get(table)
    if kept is not None:
        _tables()[table] = replace(kept, number=kept.number + 1, held={}, waiting={})


def _tables() -> dict[str, CellDraft]:
    return this_tab().cells


# Forms


def form_number(form: str) -> int:
    """Return which form of a kind is shown: a new one, and so an empty one, once the last was taken over."""
    return this_tab().forms.get(form, 0)


def next_form(form: str) -> None:
    """Show an empty form of a kind from now on."""
    this_tab().forms[form] = form_number(form) + 1


# Numbers


@dataclass(frozen=True, slots=True)
class NumberDraft:
    """What was typed into a number field and not taken; `stands` is the number that holds instead."""

    session: SessionId | None
    text: str
    stands: Decimal | int | None


def keep_number(field: str, text: str, stands: Decimal | int | None) -> None:
    """Keep what was typed into a field."""
    _numbers()[field] = NumberDraft(session.state().session, text, stands)


def number_draft(field: str, stands: Decimal | int | None) -> str | None:
    """Return what was typed into a field and not taken; nothing once another number stands there."""
    kept = _numbers().get(field)
    if kept is None:
        return None
    if kept.stands != stands or kept.session not in {None, session.state().session}:
        forget_number(field)
        return None
    return kept.text


def forget_number(field: str) -> None:
    """Forget what was typed into a field."""
    _numbers().pop(field, None)


def _numbers() -> dict[str, NumberDraft]:
    return this_tab().numbers


# Texts


@dataclass(frozen=True, slots=True)
class TextDraft:
    """A text that was typed into a field and not taken, and why."""

    session: SessionId | None
    text: str
    refused: PlannerError


def keep_text(field: str, text: str, refused: PlannerError) -> None:
    """Keep a text that was not taken."""
    _texts()[field] = TextDraft(session.state().session, text, refused)


def text_draft(field: str) -> TextDraft | None:
    """Return what was typed into a field in this session and not taken."""
    kept = _texts().get(field)
    return kept if kept is not None and kept.session in {None, session.state().session} else None


def forget_text(field: str) -> None:
    """Forget what was typed into a field: it shows what stands."""
    _texts().pop(field, None)


def _texts() -> dict[str, TextDraft]:
    return this_tab().texts
