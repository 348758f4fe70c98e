"""The line that says what levelling would save, alone in a browser: when it asks, and what it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from zt_planner.bootstrap import GAIN
from zt_planner.ui import gain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.site import Server

pytestmark = pytest.mark.browser

BEGIN = """
async (code) => {
  window.asked = [];
  window.fetch = (address, { signal }) => new Promise((resolve, reject) => {
    const question = { address, isGivenUp: false };
    question.answer = (text, ok = true) => resolve({ ok, json: async () => ({ text }) });
    question.fail = () => reject(new Error("away"));
    signal.addEventListener("abort", () => { question.isGivenUp = true; reject(new Error("given up")); });
    window.asked.push(question);
  });
  const module = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  window.draw = (address) => {
    const parentElement = document.querySelector("#place");
    window.leave = module.default({ data: { address, waiting: "Working…" }, parentElement });
  };
}
"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Return a page with the line, drawn once."""
    context = chromium.new_context()
    seen = context.new_page()
    seen.set_content('<div id="place"><p role="status"></p></div>')
    seen.evaluate(BEGIN, (gain.FOLDER / "gain.js").read_text("utf-8"))
    seen.evaluate("window.draw('gain?version=1')")
    yield seen
    context.close()


def test_the_line_says_what_it_waits_for_and_then_what_it_was_told(page: Page) -> None:
    line = page.get_by_role("status")
    expect(line).to_have_text("Working…")
    page.evaluate("window.asked[0].answer('37 days earlier')")
    expect(line).to_have_text("37 days earlier")


def test_the_same_plan_is_asked_about_once_and_another_one_gives_the_first_up(page: Page) -> None:
    page.evaluate("window.draw('gain?version=1')")
    assert page.evaluate("window.asked.length") == 1
    page.evaluate("window.draw('gain?version=2')")
    assert page.evaluate("window.asked.map((it) => it.isGivenUp)") == [True, False]
    expect(page.get_by_role("status")).to_have_text("Working…")


def test_without_an_answer_there_is_no_line(page: Page) -> None:
    page.evaluate("window.asked[0].answer('wrong', false)")
    expect(page.get_by_role("status")).to_have_text("")
    page.evaluate("window.draw('gain?version=2')")
    page.evaluate("window.asked[1].fail()")
    expect(page.get_by_role("status")).to_have_text("")


def test_a_page_that_is_left_gives_up(page: Page) -> None:
    page.evaluate("window.leave()")
    assert page.evaluate("window.asked[0].isGivenUp")


def test_the_first_screen_says_what_levelling_would_save(serve: Callable[[], Server], chromium: Browser) -> None:
    own = serve()
    del own.settings[GAIN]
    own.start()
    context = chromium.new_context(locale="en-GB")
    seen = context.new_page()
    seen.goto(own.address)
    line = seen.get_by_role("status").filter(has_text="Levelling would finish on")
    expect(line).to_be_visible(timeout=60_000)
    expect(line).to_contain_text("But identities would be protected on")
    context.close()
    own.stop()
