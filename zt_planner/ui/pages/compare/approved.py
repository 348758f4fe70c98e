"""The approved plan: what it is, what has moved since, and the forecasts that were saved on the way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.domain.scenario.fields import APPROVED
from zt_planner.engine.approved import approved_case, reference_case
from zt_planner.topics.compare import since
from zt_planner.topics.progress.forecasts import (
    approved_text,
    history_sentence,
    history_table,
    saved_forecasts,
)
from zt_planner.topics.progress.forecasts_chart import budget_history_chart, finish_history_chart, history_alt
from zt_planner.ui.components.charts.drawn import SETTINGS, page_palette
from zt_planner.ui.components.components import fold, show_findings
from zt_planner.ui.components.forms import form
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.pages.compare.since import show_since
from zt_planner.ui.state import session, shown_variant, widgets
from zt_planner.workspace.approving import with_approval, with_forecast

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.progress.forecasts import Saved

APPROVE = "approve"


def draw(plan: Plan, language: Language) -> None:
    """Draw what is approved, what has moved since, and the history of forecasts."""
    say, status = language.say, plan.scenario.status
    st.header(say("Approved plan"))
    if status.approved is None or session.state().variants:  # otherwise the page's answer says it
        st.markdown(plain(approved_text(status.approved, language)))
    show_findings(plan, language, codes={Code.STATUS_APPROVED_DIFFERS})
    if session.may_change():
        approve(plan, language)
    if plan.headlines is not None and (status.at is not None or status.approved is not None):
        since_approval = say("What has moved the finish and the cost since the approval")
        since_start = say("What has moved the finish and the cost since the plan began")
        fold(since_start if status.approved is None else since_approval, "since", partial(moved, language))
    if status.at is not None or status.forecasts:
        st.header(say("Forecasts"))
        forecasts(plan, language)


def approve(plan: Plan, language: Language) -> None:
    """Draw the field and the button that approve the plan that is shown, and the way to take that back."""
    say, sent, approved = language.say, form(APPROVE), plan.scenario.status.approved
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
        sent.explain(language)
    if plan.scenario.status.at is not None:
        st.caption(plain(say("What is recorded so far is not part of an approved plan.")))
    if approved is not None:
        st.button(
            say("Withdraw the approval"),
            key="withdraw",
            type="tertiary",
            icon=":material/undo:",
            on_click=widgets.pressed(session.change, {APPROVED: None}),
        )


def moved(language: Language) -> None:
    """Draw what each group of inputs does from what the plan is measured against to the plan."""
    case = session.plan().case
    earlier = since.BEFORE_IT_BEGAN if approved_case(case) is None else since.APPROVED
    show_since(earlier, reference_case(case), case, language.say("What each group of inputs adds"), language)


def forecasts(plan: Plan, language: Language) -> None:
    """Draw whether the finish is running away, the button that saves a forecast, and the history."""
    say, status = language.say, plan.scenario.status
    history = saved_forecasts(status)
    st.markdown(plain(history_sentence(history, language)))
    if session.may_change() and status.at is not None and plan.headlines is not None:
        act = partial(with_forecast, plans=session.workspace().plans, mark=session.state().mark)
        st.button(
            plain(say("Save the forecast of {day}", day=language.short_day(status.at))),
            key="save_forecast",
            icon=":material/bookmark_add:",
            on_click=widgets.pressed(shown_variant.edit, act),
        )
    if history:
        charts(plan, history, language)
        table = history_table(history, language)
        fold(say("The forecasts as a table"), "forecasts", lambda: show_table(table, say("Saved forecasts")))


def charts(plan: Plan, history: tuple[Saved, ...], language: Language) -> None:
    """Draw the finish, and where amounts are known the budget, over the status dates."""
    say, approved, alt = language.say, plan.scenario.status.approved, history_alt(history, language)
    drawn = {
        say("Done by"): finish_history_chart(history, approved, language, page_palette()),
        say("Budget to get there"): budget_history_chart(history, approved, language, page_palette()),
    }
    for place, (title, chart) in zip(st.columns(2), drawn.items(), strict=True):
        if chart is not None:
            place.subheader(plain(title), anchor=False)
            place.plotly_chart(chart, key=f"forecasts:{title}", config=SETTINGS, alt=f"{title}. {alt}")
