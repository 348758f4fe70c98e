"""The pages' charts with their description, each built once per plan, language, palette and view.

Law: a chart that was shown before is shown again without being built. What is
remembered is shared by all readers and never changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.plan import Plan
from zt_planner.engine.costing.budget import accrual, payment
from zt_planner.language import Language
from zt_planner.reports.charts import (
    coverage as coverage_chart,
)
from zt_planner.reports.charts import (
    load as load_chart,
)
from zt_planner.reports.charts import (
    money as money_chart,
)
from zt_planner.reports.charts import (
    roadmap as roadmap_chart,
)
from zt_planner.reports.charts.alt import budget_alt, nis2_alt, roadmap_alt, roadmap_and_money_alt
from zt_planner.reports.charts.palette import DARK, LIGHT, Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

SETTINGS = {"displayModeBar": False, "responsive": True}
MONTH_OF = {"used": accrual, "paid": payment}
"""The month in which a line counts, by the view that a reader chose."""


def _version(plan: Plan) -> tuple[str, ...]:
    """Return what a plan follows from: equal plans have equal charts, shown with labour or without."""
    shown = "with labour" if plan.shows_labour else "without labour"
    return plan.scenario.version, plan.book_version, plan.model_version, plan.today.isoformat(), shown


def page_palette() -> Palette:
    """Return the colours for the page's ground; light where the browser does not say which it shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT


# What is drawn once per plan, language, palette and view.
remembered = st.cache_resource(
    max_entries=128, show_spinner=False, hash_funcs={Plan: _version, Language: lambda language: language.code}
)


@remembered
def _roadmap_and_money(plan: Plan, language: Language, palette: Palette, opened: tuple[Step, ...]) -> Figure:
    return money_chart.roadmap_and_money(plan, language, opened, palette)


@remembered
def _roadmap(plan: Plan, language: Language, palette: Palette, has_arrows: bool) -> Figure:  # noqa: FBT001 - what is remembered is told apart by it
    return roadmap_chart.roadmap_chart(plan, language, tuple(Step), palette, has_arrows=has_arrows)


@remembered
def _load(plan: Plan, language: Language, palette: Palette) -> Figure:
    return load_chart.load_chart(plan, language, palette)


@remembered
def _budget(plan: Plan, language: Language, palette: Palette, view: str) -> Figure:
    return money_chart.budget_chart(plan, plan.months, language, MONTH_OF[view], palette)


@remembered
def _nis2(plan: Plan, language: Language, palette: Palette) -> Figure:
    return coverage_chart.nis2_chart(plan, language, palette)


def show_roadmap_and_money(plan: Plan, language: Language, opened: tuple[Step, ...]) -> None:
    """Draw the roadmap and the money on one time axis."""
    chart = _roadmap_and_money(plan, language, page_palette(), opened)
    st.plotly_chart(chart, key="roadmap_and_money", config=SETTINGS, alt=roadmap_and_money_alt(plan, language))


def show_roadmap(plan: Plan, language: Language, *, has_arrows: bool) -> None:
    """Draw the roadmap with all its tasks, with or without their dependencies."""
    chart = _roadmap(plan, language, page_palette(), has_arrows)
    st.plotly_chart(chart, key="roadmap", config=SETTINGS, alt=roadmap_alt(plan, language))


def show_load(plan: Plan, language: Language) -> None:
    """Draw how busy the teams are, week by week."""
    chart = _load(plan, language, page_palette())
    st.plotly_chart(chart, key="load", config=SETTINGS, alt=load_chart.load_alt(plan, language))


def show_budget(plan: Plan, language: Language, view: str) -> None:
    """Draw the money over the whole horizon, as it is used up or as it is paid."""
    alt = budget_alt(plan, plan.months, language, MONTH_OF[view])
    chart = _budget(plan, language, page_palette(), view)
    st.plotly_chart(chart, key="budget", config=SETTINGS, alt=alt)


def show_nis2(plan: Plan, language: Language) -> None:
    """Draw since when each measure is supported."""
    chart = _nis2(plan, language, page_palette())
    st.plotly_chart(chart, key="nis2", config=SETTINGS, alt=nis2_alt(plan, language))
