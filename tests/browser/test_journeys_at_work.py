"""What one person does at a desk from start to end, in a real browser: without a mouse, with searches, with files."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Visit

Open: TypeAlias = Callable[..., Visit]
ROLLOUT, EFFORT = 9, 4
"""The row of a task as the table of tasks counts them, and the place of a column."""
AMOUNT = 3
"""The column of amounts in the table of prices."""
BESIDE = 200
"""So many pixels above a table at most begins what is wrong in it."""


def refuse_a_price(seen: Visit) -> None:
    """Type what is no amount into the table of prices, look at another page, come back, and drop it."""
    keyboard, navigation = seen.page.keyboard, seen.page.get_by_role("navigation")
    amount = (
        seen.page.get_by_test_id("stDataFrame").locator('[aria-rowindex="2"]').locator(f'[aria-colindex="{AMOUNT}"]')
    )
    seen.open("prices?fold%3Aprice_rows=true")
    expect(amount).to_be_attached()
    before = amount.inner_text()
    seen.page.get_by_test_id("data-grid-canvas").focus()
    for key in ("Control+Home", *["ArrowRight"] * (AMOUNT - 1), "Enter"):
        keyboard.press(key)
    seen.page.locator(".gdg-input").fill("much")
    keyboard.press("Tab")
    refused = seen.page.get_by_role("alert").filter(has_text="'much' is not a number")
    expect(refused).to_be_in_viewport()
    expect(refused).to_contain_text("Price table, row 1, column List price:")
    grid, alert = seen.page.get_by_test_id("stDataFrame").bounding_box(), refused.bounding_box()
    assert grid is not None
    assert alert is not None
    assert 0 <= grid["y"] - alert["y"] < BESIDE
    for name in ("NIS2", "Prices"):
        link = navigation.get_by_role("link", name=name, exact=True)
        link.focus()
        keyboard.press("Enter")
        expect(link).to_have_attribute("aria-current", "page")
        seen.settled()
    expect(refused).to_be_visible()
    expect(amount).to_have_text("much")
    seen.page.get_by_role("button", name="Discard what I typed").focus()
    keyboard.press("Enter")
    expect(refused).to_have_count(0)
    expect(amount).to_have_text(before)


def plan_by_keyboard(seen: Visit) -> None:
    """Move a slider and a number, save a file, go to another page."""
    keyboard = seen.page.keyboard
    seen.tab_to(seen.slider("People"))
    keyboard.press("ArrowRight")
    seen.says("Zero Trust for 121 people")
    seen.tab_to(seen.number("People, as a number"))
    keyboard.press("ControlOrMeta+a")
    keyboard.type("1,200")
    keyboard.press("Enter")
    seen.says("Zero Trust for 1,200 people")
    files = seen.settled().page.get_by_role("button", name="Files", exact=True)
    seen.tab_to(files)
    keyboard.press("Enter")
    file = seen.page.get_by_role("button", name="Tasks", exact=True)
    expect(file).to_be_visible()
    seen.tab_to(file)
    with seen.page.expect_download() as started:
        keyboard.press("Enter")
    assert re.fullmatch(r"zero-trust-plan-\d{4}-\d\d-\d\d-tasks\.csv", started.value.suggested_filename)
    keyboard.press("Escape")
    seen.tab_to(seen.page.get_by_role("navigation").get_by_role("link", name="Budget", exact=True))
    keyboard.press("Enter")
    expect(seen.page.get_by_role("heading", name="After the finish")).to_be_visible()
    seen.settled()


@pytest.mark.extended  # where the keyboard is and where it leads, `test_first_screen` tries
def test_somebody_without_a_mouse_plans_saves_a_file_and_edits_tasks_and_prices(visit: Open) -> None:
    seen = visit().open()
    plan_by_keyboard(seen)
    keyboard = seen.open("roadmap?fold%3Atask_rows=true").page.keyboard
    before = seen.headline.inner_text()
    rows = seen.page.get_by_test_id("stDataFrame").locator("table")  # in the canvas: no role finds it
    effort = rows.locator(f'[aria-rowindex="{ROLLOUT + 1}"]').locator(f'[aria-colindex="{EFFORT + 1}"]')
    expect(effort).to_be_attached()
    typed = effort.inner_text()
    seen.page.get_by_test_id("data-grid-canvas").focus()
    for key in ("Control+Home", *["ArrowDown"] * (ROLLOUT - 1), *["ArrowRight"] * EFFORT, "Enter"):
        keyboard.press(key)
    seen.page.locator(".gdg-input").fill("many")
    keyboard.press("Tab")
    expect(seen.page.get_by_role("alert").filter(has_text="column Effort, days: 'many'")).to_be_in_viewport()
    name = effort.locator("xpath=../*[1]")
    expect(name).to_contain_text("\N{WARNING SIGN}")
    for key in ("ArrowLeft", "Enter"):
        keyboard.press(key)
    seen.page.locator(".gdg-input").fill("99.5")
    keyboard.press("Tab")
    expect(effort).to_have_text("99.5")
    expect(seen.headline).not_to_have_text(before)
    expect(name).not_to_contain_text("\N{WARNING SIGN}")
    expect(effort.locator("xpath=following-sibling::*[1]")).to_have_attribute("aria-selected", "true")
    undo = seen.settled().page.get_by_role("button", name="Undo")
    undo.focus()
    keyboard.press("Enter")
    expect(seen.headline).to_have_text(before)
    expect(effort).to_have_text(typed)
    refuse_a_price(seen)
    assert not seen.troubles


def press_a_point(seen: Visit) -> None:
    """Press a point of the picture of all draws, which sets budget and date."""
    budget = seen.page.get_by_role("textbox", name="At most for the introduction, EUR", exact=True)
    expect(budget).to_have_value("")
    point = seen.page.locator(".scatterlayer .trace path.point:nth-of-type(334)").first  # no other picture has as many
    point.scroll_into_view_if_needed()
    seen.settled()
    place = point.bounding_box()
    assert place is not None
    seen.page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(budget).to_have_value(re.compile(r"^[\d,]+\.\d\d$"))
    assert re.search(r"by=\d{4}-\d\d-\d\d&budget=[\d.]+", seen.page.url)


def ask_backwards(seen: Visit) -> None:
    """Try a way to a day and an amount and undo it; an answer is dropped where another plan or amount came."""
    seen.open("what_if?by=2027-08-31&first_year=180000")
    for people in (119, 120):  # an answer belongs to its session, which the first change begins
        seen.set("People, as a number", people)
        seen.says(f"Zero Trust for {people} people")
    before = seen.headline.inner_text()
    ask = seen.page.get_by_role("button", name="What must be true?")
    ways = seen.page.get_by_role("heading", name=re.compile("ways? to get there"))
    ask.click()
    expect(ways).to_be_visible()
    seen.page.get_by_role("table", name="What if").first.get_by_role("button", name="Try").first.click()
    seen.says("Variant B")
    expect(ways).to_have_count(0)  # it meets both already
    seen.page.get_by_role("button", name="Undo").click()
    expect(seen.headline).to_have_text(before)
    expect(ways).to_be_visible()
    seen.set("At most in the first year, EUR", "149,000")
    expect(ways).to_have_count(0)
    ask.click()
    seen.set("People, as a number", 137)
    seen.says("Zero Trust for 137 people")
    expect(ask).to_be_visible()  # the answer was for another plan
    seen.page.reload()
    expect(seen.settled().number("At most in the first year, EUR")).to_have_value("149,000")
    seen.set("At most in the first year, EUR", "")


def level_the_plan(seen: Visit) -> None:
    """Begin to reorder it, move a slider meanwhile, cancel, reorder it and apply what was found."""
    seen.page.get_by_text("Within my limits", exact=True).click()
    level = seen.page.get_by_role("button", name="Reorder the tasks")
    level.click()
    expect(seen.page.get_by_text("no order takes less than")).to_be_visible()
    seen.slider("People").press("ArrowRight")
    seen.says("Zero Trust for 138 people")
    expect(level).to_be_visible()  # the search was for another plan
    level.click()
    seen.page.get_by_role("button", name="Cancel").click()
    before = seen.headline.inner_text()
    level.click()
    expect(seen.page.get_by_text("Tasks that move").first).to_be_visible(timeout=60_000)
    seen.page.get_by_role("button", name="Apply").click()
    expect(seen.page.get_by_text("start on the days that were found for your limits")).to_be_visible()
    expect(seen.headline).not_to_have_text(before)


@pytest.mark.extended  # what the searches find and how they end, `tests/ui` tries
def test_a_plan_is_asked_about_backwards_and_levelled_while_the_page_goes_on(visit: Open) -> None:
    seen = visit().open("how_sure?fold%3Ajoint=true")
    press_a_point(seen)
    ask_backwards(seen)
    level_the_plan(seen)
    assert not seen.troubles


def saved(page: Page, label: str, folder: Path) -> Path:
    """Press a download and return the file."""
    with page.expect_download() as started:
        page.get_by_role("button", name=label).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def month_number(text: str) -> int:
    """Return a month as 202701, whether it is written 2027-01, 01.2027 or as its first day."""
    parts = re.findall(r"\d+", text)
    year = next(int(part) for part in parts if len(part) == 4)
    months = [int(part) for part in parts if len(part) < 3]
    return year * 100 + (months[-1] if text[:4] != str(year) else months[0])


def save_tables(seen: Visit, tmp_path: Path) -> None:
    """Save tables for German Excel: they add up to the headline."""
    seen.page.get_by_role("button", name="Files", exact=True).click()
    with seen.rerun():
        seen.page.get_by_text("Excel (German)", exact=True).click()
    expect(seen.page.get_by_role("radio", name="Excel (German)")).to_be_checked()
    lines = saved(seen.page, "Cost lines", tmp_path)
    german = pd.read_csv(lines, sep=";", decimal=",", encoding="utf-8-sig", dtype=str)
    cash = german[german["Ausgabe"] == "ja"]
    first_year = cash[cash["Monat"].map(month_number) < 2028_01]
    total = sum(Decimal(amount.replace(".", "").replace(",", ".")) for amount in first_year["Betrag"].dropna())
    expect(seen.page.get_by_text(f"As planned EUR\N{NO-BREAK SPACE}{round(total):,} ").first).to_be_attached()
    with zipfile.ZipFile(saved(seen.page, "All tables", tmp_path)) as opened:
        assert len(opened.namelist()) == 6
        assert opened.read(lines.name) == lines.read_bytes()
    seen.page.keyboard.press("Escape")


def bring_a_workbook_back(seen: Visit, tmp_path: Path) -> None:
    """Save a workbook, change it, and take the change over."""
    page = seen.follow("share").page
    page.get_by_text("Export the plan", exact=True).click()
    file = saved(page, "Workbook (Excel)", tmp_path)
    book = openpyxl.load_workbook(file)
    people = next(row[1] for row in book["Assumptions"].iter_rows() if row[3].value == "company.employees")
    people.value = 150
    book.save(file)
    seen.page.locator("input[type=file]").set_input_files(file)
    expect(seen.page.get_by_role("cell", name="150")).to_be_visible()
    seen.page.get_by_role("button", name="Apply the changes").click()
    seen.says("Zero Trust for 150 people")
    expect(seen.page.get_by_text("there is nothing left to import")).to_be_visible()


@pytest.mark.extended  # what is written and taken back, `tests/ui` tries, and another journey saves a file
def test_a_plan_leaves_in_files_and_comes_back_with_what_was_changed_in_one(visit: Open, tmp_path: Path) -> None:
    seen = visit().open()
    save_tables(seen, tmp_path)
    bring_a_workbook_back(seen, tmp_path)
    with seen.settled().page.expect_download() as download:
        seen.page.get_by_role("button", name="Download all").click()
    download.value.save_as(tmp_path / "plan.zip")
    with zipfile.ZipFile(tmp_path / "plan.zip") as archive:
        holds = ("workbook.xlsx", "board-paper.pdf", "page.html", "tasks.csv", "summary.json")
        assert all(any(name.endswith(f"-{end}") for name in archive.namelist()) for end in holds)
        assert archive.testzip() is None
    seen.page.get_by_role("button", name="Files", exact=True).click()
    scenario = saved(seen.page, "Save the scenario", tmp_path)
    other = visit().open()
    other.page.get_by_role("button", name="Files", exact=True).click()
    other.page.locator('input[type="file"]').set_input_files(scenario)
    expect(other.page.get_by_role("button", name=f"Remove {scenario.name}")).to_be_visible()
    other.page.get_by_role("button", name="Load", exact=True).click()
    other.says("Zero Trust for 150 people")
    assert not seen.troubles
