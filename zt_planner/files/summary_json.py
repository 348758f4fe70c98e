"""The plan's figures as `summary.json`: `topics.headline.summary` decides what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.files.json_text import json_bytes
from zt_planner.topics.headline.summary import summary_of

if TYPE_CHECKING:
    from zt_planner.engine.plan import AnyPlan, Plan
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language

SUMMARY_FILE = "summary.json"


def summary_bytes(
    plan: AnyPlan,
    language: Language,
    simulation: SimulationResult | None = None,
    reference: Plan | None = None,
) -> bytes:
    """Write the figures of a plan, and what its simulation and the plan it is measured against say, as a JSON file."""
    return json_bytes(language.written(summary_of(plan, simulation, reference)))
