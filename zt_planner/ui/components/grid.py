"""An editable grid: show it, apply its edits, keep refused cells.

What is typed is in the plan at once. Refused input stays in its cell, its row is marked, and the reason is shown above
the table. Laws: a wrong row does not hold back other rows; nothing that was typed is lost by opening other pages or by
others' changes; the plan changes only when somebody types into a row or presses a button.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from zt_planner.domain import units
from zt_planner.errors import CellProblem, Place, PlannerError, msgid
from zt_planner.topics.grid import CellAddress, CellValue, Grid, GridColumn, error_lines
from zt_planner.ui.components.elements import show_cell_problems
from zt_planner.ui.state import drafts, session
from zt_planner.ui.state.reader import is_on_telephone

NAME, REFUSED = "name", "\N{WARNING SIGN} {name}"
VALID_NOW = msgid("this is valid now, but not in the plan")
"""The problem of a cell that was refused before."""
HEIGHT = 480
"""Pixels: enough for the longest name of a task of the model."""
FEW_ROWS = 12
"""So many rows are shown without scrolling."""
LEAST_WIDTH, AROUND_TITLE, WIDTH_OF_LETTER = 125, 25, 7.5
WIDTH_OF_SWITCH = 90
"""Pixels of a column of numbers, so that its title is seen whole."""
ROOM_OF_NAMES, ROW_OF_THREE_LINES = 190, 66
"""Pixels, on a telephone: Streamlit only pins columns that take at most three fifths of the table."""


def show_grid(table: str, grid: Grid) -> None:
    """Show a grid, and apply what was typed."""
    draft = drafts.cell_draft(table, list(grid.names), grid.language.code)
    waiting = {at: grid.row_names(cell) for at, cell in draft.waiting.items() if at in grid.cells}
    waiting = {at: cell for at, cell in waiting.items() if not grid.is_same(at[1], cell, grid.cells[at])}
    given = {**grid.cells, **waiting}
    above = st.container()
    held = _show_editor(grid, given, draft.key, _rows_of(waiting))
    new = draft.new(held)
    typed = {**waiting, **new}
    held_back = _apply_rows(typed, typed if draft.applies_waiting else new, grid)
    is_stale = any(not grid.is_same(at[1], held[at], given[at]) for at in draft.edited if at not in new)
    drafts.keep_cells(draft, held, {at: grid.row_ids(typed[at]) for at in held_back}, is_stale=is_stale)
    if is_stale or len(held_back) < len(typed) or _rows_of(held_back) != _rows_of(waiting):
        st.rerun()
    errors = [error for errors in held_back.values() for error in errors]
    kept = grid.language.say("Everything else is in the plan. What you typed is kept here.")
    with above:
        show_cell_problems(
            error_lines(errors, grid.names),
            kept,
            f"drop:{table}",
            partial(drafts.forget_cells, table),
            grid.language,
            partial(drafts.apply_waiting_cells, table)
            if any(isinstance(error, CellProblem) and error.problem == VALID_NOW for error in errors)
            else None,
        )


def _rows_of(addresses: Iterable[CellAddress]) -> frozenset[str]:
    return frozenset(row for row, _ in addresses)


def _show_editor(
    grid: Grid, given: Mapping[CellAddress, CellValue], key: str, refused: Collection[str]
) -> dict[CellAddress, CellValue]:
    """Show the editor, rows with a refused cell marked by their name; return its cells as the browser holds them."""
    import pandas as pd  # noqa: PLC0415 - Streamlit has it loaded; the module stays light

    rows = [
        {
            NAME: REFUSED.format(name=row.name) if row.id in refused else row.name,
            **{name: _for_frame(given.get((row.id, name), cell)) for name, cell in row.cells.items()},
        }
        for row in grid.rows
    ]
    is_narrow = is_on_telephone()
    frame = st.data_editor(
        pd.DataFrame(rows, columns=[NAME, *grid.columns]),
        key=key,
        height=HEIGHT if len(rows) > FEW_ROWS else "content",
        hide_index=True,
        row_height=ROW_OF_THREE_LINES if is_narrow else None,
        column_config={
            NAME: st.column_config.TextColumn(
                grid.language.say(grid.row_title),
                disabled=True,
                pinned=True,
                width=ROOM_OF_NAMES if is_narrow else grid.name_width,
            ),
            **{name: _column_config(column, grid) for name, column in grid.columns.items()},
        },
        placeholder="",
        alt=grid.language.say(grid.title),
    )
    records = dict(zip(grid.names, frame.to_dict("records"), strict=True))
    return {(row, name): _from_frame(grid.columns[name], records[row][name]) for row, name in grid.cells}


def _column_config(column: GridColumn, grid: Grid) -> Any:  # noqa: ANN401 - Streamlit's own
    """Configure a column: numbers and days are texts, so that they can be typed in the reader's form."""
    title, config = grid.language.say(column.title), st.column_config
    if column.entry is units.FLAG:
        return config.CheckboxColumn(title, width=column.width or WIDTH_OF_SWITCH)
    if column.entry is units.TASKS:
        return config.MultiselectColumn(title, options=list(grid.names.values()), width="large")
    if column.unit is None:
        return config.TextColumn(title, disabled=True)
    if not column.unit.is_number:
        return config.TextColumn(title, width=column.width, alignment="left")
    width = column.width or max(LEAST_WIDTH, AROUND_TITLE + round(len(title) * WIDTH_OF_LETTER))
    return config.TextColumn(title, width=width, alignment="right")


def _for_frame(cell: CellValue) -> object:
    return list(cell) if isinstance(cell, tuple) else cell


def _from_frame(column: GridColumn, value: Any) -> CellValue:  # noqa: ANN401 - a frame holds values of every kind
    """Return a cell of the frame; what pandas uses for nothing is an empty cell."""
    if column.entry is units.TASKS:
        return tuple(value) if isinstance(value, list | tuple) else ()
    if column.entry is units.FLAG:
        return bool(value)
    return value if isinstance(value, str) else ""


def _apply_rows(
    typed: Mapping[CellAddress, CellValue], wanted: Collection[CellAddress], grid: Grid
) -> dict[CellAddress, tuple[PlannerError, ...]]:
    """Apply the rows that have a `wanted` cell; return why other typed cells are not in the plan."""
    held_back: dict[CellAddress, tuple[PlannerError, ...]] = {}
    for row in grid.edits(typed):
        problems = list(row.problems)
        if not problems and any(address in wanted for address in row.addresses):
            if session.change(row.fields, problems.append):
                continue
        elif not problems:
            problems.append(session.refusal(row.fields) or _valid_now(row.addresses[0], grid))
        held_back.update(dict.fromkeys(row.addresses, tuple(problems)))
    return held_back


def _valid_now(address: CellAddress, grid: Grid) -> CellProblem:
    """Return the problem of a cell that was refused and is valid now; it is only applied on a press."""
    row, column = address
    place = Place(grid.names[row], None, grid.language.say(grid.columns[column].title))
    return CellProblem(place, VALID_NOW, msgid("Apply what you typed, or drop it"))
