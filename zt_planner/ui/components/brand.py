"""A firm's logo and colours on the page, as its catalogue gives them."""

from __future__ import annotations

import streamlit as st

from zt_planner.engine.plan import AnyPlan
from zt_planner.topics.brand import DARK_GROUND, WHITE, look_of

BESIDE_THE_TOOLS = """
@media (max-width: 640px) {
  #root [data-testid="stHeaderLogo"] { max-width: 3.4rem; object-fit: contain; object-position: left; }
}
"""
"""On a telephone a logo is as wide as the tools leave."""
RULE = '#root [data-testid="stMain"] {heading} {{ color: {colour}; }}'


def show_brand(plan: AnyPlan) -> None:
    """Show the logo in the page's header, and headings in the firm's colours as far as they can be read here."""
    look = look_of(plan, DARK_GROUND if st.context.theme.type == "dark" else WHITE)
    if look is None:
        return
    rules: list[str] = []
    if look.logo:
        st.logo(look.logo, size="small")
        rules.append(BESIDE_THE_TOOLS)
    colours = {"h1": look.colour, "h2": look.second_colour or look.colour}
    rules += [RULE.format(heading=heading, colour=colour) for heading, colour in colours.items() if colour]
    if rules:
        st.html(f"<style>{' '.join(rules)}</style>")
