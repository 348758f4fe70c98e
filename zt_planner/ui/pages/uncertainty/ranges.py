"""The ranges of efforts, waits and prices, to be changed, and how the draws are made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.topics.grid import read_only
from zt_planner.topics.risk.ranges_grid import addable, first_range, known_ranges, range_grid, reset_ranges
from zt_planner.ui.components import grid
from zt_planner.ui.components.components import button_row, fold, pick, show_draft
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import trace_context
from zt_planner.ui.state import drafts, session, widgets
from zt_planner.ui.widgets import number_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.view import View

ALL = ""


def draw(plan: Plan, language: Language) -> None:
    """Draw the ranges, to be changed by those who may change the plan, and how the draws are made."""
    say = language.say
    st.header(say("The ranges behind this"))
    st.markdown(
        plain(
            say(
                "In one case of ten the value is below the P10, in one of ten above the P90. Ask someone who has "
                "done such a task how far off the estimate was."
            )
        )
    )
    is_open = fold(say("Ranges of efforts, waits and prices"), "ranges", partial(rows, plan, language))
    if not is_open and drafts.waits(drafts.RANGES):
        show_draft(say("What you typed into the table of ranges is kept, but not in the plan. Open it to see why."))
    fold(say("How the simulation works"), "draws", partial(making, plan, language))


def rows(plan: Plan, language: Language) -> None:
    """Draw the table: to read only for those who may not change the plan."""
    context = trace_context(plan, language)
    ranges = range_grid(context)
    if not session.may_change():
        show_table(read_only(ranges), language.say("Ranges of efforts, waits and prices"))
        return
    st.caption(plain(language.say("Changes apply at once. Empty a cell to go back to the default range.")))
    grid.edit(drafts.RANGES, ranges)
    add_price(context)
    take_back(ranges.names, context)


def add_price(context: View) -> None:
    """Offer a range for a price of the plan that has none."""
    language, names = context.language, addable(context)
    if not names:
        return
    with button_row():
        chosen = pick(language.say("Add a range to a price"), names, "new_range", language)
        st.button(
            language.say("Add"),
            key="add_range",
            icon=":material/add:",
            help=language.say("The range starts at 10% below to 10% above the price; change it in the table."),
            on_click=widgets.pressed(session.change, first_range(chosen)),
        )


def take_back(names: Mapping[str, str], context: View) -> None:
    """Offer to take own ranges away, one or all."""
    say, own = context.language.say, [name for name, known in known_ranges(context).items() if known.is_own]
    if not own:
        return
    with button_row():
        shown = {ALL: say("all of them"), **{name: names[name] for name in own}}
        chosen = pick(say("Own ranges"), shown, "own_ranges", context.language)
        st.button(
            say("Use the default ranges again"),
            key="ranges_back",
            icon=":material/undo:",
            on_click=widgets.pressed(session.change, reset_ranges([chosen] if chosen in own else own, context)),
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
                "0: one late task says nothing about the others. 100: all tasks run late together. The default "
                "is 30, because a slow team is slow in every task."
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
