"""A telephone: the pages are a bar at the foot, the tools one line at the top, and what matters stands between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party
from tests.browser.site import TELEPHONE, THEMES, Theme, Visit, box
from zt_planner.domain.session import Role
from zt_planner.language import LanguageCode

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]
HEIGHT = 844
FEWEST_PAGES = 4
LOCALES = ("en-GB", "de-DE")
AT_THE_END = """
main => {
  main.scrollTo(0, main.scrollHeight);
  const parts = [...main.querySelectorAll("button, a, summary, p")].filter((part) => part.checkVisibility());
  return Math.max(...parts.map((part) => part.getBoundingClientRect().bottom));
}
"""
WITHOUT_CUE = """
() => {
  const boxes = [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .flatMap((host) => [...(host.shadowRoot?.querySelectorAll(".box") ?? [])]);
  const looks = boxes.filter((box) => box.clientWidth).map((box) => [box, box.classList.contains("stacked")]);
  const has_more = ([box]) => box.scrollWidth > box.clientWidth + 1;
  return [looks.filter(([, is_stacked]) => is_stacked).length, looks.filter(has_more)
    .filter(([box]) => !getComputedStyle(box).backgroundImage.includes("gradient")).length];
}
"""
NAMES_AND_DATES = """
picture => [...picture.querySelectorAll(".rows .row")].map((row) => {
  const edges = (part) => row.querySelector(part).getBoundingClientRect();
  const end = Math.min(edges(".name").right, edges(".name .words").right);
  return [row.querySelector(".name").textContent, end, edges(".dates .words").left];
})
"""


def phone(visit: Open, theme: Theme = "light", locale: str = "en-GB") -> Visit:
    """Return a visit with a telephone."""
    seen = visit(**TELEPHONE, locale=locale).in_theme(theme)
    seen.page.set_viewport_size({"width": TELEPHONE["width"], "height": HEIGHT})
    return seen


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_pages_are_a_bar_at_the_foot_and_the_tools_one_line(visit: Open, theme: Theme, locale: str) -> None:
    seen = phone(visit, theme, locale).open("prices").calm()
    page, bar = seen.page, seen.page.get_by_test_id("stSidebarNav")
    links = bar.get_by_role("link")
    assert box(bar)["y"] + box(bar)["height"] == pytest.approx(HEIGHT, abs=1)
    assert links.count() >= FEWEST_PAGES
    here = bar.locator("[aria-current=page]")
    expect(here).to_have_attribute("href", re.compile("prices"))
    expect(here).to_be_in_viewport(ratio=1)
    links.first.click()
    expect(links.first).to_have_attribute("aria-current", "page")
    expect(links.first).to_be_in_viewport(ratio=1)
    expect(seen.calm().page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
    main, header = box(page.get_by_test_id("stMain")), box(page.get_by_test_id("stHeader"))
    assert main["y"] + main["height"] <= box(bar)["y"] + 1
    tools = page.locator(".st-key-tools :is(button, [role=group], a)")
    middles = {round(box(tool)["y"] + box(tool)["height"] / 2) for tool in tools.all() if tool.is_visible()}
    assert max(middles) - min(middles) <= 2
    assert box(page.locator(".st-key-tools"))["y"] >= 0
    assert box(page.locator(".st-key-tools"))["y"] + box(page.locator(".st-key-tools"))["height"] <= header["height"]
    assert box(page.locator(".st-key-tools"))["x"] >= 0
    assert seen.overhang() == [0, 0]
    assert page.get_by_test_id("stMain").evaluate(AT_THE_END) <= box(bar)["y"]


@pytest.mark.parametrize("locale", LOCALES)
def test_who_follows_the_plan_of_others_sees_sentence_and_first_figures_without_scrolling(
    party: Party, visit: Open, locale: str
) -> None:
    guest = phone(visit, locale=locale)
    guest.page.goto(party.link(Role.VIEWER))
    guest.page.locator("form button").last.click()
    bar = guest.settled().calm().page.get_by_test_id("stSidebarNav")
    figures = guest.page.locator(".st-key-figures").get_by_role("button")
    for part in (guest.headline, figures.nth(0), figures.nth(1)):
        assert box(part)["y"] >= box(guest.page.get_by_test_id("stHeader"))["height"]
        assert box(part)["y"] + box(part)["height"] <= box(bar)["y"]


@pytest.mark.parametrize("language", LanguageCode)
def test_the_name_of_a_task_ends_before_its_dates(visit: Open, language: LanguageCode) -> None:
    seen = phone(visit).open(f"?language={language}").calm()
    picture = seen.page.locator(".picture").first
    picture.locator(".step button").first.click()
    for path in ("", "roadmap"):
        if path:
            seen.follow(path)
        expect(picture.locator(".task").first).to_be_attached()
        rows = seen.calm().page.locator(".picture").first.evaluate(NAMES_AND_DATES)
        assert [name for name, end, dates in rows if end > dates] == [], path


@pytest.mark.parametrize("path", ["?table=money", "roadmap?fold%3Atasks=true", "nis2?table=points"])
def test_a_table_is_cards_or_tells_that_it_goes_on(visit: Open, path: str) -> None:
    seen = phone(visit).open(path).calm()
    stacked, without_cue = seen.page.evaluate(WITHOUT_CUE)
    assert stacked
    assert without_cue == 0


def test_the_tools_of_a_table_that_is_edited_lie_on_no_cell(visit: Open) -> None:
    seen = phone(visit).open("week")
    seen.page.get_by_role("textbox", name="Status date").fill("15/04/2027")
    seen.page.keyboard.press("Enter")
    table, tools = (seen.page.get_by_test_id(part) for part in ("stDataFrame", "stElementToolbar"))
    expect(tools).to_be_visible()
    caption = seen.settled().calm().page.get_by_text("Tick what has started")
    assert box(tools)["y"] + box(tools)["height"] <= box(table)["y"]
    assert box(caption)["y"] + box(caption)["height"] <= box(tools.get_by_role("button").first)["y"]
