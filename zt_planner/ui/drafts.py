"""What somebody has typed that is not in the plan yet: refused numbers and texts, tables while a cell is wrong.

A draft is of one tab and one session, and lives as long as the tab. Laws: a page
that is left and opened again shows what was typed; where others change the
price book meanwhile, what was typed stays and the rest is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003 - dataclasses read annotations at run time
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.catalog.price_table import Cells, merged, table_of
from zt_planner.ui import session
from zt_planner.ui.tab import this_tab
from zt_planner.ui.typed import CellDraft, NumberDraft, PriceDraft, TextDraft

if TYPE_CHECKING:
    from decimal import Decimal

    from zt_planner.domain.price_book import PriceBook
    from zt_planner.errors import PlannerError
    from zt_planner.reports.task_grid import At, Cell

TASKS, RANGES = "task_rows", "range_rows"
"""Tables whose cells are edited, each by itself."""


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


def cell_draft(table: str, ids: Sequence[str], language: str) -> CellDraft:
    """Return the table that the browser holds, or another one with what waits."""
    kept = _tables().get(table)
    if kept is None or kept.session not in {None, session.state().session}:
        return CellDraft(table, None, session.state().origin, tuple(ids), language)
    if kept.ids == tuple(ids) and kept.language == language and kept.key in st.session_state:
        return kept
    return replace(kept, ids=tuple(ids), language=language, number=kept.number + 1, held={})


def keep_cells(draft: CellDraft, shown: Mapping[At, Cell], waiting: Mapping[At, Cell], *, is_stale: bool) -> None:
    """Keep what the browser holds; where the plan has left some of it behind, the next table is another one."""
    held = {} if is_stale else {at: shown[at] for at in draft.edited}
    number = draft.number + is_stale
    _tables()[draft.table] = replace(
        draft, session=session.state().session, number=number, held=held, waiting=dict(waiting)
    )


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


# Numbers


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
