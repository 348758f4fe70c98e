"""Tasks of one's own: a form to add or change one, and the way back to what the model says.

Law: what was typed into the form stays in it until it is in the plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from zt_planner.domain.phase_model import Step
from zt_planner.errors import NumberRefused
from zt_planner.language import msgid
from zt_planner.reports.faults import explain
from zt_planner.reports.task_grid import grid_of, number_form
from zt_planner.reports.task_typing import own_task, reset, said_of
from zt_planner.reports.words import label
from zt_planner.ui import drafts, session, widgets
from zt_planner.ui.markdown import plain
from zt_planner.ui.why import inquiry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language
    from zt_planner.reports.task_grid import Grid
    from zt_planner.reports.trace import Inquiry

NEW = ""
FORM = "own_task"
FIGURES = {
    "effort_days": msgid("Effort in days"),
    "external_share": msgid("Consultant's share in percent"),
    "wait_weeks": msgid("Wait in weeks"),
}
"""The numbers of the form, in their order, by what they are called there."""
NEEDED = frozenset({"effort_days"})
CHOICE_WIDTH = 360


def draw(plan: Plan, language: Language) -> None:
    """Draw which own task is meant, and its form."""
    say, own = language.say, plan.scenario.tasks.own
    chosen = NEW
    if own:
        chosen = st.selectbox(
            say("Which task?"),
            [NEW, *own],
            format_func=lambda key: own[key].name if key in own else say("A new one"),
            key=f"own_task:which:{language.code}",
            width=CHOICE_WIDTH,
        )
    asked = inquiry(plan, language)
    form(chosen if chosen in own else NEW, grid_of(asked), asked)


def form(chosen: str, grid: Grid, asked: Inquiry) -> None:
    """Draw the form of a task; put it into the plan when it is sent and nothing is wrong with it."""
    language, say = asked.language, asked.language.say
    own = asked.plan.scenario.tasks.own.get(chosen)
    names = {row.id: row.name for row in grid.rows}
    key = f"{FORM}:{chosen}:{drafts.form_number(FORM)}:{language.code}"
    with st.form(key):
        name = st.text_input(say("Name"), "" if own is None else own.name, key=f"{key}:name")
        left, right = st.columns(2)
        step = left.selectbox(
            say("Step"),
            list(Step),
            list(Step).index(Step.MONITORING if own is None else own.step),
            format_func=lambda one: label(one, language),
            key=f"{key}:step",
        )
        texts = {
            figure: place.text_input(
                plain(say(FIGURES[figure])),
                _written(figure, own, language),
                key=f"{key}:{figure}",
                autocomplete="off",
            )
            for place, figure in zip((right, left, right), FIGURES, strict=True)
        }
        after = st.multiselect(
            say("Waits for"),
            [task_id for task_id in names if task_id != chosen],
            [] if own is None else list(own.after),
            format_func=lambda task_id: names[task_id],
            key=f"{key}:after",
            placeholder=say("Choose tasks"),
        )
        if st.form_submit_button(say("Add to the plan") if own is None else say("Change the task")):
            send({"name": name, "step": str(step), "after": after}, texts, chosen or None, asked)


def _written(figure: str, own: Any, language: Language) -> str:  # noqa: ANN401 - a task or nothing
    """Return what stands in a number's field at first."""
    value = None if own is None else getattr(own, figure)
    return "" if value is None else number_form(figure).written(value, language)


def send(given: dict[str, Any], texts: Mapping[str, str], task_id: str | None, asked: Inquiry) -> None:
    """Put a task into the plan, or say below its form why that cannot be."""
    language = asked.language
    numbers, wrong = numbers_of(texts, language)
    if not wrong:
        before = session.state().scenario
        session.change(own_task(given | numbers, task_id, asked))
        wrong += said_of(session.take_refusals(), {}, language)
        if session.state().scenario != before:
            drafts.next_form(FORM)
            st.rerun()
    for line in wrong:
        st.error(plain(line), icon=":material/block:")


def numbers_of(texts: Mapping[str, str], language: Language) -> tuple[dict[str, Decimal | int], list[str]]:
    """Return the numbers that were typed, and of each that cannot be read the field and why."""
    numbers, wrong = {}, []
    for figure, text in texts.items():
        name = language.say(FIGURES[figure])
        if text.strip():
            try:
                numbers[figure] = number_form(figure).read(text, language)
            except NumberRefused as refused:
                wrong += [f"{name}: {why}" for why in explain(refused, language)]
        elif figure in NEEDED:
            wrong.append(language.say("{field}: there is no number. Write one.", field=name))
    return numbers, wrong


def take_back(plan: Plan, language: Language) -> None:
    """Offer the model's figures again for a task, and to take an own task out."""
    say, tasks = language.say, plan.scenario.tasks
    if tasks.is_empty:
        return
    grid = grid_of(inquiry(plan, language))
    names = {row.id: row.name for row in grid.rows if row.id in tasks.edits or row.id in tasks.own}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            say("Tasks with own figures"),
            list(names),
            format_func=lambda key: names[key],
            key=f"reset_task:{language.code}",
            width=CHOICE_WIDTH,
        )
        if chosen is None:
            return
        is_own = chosen in tasks.own
        st.button(
            say("Take the task out") if is_own else say("Take the model's figures again"),
            key="reset_task",
            icon=":material/delete:" if is_own else ":material/undo:",
            help=say("What waited for it waits for what it waited for.") if is_own else None,
            on_click=widgets.pressed(session.change, reset(chosen, session.case())),
        )
