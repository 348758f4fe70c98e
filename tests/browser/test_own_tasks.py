"""The table of tasks in a real browser: edited by keyboard, without losing the place; accessible in both themes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_clean
from tests.browser.site import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

Open: TypeAlias = Callable[..., Visit]
ADDRESS = "roadmap?fold%3Atask_rows=true&fold%3Aown_task=true"
BEFORE, AFTER = "27 September 2027", "16 September 2027"
ROLLOUT, EFFORT, WAIT = 8, 2, 5
"""The row of a task as the table counts them, and the places of two columns."""


class TaskTable:
    """The table as somebody without a mouse edits it."""

    def __init__(self, seen: Visit) -> None:
        """Open the page with its folds."""
        self.seen = seen.open(ADDRESS)
        expect(self.cell(EFFORT)).to_have_text("5")

    def cell(self, column: int, row: int = ROLLOUT) -> Locator:
        """Return a cell as a screen reader finds it."""
        grid = self.seen.page.get_by_test_id("stDataFrame").locator("table")  # in the canvas: no role finds it
        return grid.locator(f'[aria-rowindex="{row + 1}"]').locator(f'[aria-colindex="{column + 1}"]')

    def start(self) -> None:
        """Go to the effort of the task with the arrow keys."""
        self.seen.page.get_by_test_id("data-grid-canvas").focus()
        for key in ("Control+Home", *["ArrowDown"] * (ROLLOUT - 1), *["ArrowRight"] * EFFORT):
            self.seen.page.keyboard.press(key)
        expect(self.cell(EFFORT)).to_have_attribute("aria-selected", "true")

    def type(self, column: int, text: str) -> None:
        """Type into the cell where the keyboard is."""
        self.seen.page.keyboard.press("Enter")
        field = self.seen.page.locator(".gdg-input")
        field.fill(text)
        field.press("Tab")
        expect(self.cell(column)).to_have_text(text)


def test_cells_are_edited_one_after_the_other_by_keyboard(visit: Open) -> None:
    table = TaskTable(visit())
    table.start()
    table.type(EFFORT, "8.5")
    table.seen.says(AFTER)
    expect(table.cell(EFFORT + 1)).to_have_attribute("aria-selected", "true")
    for key in ["ArrowRight"] * (WAIT - EFFORT - 1):
        table.seen.page.keyboard.press(key)
    table.type(WAIT, "x")
    wrong = table.seen.page.get_by_role("alert").filter(has_text="column Wait, weeks: 'x' is not a whole number.")
    expect(wrong).to_be_visible()
    expect(table.cell(EFFORT)).to_have_text("8.5")
    table.seen.page.get_by_role("button", name="Undo").click()
    table.seen.says(BEFORE)
    expect(table.cell(EFFORT)).to_have_text("5")
    expect(table.cell(WAIT)).to_have_text("x")
    expect(wrong).to_be_visible()
    assert not table.seen.troubles


def test_the_opened_page_is_accessible_with_a_task_of_one_s_own(visit: Open) -> None:
    table = TaskTable(visit())
    page = table.seen.page
    page.get_by_role("textbox", name="Name", exact=True).fill("Audit & <b>report</b>")
    page.get_by_role("textbox", name="Effort in days").fill("4.5")
    page.get_by_role("button", name="Add to the plan").click()
    expect(page.get_by_role("table").get_by_text("Audit & <b>report</b>")).to_be_visible()
    expect(page.get_by_text("own task", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="Which task?")).to_be_visible()
    assert_clean(table.seen)
