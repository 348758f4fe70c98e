"""Tables in a real browser: numbers at the right, every month, and a way through them by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.site import PAGES, TELEPHONE, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = [pytest.mark.browser, pytest.mark.extended]

Open: TypeAlias = Callable[..., Visit]
WITH_TABLES = ("roadmap", "budget", "nis2", "prices")
MOST_TABS, MOST_LINES = 60, 9
TOO_WIDE = "box => box.scrollWidth > box.clientWidth"


def box_of(table: Locator) -> Locator:
    """Return the box in which a table lies."""
    return table.locator("xpath=..")


def test_every_month_of_the_budget_is_shown_and_amounts_stand_at_the_right(visit: Open) -> None:
    seen = visit().open("budget")
    table = seen.page.get_by_role("table", name="Budget by month")
    expect(table.get_by_role("row")).to_have_count(38)
    expect(table.get_by_role("row").last).to_contain_text("Sum")
    box = box_of(table)
    assert box.evaluate("box => box.scrollHeight <= box.clientHeight + 1")
    columns = table.get_by_role("row").nth(1).get_by_role("cell")
    expect(columns.first).to_have_css("text-align", "left")
    for index in range(1, columns.count()):
        expect(columns.nth(index)).to_have_css("text-align", "right")
        expect(table.get_by_role("columnheader").nth(index)).to_have_css("text-align", "right")
    expect(seen.page.get_by_role("table", name="Licence mix").get_by_role("cell").nth(2)).to_have_css(
        "text-align", "left"
    )


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_no_table_is_cut_on_a_desk(visit: Open, locale: str) -> None:
    seen = visit(locale=locale).open()
    for path in WITH_TABLES:
        assert path in PAGES
        tables = seen.follow(path).page.get_by_role("table")
        expect(tables.first).to_be_visible()
        cut = [table.get_attribute("aria-label") for table in tables.all() if box_of(table).evaluate(TOO_WIDE)]
        assert not cut, path


def test_a_telephone_shows_what_a_product_costs_beside_its_name(visit: Open) -> None:
    seen = visit(**TELEPHONE).open("prices")
    cell = seen.page.get_by_role("table", name="Price book").get_by_role("row").nth(1).get_by_role("cell").nth(1)
    expect(cell).to_have_text("EUR\N{NO-BREAK SPACE}20.00")
    place = cell.bounding_box()
    assert place is not None
    assert place["x"] + place["width"] <= 390


def test_long_texts_have_room_on_a_telephone(visit: Open) -> None:
    seen = visit(**TELEPHONE)
    for path in ("roadmap", "prices"):
        table = seen.open(path).page.get_by_role("table").first
        lines = table.evaluate(
            "table => Math.max(...[...table.rows].map(row => row.clientHeight)) "
            "/ parseFloat(getComputedStyle(table.rows[1].cells[0]).lineHeight)"
        )
        assert lines < MOST_LINES, path


def test_a_table_wider_than_a_telephone_is_moved_by_keyboard(visit: Open) -> None:
    seen = visit(**TELEPHONE).open("nis2")
    box = box_of(seen.page.get_by_role("table", name="NIS2 measures"))
    assert box.evaluate(TOO_WIDE)
    seen.page.get_by_role("heading", name="The measures as a table").click()
    for _ in range(MOST_TABS):
        seen.page.keyboard.press("Tab")
        if box.evaluate("box => box.contains(document.activeElement)"):
            break
    seen.page.keyboard.press("ArrowRight")
    seen.page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
