"""Where the keyboard is, is seen on every page, and kept by what opens and closes; nothing moves for who wants that."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party
from tests.browser.site import PAGES, Visit
from zt_planner.domain.session import Role

pytestmark = pytest.mark.extended

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


ANNOUNCED = """
() => {
  const region = document.querySelector(".st-key-live [data-testid=stBidiComponentIsolated]")
    .shadowRoot.querySelector("[data-place=plan]");
  window.announced = [];
  new MutationObserver(() => window.announced.push(region.textContent)).observe(region, { childList: true });
}
"""


@pytest.mark.parametrize(
    ("locale", "name", "money"), [("en-GB", "People", r"EUR\s([\d,]*\d)"), ("de-DE", "Personen", r"(\d[\d.]*)\sEUR")]
)
def test_a_change_is_announced_once_with_its_money_and_date(visit: Open, locale: str, name: str, money: str) -> None:
    seen = visit(locale=locale).open().calm()
    seen.page.evaluate(ANNOUNCED)
    slider = seen.page.get_by_role("slider", name=name).first
    for _ in range(5):
        slider.press("ArrowRight")
    seen.says("125")
    expect(seen.page.locator("[data-place=plan]")).not_to_be_empty()
    seen.follow("budget").calm()
    (said,) = seen.page.evaluate("() => window.announced")
    in_title, in_announcement = re.search(money, seen.headline.inner_text()), re.search(money, said)
    assert in_title
    assert in_announcement
    assert in_announcement[1] == in_title[1]
    assert re.search(r"\d{4}$", said)
    assert said.rsplit(", ", 1)[-1] in seen.headline.inner_text()


def test_what_others_change_is_announced(party: Party, guest: Visit) -> None:
    party.joins(guest, Role.VIEWER)
    guest.calm().page.evaluate(ANNOUNCED)
    party.owner.set("People, as a number", 180)
    guest.says("Zero Trust for 180 people")
    expect(guest.page.locator("[data-place=plan]")).not_to_be_empty()
    (said,) = guest.page.evaluate("() => window.announced")
    assert said.split(", ")[0].split()[-1] in guest.headline.inner_text()


def close_with_escape(seen: Visit) -> None:
    """Close the dialog that is open, or opens."""
    dialog = seen.page.get_by_role("dialog").filter(has=seen.page.get_by_role("heading"))
    expect(dialog).to_be_visible()
    seen.calm().page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    seen.calm()


@pytest.mark.parametrize(
    ("path", "key", "name"),
    [
        ("", "figures", "Why this number?"),
        ("", "own", "Make it yours"),
        ("roadmap", "why-finish_date", "Why this finish?"),
        ("roadmap?fold%3Atasks=true", "table-", "Why this number?"),
    ],
)
def test_who_closes_a_dialog_is_back_at_what_opened_it(visit: Open, path: str, key: str, name: str) -> None:
    seen = visit().open(path).calm()
    opener = seen.page.locator(f"[class*='st-key-{key}']").get_by_role("button", name=name).last
    opener.click()
    close_with_escape(seen)
    expect(opener).to_be_focused()
    opener.press("Enter")
    close_with_escape(seen)
    expect(opener).to_be_focused()


def test_who_closes_a_dialog_that_a_menu_has_opened_is_back_at_the_menu(visit: Open) -> None:
    seen = visit().open().calm()
    files = seen.page.get_by_role("button", name="Files", exact=True)
    files.click()
    seen.page.get_by_role("button", name="Answer questions about your company").click()
    close_with_escape(seen)
    expect(files).to_be_focused()
    files.click()
    seen.page.get_by_role("button", name="50 people, one site").click()  # nothing of one's own is lost: it does not ask
    seen.says("Zero Trust for 50 people")
    expect(seen.calm().page.get_by_role("button", name="Load")).to_have_count(0)
    expect(files).to_be_focused()


def test_what_others_change_meanwhile_takes_nobody_away_from_where_a_dialog_was_opened(
    party: Party, guest: Visit
) -> None:
    party.joins(guest, Role.VIEWER)
    opener = guest.page.locator(".st-key-figures").get_by_role("button").last
    opener.press("Enter")
    expect(guest.page.get_by_role("dialog")).to_be_visible()
    party.owner.set("People, as a number", 180)
    guest.says("Zero Trust for 180 people")
    close_with_escape(guest)
    expect(opener).to_be_focused()


def test_who_has_answered_goes_on_at_the_page_where_what_asked_is_gone(visit: Open) -> None:
    seen = visit().open().calm()
    seen.page.get_by_role("button", name="Make it yours").press("Enter")
    seen.page.get_by_role("dialog").get_by_role("button", name="Show my plan").press("Enter")
    expect(seen.page.get_by_role("dialog")).to_have_count(0)
    expect(seen.calm().page.get_by_role("button", name="Make it yours")).to_have_count(0)
    assert not seen.page.evaluate("() => document.activeElement === document.body")
