"""The roadmap: every task with its dates, work, waits and slack, and what can be set for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.topics.answers import roadmap_answer
from zt_planner.topics.licences.tables import left_out
from zt_planner.topics.roadmap.days_off import days_off_table
from zt_planner.topics.roadmap.grid import task_grid
from zt_planner.topics.roadmap.tables import task_table
from zt_planner.ui.components import grid
from zt_planner.ui.components.charts.picture import show_roadmap
from zt_planner.ui.components.components import fold, show_draft, show_findings
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import trace_context, why_button
from zt_planner.ui.pages.roadmap import own_tasks, status
from zt_planner.ui.state import drafts, session
from zt_planner.ui.widgets.controls import status_date

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language

CODES = {
    Code.TIMELINE_TOO_LONG,
    Code.TIMELINE_NO_WORK,
    Code.TASK_FIXED_DATE_MISSED,
    Code.TASK_FIXED_ON_DAY_OFF,
    Code.TASK_NOT_BOUGHT,
    Code.TASK_NO_EFFORT,
}
ARROWS = "dependencies"

answer = roadmap_answer


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    show_findings(plan, language, codes=CODES)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        explain = status_date(language) if session.may_change() else None
        if plan.headlines is not None:
            why_button("finish_date", language, text=language.say("Why this finish?"))
            st.toggle(language.say("Show dependencies"), key=ARROWS, bind="query-params")
    if explain is not None:
        explain()
    status.draw(plan, language)
    if plan.headlines is not None:
        picture(plan, language)
    change_tasks(plan, language)
    if plan.headlines is not None:
        say = language.say
        fold(say("The tasks as a table"), "tasks", partial(show_tasks, plan, language))
        fold(say("Days off as a table"), "days_off", partial(show_days_off, plan, language))
    out = left_out(plan, language)
    if out:
        st.caption(plain(out))


def picture(plan: Plan, language: Language) -> None:
    """Draw the roadmap as a chart."""
    show_roadmap(plan, language, session.compared_plan(), has_links=st.session_state[ARROWS])
    st.caption(
        plain(
            language.say(
                "Bars are work, hatched ends are waiting (delivery, approval, notice), shaded days are off. A task "
                "with an outline is critical: when it moves, the finish moves."
            )
        )
    )


def show_tasks(plan: Plan, language: Language) -> None:
    """Draw the tasks with their dates, work and slack."""
    show_table(task_table(plan, language, session.reference_plan()), language.say("Tasks of the roadmap"))


def show_days_off(plan: Plan, language: Language) -> None:
    """Draw the days on which nobody works, and say where they are changed."""
    say = language.say
    show_table(days_off_table(plan, language), say("Days off"))
    st.caption(plain(say("Region, turn of the year and closures are set in the sidebar, under Calendar and teams.")))


def change_tasks(plan: Plan, language: Language) -> None:
    """Draw what can be set for tasks, folded away, for those who may change the plan."""
    if not session.may_change():
        return
    say = language.say
    is_open = fold(say("Change tasks"), "task_rows", partial(rows, plan, language), ":material/edit:")
    if not is_open and drafts.waits(drafts.TASKS):
        show_draft(say("What you typed into the table of tasks is kept, but not in the plan. Open it to see why."))
    fold(say("Add a task of your own"), "own_task", partial(own_tasks.draw, plan, language), ":material/add_task:")


def rows(plan: Plan, language: Language) -> None:
    """Draw the way back to the model's figures, and the table."""
    own_tasks.take_back(plan, language)
    say = language.say
    st.caption(
        plain(
            say(
                "Changes apply at once. Empty a cell to go back to the model's figure. A task has an earliest or "
                "a fixed start, not both."
            )
        )
    )
    grid.edit(drafts.TASKS, task_grid(trace_context(plan, language)))
