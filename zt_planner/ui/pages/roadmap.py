"""The roadmap: every task with its dates, work, waits and slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.reports.explained_tasks import TASK
from zt_planner.reports.tables import task_table
from zt_planner.reports.why import family_titles
from zt_planner.ui import charts
from zt_planner.ui.components import show_table
from zt_planner.ui.markdown import plain
from zt_planner.ui.why import choose, inquiry, why_button

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    if plan.headlines is None:
        return
    st.caption(
        plain(
            language.say(
                "Bars are work, hatched ends are waiting (delivery, approval, notice). A task with the line below it "
                "is critical: when it moves, the finish moves."
            )
        )
    )
    finish = language.say("Finish: {day}", day=language.day(plan.headlines.finish_date))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(finish)}**", width="content")
        why_button("finish_date", language)
    charts.show_roadmap(plan, language)
    st.header(language.say("The tasks as a table"))
    show_table(task_table(plan, language), language.say("Tasks of the roadmap"))
    choose("tasks", language.say("Task"), family_titles(TASK, inquiry(plan, language)), language)
