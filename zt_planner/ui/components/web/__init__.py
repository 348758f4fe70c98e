"""Components of our own, each of three files of its name: markup, styles and script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from zt_planner.ui.state import tab, widgets

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent
WHY = "why"
"""What a component calls the figure that was pressed."""


def component(name: str) -> Callable[..., Any]:
    """Return the component of this name."""
    html, css, js = ((FOLDER / f"{name}.{kind}").read_text("utf-8") for kind in ("html", "css", "js"))
    return st.components.v2.component(f"zt_planner_{name}", html=html, css=css, js=js)


def ask_why(key: str) -> None:
    """Ask for the explanation of the figure that was pressed in the component with a key."""
    name = st.session_state[key].get(WHY)
    if name:
        widgets.pressed(tab.open_dialog, f"why:{name}", name)()
