"""Date and budget together: the picture, and the chance of meeting both."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.topics.risk.uncertainty import (
    Target,
    contour_table,
    holds_text,
    needed_text,
    plan_target,
    trade_text,
)
from zt_planner.ui.components.charts import uncertainty as uncertainty_charts
from zt_planner.ui.components.components import fold
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.state import widgets
from zt_planner.ui.widgets import question

if TYPE_CHECKING:
    from zt_planner.domain.plan import Headlines
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language

DAY, SUM = "sure:by", "sure:budget"


FOLD = "joint"


def draw(plan: Plan, figures: Headlines, simulation: SimulationResult, language: Language) -> None:
    """Draw date and budget together: the page's picture."""
    show = partial(together, plan, figures, simulation, language)
    fold(language.say("Date and budget together"), FOLD, show, begins_open=True)


def together(plan: Plan, figures: Headlines, simulation: SimulationResult, language: Language) -> None:
    """Draw the question, its answer, the picture and the line as a table."""
    say = language.say
    st.markdown(
        plain(
            say(
                "Each point is one draw: one way the plan may turn out. Type a budget and a date, or press a point, "
                "to see how likely both are."
            )
        )
    )
    asked = fields(language)
    question.keep_in_address()
    shown = plan_target(figures) if asked == Target() else asked
    if asked != Target():  # how likely the plan's own are is the page's answer
        st.markdown(f"**{plain(holds_text(asked, simulation, language))}**")
    needed = needed_text(shown, simulation, language)
    if needed:
        st.markdown(plain(needed))
    take = partial(question.take_point, uncertainty_charts.JOINT)
    uncertainty_charts.show_joint(plan, figures, simulation, shown, language, take)
    show_table(contour_table(simulation, language), say("Budgets and dates that are met together"))
    st.caption(plain(trade_text(simulation, language)))


def fields(language: Language) -> Target:
    """Draw budget and date, and the way back to the plan's own; return what is asked for."""
    say, target = language.say, question.asked().target
    with st.container(border=True):
        left, right, back = st.columns([1, 1, 1], gap="medium", vertical_alignment="bottom")
        with left:
            amount = question.budget_field(SUM, language)
            draft = amount.draw()
        with right:
            day = question.day_field(DAY, language)
            day_draft = day.draw()
        with back:
            st.button(
                say("Use the plan's own values"),
                key="sure:own",
                icon=":material/undo:",
                disabled=target == Target(),
                on_click=widgets.pressed(question.clear_question),
            )
        amount.explain(draft)
        day.explain(day_draft)
    return target
