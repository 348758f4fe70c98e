"""The picture in a real browser has the colours of its theme from the first moment on, and follows when it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.site import THEMES, Theme, Visit
from zt_planner.reports.charts.palette import DARK, LIGHT, Palette

pytestmark = [pytest.mark.browser, pytest.mark.extended]

Open: TypeAlias = Callable[..., Visit]
PALETTES: dict[Theme, Palette] = {"light": LIGHT, "dark": DARK}
FIRST_BAR = "figure.picture .bar"
"""Of the preparation, the first step."""
KEEP_COLOURS = """
window.colours = new Set();
(function look() {
  const parts = document.querySelectorAll(".st-key-picture *");
  const bar = [...parts].find(part => part.shadowRoot)?.shadowRoot.querySelector(".bar");
  if (bar) window.colours.add(getComputedStyle(bar).backgroundColor);
  requestAnimationFrame(look);
})();
"""
"""Keeps every colour that the first bar of a page has had when something was drawn."""


def in_css(colour: str) -> str:
    """Return a colour as a browser writes it."""
    return f"rgb({', '.join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))})"


@pytest.mark.parametrize("theme", THEMES)
def test_a_chart_never_has_the_colours_of_the_other_theme(visit: Open, theme: Theme) -> None:
    seen = visit(is_new=True).in_theme(theme)
    seen.page.add_init_script(KEEP_COLOURS)
    seen.open()
    expect(seen.page.locator(FIRST_BAR).first).to_have_css("background-color", in_css(PALETTES[theme].of_steps[0]))
    assert seen.page.evaluate("() => [...window.colours]") == [in_css(PALETTES[theme].of_steps[0])]


def test_a_chart_follows_the_theme_while_it_is_looked_at(visit: Open) -> None:
    seen = visit().open()
    bar = seen.page.locator(FIRST_BAR).first
    for theme in reversed(THEMES):
        seen.in_theme(theme)
        expect(bar).to_have_css("background-color", in_css(PALETTES[theme].of_steps[0]))
