"""Tasks of one's own: a form to add or change one, and the way back to what the model says.

Law: what was typed into the form stays in it until it is in the plan.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.scenario.fields import OWN_TASKS
from zt_planner.domain.scenario.task_edits import OWN_FIGURES
from zt_planner.errors import CellProblem, NumberRefused, Place, msgid
from zt_planner.topics.grid import error_lines
from zt_planner.topics.labels import label
from zt_planner.topics.roadmap.figures import typed_form
from zt_planner.topics.roadmap.grid import own_task_field, reset, task_grid
from zt_planner.ui.components.components import button_row, pick
from zt_planner.ui.components.forms import form
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.why import trace_context
from zt_planner.ui.state import session, widgets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from zt_planner.engine.plan import Plan
    from zt_planner.errors import PlannerError
    from zt_planner.language import Language
    from zt_planner.ui.components.forms import Refuse

NEW = ""
FORM = "own_task"
NUMBERS = ("effort_days", "external_share", "wait_weeks")
"""The numbers of the form, in their order."""
NEEDED = frozenset({"effort_days"})
CHOICE_WIDTH = 360


def draw(plan: Plan, language: Language) -> None:
    """Draw which own task is meant, and its form."""
    say, own, chosen = language.say, plan.scenario.tasks.own, NEW
    if own:
        names = {NEW: say("A new one"), **{key: task.name for key, task in own.items()}}
        chosen = pick(say("Which task?"), names, "own_task:which", language, CHOICE_WIDTH)
    draw_form(chosen if chosen in own else NEW, plan, language)


def draw_form(chosen: str, plan: Plan, language: Language) -> None:
    """Draw the form of a task, and what is wrong with what was sent from it."""
    say, own = language.say, plan.scenario.tasks.own.get(chosen)
    names = task_grid(trace_context(plan, language)).names
    task = form(f"{FORM}:{chosen}:{language.code}")
    with st.form(task.key()):
        st.text_input(say("Name"), "" if own is None else own.name, key=task.key("name"))
        left, right = st.columns(2)
        left.selectbox(
            say("Step"),
            list(Step),
            list(Step).index(Step.MONITORING if own is None else own.step),
            format_func=lambda one: label(one, language),
            key=task.key("step"),
        )
        for place, figure in zip((right, left, right), NUMBERS, strict=True):
            place.text_input(
                plain(say(OWN_FIGURES[figure].title)),
                _written(figure, own, language),
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
            on_click=task.sent(partial(take, chosen, language)),
        )
    for line in error_lines(task.refusals(), {}, language):
        st.error(plain(line), icon=":material/block:")


def _written(figure: str, own: Any, language: Language) -> str:  # noqa: ANN401 - a task or nothing
    """Return the initial content of a number field."""
    value = None if own is None else getattr(own, figure)
    return "" if value is None else typed_form(OWN_TASKS, figure).written(value, language)


def take(task_id: str, language: Language, values: dict[str, Any], refuse: Refuse) -> bool:
    """Put a task into the plan, as a new one where others have taken it out; return whether it is there."""
    numbers, wrong = numbers_of(values, language)
    for problem in wrong:
        refuse(problem)
    if wrong:
        return False
    plan = session.plan()
    given = {"name": values["name"], "step": str(values["step"]), "after": values["after"], **numbers}
    known = task_id if task_id in plan.scenario.tasks.own else None
    return session.change(own_task_field(given, known, trace_context(plan, language)), refuse)


def numbers_of(values: Mapping[str, Any], language: Language) -> tuple[dict[str, Decimal | int], list[PlannerError]]:
    """Return the numbers that were typed, and of each that cannot be read why, with its field."""
    numbers: dict[str, Decimal | int] = {}
    wrong: list[PlannerError] = []
    for figure in NUMBERS:
        place = Place(language.say(OWN_FIGURES[figure].title))
        if values[figure].strip():
            try:
                numbers[figure] = typed_form(OWN_TASKS, figure).read(values[figure], language)
            except NumberRefused as refused:
                wrong.append(CellProblem(place, refused.problem, refused.remedy, **refused.values))
        elif figure in NEEDED:
            wrong.append(CellProblem(place, msgid("there is no number"), msgid("Write one")))
    return numbers, wrong


def take_back(plan: Plan, language: Language) -> None:
    """Offer the model's figures again for a task, and to take an own task out."""
    say, tasks = language.say, plan.scenario.tasks
    if tasks.is_empty:
        return
    shown = task_grid(trace_context(plan, language)).names
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
