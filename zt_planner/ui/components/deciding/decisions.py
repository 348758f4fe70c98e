"""The next decision in a line, and all of them in a dialog, one press away (M37)."""

from __future__ import annotations

import streamlit as st

from zt_planner.engine.plan import AnyPlan, StoppedPlan
from zt_planner.language import Language
from zt_planner.ui.components.elements import show_dialog
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.why import view_of
from zt_planner.ui.state import tab, widgets

DECISIONS = "decisions"


def show_next_decision(plan: AnyPlan, language: Language) -> None:
    """Show which decision is next, by when and by whom, with a button that opens all of them; nothing without any."""
    if isinstance(plan, StoppedPlan):
        return
    from zt_planner.topics.decisions.dates import decisions_group, next_decision_line  # noqa: PLC0415 - other pages wait for nothing of it

    view, title = view_of(plan, language), language.say("All decisions")
    line = language.write(next_decision_line(view))
    if line:
        st.caption(plain(line), width="content")
        st.button(title, key="all_decisions", type="tertiary", on_click=widgets.pressed(tab.open_dialog, DECISIONS))

    def draw() -> None:
        from zt_planner.ui.components.blocks import show_blocks  # noqa: PLC0415 - only where they are asked for

        group = decisions_group(view)
        if group is not None:
            show_blocks(group.blocks)

    show_dialog(DECISIONS, title, draw, is_large=True)
