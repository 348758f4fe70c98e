"""What was typed in one tab and is not in the plan: a price table, cells of a table, a number, a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003 - dataclasses read annotations at run time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from decimal import Decimal

    from zt_planner.catalog.price_table import Cells
    from zt_planner.domain.session import SessionId
    from zt_planner.errors import PlannerError
    from zt_planner.reports.task_grid import At, Cell


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


@dataclass(frozen=True, slots=True)
class NumberDraft:
    """What was typed into a number field and not taken; `stands` is the number that holds instead."""

    session: SessionId | None
    text: str
    stands: Decimal | int | None


@dataclass(frozen=True, slots=True)
class TextDraft:
    """A text that was typed into a field and not taken, and why."""

    session: SessionId | None
    text: str
    refused: PlannerError
