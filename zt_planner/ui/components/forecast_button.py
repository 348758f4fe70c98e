"""The button that saves the forecast of a status date."""

from __future__ import annotations

from functools import partial

import streamlit as st

from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.language import Language
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, shown_variant, widgets
from zt_planner.workspace.approving import with_forecast


def show_forecast_button(plan: AnyPlan, language: Language) -> None:
    """Show it to those who may change a plan that is under way."""
    at = plan.scenario.status.at
    if session.may_change() and at is not None and isinstance(plan, Plan):
        act = partial(with_forecast, plans=session.workspace().plans, mark=session.state().mark)
        st.button(
            plain(language.say("Save the forecast of {day}", day=language.short_day(at))),
            key="save_forecast",
            icon=":material/bookmark_add:",
            on_click=widgets.pressed(shown_variant.edit, act),
        )
