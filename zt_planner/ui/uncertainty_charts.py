"""The Uncertainty page's charts with their description, each built once per plan, language and question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.engine.goals import Goals
from zt_planner.reports import outlook_chart, spread_chart
from zt_planner.reports.uncertainty import joint_alt, spread_alt, spread_texts
from zt_planner.ui.charts import SETTINGS, remembered
from zt_planner.ui.markdown import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal

    from plotly.graph_objects import Figure

    from zt_planner.domain.plan import Headlines, Plan
    from zt_planner.engine.uncertainty.outlook import Outlook
    from zt_planner.language import Language

JOINT = "joint"
"""The key of the picture in which a point can be pressed."""

# An outlook and the figures follow from their plan: Streamlit leaves out of the key what begins with an underscore.


@remembered
def _joint(
    plan: Plan,  # noqa: ARG001 - what is remembered is told apart by it
    by: date | None,
    budget: Decimal | None,
    language: Language,
    _figures: Headlines,
    _outlook: Outlook,
) -> Figure:
    return outlook_chart.joint_chart(_figures, _outlook, Goals(by, budget), language)


@remembered
def _spreads(plan: Plan, language: Language, _figures: Headlines, _outlook: Outlook) -> tuple[Figure, Figure]:  # noqa: ARG001 - as above
    return (
        spread_chart.budget_chart(_figures, _outlook, language),
        spread_chart.finish_chart(_figures, _outlook, language),
    )


def show_joint(
    plan: Plan, figures: Headlines, outlook: Outlook, goals: Goals, language: Language, take: Callable[[], None]
) -> None:
    """Draw dates and budgets of the draws; who presses a point takes both."""
    st.plotly_chart(
        _joint(plan, goals.finish_by, goals.first_year, language, figures, outlook),
        key=JOINT,
        config=SETTINGS,
        on_select=take,
        selection_mode="points",
        alt=joint_alt(goals, figures, outlook, language),
    )


def show_spreads(plan: Plan, figures: Headlines, outlook: Outlook, language: Language) -> None:
    """Draw how budget and finish are spread, side by side, each with its sentence."""
    charts, texts = _spreads(plan, language, figures, outlook), tuple(spread_texts(figures, outlook, language))
    titles = (language.say("First-year budget"), language.say("Finish"))
    for column, key, title, chart, text in zip(
        st.columns(2, gap="medium"), ("spread:budget", "spread:finish"), titles, charts, texts, strict=True
    ):
        with column:
            st.subheader(title, anchor=False)
            st.markdown(plain(text))
            st.plotly_chart(chart, key=key, config=SETTINGS, alt=spread_alt(title, text, language))
