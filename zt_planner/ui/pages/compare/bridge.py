"""The bridge from the first plan to another: what each group of inputs adds to a figure, in no order of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.engine.compare.bridge import BridgeFigure
from zt_planner.topics.compare.sentences import bridge_lines
from zt_planner.topics.compare.side_by_side import BRIDGED, bars_by_size, bridge_table
from zt_planner.ui.addresses import RECORD
from zt_planner.ui.components.charts.compared import show_waterfall
from zt_planner.ui.components.components import fold
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.state.tab import this_tab

if TYPE_CHECKING:
    from zt_planner.engine.compare.comparison import Variant
    from zt_planner.language import Language


def show_bridge(first: Variant, other: Variant, language: Language) -> None:
    """Draw the bridge of the figure that is chosen, with all bridges as a table; and lead to the one of the record."""
    say = language.say
    st.header(plain(say("Why the figures of {other} differ", other=other.letter)))
    figure = chosen_figure(language)
    bridge = next(each for each in other.bridges if each.figure is figure)
    lines = tuple(bridge_lines(bridge, first, other, language))
    for line in lines or (say("Nothing that differs moves this figure."),):
        st.markdown(plain(line))
    if bars_by_size(bridge):
        show_waterfall(bridge, first, other, language)
    table = bridge_table(other, language)
    if table.rows:
        fold(
            say("All bridges as a table"),
            "bridges",
            lambda: show_table(table, say("All bridges as a table"), stacks=True),
        )
    two_ways(language)


def chosen_figure(language: Language) -> BridgeFigure:
    """Draw the choice of the figure, and return it."""
    names = {str(figure): language.say(name) for figure, name in BRIDGED.items()}
    return BridgeFigure(
        st.segmented_control(
            language.say("Figure"),
            list(names),
            default=str(BridgeFigure.INTRODUCTION_BUDGET),
            required=True,
            format_func=lambda name: plain(names[name]),
            key="bridge",
            bind="query-params",
        )
    )


def two_ways(language: Language) -> None:
    """Say in which of two ways the difference is divided here, and lead to the other one."""
    say = language.say
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            plain(
                say("Independent of the order: what a group of inputs adds on average over every order of the changes.")
            ),
            width="content",
        )
        st.page_link(
            this_tab().pages[RECORD],
            label=say("In the order we decided"),
            icon=":material/history:",
            query_params=st.query_params.to_dict(),
        )
