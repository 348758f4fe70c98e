"""The questions of a managing director, each answered on the first screen or after a press, which are counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.site import Visit
from tests.words import plain

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]


class Presses:
    """What somebody who has just opened the first screen presses, and how often."""

    def __init__(self, seen: Visit) -> None:
        """Open the first screen."""
        self.seen, self.count = seen.open().calm(), 0
        self.page = seen.page

    def press(self, part: Locator) -> None:
        """Press a link, a button or whatever opens something."""
        part.click()
        self.count += 1

    def sees(self, part: Locator) -> str:
        """Return a text that is on the screen without scrolling."""
        expect(part).to_be_in_viewport(ratio=1)
        return plain(part.inner_text())


def test_what_does_it_cost_and_when_is_it_done(visit: Open) -> None:
    presses = Presses(visit())
    sentence = presses.sees(presses.seen.headline)
    budget, finish = re.search(r"EUR [\d,]+", sentence), re.search(r"done by (\d+ \w+ \d{4}), each 80% sure", sentence)
    assert budget is not None
    assert finish is not None
    cards = presses.page.get_by_role("button", name="Why this number?")
    assert budget[0] in presses.sees(cards.first)
    assert finish[1].split()[-1] in presses.sees(cards.nth(1))
    assert presses.count == 0


def test_what_must_i_decide_now(visit: Open) -> None:
    presses = Presses(visit())
    line = presses.page.get_by_text("Next decision:")
    found = re.search(r"Next decision: (.+), (\d+ \w+ \d{4}) \(", presses.sees(line))
    assert found is not None
    assert presses.count == 0
    presses.press(presses.page.get_by_role("button", name="All decisions"))
    rows = presses.page.get_by_role("dialog").get_by_role("row")
    expect(rows.filter(has_text=found[1]).first).to_be_visible()
    assert rows.count() > 5
    assert presses.count == 1


def test_what_happens_if_we_do_nothing(visit: Open) -> None:
    presses = Presses(visit())
    presses.press(presses.page.get_by_role("navigation").locator('a[href$="/why_do_it"]'))
    said = presses.sees(presses.page.get_by_text("If you do nothing, these protections stay missing."))
    assert re.search(r"MFA on \d+ \w+ \d{4}", said)
    expect(presses.page.get_by_role("figure", name=re.compile("One bar for each protection"))).to_be_visible()
    expect(presses.page.get_by_role("heading", name="The law")).to_be_visible()
    expect(presses.page.get_by_label("What a day at a standstill costs you, EUR")).to_be_visible()
    assert presses.count == 1


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, ("chance of keeping what is planned, EUR", "Largest effects on the budget", "Get quotes for these first")),
        (1, ("chance of keeping what is planned, ", "Largest effects on the finish")),
        (2, ("chance of keeping what is planned, ",)),
        (3, ("chance of keeping what is planned, ",)),
        (4, ("Get quotes for these first",)),
    ],
)
def test_can_i_rely_on_it(visit: Open, number: int, said: tuple[str, ...]) -> None:
    presses = Presses(visit())
    presses.press(presses.page.get_by_role("button", name="Why this number?").nth(number))
    dialog = presses.page.get_by_role("dialog")
    for text in said:
        presses.sees(dialog.get_by_text(text))
    expect(dialog.get_by_role("link", name="More: How sure?")).to_have_count(int(number < 4))
    assert presses.count == 1


def test_what_if_we_leave_something_out_or_take_longer_or_spend_less(visit: Open) -> None:
    presses = Presses(visit())
    link = presses.page.get_by_role("link", name="What if …?")
    presses.sees(link)
    presses.press(link)
    expect(presses.page.get_by_role("textbox", name="Done by")).to_be_in_viewport()
    expect(presses.page.get_by_role("textbox", name="At most in the first year, EUR")).to_be_in_viewport()
    row = presses.page.get_by_role("row").filter(has_text="Without: Step 4")
    expect(row).to_contain_text("EUR")
    expect(row).to_contain_text("NIS2")
    expect(presses.page.get_by_role("row").filter(has_text="months later")).to_be_visible()
    assert presses.count == 1
    presses.press(row.get_by_role("button"))
    expect(presses.page.get_by_role("table", name="What each plan promises")).to_be_visible()
    expect(presses.seen.headline).to_contain_text("Variant B")
    assert presses.count == 2
