"""The pictures of plans side by side: running totals, roadmaps, and the bridge from one plan to another.

Law: a picture of roadmaps or totals that was shown before is shown again without being made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from zt_planner.media.web.picture import data_of
from zt_planner.topics.compare.bridge_chart import bridge_alt, bridge_chart
from zt_planner.topics.compare.picture import roadmaps_of, totals_of
from zt_planner.ui.components.charts.drawn import SETTINGS, page_palette, remembered
from zt_planner.ui.components.charts.picture import picture_component

if TYPE_CHECKING:
    from zt_planner.engine.compare.bridge import Bridge
    from zt_planner.engine.compare.comparison import Comparison, Variant
    from zt_planner.language import Language
    from zt_planner.topics.palette import Palette

_totals, _roadmaps = map(picture_component, ("totals", "roadmaps"))


@remembered
def _totals_data(comparison: Comparison, language: Language, palette: Palette) -> dict[str, Any]:
    return data_of(totals_of(comparison, language, palette))


@remembered
def _roadmaps_data(comparison: Comparison, language: Language, palette: Palette) -> dict[str, Any]:
    return data_of(roadmaps_of(comparison, language, palette))


def show_totals(comparison: Comparison, language: Language) -> None:
    """Draw the running totals, a line a plan."""
    _totals(key="running_totals", data=_totals_data(comparison, language, page_palette()))


def show_roadmaps(comparison: Comparison, language: Language) -> None:
    """Draw the roadmaps, a row for each step and plan."""
    _roadmaps(key="roadmaps", data=_roadmaps_data(comparison, language, page_palette()))


def show_waterfall(bridge: Bridge, first: Variant, other: Variant, language: Language) -> None:
    """Draw the bridge of a figure, from the first plan to another."""
    chart = bridge_chart(bridge, first, other, language, page_palette())
    alt = bridge_alt(bridge, first, other, language)
    st.plotly_chart(chart, key=f"bridge:{bridge.figure}", config=SETTINGS, alt=alt)
