"""Which key figures are in which list, and in which order.

A list with an order of its own names the figures that stand first in it; those
that it does not name follow in the order of their declarations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.topics.figure import FigureList
from zt_planner.topics.headline import figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zt_planner.engine.plan import Plan
    from zt_planner.topics.figure import Figure

IN_LISTS = (
    *("first_year_budget", "one_off_first_year", "recurring_first_year", "introduction_budget", "one_off_total"),
    *("run_rate_monthly", "operation_days_monthly", "horizon_total", "per_employee_month", "standstill_days"),
    "peak_amount",
    *("start_date", "mfa_date", "finish_date", "deadline", "duration_months"),
    *("internal_days", "internal_value", "external_days"),
)
"""What stands first on the command line and in the workbook, in this order."""
IN_SUMMARY = (
    *("introduction_budget", "first_year_budget", "one_off_total", "one_off_first_year", "recurring_first_year"),
    *("run_rate_monthly", "horizon_total", "peak_month", "peak_amount", "start_date", "finish_date", "mfa_date"),
    *("duration_months", "internal_days", "external_days", "internal_value", "internal_days_per_week"),
    *("external_days_per_week", "internal_days_per_week_average", "operation_days_monthly", "per_employee_month"),
)
"""What stands first in `summary.json`."""


def by_name() -> dict[str, Figure]:
    """Return every figure by its name."""
    return {figure.name: figure for figure in figures.FIGURES}


def figures_of(plan: Plan) -> tuple[Figure, ...]:
    """Return the figures that a plan has and its reader may see."""
    return tuple(figure for figure in figures.FIGURES if figure.amount(plan) is not None)


def named_first(chosen: Iterable[Figure], first: Sequence[str]) -> list[Figure]:
    """Return figures, those that are named first in that order."""
    return sorted(chosen, key=lambda figure: first.index(figure.name) if figure.name in first else len(first))


def figures_in(place: FigureList, plan: Plan) -> list[Figure]:
    """Return the figures of a plan that stand in a list, in its order."""
    return named_first((figure for figure in figures_of(plan) if place in figure.places), IN_LISTS)


def summary_figures() -> list[Figure]:
    """Return the figures of `summary.json`, also those of which a plan has no value."""
    return named_first((figure for figure in figures.FIGURES if FigureList.SUMMARY in figure.places), IN_SUMMARY)


def totals_of(plan: Plan) -> list[Figure]:
    """Return the figures that the page of the budget begins with; the introduction's where the first year is less."""
    totals = {figure.name: figure for figure in figures_of(plan) if figure.is_total}
    budget, year = (totals.get(name) for name in ("introduction_budget", "first_year_budget"))
    is_one = budget is not None and year is not None and budget.amount(plan) == year.amount(plan)
    return [figure for figure in totals.values() if not (is_one and figure is budget)]
