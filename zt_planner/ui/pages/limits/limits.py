"""Limits: levelling within the company's limits, and questions asked backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.ui.pages.limits import ask, level

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    level.draw(plan, language)
    ask.draw(plan, language)
