"""A plan under way in a real browser: the whole list of its tasks, and a week of it on the page This week."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import assert_clean
from tests.browser.site import Visit

pytestmark = pytest.mark.extended

STATE, STARTED, FINISHED, LEFT = 2, 3, 4, 5
"""The places of columns in the table of all tasks."""
WEEK_LEFT, WEEK_STATE = 4, 7
"""The same in the table of this week."""


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


def test_the_list_of_all_tasks_is_typed_seen_and_undone(visit: Callable[..., Visit]) -> None:
    seen = visit().open("roadmap?fold%3Astatus=true")
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


MOST_PRESSES = 25
WEEK_LATER = "22/04/2027"
LEDGER = "\n".join(("Datum;Kategorie;Betrag", *(f"{day:02}.03.2027;Lizenzen;{100 + day},00" for day in range(1, 11))))
"""Ten invoices of a month."""


class Counted:
    """A person's hands: every click, every key, and every text that is typed or pasted as a whole is one press."""

    def __init__(self, seen: Visit) -> None:
        self.seen, self.presses = seen, 0

    def click(self, target: Locator) -> None:
        self.presses += 1
        target.click()

    def keys(self, *keys: str) -> None:
        self.presses += len(keys)
        press(self.seen, *keys)

    def type(self, target: Locator, text: str) -> None:
        self.presses += 1
        target.fill(text)

    def choose(self, target: Locator, *, name: str, content: str) -> None:
        """Choose a file: one press for the button, one for the file, one to confirm."""
        self.presses += 3
        with self.seen.page.expect_file_chooser() as chooser:
            target.click()
        chooser.value.set_files({"name": name, "mimeType": "text/csv", "buffer": content.encode()})


def begin(seen: Visit, day: str) -> None:
    """Set the status date of a new plan on the Roadmap page."""
    seen.page.get_by_role("textbox", name="Status date").fill(day)
    press(seen, "Enter")
    seen.says("On 15\N{NO-BREAK SPACE}April\N{NO-BREAK SPACE}2027:")


def record_three_tasks(hands: Counted) -> None:
    """Move the status date by a week; one task is done, one has started, and one runs with five days left."""
    seen = hands.seen
    date_field = seen.page.get_by_role("textbox", name="Status date")
    hands.click(date_field)
    hands.type(date_field, WEEK_LATER)
    hands.keys("Enter")
    seen.says("On 22\N{NO-BREAK SPACE}April\N{NO-BREAK SPACE}2027:")
    hands.presses += 1
    seen.calm().page.locator(".dvn-scroller").click(position={"x": 60, "y": 52})  # the first task
    hands.keys("ArrowRight", "Space", "ArrowRight", "Space")
    expect(cell(seen, 1, WEEK_STATE)).to_have_text("done")
    hands.keys("ArrowDown", "ArrowLeft", "Space", "ArrowDown", "Space")
    for row in (2, 3):
        expect(cell(seen, row, WEEK_STATE)).to_have_text("running")
    hands.keys("ArrowRight", "ArrowRight", "Enter")
    hands.type(seen.page.locator(".gdg-input"), "5")
    hands.keys("Enter")
    expect(cell(seen, 3, WEEK_LEFT)).to_have_text("5")
    seen.calm()


def import_and_close(hands: Counted) -> None:
    """Import ten invoices, and close their month."""
    page = hands.seen.page
    hands.choose(page.get_by_test_id("stFileUploaderDropzone").locator("button"), name="l.csv", content=LEDGER)
    hands.click(page.get_by_role("button", name="Apply the changes"))
    close = page.get_by_role("button", name="Close the month")
    hands.click(close)
    expect(close).to_have_count(0)
    hands.seen.calm()


def test_a_week_of_three_tasks_ten_invoices_and_the_report_takes_at_most_25_presses(
    visit: Callable[..., Visit],
) -> None:
    seen = visit(is_new=True, accept_downloads=True).open("roadmap")
    begin(seen, "15/04/2027")
    seen.calm().open().calm()
    first = seen.page.get_by_role("navigation").get_by_role("link", name="This week")
    expect(first).to_have_attribute("aria-current", "page")
    hands = Counted(seen)
    record_three_tasks(hands)
    import_and_close(hands)
    with seen.page.expect_download() as report:
        hands.click(seen.page.get_by_role("button", name="Status report (PDF)"))
    assert report.value.suggested_filename.endswith(".pdf")
    assert hands.presses <= MOST_PRESSES
    assert_clean(seen.calm())


def test_plan_and_this_week_keep_their_addresses_when_they_are_asked_for(visit: Callable[..., Visit]) -> None:
    seen = visit().open("plan")
    page = seen.page
    expect(page.locator(".picture")).to_be_visible()
    expect(page.get_by_role("link", name="This week")).to_have_count(0)
    seen.open("roadmap")
    begin(seen, "15/04/2027")
    for path in ("week", "plan", ""):
        seen.calm().open(path)
        expect(page.get_by_role("heading", name="What has changed")).to_have_count(0 if path == "plan" else 1)
        assert page.url.rstrip("/").endswith(path or str(seen.server.port))
    assert max(seen.overhang()) <= 0


def test_a_form_says_nothing_in_english_on_a_german_page(visit: Callable[..., Visit]) -> None:
    seen = visit().open("record?language=de")
    seen.slider("Personen").press("ArrowRight")
    seen.calm()
    seen.page.locator(".stForm").get_by_role("textbox").first.press_sequentially("Stand")
    hint = seen.page.get_by_test_id("InputInstructions")
    expect(hint).to_have_count(1)  # Streamlit still has it
    expect(hint).to_be_hidden()
    seen.open("?language=de").calm().page.get_by_role("button", name="Warum diese Zahl").first.click()
    dialog = seen.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Schließen", exact=True).first).to_be_visible()
    expect(seen.page.locator("[aria-label='Close'], [aria-label^='Help for']")).to_have_count(0)
