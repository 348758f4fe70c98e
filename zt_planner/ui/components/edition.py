"""The notice above a plan that was made with the model's first edition: what the second one moves, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner import bootstrap
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.edition import Edition, EditionChange, edition_change
from zt_planner.reports.analyses.edition import edition_lines
from zt_planner.reports.words.field_names import SEEN_EDITION
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, widgets

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Scenario: lambda scenario: scenario.version})
def change_of(scenario: Scenario, today: date, shows_labour: bool) -> EditionChange | None:  # noqa: FBT001 - what is remembered is told apart by it
    """Return what the second edition moves in a plan; remembered, as every run asks for it."""
    newest = Edition(bootstrap.price_book(), bootstrap.phase_model())
    return edition_change(scenario, bootstrap.first_edition(), newest, today=today, shows_labour=shows_labour)


def edition_notice(plan: Plan, language: Language) -> None:
    """Say once what the second edition moves in a plan that was made with the first."""
    scenario = plan.scenario
    if scenario.seen_edition > 1:
        return
    change = change_of(scenario, plan.today, plan.shows_labour)
    if change is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown("  \n".join(map(plain, edition_lines(change, language))), width="stretch")
        st.button(
            language.say("Understood"),
            key="edition:seen",
            icon=":material/check:",
            disabled=not session.may_change(),
            on_click=widgets.pressed(session.change, {SEEN_EDITION: 2}),
        )
