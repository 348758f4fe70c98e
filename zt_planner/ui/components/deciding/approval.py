"""What is kept of a plan: approving it where it is, the plan as it was approved (ADR 0156), and its forecasts.

Law: once sharing has begun, and nothing is approved yet, approving is what the first screen asks for; before that,
and afterwards, it is sharing. A plan of which something is saved can be approved without a link, too.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from zt_planner.domain.scenario.fields import APPROVED
from zt_planner.domain.variants import AS_APPROVED, PLAN
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.language import Language
from zt_planner.topics.progress.forecasts import approved_text
from zt_planner.topics.progress.status import plan_sentence
from zt_planner.ui.components.elements import show_caption, show_dialog, show_text
from zt_planner.ui.components.forms import Refuse, form_state
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.why import view_of
from zt_planner.ui.state import session, shown_variant, tab, widgets
from zt_planner.workspace import State
from zt_planner.workspace.approving import with_approval, with_forecast

APPROVE = "approve"


def is_due() -> bool:
    """Tell whether approving is what is next: the plan is shared, whoever looks may, and nothing is approved."""
    shown = session.state()
    return shown.base.status.approved is None and _may_approve(shown) and _is_shared(shown)


def _may_approve(shown: State) -> bool:
    """Tell whether there is something saved to approve, and whoever looks may approve it."""
    is_saved = shown.seat is not None and shown.trouble is None
    return is_saved and session.may_change() and shown.shown == PLAN and isinstance(session.plan(), Plan)


def _is_shared(shown: State) -> bool:
    """Tell whether the session is shared: somebody has joined it, or there is a link by which they may."""
    return shown.seat is not None and (not shown.seat.is_owner or shown.seat.has_link)


def show(language: Language) -> None:
    """Show who has approved what, with the way to the plan as it was; or the button that approves."""
    say, shown = language.say, session.state()
    approved = session.workspace().plans.case(shown.base, shows_labour=shown.sees_labour).scenario.status.approved
    if approved is not None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key="approved"):
            st.caption(f":material/verified: {plain(approved_text(approved))}", width="content")
            if shown.shown != AS_APPROVED:
                st.button(
                    say("Open the approved plan"),
                    key="as_approved",
                    type="tertiary",
                    on_click=widgets.pressed(shown_variant.show, AS_APPROVED),
                )
            if _may_approve(shown):
                st.button(
                    say("Approve again"),
                    key="approve_again",
                    type="tertiary",
                    on_click=widgets.pressed(tab.open_dialog, APPROVE),
                )
    elif _may_approve(shown):
        st.button(
            say("Approve"),
            key="approve_plan",
            type="primary" if is_due() else "tertiary",
            icon=":material/verified:",
            on_click=widgets.pressed(tab.open_dialog, APPROVE),
        )
    show_dialog(APPROVE, say("Approve this plan"), partial(_show_form, language))


def _show_form(language: Language) -> None:
    """Show what is approved, the form that approves it, and the button that withdraws what was approved."""
    say, sent, state = language.say, form_state(APPROVE), session.state()
    show_text(plan_sentence(view_of(session.plan(), language)))
    show_caption(
        say("From then on, dates and costs are measured against the approved plan. Only another approval changes it.")
    )
    if state.scenario.status.is_under_way:
        show_caption(say("What is recorded so far is not part of an approved plan."))
    with st.form(APPROVE, border=False):
        name = "" if state.me is None else state.me.name
        st.text_input(say("Approved by"), name, key=sent.key("by"))
        st.form_submit_button(say("Approve"), type="primary", icon=":material/verified:", on_click=sent.sent(_approve))
    sent.explain()
    if state.base.status.approved is not None:
        st.button(
            say("Withdraw the approval"),
            key="withdraw",
            type="tertiary",
            icon=":material/undo:",
            on_click=widgets.confirmed(session.change, {APPROVED: None}),
        )


def _approve(values: dict[str, str], refuse: Refuse) -> bool:
    plans, mark = session.workspace().plans, session.state().mark
    act = partial(with_approval, plans=plans, mark=mark, by=values["by"])
    is_done = shown_variant.edit(act, refuse)
    if is_done:
        tab.close_dialog()
    return is_done


def show_forecast_button(plan: AnyPlan, language: Language) -> None:
    """Show the button that saves the forecast of a status date, to those who may change a plan that is under way."""
    at = plan.scenario.status.at
    if session.may_change() and at is not None and isinstance(plan, Plan):
        act = partial(with_forecast, plans=session.workspace().plans, mark=session.state().mark)
        st.button(
            plain(language.say("Save the forecast of {day}", day=language.short_day(at))),
            key="save_forecast",
            icon=":material/bookmark_add:",
            on_click=widgets.pressed(shown_variant.edit, act),
        )
