"""In a real browser, what people typed is text: the very letters, no link, no picture, no markup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import HOST, Server
from tests.browser.typed_texts import ADDRESSES, ALL_AT_ONCE, TYPED, WAYS
from zt_planner.media.markdown import one_line, web_address
from zt_planner.resources import root

pytestmark = pytest.mark.extended

MARKUP = (
    *("a", "img", "code", "pre", "em", "strong", "del", "sub", "sup", "br", "hr", "ul", "ol", "blockquote", "table"),
    *("input[type=checkbox]", "iframe", "script", "math", ".katex", "[role=img]", "[data-testid=stTooltipIcon]"),
    *("[class*=stMarkdownColored]", "[class*=stMarkdownBadge]", "[class*=stMarkdownShimmer]", "h4", "h5", "h6"),
)
"""What a text would be shown with if it were read as markup."""
OF_ITS_OWN = {
    "bold": ["strong"],
    "item": ["ul"],
    "badge": ["[class*=stMarkdownBadge]"],
    "link_button": ["a"],
    "toggle": ["input[type=checkbox]"],
}
"""What belongs to a way of showing a text."""
READ = """
(parts, markup) => parts.map(part => [part.textContent, markup.filter(kind => part.querySelector(kind))])
"""


class Script(Server):
    """Streamlit with a script of the tests."""

    health = "/_stcore/health"

    def command(self) -> list[str]:
        """Return what runs the script."""
        self.settings["PYTHONPATH"] = str(root())
        arguments = ["--server.headless=true", f"--server.port={self.port}", f"--server.address={HOST}"]
        return ["streamlit", "run", "tests/browser/typed_texts.py", *arguments]


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, today: date) -> Iterator[Page]:
    """Return the page with every text on it, drawn once for all tests."""
    server = Script(tmp_path_factory.mktemp("script"), today)
    server.start()
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    shown = context.new_page()
    shown.goto(server.address)
    expect(shown.get_by_text("End", exact=True)).to_be_attached()
    expect(shown.get_by_test_id("stSkeleton")).to_have_count(0)
    yield shown
    context.close()
    server.stop()


def letters(text: str) -> str:
    """Return a text as a browser shows it, which makes one space of several."""
    return " ".join(text.split())


@pytest.mark.parametrize("parts", [".st-key-paragraphs [data-testid=stMarkdownContainer]", ".st-key-cells tbody th"])
def test_every_text_is_shown_to_the_letter_and_as_nothing_else(page: Page, parts: str) -> None:
    shown = page.locator(parts).evaluate_all(READ, MARKUP)
    found = [(letters(one_line(text)), markup) for text, markup in shown]
    assert found == [(letters(one_line(text)), []) for text in TYPED]


@pytest.mark.parametrize("way", WAYS)
def test_a_text_is_text_in_every_way_of_showing_it(page: Page, way: str) -> None:
    place = page.locator(f".st-key-way-{way}")
    if way == "help":
        place.get_by_test_id("stTooltipIcon").hover()
        place = page.get_by_test_id("stTooltipContent")
        expect(place).to_be_visible()
    ((text, markup),) = place.evaluate_all(READ, MARKUP)
    assert letters(ALL_AT_ONCE) in letters(text)
    assert markup == OF_ITS_OWN.get(way, [])


def test_an_address_ends_no_link_and_leads_to_a_site_alone(page: Page) -> None:
    shown = page.locator(".st-key-links [data-testid=stCaptionContainer]")
    found = [(letters(text), markup) for text, markup in shown.evaluate_all(READ, MARKUP)]
    source = letters(f"Source {ALL_AT_ONCE}")
    assert found == [
        (source, ["a"]) if web_address(address) else (letters(f"{source} ({one_line(address)})"), [])
        for address in ADDRESSES
    ]
    leads_to = shown.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert leads_to == [site for site in map(web_address, ADDRESSES) if site]
    assert len(leads_to) == 3
