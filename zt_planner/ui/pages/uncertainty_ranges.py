"""The ranges as a table that is edited: efforts, waits and prices, and how the draws are made.

What is typed is in the plan at once; what is refused stays in its cell, and
below the table it is said why.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from zt_planner.reports.faults import explain
from zt_planner.reports.range_grid import (
    EDITABLE,
    FACTS,
    addable,
    added,
    is_same,
    ranges_grid,
    ranges_table,
    taken_back,
    typed_by_range,
)
from zt_planner.ui import drafts, number_fields, session, widgets
from zt_planner.ui.components import fold, show_cell_problems, show_table
from zt_planner.ui.markdown import plain
from zt_planner.ui.why import inquiry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.domain.plan import Plan
    from zt_planner.errors import PlannerError
    from zt_planner.language import Language
    from zt_planner.reports.range_grid import Ranges
    from zt_planner.reports.task_grid import At, Cell
    from zt_planner.reports.trace import Inquiry

NAME = "what"
HEIGHT = 460
WIDTHS = {NAME: 210, **dict.fromkeys(EDITABLE, 165)}
ALL = ""


def draw(plan: Plan, language: Language) -> None:
    """Draw the ranges, to be changed by those who may change the plan, and how the draws are made."""
    say = language.say
    st.header(say("The ranges behind this"))
    st.markdown(
        plain(
            say(
                "One time in ten it is less than the P10, one time in ten more than the P90; the estimate lies in the "
                "middle. Whoever has done such a task should say how far off it was."
            )
        )
    )
    if not fold(say("Ranges of efforts, waits and prices"), "ranges", partial(rows, plan, language)):
        say_what_waits(language)
    fold(say("How the draws are made"), "draws", partial(making, plan, language))


def say_what_waits(language: Language) -> None:
    """Say that what was typed is kept though the table is closed."""
    if drafts.waits(drafts.RANGES):
        text = language.say("What you typed into the table of ranges is kept, but not in the plan. Open it to see why.")
        st.warning(plain(text), icon=":material/edit_note:")


def rows(plan: Plan, language: Language) -> None:
    """Draw the table: to read only for those who may not change the plan."""
    asked = inquiry(plan, language)
    grid = ranges_grid(asked)
    if not session.may_change():
        show_table(ranges_table(grid), language.say("Ranges of efforts, waits and prices"))
        return
    st.caption(
        plain(language.say("What you type is in the plan at once. Empty a cell to take the data's range again."))
    )
    editor(grid, asked)
    add_price(asked)
    take_back(grid, asked)


def editor(grid: Ranges, asked: Inquiry) -> None:
    """Draw the table; take over what was typed."""
    language = asked.language
    draft = drafts.cell_draft(drafts.RANGES, [row.id for row in grid.rows], language.code)
    given = {**grid.cells, **draft.waiting}
    held = shown(grid, given, draft.key, language)
    typed = draft.hear(held)
    refused = take_over(typed, grid, asked)
    is_stale = any(not is_same(held[at], given[at], language) for at in draft.edited if at not in typed)
    drafts.keep_cells(draft, held, {at: typed[at] for at in refused}, is_stale=is_stale)
    if is_stale or len(refused) < len(typed):
        st.rerun()
    show_refused(refused, language)


def shown(grid: Ranges, given: Mapping[At, Cell], key: str, language: Language) -> dict[At, Cell]:
    """Draw the table and return its cells as the browser holds them."""
    import pandas as pd  # noqa: PLC0415 - Streamlit has it loaded; the module stays light

    config = st.column_config
    columns: dict[str, Any] = {
        NAME: config.TextColumn(language.say("What is uncertain"), disabled=True, pinned=True, width=WIDTHS[NAME]),
        **{
            name: config.TextColumn(language.say(title), width=WIDTHS[name], alignment="right")
            for name, title in EDITABLE.items()
        },
        **{name: config.TextColumn(language.say(title), disabled=True) for name, title in FACTS.items()},
    }
    frame = st.data_editor(
        pd.DataFrame(
            [{NAME: row.name, **{name: given[row.id, name] for name in EDITABLE}, **row.facts} for row in grid.rows],
            columns=list(columns),
        ),
        key=key,
        height=HEIGHT,
        hide_index=True,
        column_config=columns,
        placeholder="",
        alt=language.say("Ranges, to be changed"),
    )
    records = frame.to_dict("records")
    return {
        (row.id, name): record[name] if isinstance(record[name], str) else ""
        for row, record in zip(grid.rows, records, strict=True)
        for name in EDITABLE
    }


def take_over(typed: Mapping[At, Cell], grid: Ranges, asked: Inquiry) -> dict[At, tuple[PlannerError, ...]]:
    """Change the plan as it was typed; return what is refused, by the place of its cell."""
    refused: dict[At, tuple[PlannerError, ...]] = {}
    for found in typed_by_range(typed, grid, asked):
        problems = found.problems
        if not problems:
            session.change(found.fields)
            problems = session.take_refusals()
        refused.update(dict.fromkeys(found.places, problems) if problems else {})
    return refused


def show_refused(refused: Mapping[At, tuple[PlannerError, ...]], language: Language) -> None:
    """Say why cells are not in the plan."""
    lines = list(
        dict.fromkeys(line for errors in refused.values() for each in errors for line in explain(each, language))
    )
    kept = language.say("Everything else is in the plan. What you typed is kept here.")
    show_cell_problems(lines, kept, "drop_ranges", partial(drafts.forget_cells, drafts.RANGES), language)


def add_price(asked: Inquiry) -> None:
    """Offer a range for a price of the plan that has none."""
    language, names = asked.language, addable(asked)
    if not names:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            language.say("Give a price a range"),
            list(names),
            format_func=lambda key: names.get(key, key),
            key=f"new_range:{language.code}",
        )
        st.button(
            language.say("Add"),
            key="add_range",
            icon=":material/add:",
            help=language.say("It begins with a tenth less to a tenth more; change it in the table."),
            on_click=widgets.pressed(session.change, added(chosen)),
        )


def take_back(grid: Ranges, asked: Inquiry) -> None:
    """Offer to take own ranges away, one or all."""
    say, own = asked.language.say, {row.id: row for row in grid.own}
    if not own:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            say("Own ranges"),
            [ALL, *own],
            format_func=lambda key: own[key].name if key in own else say("all of them"),
            key=f"own_ranges:{asked.language.code}",
        )
        st.button(
            say("Take the data's again"),
            key="ranges_back",
            icon=":material/undo:",
            on_click=widgets.pressed(
                session.change, taken_back([own[chosen]] if chosen in own else own.values(), asked)
            ),
        )


def making(plan: Plan, language: Language) -> None:
    """Draw how strongly overruns go together, and the seed."""
    say, given = language.say, plan.scenario.uncertainty
    left, right = st.columns(2, gap="medium", vertical_alignment="top")
    with left:
        number_fields.decimal_number(
            say("How strongly overruns go together, in percent"),
            "uncertainty.correlation",
            given.correlation,
            language,
            help=say(
                "0: one late task says nothing about the others. 100: all are late together. A team that is slower "
                "than expected is so in everything; hence 30."
            ),
        )
    with right:
        number_fields.whole_number(say("Seed of the draws"), "uncertainty.seed", given.seed, language)
    st.caption(
        plain(
            say(
                "The same seed gives the same draws again, so that two plans are compared draw by draw. Another seed "
                "shows how much of a figure is chance."
            )
        )
    )
