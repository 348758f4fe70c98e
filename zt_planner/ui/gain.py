"""The line on the first screen that says what levelling would save; the page asks for it beside everything else.

Law: it is shown to those who may level the plan, and not for one that is levelled already.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from zt_planner import bootstrap
from zt_planner.ui import session
from zt_planner.workspace.keys import ME

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language

FOLDER = Path(__file__).parent
_line = st.components.v2.component(
    "zt_planner_gain",
    html='<p role="status"></p>',
    css=(FOLDER / "gain.css").read_text("utf-8"),
    js=(FOLDER / "gain.js").read_text("utf-8"),
)


def show(plan: Plan, language: Language) -> None:
    """Draw the line."""
    if not bootstrap.says_gain():
        return
    if not session.may_change() or not plan.shows_labour or not plan.tasks or plan.scenario.levelled_starts:
        return
    named = session.participant()
    asked = {"version": plan.scenario.version, "language": language.code, **({} if named is None else {ME: named})}
    waiting = language.say("Working out what levelling would save…")
    _line(key="gain", data={"address": f"gain?{urlencode(asked)}", "waiting": waiting})
