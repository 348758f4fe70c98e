"""What made a file that comes back, and the figures by which it is seen that it comes to the same."""

from __future__ import annotations

from typing import Any

from zt_planner.engine.plan import AnyPlan, StoppedPlan
from zt_planner.topics.headline.summary import versions_of
from zt_planner.topics.stamp import stamp_of
from zt_planner.topics.view import AnyView

FORMAT = 1
CHECKED = ("first_year_budget", "horizon_total", "run_rate_monthly", "finish_date")
"""The figures by which whoever opens a bundle sees that it comes to the same."""


def manifest_of(view: AnyView) -> dict[str, Any]:
    """Return what made a bundle, and the figures of its plan; statements are not written yet."""
    note, stamp = stamp_of(view)
    return {
        "format": FORMAT,
        "today": view.plan.today.isoformat(),
        "versions": versions_of(view.plan),
        "figures": compared_figures(view.plan),
        "note": note,
        "stamp": stamp,
    }


def compared_figures(plan: AnyPlan) -> dict[str, str] | None:
    """Return the figures that are compared; None for a plan that has stopped."""
    if isinstance(plan, StoppedPlan):
        return None
    return {name: str(getattr(plan.headlines, name)) for name in CHECKED}
