"""The picture in a real browser has the colours of its theme from the first moment on, and follows when it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.site import THEMES, Theme, Visit
from tests.unit.topics.test_palette import READ, THEME, contrast
from zt_planner.topics.palette import DARK, LIGHT, Palette

pytestmark = pytest.mark.extended

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


WORDS = """
() => [...document.querySelectorAll(".js-plotly-plot text")].filter(text => text.textContent).map(text => {
  const brush = new OffscreenCanvas(1, 1).getContext("2d");
  for (const colour of [getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor,
                        getComputedStyle(text).fill]) {
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
  }
  return "#" + [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3)
    .map(part => part.toString(16).padStart(2, "0")).join("");
})
"""
"""Returns the colour of each text of the charts, on the ground of the page."""


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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("path", ["why_do_it", "how_sure"])
def test_words_in_charts_are_read_on_both_grounds(visit: Open, path: str, theme: Theme) -> None:
    seen = visit().in_theme(theme).open(path).calm()
    expect(seen.page.locator(".js-plotly-plot .xtick text").first).to_be_attached()
    ground = THEME[theme]["backgroundColor"]
    found = set(seen.page.evaluate(WORDS))
    assert found
    assert {colour: contrast(colour, ground) for colour in found if contrast(colour, ground) < READ} == {}
