"""Loads the components that are ours from the files of this folder: markup, styles and script of one name.

What several of them need stands in `shared.js` and `shared.css`, which come before each one's own. Their data
hold tuples, and no list or dict beside them: Streamlit would look in each for a data frame, and import pandas for it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(__file__).parent
SHARED = "shared"


def concatenated(kind: str, *names: str) -> str:
    """Return the shared file of a kind, `js` or `css`, and those of these names as one, in this order."""
    return "\n".join((FOLDER / f"{name}.{kind}").read_text("utf-8") for name in (SHARED, *names))


def component(name: str, *scripts: str) -> Callable[..., Any]:
    """Return the component of this name; its script is of one file, or of those that are named."""
    html = (FOLDER / f"{name}.html").read_text("utf-8")
    css, js = concatenated("css", name), concatenated("js", *scripts or (name,))
    return st.components.v2.component(f"zt_planner_{name}", html=html, css=css, js=js)
