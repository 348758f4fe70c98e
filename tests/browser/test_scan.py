"""A scan is dropped in a real browser: what it says is looked at and ticked by keyboard, taken over, and undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from tests.browser.axe import assert_clean
from tests.browser.site import TELEPHONE, Visit
from tests.scan_files import assessment, assessment_test, json_file, maester, maester_test, sku

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]
ASSESSMENT = json_file(assessment(assessment_test(21796, "Passed"), assessment_test("21815", "Failed")))
MAESTER = json_file(maester(maester_test("MT.1009", "Failed"), maester_test("MT.1010", "Failed")))
FILES: list[FilePayload] = [
    {"name": "assessment.json", "mimeType": "application/json", "buffer": ASSESSMENT},
    {"name": "maester.json", "mimeType": "application/json", "buffer": MAESTER},
    {"name": "cut.json", "mimeType": "application/json", "buffer": ASSESSMENT[:-9]},
    {
        "name": "skus.json",
        "mimeType": "application/json",
        "buffer": json_file({"value": [sku("LOOM_PREMIUM", "x" * 8, 5, 5)]}),
    },
]
DROP = """
(place, files) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name, { type: "application/json" }));
  for (const kind of ["dragenter", "dragover", "drop"])
    place.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true, composed: true }));
}
"""


def drop(field: Locator) -> None:
    """Drop all files at once."""
    field.evaluate(DROP, [[file["name"], file["buffer"].decode()] for file in FILES])


def test_scans_are_dropped_looked_at_ticked_taken_over_and_undone(visit: Open) -> None:
    seen = visit().open()
    seen.page.get_by_role("link", name="Upload a scan").click()
    seen.settled()
    before = seen.headline.inner_text()
    drop(seen.page.get_by_test_id("stFileUploaderDropzone"))
    expect(seen.page.get_by_text("2 of 44 tasks done, 2 in part")).to_be_visible()
    expect(seen.page.get_by_text("cut.json: it is cut off at its end")).to_be_visible()
    expect(seen.page.get_by_text("Maester of 30 April 2026").last).to_be_visible()
    assert_clean(seen)
    pilot = seen.page.get_by_role("checkbox", name="Device pilot (10% of devices): done")
    pilot.focus()
    seen.page.keyboard.press("Space")
    expect(pilot).not_to_be_checked()
    expect(seen.page.get_by_text("1 of 44 tasks done, 2 in part")).to_be_visible()
    apply = seen.settled().page.get_by_role("button", name="Add the ticked items to the plan")
    seen.tab_to(apply)
    seen.page.keyboard.press("Enter")
    seen.says("Zero Trust for 80 people")
    expect(seen.page.get_by_text("Undo removes them")).to_be_visible()
    undo = seen.settled().page.get_by_role("button", name="Undo")
    undo.focus()
    seen.page.keyboard.press("Enter")
    expect(seen.headline).to_have_text(before)
    expect(seen.page.get_by_text("1 of 44 tasks done, 2 in part")).to_be_visible()
    assert not seen.troubles


def test_on_a_telephone_everything_fits_the_screen(visit: Open) -> None:
    seen = visit(**TELEPHONE).open("scan")
    seen.page.locator("input[type=file][multiple]").set_input_files(FILES)
    expect(seen.page.get_by_text("2 of 44 tasks done, 2 in part")).to_be_visible()
    seen.settled()
    assert not any(seen.overhang())
    assert_clean(seen)
