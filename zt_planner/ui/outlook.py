"""How sure the plan is, right under its figures; the page asks for it beside everything else.

Law: what was drawn of another plan is never seen beside the figures of this one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from zt_planner.ui import session
from zt_planner.workspace.keys import ME

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language

FOLDER = Path(__file__).parent
_strip = st.components.v2.component(
    "zt_planner_outlook",
    html=(FOLDER / "outlook.html").read_text("utf-8"),
    css=(FOLDER / "outlook.css").read_text("utf-8"),
    js=(FOLDER / "outlook.js").read_text("utf-8"),
)


def show(plan: Plan, language: Language) -> None:
    """Draw the bands of the headline figures."""
    if plan.headlines is None:
        return
    named = session.participant()
    asked = {"language": language.code, **({} if named is None else {ME: named})}
    data = {
        "address": f"outlook?{urlencode(asked)}",
        "version": plan.scenario.version,
        "waiting": language.say("Drawing the plan ten thousand times…"),
    }
    _strip(key="outlook", data=data)
