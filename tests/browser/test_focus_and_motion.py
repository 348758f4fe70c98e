"""Where the keyboard is, is seen on every page; nothing moves for whoever wants that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from tests.browser.site import PAGES, Visit

pytestmark = [pytest.mark.browser, pytest.mark.extended]

Open: TypeAlias = Callable[..., Visit]
OPENED = {"roadmap": "?fold%3Atask_rows=true&fold%3Aown_task=true", "how_sure": "?fold%3Aranges=true"}
MOST_STOPS, FEWEST_STOPS = 130, 30
RING = "rgb(26, 86, 176)"
"""The primary colour: 6.4:1 at least on the backgrounds of the theme."""
FOCUSED = """
() => {
  let part = document.activeElement;
  while (part?.shadowRoot?.activeElement) part = part.shadowRoot.activeElement;
  if (!part || part === document.body) return null;
  const near = [part, part.parentElement, part.parentElement?.parentElement, part.nextElementSibling];
  const held = part.matches("[role=slider], [type=range]") ? part.closest("[role=group]").querySelectorAll("*") : [];
  const parts = [...near, ...held];
  const looks = parts.filter(Boolean).map((one) => getComputedStyle(one));
  const rings = looks.filter((look) => look.outlineStyle === "solid" && parseFloat(look.outlineWidth) >= 2);
  return [part.outerHTML.slice(0, 160), rings.map((look) => look.outlineColor)];
}
"""
MOVING = """
() => {
  const roots = [document, ...[...document.querySelectorAll("*")].flatMap((part) => part.shadowRoot ?? [])];
  const parts = roots.flatMap((root) => [...root.querySelectorAll("*")]);
  const moves = (look) => look.animationName !== "none"
    || (look.transitionProperty !== "none" && look.transitionDuration.split(",").some((time) => parseFloat(time) > 0));
  const looks = (part) => [null, "::before", "::after"].map((pseudo) => getComputedStyle(part, pseudo));
  const moving = parts.filter((part) => looks(part).some(moves)).map((part) => part.outerHTML.slice(0, 120));
  return [document.getAnimations().length, moving];
}
"""


@pytest.mark.parametrize("path", PAGES)
def test_every_stop_of_the_keyboard_has_a_ring(visit: Open, path: str) -> None:
    seen = visit().open(path + OPENED.get(path, "")).calm()
    stops: list[str] = []
    while len(stops) < MOST_STOPS:
        seen.page.keyboard.press("Tab")
        found = seen.page.evaluate(FOCUSED)
        if found is None:
            break
        part, rings = found
        assert rings, part
        assert set(rings) <= {RING}, part
        stops.append(part)
    assert len(stops) > FEWEST_STOPS


@pytest.mark.parametrize("path", ["", *OPENED])
def test_nothing_moves_for_whoever_wants_no_motion(visit: Open, path: str) -> None:
    seen = visit().open(path + OPENED.get(path, "")).calm()
    assert seen.page.evaluate("() => matchMedia('(prefers-reduced-motion: reduce)').matches")
    running, moving = seen.page.evaluate(MOVING)
    assert running == 0
    assert moving == []
