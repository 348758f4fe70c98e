"""The page Risk's charts with their description, each built once per plan, language, palette and question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.topics.risk import drivers_chart
from zt_planner.topics.risk import joint_chart as joint
from zt_planner.topics.risk.drivers import tornado_alt
from zt_planner.topics.risk.uncertainty import joint_alt
from zt_planner.ui.components.charts.drawn import SETTINGS, page_palette, remembered
from zt_planner.ui.state import widgets

if TYPE_CHECKING:
    from collections.abc import Callable

    from plotly.graph_objects import Figure

    from zt_planner.domain.plan import Headlines
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language
    from zt_planner.topics.palette import Palette
    from zt_planner.topics.risk.drivers import Moved
    from zt_planner.topics.risk.uncertainty import Target

JOINT = "joint"
"""The key of the picture in which a point can be pressed."""

# Simulations, drivers and figures follow from their plan: Streamlit ignores arguments that begin with an underscore.


@remembered
def _joint(
    plan: Plan,  # noqa: ARG001 - what is remembered is told apart by it
    target: Target,
    language: Language,
    palette: Palette,
    _figures: Headlines,
    _simulation: SimulationResult,
) -> Figure:
    return joint.joint_chart(_figures, _simulation, target, language, palette)


@remembered
def _money_tornado(
    plan: Plan,  # noqa: ARG001 - as above
    language: Language,
    palette: Palette,
    _found: Moved,
    _figures: Headlines,
) -> Figure:
    return drivers_chart.money_tornado(_found, _figures, language, palette)


@remembered
def _days_tornado(
    plan: Plan,  # noqa: ARG001 - as above
    language: Language,
    palette: Palette,
    _found: Moved,
    _figures: Headlines,
) -> Figure:
    return drivers_chart.days_tornado(_found, _figures, language, palette)


def show_joint(
    plan: Plan,
    figures: Headlines,
    simulation: SimulationResult,
    target: Target,
    language: Language,
    take: Callable[[], None],
) -> None:
    """Draw dates and budgets of the draws; who presses a point takes both."""
    st.plotly_chart(
        _joint(plan, target, language, page_palette(), figures, simulation),
        key=JOINT,
        config=SETTINGS,
        on_select=widgets.pressed(take),
        selection_mode="points",
        alt=joint_alt(target, figures, simulation, language),
    )


def show_money_tornado(plan: Plan, figures: Headlines, moved: Moved, text: str, language: Language) -> None:
    """Draw what moves the budget."""
    chart = _money_tornado(plan, language, page_palette(), moved, figures)
    st.plotly_chart(chart, key="tornado:money", config=SETTINGS, alt=tornado_alt(text, moved, language))


def show_days_tornado(plan: Plan, figures: Headlines, moved: Moved, text: str, language: Language) -> None:
    """Draw what moves the finish."""
    chart = _days_tornado(plan, language, page_palette(), moved, figures)
    st.plotly_chart(chart, key="tornado:days", config=SETTINGS, alt=tornado_alt(text, moved, language))
