"""What is pressed is large enough: 24 px on a desk (WCAG 2.5.8), 44 on a telephone (2.5.5), on every page.

A target is measured as its box, with what a press on counts as one on it: a switch with its label, a field with its
frame, a slider with the track that takes the press. Smaller may be what stands in a line of text, what nobody sees, and
on a desk what has 24 px around its middle for itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.site import PAGES, TELEPHONE, Visit

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]
FOLDS = "?" + "&".join(
    f"fold%3A{name}=true" for name in ("more", "more_about_company", "choices", "calendar_and_teams", "rates")
)
SMALL = """
([least, isSpaced]) => {
  const TARGETS = "button, a[href], input:not([type=hidden], [type=file]), select, textarea, summary";
  const FRAMES = "label:has(input[type=checkbox], input[type=radio]), [data-testid=stTextInputRootElement],"
    + "[data-testid=stTextAreaRootElement], [role=group]:has(> [role=combobox], > * > [role=combobox])";
  const UNSEEN = "[aria-hidden=true], [inert], [data-testid=stSkipToContent]";
  const wholeOf = (part) => part.matches("[type=range]") ? part.closest("[role=group]").firstElementChild
    : part.closest(FRAMES) ?? part;
  const seen = [];
  const look = (root) => {
    for (const part of root.querySelectorAll("*")) {
      if (part.shadowRoot) look(part.shadowRoot);
      if (!part.matches(TARGETS) || part.disabled || part.closest(UNSEEN)) continue;
      if (!part.checkVisibility({ visibilityProperty: true })) continue;
      const box = wholeOf(part).getBoundingClientRect();
      if (box.width && box.height) seen.push({ part, box });
    }
  };
  look(document);
  const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];
  const away = ([x, y], { left, right, top, bottom }) =>
    Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
  const isApart = ({ part, box }) => seen.every((other) => other.part === part || other.part.contains(part)
    || part.contains(other.part) || away(middle(box), other.box) >= least / 2);
  const isInText = ({ part }) => part.matches("p a") && part.closest("p").textContent !== part.textContent;
  const small = seen.filter(({ box }) => box.width < least - 0.5 || box.height < least - 0.5)
    .filter((target) => !(isSpaced && isApart(target)) && !isInText(target))
    .map(({ part, box }) => `${Math.round(box.width)} x ${Math.round(box.height)} ${part.outerHTML.slice(0, 200)}`);
  return [seen.length, small];
}
"""


def small_targets(seen: Visit, least: int, *, is_spaced: bool = False) -> list[str]:
    """Return the targets of a page that are too small."""
    count, small = seen.calm().page.evaluate(SMALL, [least, is_spaced])
    assert count, "there are no targets"
    return list(small)


@pytest.mark.parametrize("path", PAGES)
def test_on_a_desk_every_target_is_24_pixels_high_and_wide(visit: Open, path: str) -> None:
    assert small_targets(visit().open(path + FOLDS), 24, is_spaced=True) == []


@pytest.mark.parametrize("path", PAGES)
def test_on_a_telephone_every_target_is_44_pixels_high_and_wide(visit: Open, path: str) -> None:
    assert small_targets(visit(**TELEPHONE).open(path), 44) == []


def test_on_a_telephone_what_opens_has_targets_of_44_pixels(visit: Open) -> None:
    seen = visit(**TELEPHONE).open(FOLDS).calm()
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    expect(seen.number("People, as a number")).to_be_in_viewport()
    assert small_targets(seen, 44) == []
    seen.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    seen.page.get_by_role("button", name="Files", exact=True).click()
    expect(seen.page.get_by_role("button", name="Load", exact=True)).to_be_visible()
    assert small_targets(seen, 44) == []
    seen.page.keyboard.press("Escape")
    seen.calm().page.locator(".st-key-figures").get_by_role("button").first.click()
    expect(seen.page.get_by_role("dialog")).to_be_visible()
    assert small_targets(seen, 44) == []
