"""With forced colours, what is moved, chosen and drawn is seen: measured in pixels, in both schemes.

What counts is 3:1 (WCAG 1.4.11) between a part and its ground, and between what is chosen and what is not.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TypeAlias

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.site import THEMES, Theme, Visit

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]
Colour: TypeAlias = tuple[int, int, int]
LEAST_CONTRAST = 3
SEEN = {
    "the track of a slider": "[data-testid=stSlider] > [role=group] > div > div:first-child",
    "the handle of a slider": "[data-testid=stSlider] > [role=group] > div > [data-rac]",
    "a switch": "[data-testid=stCheckbox] label > div:not([data-testid])",
    "a range": ".track",
    "a bar of the roadmap": ".lane .bar",
    "a part of a month's money": ".stacks i",
    "the sign of a kind of cost": ".kinds .colour",
}
CHOSEN = {
    "a segment": ("[aria-checked=true]", "[aria-checked=false]"),
    "a page": ("nav [aria-current=page]", "nav [data-testid=stTopNavLink]:not([aria-current=page])"),
}


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour (WCAG)."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colours(part: Locator, margin: int = 0) -> list[Colour]:
    """Return the colours of all pixels of a part, with so many around it."""
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    assert box is not None
    clip = {
        "x": box["x"] - margin,
        "y": box["y"] - margin,
        "width": box["width"] + 2 * margin,
        "height": box["height"] + 2 * margin,
    }
    image = Image.open(io.BytesIO(part.page.screenshot(clip=clip)))  # type: ignore[arg-type]
    parts = iter(image.convert("RGB").tobytes())
    return list(zip(parts, parts, parts, strict=True))


def main_colour(part: Locator) -> Colour:
    """Return the colour that most of a part has."""
    pixels = colours(part)
    return max(set(pixels), key=pixels.count)


@pytest.mark.parametrize("theme", THEMES)
def test_with_forced_colours_tracks_bars_and_what_is_chosen_are_seen(visit: Open, theme: Theme) -> None:
    seen = visit(is_new=True, forced_colors="active", color_scheme=theme).in_theme(theme)
    page = seen.open("?fold%3Amore=true&fold%3Amore_about_company=true").calm().page
    assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
    (ground,) = set(colours(page.locator(".st-key-picture .plot"))[:1])
    assert ground == ((255, 255, 255) if theme == "light" else (0, 0, 0))
    for name, selector in SEEN.items():
        pixels = colours(page.locator(selector).first, margin=2)
        assert sum(contrast(pixel, ground) >= LEAST_CONTRAST for pixel in pixels) >= 12, name
    for name, (chosen, other) in CHOSEN.items():
        looks = [main_colour(page.locator(selector).first) for selector in (chosen, other)]
        assert contrast(*looks) >= LEAST_CONTRAST, name
    is_on = page.get_by_role("switch", name="There is a works council", exact=True)
    switch = is_on.locator("xpath=ancestor::label/div").first
    on = main_colour(switch)
    is_on.press("Space")
    expect(is_on).not_to_be_checked()
    assert contrast(on, main_colour(switch)) >= LEAST_CONTRAST
