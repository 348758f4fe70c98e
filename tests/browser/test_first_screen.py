"""What a managing director sees and does first, in a real browser."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd
import pytest
from playwright.sync_api import expect

from tests.browser.site import HEADLINE, PAGES, Visit

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Open: TypeAlias = Callable[..., Visit]
FIGURES = ("First-year budget", "After that, a month", "Highest month", "Internal work", "NIS2 measures")


def test_the_answer_stands_on_the_first_screen(visit: Open) -> None:
    seen = visit().open()
    expect(seen.headline).to_have_text(HEADLINE)
    for figure in FIGURES:
        expect(seen.page.get_by_role("main").get_by_text(figure, exact=True)).to_be_visible()
    expect(seen.page.get_by_role("button", name="Why this number?")).to_have_count(5)
    expect(seen.chart).to_be_visible()
    alt = seen.chart.get_attribute("aria-label") or seen.chart.get_attribute("alt") or ""
    assert "The dearest month is March 2027" in alt
    boxes = [button.bounding_box() for button in seen.page.get_by_role("button", name="Why this number?").all()]
    assert max(box["y"] for box in boxes if box) - min(box["y"] for box in boxes if box) < 1, "not on one line"
    assert not seen.troubles


def test_no_request_leaves_the_host(visit: Open) -> None:
    seen = visit().open()
    for name in PAGES.values():
        seen.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
        seen.settled()
    elsewhere = [url for url in seen.requests if not url.startswith((seen.server.address, "data:", "blob:"))]
    assert len(seen.requests) > 10
    assert not elsewhere


def test_an_arrow_key_on_a_slider_moves_the_headline_and_how_sure_it_is(visit: Open) -> None:
    seen = visit().open()
    bands = seen.page.get_by_role("img", name=re.compile("80% sure"))
    expect(bands).to_have_count(3)
    expect(seen.page.get_by_text("Chance of meeting both 27 September 2027 and EUR 120,903")).to_be_visible()
    before, amount_before = bands.nth(1).get_attribute("aria-label"), seen.amount()
    seen.slider("People").press("ArrowRight")
    seen.says("Zero Trust for 121 people")
    expect(seen.number("People, as a number")).to_have_value("121")
    assert seen.amount() > amount_before
    expect(bands.nth(1)).not_to_have_attribute("aria-label", str(before))
    amount = f"{seen.amount():,}"
    expect(bands.nth(1)).to_have_attribute("aria-label", re.compile(f"First-year budget: EUR.{amount}"))
    seen.slider("People").press("ArrowLeft")
    expect(seen.headline).to_have_text(HEADLINE)


def test_a_held_arrow_key_ends_where_the_slider_stands(visit: Open) -> None:
    seen = visit().open()
    slider = seen.slider("People")
    slider.focus()
    for _ in range(15):
        seen.page.keyboard.press("ArrowRight")
    seen.says("Zero Trust for 135 people")
    seen.settled()
    expect(slider).to_have_value("135")
    expect(seen.number("People, as a number")).to_have_value("135")


def test_an_emptied_number_field_does_not_plan_for_the_least(visit: Open) -> None:
    seen = visit().open()
    seen.set("People, as a number", "")
    seen.set("Finish in months, as a number", 8)
    expect(seen.number("Finish in months, as a number")).to_have_value("8")
    expect(seen.slider("Finish in months")).to_have_value("8")
    seen.says("Zero Trust for 120 people")


def test_make_it_yours_asks_and_shows_the_plan(visit: Open) -> None:
    seen = visit().open()
    seen.page.get_by_role("button", name="Make it yours").click()
    dialog = seen.page.get_by_role("dialog")
    dialog.get_by_label("How many people?").fill("99999999")
    dialog.get_by_role("button", name="Show my plan").click()
    expect(dialog.get_by_role("alert")).to_contain_text("99,999,999 is not between 1 and 5,000")
    dialog.get_by_label("How many people?").fill("180")
    dialog.get_by_label("Done in how many months?").fill("10")
    dialog.get_by_label("Company name (optional)").fill("**Müller** <b>& Söhne</b>")
    dialog.get_by_role("button", name="Show my plan").click()
    seen.says("Zero Trust for 180 people")
    expect(dialog).to_be_hidden()
    expect(seen.page.get_by_role("main").get_by_text("**Müller** <b>& Söhne</b>", exact=True)).to_be_visible()
    expect(seen.slider("Finish in months")).to_have_value("10")
    expect(seen.page.get_by_text("This is an example")).to_have_count(0)
    expect(seen.page.get_by_text("Changes are shown against the baseline.")).to_have_count(0)


def test_a_figure_answers_why(visit: Open) -> None:
    seen = visit().open()
    expect(seen.chart).to_be_visible()  # the last thing that is drawn: nothing moves any more
    seen.page.get_by_role("button", name="Why this number?").first.click()
    dialog = seen.page.get_by_role("dialog")
    expect(dialog).to_contain_text("EUR 120,903.36")
    expect(dialog.get_by_role("table")).to_be_visible()
    dialog.get_by_role("button", name="First year: paid once").click()
    expect(dialog).to_contain_text("EUR 93,508.76")
    expect(dialog.get_by_role("heading", name="First year: paid once")).to_be_visible()
    seen.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_double_click_on_compare_is_harmless(visit: Open) -> None:
    seen = visit().open()
    seen.set("People, as a number", 200)
    seen.says("Zero Trust for 200 people")
    expect(seen.page.get_by_text("against the baseline").first).to_be_visible()
    seen.settled().page.get_by_role("button", name="Compare with this plan from now on").dblclick()
    expect(seen.page.get_by_text("against the baseline")).to_have_count(0)
    seen.settled().says("Zero Trust for 200 people")
    seen.set("People, as a number", 201)
    seen.says("Zero Trust for 201 people")
    expect(seen.page.get_by_text("against the baseline").first).to_be_visible()


def downloaded(page: Page, label: str, folder: Path) -> Path:
    """Press a download and return the file."""
    with page.expect_download() as started:
        page.get_by_role("button", name=label, exact=True).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def test_the_downloads_open_and_add_up_to_the_headline(visit: Open, tmp_path: Path) -> None:
    seen = visit().open()
    seen.page.get_by_role("button", name="Download", exact=True).click()
    seen.page.get_by_text("For German Excel", exact=True).click()
    expect(seen.page.get_by_role("radio", name="For German Excel")).to_be_checked()
    seen.settled()
    german = pd.read_csv(
        downloaded(seen.page, "cost_lines.csv", tmp_path), sep=";", decimal=",", encoding="utf-8-sig", dtype=str
    )
    cash = german[german["cash"].str.lower().isin({"true", "ja", "yes", "wahr", "1"})]
    first_year = cash[cash["month"].map(month_number) < 2028_01]
    total = sum(Decimal(amount.replace(".", "").replace(",", ".")) for amount in first_year["amount"].dropna())
    assert round(total) == seen.amount()
    bundle = downloaded(seen.page, "All three files", tmp_path)
    assert zipfile.is_zipfile(bundle)
    with zipfile.ZipFile(bundle) as opened:
        assert sorted(opened.namelist()) == ["budget_by_month.csv", "cost_lines.csv", "tasks.csv"]
        assert opened.read("cost_lines.csv") == (tmp_path / "cost_lines.csv").read_bytes()


def month_number(text: str) -> int:
    """Return a month as 202701, whether it is written 2027-01, 01.2027 or as its first day."""
    parts = re.findall(r"\d+", text)
    year = next(int(part) for part in parts if len(part) == 4)
    months = [int(part) for part in parts if len(part) < 3]
    return year * 100 + (months[-1] if text[:4] != str(year) else months[0])


def test_a_saved_scenario_loads_again(visit: Open, tmp_path: Path) -> None:
    seen = visit().open()
    seen.set("People, as a number", 90)
    seen.says("Zero Trust for 90 people")
    seen.page.get_by_role("button", name="Plan file").click()
    saved = downloaded(seen.page, "Save the scenario", tmp_path)
    other = visit().open()
    other.page.get_by_role("button", name="Plan file").click()
    other.page.locator('input[type="file"]').set_input_files(saved)
    expect(other.page.get_by_text(saved.name)).to_be_visible()
    other.page.get_by_role("button", name="Load", exact=True).click()
    other.says("Zero Trust for 90 people")
