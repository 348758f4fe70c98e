"""The weekly update in a real browser: the status date, three tasks done, one that runs, the picture, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.site import Visit

pytestmark = [pytest.mark.browser, pytest.mark.extended]

STATE, STARTED, FINISHED, LEFT = 2, 3, 4, 5
"""The places of columns in the table."""


def cell(seen: Visit, row: int, column: int) -> Locator:
    """Return a cell of the table as a screen reader has it, the tasks counted from 1."""
    rows = seen.page.get_by_test_id("stDataFrame").locator("table")  # in the canvas: no role finds it
    return rows.locator(f'[aria-rowindex="{row + 1}"]').locator(f'[aria-colindex="{column}"]')


def press(seen: Visit, *keys: str) -> None:
    for key in keys:
        seen.page.keyboard.press(key)


def type_day(seen: Visit, day: str) -> None:
    """Type a day into the cell that is selected, and go to the one below."""
    press(seen, "Enter")
    seen.page.locator(".gdg-input").fill(day)
    press(seen, "Enter")


def test_the_weekly_update_is_typed_seen_and_undone(visit: Callable[..., Visit]) -> None:
    seen = visit().open("roadmap")
    page, marks, left = seen.page, seen.page.locator(".picture .marks > div"), seen.page.locator(".picture .left")
    expect(left).to_have_count(0)
    page.get_by_role("textbox", name="Status date").fill("15/04/2027")
    press(seen, "Enter")
    expect(marks.filter(has_text="Status: 15\N{NO-BREAK SPACE}Apr")).to_be_visible()
    expect(left.first).to_be_visible()
    seen.settled().says("On 15\N{NO-BREAK SPACE}April\N{NO-BREAK SPACE}2027: EUR")
    page.get_by_test_id("data-grid-canvas").focus()
    press(seen, "Control+Home", *["ArrowRight"] * (FINISHED - 1))
    for row in (1, 2, 3):
        type_day(seen, f"0{row}/04/2027")
        expect(cell(seen, row, STATE)).to_have_text("done")
    press(seen, "ArrowLeft")
    type_day(seen, "12/04/2027")
    expect(cell(seen, 4, STATE)).to_have_text("running")
    press(seen, "ArrowUp", "ArrowRight", "ArrowRight", "Enter")
    page.locator(".gdg-input").fill("25")
    press(seen, "Enter")
    expect(cell(seen, 4, LEFT)).to_have_text("25")
    seen.settled()
    later = page.locator(".picture .task .later").filter(has_text="later")
    expect(later.first).to_be_visible()
    assert_clean(seen.calm())
    before = seen.headline.inner_text()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(cell(seen, 4, LEFT)).to_have_text("")
    expect(seen.headline).not_to_have_text(before)
    assert max(seen.overhang()) <= 0
