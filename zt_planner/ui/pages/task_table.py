"""The tasks as a table that is edited: the roadmap's twin for the keyboard.

What is typed is in the plan at once; what is refused stays in its cell, and
below the table it is said why. Law: one wrong cell keeps no other back, and
nothing that was typed is lost, on other pages and beside others' changes.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from zt_planner.domain.values import FIRST_DAY, LAST_DAY
from zt_planner.reports.task_grid import DATES, EDITABLE, FACTS, grid_of, is_same
from zt_planner.reports.task_typing import said_of, typed_by_task
from zt_planner.ui import drafts, session
from zt_planner.ui.components import show_cell_problems
from zt_planner.ui.markdown import plain
from zt_planner.ui.why import inquiry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from zt_planner.domain.plan import Plan
    from zt_planner.errors import PlannerError
    from zt_planner.language import Language
    from zt_planner.reports.task_grid import At, Cell, Grid
    from zt_planner.reports.trace import Inquiry

NAME = "task"
HEIGHT = 480
WIDTHS = {NAME: 210, "in_scope": 90, "effort_days": 125, "wait_weeks": 125, "min_length_days": 165}
"""In pixels, so that a column's title is read whole in both languages."""


def draw(plan: Plan, language: Language) -> None:
    """Draw the table; take over what was typed."""
    say = language.say
    st.caption(
        plain(
            say(
                "What you type is in the plan at once. Empty a cell to take the model's figure again. A task has an "
                "earliest or a fixed start, not both."
            )
        )
    )
    asked = inquiry(plan, language)
    grid = grid_of(asked)
    draft = drafts.cell_draft(drafts.TASKS, [row.id for row in grid.rows], language.code)
    given = {**grid.cells, **draft.waiting}
    held = shown(grid, given, draft.key, language)
    typed = draft.hear(held)
    refused = take_over(typed, grid, asked)
    left = (at for at in draft.edited if at not in typed)
    is_stale = any(not is_same(at[1], held[at], given[at], language) for at in left)
    drafts.keep_cells(draft, held, {at: typed[at] for at in refused}, is_stale=is_stale)
    if is_stale or len(refused) < len(typed):
        st.rerun()
    show_refused(refused, grid, language)


def shown(grid: Grid, given: Mapping[At, Cell], key: str, language: Language) -> dict[At, Cell]:
    """Draw the table and return its cells as the browser holds them."""
    import pandas as pd  # noqa: PLC0415 - Streamlit has it loaded; the module stays light

    rows = [
        {NAME: row.name, **{column: _for_frame(given[row.id, column]) for column in EDITABLE}, **row.facts}
        for row in grid.rows
    ]
    frame = st.data_editor(
        pd.DataFrame(rows, columns=[NAME, *EDITABLE, *FACTS]),
        key=key,
        height=HEIGHT,
        hide_index=True,
        column_config=columns_of(grid, language),
        placeholder="",
        alt=language.say("Tasks of the roadmap, to be changed"),
    )
    records = frame.to_dict("records")
    return {
        (row.id, column): _from_frame(column, record[column])
        for row, record in zip(grid.rows, records, strict=True)
        for column in EDITABLE
    }


def _for_frame(cell: Cell) -> object:
    return list(cell) if isinstance(cell, tuple) else cell


def _from_frame(column: str, value: Any) -> Cell:  # noqa: ANN401 - a frame holds values of every kind
    """Return a cell of the frame; what pandas has for nothing is nothing."""
    if column == "after":
        return tuple(value) if isinstance(value, list | tuple) else ()
    if column == "in_scope":
        return bool(value)
    if column in DATES:
        return None if value is None or value != value else _day(value)  # noqa: PLR0124 - pandas' nothing differs from itself
    return str(value) if isinstance(value, str) else ""


def _day(value: Any) -> date:  # noqa: ANN401 - a date, or pandas' own
    day: date = value.date() if hasattr(value, "date") else value
    return day


def columns_of(grid: Grid, language: Language) -> dict[str, Any]:
    """Return how cells are edited: numbers as texts, so that they can be written in the reader's form."""
    say, config = language.say, st.column_config
    columns: dict[str, Any] = {NAME: config.TextColumn(say("Task"), disabled=True, pinned=True, width=WIDTHS[NAME])}
    for column, title in EDITABLE.items():
        if column == "in_scope":
            columns[column] = config.CheckboxColumn(say(title), width=WIDTHS[column])
        elif column in DATES:
            columns[column] = config.DateColumn(
                say(title), format=language.date_format, min_value=FIRST_DAY, max_value=LAST_DAY
            )
        elif column == "after":
            columns[column] = config.MultiselectColumn(say(title), options=list(grid.ids), width="large")
        else:
            columns[column] = config.TextColumn(say(title), width=WIDTHS[column], alignment="right")
    return {**columns, **{name: config.TextColumn(say(title), disabled=True) for name, title in FACTS.items()}}


def take_over(typed: Mapping[At, Cell], grid: Grid, asked: Inquiry) -> dict[At, tuple[PlannerError, ...]]:
    """Change the plan as it was typed; return what is refused, by the place of its cell."""
    refused: dict[At, tuple[PlannerError, ...]] = {}
    for found in typed_by_task(typed, grid, asked):
        problems = found.problems
        if not problems:
            session.change(found.fields)
            problems = session.take_refusals()
        refused.update(dict.fromkeys(found.places, problems) if problems else {})
    return refused


def show_refused(refused: Mapping[At, Sequence[PlannerError]], grid: Grid, language: Language) -> None:
    """Say why cells are not in the plan."""
    names = {row.id: row.name for row in grid.rows}
    lines = said_of([error for errors in refused.values() for error in errors], names, language)
    kept = language.say("Everything else is in the plan. What you typed is kept here.")
    show_cell_problems(lines, kept, "drop_tasks", partial(drafts.forget_cells, drafts.TASKS), language)
