"""A firm's logo and colours on the page, as its catalogue gives them."""

from __future__ import annotations

import streamlit as st

from zt_planner.engine.plan import AnyPlan
from zt_planner.topics.brand import DARK_GROUND, WHITE, look_of

STYLE = "<style>#root h1 {{ color: {first}; }} #root h2 {{ color: {second}; }}</style>"


def show_brand(plan: AnyPlan) -> None:
    """Show the logo in the page's header, and headings in the firm's colours as far as they can be read here."""
    look = look_of(plan, DARK_GROUND if st.context.theme.type == "dark" else WHITE)
    if look is None:
        return
    if look.logo:
        st.logo(look.logo, size="large")
    if look.colour:
        st.html(STYLE.format(first=look.colour, second=look.second_colour or look.colour))
