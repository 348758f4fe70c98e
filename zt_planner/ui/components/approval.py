"""Approving a plan: the form, and the button that withdraws what was approved."""

from __future__ import annotations

from functools import partial

import streamlit as st

from zt_planner.domain.scenario.fields import APPROVED
from zt_planner.engine.plan import AnyPlan
from zt_planner.language import Language
from zt_planner.ui.components.elements import show_caption
from zt_planner.ui.components.forms import form_state
from zt_planner.ui.state import session, shown_variant, widgets
from zt_planner.workspace.approving import with_approval

APPROVE = "approve"


def show_approval_form(plan: AnyPlan, language: Language) -> None:
    """Show the form that approves the plan, and the button that withdraws the approval."""
    say, sent, approved = language.say, form_state(APPROVE), plan.scenario.status.approved
    act = partial(with_approval, plans=session.workspace().plans, mark=session.state().mark)
    with st.form(APPROVE, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                say("Name for the approved plan"),
                say("Approved") if approved is None else approved.name,
                key=sent.key("name"),
            )
            st.form_submit_button(
                say("Approve this plan"),
                icon=":material/verified:",
                on_click=sent.sent(lambda values, refuse: shown_variant.edit(partial(act, **values), refuse)),
            )
        sent.explain()
    if plan.scenario.status.at is not None:
        show_caption(say("What is recorded so far is not part of an approved plan."))
    if approved is not None:
        st.button(
            say("Withdraw the approval"),
            key="withdraw",
            type="tertiary",
            icon=":material/undo:",
            on_click=widgets.pressed(session.change, {APPROVED: None}),
        )
