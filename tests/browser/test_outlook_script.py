"""The bands under the figures, alone in a browser: what they show, and that they never stand beside another plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from zt_planner.ui import outlook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

BEGIN = """
async (code) => {
  window.asked = [];
  window.fetch = (address, { signal }) => new Promise((resolve, reject) => {
    const question = { address, isGivenUp: false };
    question.answer = (said, ok = true) => resolve({ ok, json: async () => said });
    question.fail = () => reject(new Error("away"));
    signal.addEventListener("abort", () => { question.isGivenUp = true; reject(new Error("given up")); });
    window.asked.push(question);
  });
  const module = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  window.draw = (version) => {
    const parentElement = document.querySelector("#place");
    window.leave = module.default({ data: { address: "outlook", version, waiting: "Drawing…" }, parentElement });
  };
}
"""
SAID: dict[str, Any] = {
    "version": "1",
    "title": "120 people",
    "sentence": "The chance that both hold is 26%.",
    "legend": "The bar spans 10% to 90%.",
    "bands": [
        {
            "title": "Done",
            "sure": "80% sure",
            "span": "August to May",
            "alt": "Done. 80% sure.",
            "places": [4, 40, 70, 96, 20],
        }
    ],
}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Return a page with a title and the bands, drawn once."""
    context = chromium.new_context()
    seen = context.new_page()
    seen.set_content(f'<h1>120 people</h1><div id="place">{(outlook.FOLDER / "outlook.html").read_text("utf-8")}</div>')
    seen.add_style_tag(content=(outlook.FOLDER / "outlook.css").read_text("utf-8"))
    seen.evaluate(BEGIN, (outlook.FOLDER / "outlook.js").read_text("utf-8"))
    seen.evaluate("window.draw('1')")
    yield seen
    context.close()


def test_bands_are_drawn_where_they_lie_and_say_so_without_being_seen(page: Page) -> None:
    expect(page.get_by_text("Drawing…")).to_be_visible()
    page.evaluate("(said) => window.asked[0].answer(said)", SAID)
    band = page.get_by_role("img", name="Done. 80% sure.")
    expect(band).to_be_visible()
    expect(page.get_by_text("The chance that both hold is 26%.")).to_be_visible()
    lefts = band.locator("span").evaluate_all("marks => marks.map(mark => mark.style.left)")
    assert lefts == ["4%", "40%", "70%", "20%"]
    assert band.locator(".reach").evaluate("reach => reach.style.width") == "92%"


OTHER = SAID | {"version": "2", "title": "121 people"}
CHANGE_TITLE = """async () => {
  document.querySelector("h1").textContent = "121 people";
  await new Promise((resolve) => queueMicrotask(resolve));
  const visible = (band) => getComputedStyle(band).visibility === "visible";
  return [...document.querySelectorAll("[role=img]")].filter(visible).length;
}"""


def test_with_another_title_the_bands_are_gone_before_anything_is_painted_and_new_ones_are_asked_for(
    page: Page,
) -> None:
    page.evaluate("(said) => window.asked[0].answer(said)", SAID)
    expect(page.get_by_role("img")).to_have_count(1)
    assert page.evaluate(CHANGE_TITLE) == 0
    page.evaluate("(said) => window.asked[1].answer(said)", OTHER)
    expect(page.get_by_role("img")).to_have_count(1)
    page.evaluate("window.draw('2')")
    assert page.evaluate("window.asked.length") == 2
    expect(page.get_by_role("img")).to_have_count(1)


def test_an_answer_about_another_plan_is_not_drawn_and_asked_for_again(page: Page) -> None:
    page.evaluate("(said) => window.asked[0].answer(said)", OTHER)
    page.wait_for_function("window.asked.length === 2")
    expect(page.get_by_role("img")).to_have_count(0)
    page.evaluate("(said) => window.asked[1].answer(said)", SAID)
    expect(page.get_by_role("img")).to_have_count(1)


def test_another_plan_with_the_same_title_is_asked_for_when_it_arrives(page: Page) -> None:
    page.evaluate("(said) => window.asked[0].answer(said)", SAID)
    expect(page.get_by_role("img")).to_have_count(1)
    page.evaluate("window.draw('3')")
    expect(page.get_by_role("img")).to_have_count(0)
    assert page.evaluate("window.asked.length") == 2


def test_without_an_answer_nothing_is_shown_and_a_page_that_is_left_gives_up(page: Page) -> None:
    page.evaluate("window.asked[0].answer({}, false)")
    expect(page.get_by_text("Drawing…")).to_have_count(0)
    page.evaluate("window.draw('2')")
    page.evaluate("window.asked[1].fail()")
    expect(page.get_by_text("Drawing…")).to_have_count(0)
    page.evaluate("window.draw('3')")
    page.evaluate("window.leave()")
    assert page.evaluate("window.asked[2].isGivenUp")
