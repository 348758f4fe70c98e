"""A file that is dropped or chosen: the page stays, and what no field takes is refused in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.live_page import Script
from tests.browser.site import TELEPHONE, Visit
from zt_planner.server.http.page import ICON

Open: TypeAlias = Callable[..., Visit]
DROP = """
(place, { name, size, isFolder, count }) => {
  const data = new DataTransfer();
  for (let number = 0; number < count; number += 1) data.items.add(new File(["a".repeat(size)], name));
  const outcome = [];
  for (const kind of ["dragenter", "dragover", "drop"]) {
    const event = new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true, composed: true });
    if (isFolder) {
      const items = [{ webkitGetAsEntry: () => ({ isDirectory: true }) }];
      Object.defineProperty(event, "dataTransfer", { value: { types: ["Files"], files: data.files, items } });
    }
    outcome.push(place.dispatchEvent(event));
  }
  return outcome;
}
"""
FIELD = '<section data-testid="stFileUploaderDropzone"><input type="file" id="file"></section>'


def drop(place: Locator, name: str, *, size: int = 10, is_folder: bool = False, count: int = 1) -> list[bool]:
    """Drop files; return which of the events the browser may act on itself."""
    found: list[bool] = place.evaluate(DROP, {"name": name, "size": size, "isFolder": is_folder, "count": count})
    return found


def told(page: Page) -> Locator:
    """Return what is said of a file that no field takes."""
    return page.get_by_role("alert").and_(page.locator("[data-place='told'] *"))


@pytest.fixture
def field(script: Script) -> Locator:
    """Return a field for files beside the badge, and its drops."""
    script.page.evaluate(
        """(field) => {
          document.body.insertAdjacentHTML("beforeend", field);
          window.taken = [];
          for (const kind of ["drop", "change"])
            document.body.addEventListener(kind, (event) => window.taken.push(event.type));
        }""",
        FIELD,
    )
    return script.page.locator("section")


@pytest.mark.extended
def test_a_field_takes_one_file_and_nothing_is_said(script: Script, field: Locator) -> None:
    drop(field, "plan.xlsx")
    assert script.page.evaluate("window.taken") == ["drop"]
    expect(told(script.page)).to_be_hidden()


def test_what_no_field_takes_is_refused_and_reaches_none(script: Script, field: Locator) -> None:
    page = script.page
    for text, given in (("Folder", {"is_folder": True}), ("Several", {"count": 3}), ("Large: plan", {"size": 1001})):
        drop(field, "plan", **given)
        expect(page.get_by_role("button", name="Close")).to_be_visible()
        expect(told(page)).to_have_text("")  # a text that comes with its box is not announced
        script.passes(0.1)
        expect(told(page)).to_have_text(text)
    field.locator("input").set_input_files(ICON)  # more than the 1,000 bytes of the page in this test
    assert page.evaluate("window.taken") == []
    assert page.evaluate("document.querySelector('#file').value") == ""
    page.mouse.click(5, 5)
    script.passes(60)
    expect(told(page)).to_have_text(f"Large: {ICON.name}")
    page.get_by_role("button", name="Close").click()
    expect(told(page)).to_be_hidden()
    drop(field, "plan", count=3)
    drop(field, "plan.xlsx")
    script.passes(1)
    expect(told(page)).to_be_hidden()


def test_a_field_for_several_takes_as_many_as_it_may(script: Script, field: Locator) -> None:
    field.locator("input").evaluate("input => { input.multiple = true; }")
    drop(field, "scan.json", count=3)
    assert script.page.evaluate("window.taken") == ["drop"]
    for text, count, size in (("Many", 4, 10), ("Large: scan.json, scan.json", 2, 1001)):
        drop(field, "scan.json", count=count, size=size)
        script.passes(0.1)
        expect(told(script.page)).to_have_text(text)
    assert script.page.evaluate("window.taken") == ["drop"]


def test_a_browser_without_popovers_shows_the_box_while_there_is_something_to_say(
    script: Script, field: Locator
) -> None:
    script.page.evaluate("""() => {
      const box = document.querySelector("[popover]");
      for (const name of ["togglePopover", "showPopover", "hidePopover"]) box[name] = undefined;
      box.removeAttribute("popover");
    }""")
    box = script.page.get_by_role("button", name="Close")
    expect(box).to_be_hidden()
    drop(field, "plan", count=3)
    expect(box).to_be_visible()
    box.click()
    expect(box).to_be_hidden()


def test_beside_a_field_the_browser_opens_nothing(script: Script, field: Locator) -> None:
    assert drop(script.page.locator("#text"), "photo.png") == [True, False, False]
    script.passes(0.1)
    expect(told(script.page)).to_have_text("Beside")
    field.evaluate("field => field.setAttribute('aria-disabled', 'true')")
    drop(field, "photo.png")
    assert script.page.evaluate("window.taken") == []


@pytest.mark.extended
def test_a_refusal_is_seen_on_a_telephone_whose_menu_is_open(visit: Open) -> None:
    page = visit(**TELEPHONE).open("share").page
    page.get_by_role("button", name="Menu", exact=True).click()  # the page's own script has named it
    expect(page.get_by_role("button", name="Files")).to_be_hidden()
    drop(page.get_by_role("heading", level=1), "photo.png")
    expect(page.get_by_role("alert").filter(has_text="Nothing was imported")).to_be_in_viewport()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_text("Nothing was imported")).to_be_hidden()


@pytest.mark.extended  # the same words are read in `tests/export`
def test_a_picture_is_refused_in_the_reader_s_language_and_the_plan_stays(visit: Open) -> None:
    seen = visit().open("share?language=de")
    page, address = seen.page, seen.page.url
    expect(page.locator("html")).to_have_attribute("lang", "de")  # the page's own script is there
    drop(page.get_by_role("heading", level=1), "photo.png")
    expect(page.get_by_role("alert").filter(has_text="Nichts wurde eingelesen")).to_be_visible()
    page.locator("input[type=file]").set_input_files(ICON)
    expect(page.get_by_text(re.compile(r"icon\.png: es ist ein Bild\. Wählen Sie ein Szenario, "))).to_be_visible()
    expect(page.get_by_text("not allowed")).to_have_count(0)
    assert page.url == address
