"""The charts of doing nothing with their description, each built once per plan, language and palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.reports.analyses.reasons.loss_tables import curve_alt, months_alt
from zt_planner.reports.charts.uncertainty import losses as losses_chart
from zt_planner.ui.components.charts.drawn import SETTINGS, page_palette, remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotly.graph_objects import Figure

    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language
    from zt_planner.reports.analyses.reasons.loss_tables import Curve, MonthRow
    from zt_planner.reports.charts.palette import Palette

VIEWS, PLAN = "views", "curve"
"""The pictures of curves: without the plan by each view, and what the plan changes about the chosen one."""

# What is drawn follows from its plan: Streamlit ignores arguments that begin with an underscore.


@remembered
def _curves(
    plan: Plan,  # noqa: ARG001 - what is remembered is told apart by it
    language: Language,
    palette: Palette,
    name: str,
    _curves: Sequence[Curve],
) -> Figure:
    lines = losses_chart.view_lines(palette) if name == VIEWS else losses_chart.plan_lines(palette)
    return losses_chart.curve_chart(_curves, lines, language)


@remembered
def _months(
    plan: Plan,  # noqa: ARG001 - as above
    language: Language,
    palette: Palette,
    _rows: Sequence[MonthRow],
) -> Figure:
    return losses_chart.months_chart(_rows, language, palette)


def show_curves(plan: Plan, name: str, curves: Sequence[Curve], language: Language) -> None:
    """Draw the chances of a loss above an amount: by view, or what the plan changes."""
    chart = _curves(plan, language, page_palette(), name, curves)
    st.plotly_chart(chart, key=f"losses:{name}", config=SETTINGS, alt=curve_alt(curves, language))


def show_months(plan: Plan, rows: Sequence[MonthRow], language: Language) -> None:
    """Draw the expected loss of each month."""
    chart = _months(plan, language, page_palette(), rows)
    st.plotly_chart(chart, key="losses:months", config=SETTINGS, alt=months_alt(rows, language))
