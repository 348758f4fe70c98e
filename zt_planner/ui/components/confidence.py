"""How sure the plan is, right under its figures: a band for each headline figure."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.reports.analyses.confidence import sureness_of
from zt_planner.ui.state import session

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language

FOLDER = Path(__file__).parent
_strip = st.components.v2.component(
    "zt_planner_simulation",
    html=(FOLDER / "confidence.html").read_text("utf-8"),
    css=(FOLDER / "confidence.css").read_text("utf-8"),
    js=(FOLDER / "confidence.js").read_text("utf-8"),
)


def show(plan: Plan, language: Language) -> None:
    """Draw the bands of the headline figures; nothing for a plan that has stopped."""
    simulation = session.simulation()
    found = None if simulation is None else sureness_of(plan, simulation, language)
    if found is not None:
        _strip(key="simulation", data=asdict(found))
