"""The roadmap: every task with its dates, work, waits and slack, how far it is, and what can be set for it.

Law: what was typed into the form of an own task stays in it until it is in the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.finding import TASK_STATUS_CODES, Code
from zt_planner.domain.scenario.fields import OWN_TASKS
from zt_planner.domain.scenario.task_edits import OWN_FIGURES
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.errors import CellProblem, NumberRefused, Place, PlannerError, msgid
from zt_planner.language import Language, Text
from zt_planner.topics.grid import error_lines, read_only
from zt_planner.topics.labels import label
from zt_planner.topics.picture.blocks import DAYS_OFF, ROADMAP, roadmap_group
from zt_planner.topics.progress.status import learned_line
from zt_planner.topics.progress.status_grid import status_grid
from zt_planner.topics.roadmap.answer import roadmap_answer
from zt_planner.topics.roadmap.figures import entry_of
from zt_planner.topics.roadmap.grid import own_task_field, reset, task_grid
from zt_planner.topics.roadmap.load_chart import load_blocks
from zt_planner.ui.components import grid
from zt_planner.ui.components.blocks import show_blocks
from zt_planner.ui.components.elements import (
    button_row,
    fold,
    fold_findings,
    pick,
    show_caption,
    show_draft,
    show_errors,
    show_findings,
    show_lines,
)
from zt_planner.ui.components.forms import Refuse, form_state
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import view_of, why_button
from zt_planner.ui.state import drafts, session, widgets
from zt_planner.ui.widgets.controls import status_date, switch

CODES = {
    Code.TIMELINE_TOO_LONG,
    Code.TIMELINE_NO_WORK,
    Code.TASK_FIXED_DATE_MISSED,
    Code.TASK_FIXED_ON_DAY_OFF,
    Code.TASK_NOT_BOUGHT,
    Code.TASK_NO_EFFORT,
}


def answer(plan: AnyPlan, language: Language) -> str:
    """Say how long the work takes, or that it does not end."""
    if isinstance(plan, StoppedPlan):
        return language.say("There is no schedule yet: below it says what is wrong.")
    return language.write(roadmap_answer(view_of(plan, language)))


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline."""
    show_findings(plan, language, codes=CODES)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        explain = status_date(language) if session.may_change() else None
        if isinstance(plan, Plan):
            why_button("finish_date", language, text=language.say("Why this finish?"))
    if explain is not None:
        explain()
    _show_status(plan, language)
    if isinstance(plan, StoppedPlan):
        _show_changes(plan, language)
        return
    group = roadmap_group(view_of(plan, language), session.compared_plan())
    show_blocks(
        group.blocks,
        stacks=False,
        below={ROADMAP: partial(_show_legend_and_changes, plan, language), DAYS_OFF: _show_where_days_off_are_set},
    )
    fold(language.say("How busy the teams are"), "busy", lambda: show_blocks(load_blocks(plan)))


def _show_legend_and_changes(plan: Plan, language: Language) -> None:
    say = language.say
    show_lines(
        (
            say(
                "Bars are work, hatched ends are waiting (delivery, approval, notice), shaded days are off. A task "
                "with an outline is critical: when it moves, the finish moves."
            ),
            say("Press a task to see what it waits for, and what waits for it."),
        )
    )
    _show_changes(plan, language)


def _show_where_days_off_are_set() -> None:
    text = Text("Region, turn of the year and closures are set in the sidebar, under Calendar and teams.")
    show_caption(session.language().write(text))


def _show_changes(plan: AnyPlan, language: Language) -> None:
    if not session.may_change():
        return
    say = language.say
    is_open = fold(say("Change tasks"), "task_rows", partial(_show_task_grid, plan, language), ":material/edit:")
    if not is_open and drafts.has_waiting_cells(drafts.TASKS):
        show_draft(say("What you typed into the table of tasks is kept, but not in the plan. Open it to see why."))
    fold(say("Add a task of your own"), "own_task", partial(_show_own_tasks, plan, language), ":material/add_task:")


def _show_task_grid(plan: AnyPlan, language: Language) -> None:
    _show_task_reset(plan, language)
    say = language.say
    show_caption(
        say(
            "Changes apply at once. Empty a cell to go back to the model's figure. A task has an earliest or "
            "a fixed start, not both."
        )
    )
    grid.show_grid(drafts.TASKS, task_grid(view_of(plan, language)))


def _show_status(plan: AnyPlan, language: Language) -> None:
    """Show how far the tasks are and findings about it, once there is a status date."""
    say, reference = language.say, session.reference_plan()
    if reference is None or not plan.scenario.status.is_under_way:
        return
    title, rows = say("How far all tasks are"), partial(_show_status_grid, plan, reference, language)
    is_open = fold(title, "status", rows, ":material/checklist:")
    fold_findings(plan, language, "status_findings", TASK_STATUS_CODES)
    if not is_open and drafts.has_waiting_cells(drafts.STATUS):
        show_draft(say("What you typed into the table of tasks is kept, but not in the plan. Open it to see why."))


def _show_status_grid(plan: AnyPlan, reference: AnyPlan, language: Language) -> None:
    say, statuses = language.say, status_grid(view_of(plan, language), reference)
    if session.may_change():
        show_caption(
            say(
                "Enter the day on which a task started or finished, and the working days left of one that is "
                "running. Enter days spent only if you count them. Changes apply at once."
            )
        )
        order = drafts.kept_order(drafts.STATUS, list(statuses.names), plan.scenario.status.at)
        grid.show_grid(drafts.STATUS, statuses.only(order))
    else:
        show_table(read_only(statuses), say("How far the tasks are"))
    switch(
        "status.learns",
        plan.scenario.status.learns,
        language,
        help=say("Tasks that took longer than planned make the ranges of the rest wider, and the 80% dates later."),
    )
    learnt = language.write(learned_line(plan))
    if learnt:
        show_caption(learnt)


NEW = ""
FORM = "own_task"
NUMBERS = ("effort_days", "external_share", "wait_weeks")
"""The numbers of the form, in their order."""
NEEDED = frozenset({"effort_days"})
CHOICE_WIDTH = 360


def _show_own_tasks(plan: AnyPlan, language: Language) -> None:
    say, own, chosen = language.say, plan.scenario.tasks.own, NEW
    if own:
        names = {NEW: say("A new one"), **{key: task.name for key, task in own.items()}}
        chosen = pick(say("Which task?"), names, "own_task:which", language, CHOICE_WIDTH)
    _show_own_task_form(chosen if chosen in own else NEW, plan, language)


def _show_own_task_form(chosen: str, plan: AnyPlan, language: Language) -> None:
    say, own = language.say, plan.scenario.tasks.own.get(chosen)
    names = task_grid(view_of(plan, language)).names
    task = form_state(f"{FORM}:{chosen}:{language.code}")
    with st.form(task.key()):
        st.text_input(say("Name"), "" if own is None else own.name, key=task.key("name"))
        left, right = st.columns(2)
        left.selectbox(
            say("Step"),
            list(Step),
            list(Step).index(Step.MONITORING if own is None else own.step),
            format_func=lambda one: language.write(label(one)),
            key=task.key("step"),
        )
        for place, figure in zip((right, left, right), NUMBERS, strict=True):
            place.text_input(
                plain(say(OWN_FIGURES[figure].title)),
                _initial_number(figure, own, language),
                key=task.key(figure),
                autocomplete="off",
            )
        st.multiselect(
            say("Waits for"),
            [task_id for task_id in names if task_id != chosen],
            [] if own is None else list(own.after),
            format_func=lambda task_id: names[task_id],
            key=task.key("after"),
            placeholder=say("Choose tasks"),
        )
        st.form_submit_button(
            say("Add to the plan") if own is None else say("Change the task"),
            on_click=task.sent(partial(_take_own_task, chosen, language)),
        )
    show_errors(error_lines(task.refusals(), {}))


def _initial_number(figure: str, own: Any, language: Language) -> str:  # noqa: ANN401 - a task or nothing
    value = None if own is None else getattr(own, figure)
    return "" if value is None else entry_of(OWN_TASKS, figure).written(value, language)


def _take_own_task(task_id: str, language: Language, values: dict[str, Any], refuse: Refuse) -> bool:
    """Put a task into the plan, as a new one if others have removed it; return whether it is there."""
    numbers, wrong = _numbers_of(values, language)
    for problem in wrong:
        refuse(problem)
    if wrong:
        return False
    plan = session.plan()
    given = {"name": values["name"], "step": str(values["step"]), "after": values["after"], **numbers}
    known = task_id if task_id in plan.scenario.tasks.own else None
    return session.change(own_task_field(given, known, view_of(plan, language)), refuse)


def _numbers_of(values: Mapping[str, Any], language: Language) -> tuple[dict[str, Decimal | int], list[PlannerError]]:
    """Return the typed numbers, and problems with their fields for those that cannot be read."""
    numbers: dict[str, Decimal | int] = {}
    wrong: list[PlannerError] = []
    for figure in NUMBERS:
        place = Place(language.say(OWN_FIGURES[figure].title))
        if values[figure].strip():
            try:
                numbers[figure] = entry_of(OWN_TASKS, figure).read(values[figure], language)
            except NumberRefused as refused:
                wrong.append(CellProblem(place, refused.problem, refused.remedy, **refused.values))
        elif figure in NEEDED:
            wrong.append(CellProblem(place, msgid("there is no number"), msgid("Write one")))
    return numbers, wrong


def _show_task_reset(plan: AnyPlan, language: Language) -> None:
    say, tasks = language.say, plan.scenario.tasks
    if tasks.is_empty:
        return
    shown = task_grid(view_of(plan, language)).names
    names = {key: name for key, name in shown.items() if key in tasks.edits or key in tasks.own}
    with button_row():
        chosen = pick(say("Tasks with own figures"), names, "reset_task", language, CHOICE_WIDTH)
        if not chosen:
            return
        is_own = chosen in tasks.own
        st.button(
            say("Remove the task") if is_own else say("Use the model's figures again"),
            key="reset_task",
            icon=":material/delete:" if is_own else ":material/undo:",
            help=say("Tasks that waited for it now wait for its predecessors.") if is_own else None,
            on_click=widgets.pressed(session.change, reset(chosen, session.plan().case)),
        )
