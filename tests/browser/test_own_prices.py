"""The table of own prices in a real browser: typed by keyboard, a wrong cell kept until it is right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.site import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

Open: TypeAlias = Callable[..., Visit]
BEFORE, AFTER = "EUR 120,903", "EUR 114,843"
WRONG = "Price table, row 2, column amount: '15,00' is not a number. Write 15.00."
PREMIUM, BASIC, AMOUNT = 2, 5, 2
"""The rows of two products as the table counts them, and the place of the column."""


class PriceTable:
    """The table as somebody without a mouse edits it."""

    def __init__(self, seen: Visit) -> None:
        """Open the page and its fold."""
        self.seen = seen.open("prices?fold%3Aprice_rows=true")
        expect(self.cell(PREMIUM)).to_have_text("20.00")

    def cell(self, row: int) -> Locator:
        """Return an amount as a screen reader finds it."""
        grid = self.seen.page.get_by_test_id("stDataFrame").locator("table")  # in the canvas: no role finds it
        return grid.locator(f'[aria-rowindex="{row + 1}"]').locator(f'[aria-colindex="{AMOUNT + 1}"]')

    def type(self, row: int, text: str) -> None:
        """Go to an amount with the arrow keys and type another one."""
        keyboard = self.seen.page.keyboard
        self.seen.page.get_by_test_id("data-grid-canvas").focus()
        for key in ("Control+Home", *["ArrowDown"] * (row - 1), *["ArrowRight"] * AMOUNT, "Enter"):
            keyboard.press(key)
        field = self.seen.page.locator(".gdg-input")
        field.fill(text)
        field.press("Enter")
        expect(self.cell(row)).to_have_text(text)

    def go(self, name: str) -> None:
        """Open another page."""
        self.seen.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
        expect(self.seen.page.get_by_role("link", name=name, exact=True)).to_have_attribute("aria-current", "page")
        self.seen.settled()

    def complains(self) -> Locator:
        """Return what is said of the wrong cell."""
        return self.seen.page.get_by_role("alert").filter(has_text=WRONG)


def test_a_right_and_a_wrong_cell_are_there_again_after_another_page(visit: Open) -> None:
    table = PriceTable(visit())
    table.type(PREMIUM, "15,00")
    expect(table.complains()).to_be_visible()
    table.type(BASIC, "5.50")
    table.go("Budget")
    table.seen.says(BEFORE)
    table.go("Prices")
    expect(table.complains()).to_be_visible()
    expect(table.cell(PREMIUM)).to_have_text("15,00")
    expect(table.cell(BASIC)).to_have_text("5.50")
    table.seen.says(BEFORE)
    table.type(PREMIUM, "15.00")
    expect(table.complains()).to_have_count(0)
    table.seen.says(AFTER)
    expect(table.cell(BASIC)).to_have_text("5.50")
    assert not table.seen.troubles


def test_what_was_typed_is_dropped_on_demand(visit: Open) -> None:
    table = PriceTable(visit())
    table.type(PREMIUM, "15,00")
    expect(table.complains()).to_be_visible()
    table.seen.page.get_by_role("button", name="Drop what I typed").click()
    expect(table.complains()).to_have_count(0)
    expect(table.cell(PREMIUM)).to_have_text("20.00")
    table.seen.says(BEFORE)
