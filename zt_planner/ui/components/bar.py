"""A bar of parts, each named with its share below it: the names and shares are text, the bar repeats them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.reports.charts.trust import TrustPart

ROW = "display:flex;flex-wrap:wrap;gap:0.25rem 1.25rem;margin-top:0.5rem"
SIGN = "display:inline-block;width:0.75rem;height:0.75rem;border-radius:2px;margin-right:0.4rem"


def show_bar(parts: Sequence[TrustPart]) -> None:
    """Draw parts that add up to the whole."""
    drawn = "".join(f'<div style="width:{part.width:.2f}%;background:{part.colour}"></div>' for part in parts)
    named = "".join(
        f'<span><span style="{SIGN};background:{part.colour}"></span>{escape(part.name)} '
        f"<strong>{escape(part.shown)}</strong></span>"
        for part in parts
    )
    bar = f'<div aria-hidden="true" style="display:flex;gap:2px;height:1.75rem">{drawn}</div>'
    st.html(f'<div>{bar}<div style="{ROW}">{named}</div></div>')
