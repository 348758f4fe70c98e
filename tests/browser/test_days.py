"""Days in a real browser: pasted and typed into a table, typed and chosen beside it, whatever the browser speaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.site import Visit
from tests.words import ENGLISH
from zt_planner.language import Language, LanguageCode

BROWSERS = ("en-US", "en-GB", "de-DE", "fr-FR", "es-ES")
STARTED = 3
"""The place of the column in the table."""


def cell(seen: Visit, row: int) -> Locator:
    """Return the start of a task as a screen reader has it, the tasks counted from 1."""
    rows = seen.page.get_by_test_id("stDataFrame").locator("table")  # in the canvas: no role finds it
    return rows.locator(f'[aria-rowindex="{row + 1}"]').locator(f'[aria-colindex="{STARTED}"]')


def status_date(seen: Visit, language: Language) -> Locator:
    return seen.page.get_by_role("textbox", name=language.say("Status date"), exact=True)


def paste(seen: Visit, *texts: str) -> None:
    """Paste a column of texts from where the table is."""
    seen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.page.evaluate("(text) => navigator.clipboard.writeText(text)", "\n".join(texts))
    seen.page.keyboard.press("Control+v")


def assert_days_are_read(seen: Visit, code: LanguageCode) -> None:
    """Paste and type days in the page's form, in ISO, and what is no day."""
    language, page = Language(code), seen.page
    third, fourth, fifth = (language.typed_day(date(2027, 1, day)) for day in (4, 13, 5))
    seen.open(f"roadmap?language={code}&fold%3Astatus=true")
    status_date(seen, language).fill("2027-04-15")
    page.keyboard.press("Enter")
    expect(cell(seen, 1)).to_be_attached()
    seen.calm()
    page.get_by_test_id("data-grid-canvas").focus()
    for key in ("Control+Home", *["ArrowRight"] * (STARTED - 1)):
        page.keyboard.press(key)
    no_day = fourth.replace("13", "32", 1)
    paste(seen, third, fourth, "2027-01-13", no_day)
    refused = page.get_by_role("alert").filter(has_text=no_day)
    expect(refused).to_be_visible()
    expect(cell(seen, 4)).to_have_text(no_day)
    assert [cell(seen, row).inner_text() for row in (1, 2, 3)] == [third, fourth, "2027-01-13"]
    page.keyboard.press("Enter")
    page.locator(".gdg-input").fill("2027-01-05")
    page.keyboard.press("Enter")
    expect(cell(seen, 1)).to_have_text("2027-01-05")
    seen.calm().open(f"roadmap?language={code}&fold%3Astatus=true")
    expect(cell(seen, 4)).to_have_text("")
    assert sorted(cell(seen, row).inner_text() for row in (1, 2, 3)) == sorted([fifth, fourth, fourth])
    expect(status_date(seen, language)).to_have_value(language.typed_day(date(2027, 4, 15)))


@pytest.mark.extended
def test_german_days_are_pasted_in_an_american_browser(visit: Callable[..., Visit]) -> None:
    assert_days_are_read(visit(locale="en-US"), LanguageCode.GERMAN)


@pytest.mark.extended
@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("browser", BROWSERS)
def test_days_are_read_as_the_page_writes_them_whatever_the_browser_speaks(
    visit: Callable[..., Visit], browser: str, code: LanguageCode
) -> None:
    assert_days_are_read(visit(locale=browser), code)


@pytest.mark.extended
def test_a_pasted_column_of_american_days_is_not_half_read_as_european(visit: Callable[..., Visit]) -> None:
    seen = visit(locale="en-US").open("roadmap?language=en&fold%3Astatus=true")
    status_date(seen, ENGLISH).fill("2027-04-15")
    seen.page.keyboard.press("Enter")
    expect(cell(seen, 1)).to_be_attached()
    seen.calm()
    seen.page.get_by_test_id("data-grid-canvas").focus()
    for key in ("Control+Home", *["ArrowRight"] * (STARTED - 1)):
        seen.page.keyboard.press(key)
    paste(seen, "3/4/2027", "3/23/2027", "8 March 2027")
    for text in ("3/4/2027", "3/23/2027"):
        expect(seen.page.get_by_role("alert").filter(has_text=text)).to_be_visible()
    expect(cell(seen, 1)).to_have_text("3/4/2027")
    seen.calm().open("roadmap?language=en&fold%3Astatus=true")
    expect(cell(seen, 1)).to_have_text("08/03/2027")
    expect(cell(seen, 2)).to_have_text("")


@pytest.mark.extended
def test_a_status_date_is_set_by_enter_tab_a_choice_and_where_the_field_is_left(visit: Callable[..., Visit]) -> None:
    seen = visit().open("roadmap")
    page, field = seen.page, status_date(seen, ENGLISH)
    for typed, key, shown in (("15/04/2027", "Enter", "15/04/2027"), ("2027-04-16", "Tab", "16/04/2027")):
        field.fill("")
        field.press_sequentially(typed)
        field.press(key)
        expect(field).to_have_value(shown)
        seen.says(f"On {int(shown[:2])}\N{NO-BREAK SPACE}April\N{NO-BREAK SPACE}2027:")
    field.fill("17.4.27")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("'17.4.27' is not a date. Write a date as in 31/12/2027.")
    expect(field).to_have_value("17.4.27")
    field.fill("17/4/27")
    page.get_by_role("link", name="Budget", exact=True).first.click()
    expect(page).to_have_url(re.compile("/budget"))
    seen.says("On 17\N{NO-BREAK SPACE}April\N{NO-BREAK SPACE}2027:")
    seen.follow("roadmap")
    expect(field).to_have_value("17/04/2027")
    page.get_by_role("button", name="Status date: choose a day").click()
    for key in ("ArrowRight", "Enter"):  # in the browser's own calendar
        page.keyboard.press(key)
    expect(field).to_have_value("18/04/2027")
    seen.says("On 18\N{NO-BREAK SPACE}April\N{NO-BREAK SPACE}2027:")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(field).to_have_value("17/04/2027")
    field.fill("")
    field.press("Enter")
    seen.says("Zero Trust for 120 people")
    page.reload()
    seen.settled()
    expect(field).to_have_value("")
