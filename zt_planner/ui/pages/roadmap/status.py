"""How far the work is: the status date, what ranges learn, and what is recorded of each task (M26)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.topics.grid import read_only
from zt_planner.topics.progress.status import learned_line
from zt_planner.topics.progress.status_grid import status_grid
from zt_planner.ui.components import grid
from zt_planner.ui.components.components import fold, fold_findings, show_draft
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import trace_context
from zt_planner.ui.pages.invoiced import MONEY_CODES
from zt_planner.ui.state import drafts, session
from zt_planner.ui.widgets.controls import switch

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language

CODES = frozenset(code for code in Code if code.startswith("status.")) - MONEY_CODES


def draw(plan: Plan, language: Language) -> None:
    """Draw how far the tasks are, and what should be checked about that, once there is a status date."""
    say, reference = language.say, session.reference_plan()
    if reference is None:
        return
    title, rows = say("How far the work is"), partial(_rows, plan, reference, language)
    is_open = fold(title, "status", rows, ":material/checklist:", begins_open=True)
    fold_findings(plan, language, "status_findings", CODES)
    if not is_open and drafts.waits(drafts.STATUS):
        show_draft(say("What you typed into the table of tasks is kept, but not in the plan. Open it to see why."))


def _rows(plan: Plan, reference: Plan, language: Language) -> None:
    """Draw what is recorded of the tasks, to edit for who may, and what the ranges learn from it."""
    say, found = language.say, status_grid(trace_context(plan, language), reference)
    if session.may_change():
        st.caption(
            plain(
                say(
                    "Enter the day on which a task started or finished, and the working days left of one that is "
                    "running. Enter days spent only if you count them. Changes apply at once."
                )
            )
        )
        order = drafts.kept_order(drafts.STATUS, list(found.names), plan.scenario.status.at)
        rows = {row.id: row for row in found.rows}
        grid.edit(drafts.STATUS, replace(found, rows=tuple(rows[key] for key in order)))
    else:
        show_table(read_only(found), say("How far the tasks are"))
    switch(
        say("Ranges learn from finished tasks"),
        "status.learns",
        plan.scenario.status.learns,
        help=say("Tasks that took longer than planned make the ranges of the rest wider, and the 80% dates later."),
    )
    learnt = learned_line(plan, language)
    if learnt:
        st.caption(plain(learnt))
