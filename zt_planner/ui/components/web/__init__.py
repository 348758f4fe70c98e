"""Components of our own, of files of its name: markup, styles and script."""

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


def script(*names: str) -> str:
    """Return files of script as one, in this order."""
    return "".join((FOLDER / f"{name}.js").read_text("utf-8") for name in names)


def component(name: str, *scripts: str) -> Callable[..., Any]:
    """Return the component of this name; its script is of one file, or of those that are named."""
    html, css = ((FOLDER / f"{name}.{kind}").read_text("utf-8") for kind in ("html", "css"))
    return st.components.v2.component(f"zt_planner_{name}", html=html, css=css, js=script(*scripts or (name,)))


def ask_why(key: str) -> None:
    """Ask for the explanation of the figure that was pressed in the component with a key."""
    name = st.session_state[key].get(WHY)
    if name:
        widgets.pressed(tab.open_dialog, f"why:{name}", name)()
