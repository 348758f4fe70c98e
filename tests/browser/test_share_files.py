"""Files by a real browser: one is saved, changed, brought back and taken over; all are written beside the page."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path  # noqa: TC003 - pytest reads annotations
from typing import TypeAlias

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_clean
from tests.browser.site import Visit

pytestmark = pytest.mark.browser

Open: TypeAlias = Callable[..., Visit]


def test_a_workbook_is_saved_changed_and_brought_back(visit: Open, tmp_path: Path) -> None:
    seen = visit().open("share")
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Workbook (Excel)").click()
    file = tmp_path / "plan.xlsx"
    download.value.save_as(file)
    book = openpyxl.load_workbook(file)
    people = next(row[1] for row in book["Assumptions"].iter_rows() if row[3].value == "company.employees")
    people.value = 150
    book.save(file)
    seen.page.locator("input[type=file]").set_input_files(file)
    expect(seen.page.get_by_role("cell", name="150")).to_be_visible()
    assert_clean(seen)
    seen.page.get_by_role("button", name="Take over the changes").click()
    seen.says("Zero Trust for 150 people")
    expect(seen.page.get_by_text("there is nothing left to take over")).to_be_visible()


def test_everything_is_written_and_saved_in_one_file(visit: Open, tmp_path: Path) -> None:
    seen = visit().open("share")
    seen.page.get_by_role("button", name="Write everything").click()
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Save everything in one file").click()
    file = tmp_path / "plan.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        assert {"zt-plan.xlsx", "zt-plan.pdf", "zt-plan.html", "tasks.csv", "summary.json"} <= set(archive.namelist())
        assert archive.testzip() is None
