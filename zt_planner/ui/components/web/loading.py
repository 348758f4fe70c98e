"""Loads our components from the files of this folder: markup, styles and script of one name.

`shared.js` and `shared.css` come before a component's own files. The data of components holds tuples instead of lists
and dicts: Streamlit would search those for data frames, and import pandas for that.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(__file__).parent
SHARED = "shared"


def concatenated(kind: str, *names: str) -> str:
    """Return the shared file of a kind, `js` or `css`, and those of these names as one."""
    return "\n".join((FOLDER / f"{name}.{kind}").read_text("utf-8") for name in (SHARED, *names))


def component(name: str, *scripts: str) -> Callable[..., Any]:
    """Return the component of this name; its script is the file of this name, or those in `scripts`."""
    html = (FOLDER / f"{name}.html").read_text("utf-8")
    css, js = concatenated("css", name), concatenated("js", *scripts or (name,))
    return st.components.v2.component(f"zt_planner_{name}", html=html, css=css, js=js)
