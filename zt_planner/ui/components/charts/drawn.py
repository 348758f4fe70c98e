"""The pages' charts with their description, each built once per plan, language, palette and view.

Law: a chart that was shown before is shown again without being built. What is
remembered is shared by all readers and never changed.
"""

from __future__ import annotations

from functools import wraps
from inspect import signature
from itertools import compress
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import streamlit as st

from zt_planner.engine.compare.comparison import Comparison
from zt_planner.engine.costing.budget import accrual, payment
from zt_planner.engine.plan import Plan
from zt_planner.language import Language
from zt_planner.topics.nis2 import chart as coverage_chart
from zt_planner.topics.palette import DARK, LIGHT, Palette
from zt_planner.topics.picture.alt import nis2_alt
from zt_planner.topics.roadmap import load_chart
from zt_planner.workspace.plans import Remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from plotly.graph_objects import Figure

Given = ParamSpec("Given")
Result = TypeVar("Result")
SETTINGS = {"displayModeBar": False, "responsive": True}
MONTH_OF = {"used": accrual, "paid": payment}
"""The month in which a line counts, by the view that a reader chose."""


def _version(plan: Plan) -> tuple[str, ...]:
    """Return what a plan follows from: equal plans have equal charts, shown with labour or without."""
    shown = "with labour" if plan.shows_labour else "without labour"
    return plan.scenario.version, plan.case.book.version, plan.case.base_model.version, plan.today.isoformat(), shown


def _versions(comparison: Comparison) -> tuple[tuple[str, ...], ...]:
    """Return what a comparison follows from: the plans, and what they are called."""
    return tuple((each.letter, each.name, *_version(each.plan)) for each in comparison.variants)


def page_palette() -> Palette:
    """Return the colours for the page's ground; light where the browser does not say which it shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def _key_of(argument: object) -> Hashable:
    """Return by what an argument of something remembered is told apart."""
    if isinstance(argument, Plan):
        return _version(argument)
    if isinstance(argument, Comparison):
        return _versions(argument)
    return argument.code if isinstance(argument, Language) else argument


def remembered(build: Callable[Given, Result]) -> Callable[Given, Result]:
    """Have something built once per plan or comparison, language, palette and view, for all pages.

    What follows from the rest is no part of that: arguments whose names begin with an underscore.
    """
    kept: Remembered[Hashable, Result] = Remembered(128)
    counts = [not name.startswith("_") for name in signature(build).parameters]

    @wraps(build)
    def found(*arguments: Given.args, **named: Given.kwargs) -> Result:
        key = tuple(map(_key_of, (*compress(arguments, counts), *named.values())))
        return kept.get(key, lambda: build(*arguments, **named))

    return found


@remembered
def _load(plan: Plan, language: Language, palette: Palette) -> Figure:
    return load_chart.load_chart(plan, language, palette)


@remembered
def _nis2(plan: Plan, language: Language, palette: Palette) -> Figure:
    return coverage_chart.nis2_chart(plan, language, palette)


def show_load(plan: Plan, language: Language) -> None:
    """Draw how busy the teams are, week by week."""
    chart = _load(plan, language, page_palette())
    st.plotly_chart(chart, key="load", config=SETTINGS, alt=load_chart.load_alt(plan, language))


def show_nis2(plan: Plan, language: Language) -> None:
    """Draw since when each measure is supported."""
    chart = _nis2(plan, language, page_palette())
    st.plotly_chart(chart, key="nis2", config=SETTINGS, alt=nis2_alt(plan, language))
