"""The picture stays where it is while a slider moves, however the texts above it wrap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Locator

from tests.browser.site import TELEPHONE, Visit

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]
MOST_PIXELS = 4
LOCALES = ("en-GB", "de-DE", "fr-FR")
TELEPHONE_WIDTH = 390
WIDTHS: dict[int, dict[str, Any]] = {
    1440: {},
    1280: {},
    TELEPHONE_WIDTH: {name: value for name, value in TELEPHONE.items() if name != "width"},
}
WATCH = """
() => {
  const main = document.querySelector("[data-testid='stMain']");
  window.tops = [];
  const look = () => {
    const picture = document.querySelector(".st-key-picture");
    if (picture) window.tops.push(picture.getBoundingClientRect().top + main.scrollTop);
    requestAnimationFrame(look);
  };
  look();
}
"""
"""Keeps where the picture's upper edge is, in each frame from now on."""
MOVES = ((0, ("End", "PageDown", "Home", "PageUp", "ArrowRight")), (1, ("Home", "ArrowRight", "PageUp", "End")))
"""The sliders of people and of the finish, and the keys that move them."""
HELD = 12
"""How often a key that is held repeats."""


def sliders(seen: Visit, width: int) -> Locator:
    """Return the sliders of people and of the finish: a telephone has its own."""
    page = seen.page
    return (
        page.locator(".st-key-levers") if width == TELEPHONE_WIDTH else page.get_by_test_id("stSidebar")
    ).get_by_role("slider")


@pytest.mark.parametrize("is_own", [False, True], ids=["example", "own plan"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_picture_stays_where_it_is_while_a_slider_moves(
    visit: Open, locale: str, width: int, *, is_own: bool
) -> None:
    seen = visit(width=width, locale=locale, **WIDTHS[width]).open()
    moved = sliders(seen, width)
    if is_own:  # a change has been made: the line below the figures says which
        moved.first.press("ArrowRight")
    before = seen.calm().headline.inner_text()
    seen.page.evaluate(WATCH)
    for number, keys in MOVES:
        for key in keys:
            moved.nth(number).press(key)
            seen.settled()
        for _ in range(HELD):
            seen.page.keyboard.down("ArrowLeft")
        seen.page.keyboard.up("ArrowLeft")
        seen.settled()
    tops = seen.calm().page.evaluate("() => window.tops")
    assert tops, "there is no picture"
    assert seen.headline.inner_text() != before
    assert max(tops) - min(tops) <= MOST_PIXELS
