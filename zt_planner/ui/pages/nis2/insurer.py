"""What the insurer asks, on the page NIS2, and the tasks outside the five steps that can be added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.topics.nis2.insurer import (
    insurer_cautions,
    insurer_sentence,
    insurer_source,
    insurer_table,
    proposal_label,
    proposal_text,
    proposals_open,
    proposed_field,
)
from zt_planner.ui.components.components import show_lines
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import trace_context
from zt_planner.ui.state import session, widgets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zt_planner.domain.data.rules import ProposedTask
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.view import View


def draw(plan: Plan, language: Language) -> None:
    """Draw the questions with their answers, and what would turn more of them."""
    say, context = language.say, trace_context(plan, language)
    sentence = insurer_sentence(context)
    if not sentence:
        return
    st.header(say("What the insurer asks"))
    st.markdown(f"**{plain(sentence)}**")
    show_lines(insurer_cautions(context))
    show_table(insurer_table(context), say("Questions of the insurer"), stacks=True)
    show_lines((insurer_source(context),))
    offer(context, proposals_open(context))


def offer(context: View, tasks: Iterable[ProposedTask]) -> None:
    """Draw a button for each of some proposed tasks."""
    language = context.language
    for task in tasks:
        st.button(
            plain(proposal_label(task, language)),
            key=f"propose:{task.id}",
            icon=":material/add_task:",
            help=plain(proposal_text(task, language)),
            disabled=not session.may_change(),
            on_click=widgets.pressed(session.change, proposed_field(task, context.case, language)),
        )
