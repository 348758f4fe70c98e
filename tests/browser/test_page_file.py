"""The page as a file in a browser without a network: it draws everything, asks nobody, and everybody can read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import COLOURS, violations
from tests.papers import situation
from zt_planner.language import LanguageCode
from zt_planner.media.web.html import html_bytes

pytestmark = pytest.mark.extended

CHARTS = 6
OPEN_MOST = "[...document.querySelectorAll('details')].slice(0, -1).forEach(fold => fold.open = true)"
"""The last holds the cost lines: thousands of cells like those of the other tables, each of which axe would look at."""
DARK = "rgb(14, 19, 27)"
PHONE, DESK = 390, 1440
OPEN_ALL = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
SHEET = "660"
"""Pixels between the margins of A4."""
INK, INK_ON_DARK = "rgb(11, 21, 36)", "rgb(238, 242, 248)"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Return a tab that reaches no network."""
    context = chromium.new_context(offline=True, viewport={"width": DESK, "height": 900})
    yield context.new_page()
    context.close()


def opened(page: Page, file: Path, name: str = "default", code: LanguageCode = LanguageCode.ENGLISH) -> list[str]:
    """Open the file of a plan; return what the browser asks for and complains of, which grows."""
    heard: list[str] = []
    file.write_bytes(html_bytes(situation(name, code)))
    page.on("request", lambda request: heard.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(file.as_uri())
    expect(page.locator("html")).to_have_attribute("data-drawn", str(CHARTS))
    return heard


@pytest.mark.parametrize("name", ["default", "names that are markup"])
def test_without_a_network_every_chart_is_drawn_and_nothing_is_asked_for(page: Page, tmp_path: Path, name: str) -> None:
    file = tmp_path / "plan.html"
    heard = opened(page, file, name)
    expect(page.locator(".chart .main-svg").first).to_be_visible()
    assert page.locator(".chart:has(.main-svg), .picture:has(.bar)").count() == CHARTS
    assert heard == [file.as_uri()]


def test_axe_finds_nothing_in_light_and_in_dark_no_colour_that_is_hard_to_see(page: Page, tmp_path: Path) -> None:
    page.emulate_media(color_scheme="light")
    opened(page, tmp_path / "plan.html", "350 people", LanguageCode.GERMAN)
    page.evaluate(OPEN_MOST)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == DARK
    assert violations(page, COLOURS) == []


def test_on_a_phone_nothing_is_beyond_the_edge(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": PHONE, "height": 844})
    opened(page, tmp_path / "plan.html", "names that are markup")
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE


def test_charts_follow_the_theme_and_on_paper_are_dark_on_light_and_fit_the_sheet(page: Page, tmp_path: Path) -> None:
    month, drawing = page.locator(".chart .xtick text").first, page.locator(".chart .main-svg").first
    page.emulate_media(color_scheme="light")
    opened(page, tmp_path / "plan.html")
    expect(month).to_have_css("fill", INK)
    wide = str(drawing.get_attribute("width"))
    page.emulate_media(color_scheme="dark")
    expect(month).to_have_css("fill", INK_ON_DARK)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(month).to_have_css("fill", INK)
    expect(drawing).to_have_attribute("width", SHEET)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(month).to_have_css("fill", INK_ON_DARK)
    expect(drawing).to_have_attribute("width", wide)


def test_the_keyboard_reaches_folded_tables_and_the_way_past_the_head(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path / "plan.html")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details").first).to_have_attribute("open", "")
