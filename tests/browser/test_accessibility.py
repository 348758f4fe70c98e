"""axe-core finds nothing, on every page, in light and dark, with everything opened that can be opened.

All of it is `extended`: the first visitor's journey has axe on each page, as it is and in light.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_clean, violations
from tests.browser.site import PAGES, TELEPHONE, THEMES, Visit
from zt_planner.language import Language, LanguageCode
from zt_planner.ui.app.dashboard import HIDDEN
from zt_planner.workspace.keys import new_key

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]
FOLDS = ("More about the company", "More choices", "Calendar and teams", "Rates and limits")
WHY = "Why this number?"
SLIDER_NAMES = {
    LanguageCode.ENGLISH: "People, as a number",
    LanguageCode.GERMAN: "Personen, als Zahl",
}
TABLES = ("The money by month", "The tasks")


# Both themes are looked at in one visit: what is open stays open when the theme changes.


@pytest.mark.parametrize("path", PAGES)
def test_the_address_of_a_page_opens_it_within_the_policy_and_it_is_accessible(visit: Open, path: str) -> None:
    seen = visit().open(path)
    seen.says("Zero Trust for 120 people")
    link = seen.page.get_by_role("link", name=PAGES[path], exact=True).first
    expect(link).to_be_visible()
    if path not in HIDDEN:
        expect(link).to_have_attribute("aria-current", "page")
    expect(seen.page.locator("html")).to_have_attribute("lang", "en")
    assert_clean(seen.calm())
    assert not seen.violations


@pytest.mark.parametrize("code", [code for code in LanguageCode if code is not LanguageCode.ENGLISH])  # which is above
def test_each_page_is_accessible_in_each_other_language_and_says_which_it_is(visit: Open, code: LanguageCode) -> None:
    seen = visit()
    for path in seen.each_page(code):
        assert violations(seen.calm().page) == [], path
    assert not seen.troubles


@pytest.mark.parametrize("code", [LanguageCode.ENGLISH, LanguageCode.GERMAN])
def test_each_slider_has_one_name(visit: Open, code: LanguageCode) -> None:
    seen = visit().open(f"?language={code}&fold%3Amore=true").calm()
    seen.set(SLIDER_NAMES[code], 150)
    names = re.findall(r'slider "([^"]+)"', seen.calm().page.locator("body").aria_snapshot())
    assert SLIDER_NAMES[code].split(",")[0] in names
    assert len(names) >= len(set(names)) >= 6
    for name in names:
        expect(seen.page.get_by_role("slider", name=name, exact=True).first).to_have_attribute("aria-label", name)
        expect(seen.page.get_by_role("group", name=name, exact=True)).to_have_count(0)


@pytest.mark.parametrize("code", LanguageCode)
def test_a_browser_is_answered_in_its_language(visit: Open, code: LanguageCode) -> None:
    seen = visit(locale=Language(code).locale.babel.replace("_", "-")).open()
    expect(seen.page.locator("html")).to_have_attribute("lang", code)
    expect(seen.page.locator(".st-key-language").get_by_role("combobox")).to_have_value(code.upper())


def test_the_opened_sidebar_is_accessible(visit: Open) -> None:
    seen = visit().open("prices")
    sidebar = seen.page.get_by_role("region", name="Sidebar")
    seen.pick("Monitoring", "Both")
    with seen.rerun():
        sidebar.get_by_text("More", exact=True).click()
    seen.calm()
    for fold in reversed(FOLDS):  # from below, so that what is unfolded moves nothing that is still to be pressed
        sidebar.get_by_role("group").get_by_text(fold, exact=True).click()
    expect(seen.number("Sites")).to_be_visible()
    expect(seen.page.get_by_role("combobox", name="Remote access")).to_be_visible()
    expect(seen.number("Your team, most days a week")).to_be_visible()
    expect(seen.number("Months that count")).to_be_visible()
    sidebar.get_by_role("radio", name="Team size").check(force=True)
    expect(seen.number("Your team, days a week, as a number")).to_be_visible()  # the page has been drawn with the team
    expect(seen.number("MDR, EUR per endpoint and month, as a number")).to_be_visible()
    seen.settled().set("Licence, EUR per user and month, as a number", 15)
    expect(seen.page.get_by_role("button", name="Own price: back to price book").first).to_be_visible()
    seen.settled().set("Sites", "many")
    expect(seen.page.get_by_role("alert").filter(has_text="Sites: 'many' is not a whole number")).to_be_visible()
    expect(seen.number("Sites")).to_have_attribute("aria-invalid", "true")
    expect(seen.number("Sites")).to_have_accessible_description(re.compile("'many' is not a whole number"))
    expect(seen.page.locator("[aria-invalid]")).to_have_count(1)
    assert_clean(seen)
    seen.set("Sites", 2)
    expect(seen.page.locator("[aria-invalid]")).to_have_count(0)


def test_tables_and_changes_on_the_first_screen_are_accessible(visit: Open) -> None:
    seen = visit().open()
    for title in TABLES:
        seen.calm().page.get_by_role("button", name="As a table").click()
        seen.page.get_by_role("menuitem", name=title).click()
        expect(seen.page.get_by_role("heading", name=title)).to_be_visible()
        expect(seen.page.get_by_role("table")).to_have_count(1)
        assert_clean(seen)
        seen.page.get_by_role("button", name="As a picture").click()
        expect(seen.chart).to_be_visible()
    seen.page.get_by_role("button", name="1 Identities").click()
    seen.set("People, as a number", 350)
    seen.says("Zero Trust for 350 people")
    expect(seen.page.get_by_text("People 120 \N{RIGHTWARDS ARROW} 350: +EUR")).to_be_visible()
    assert_clean(seen)


def test_the_record_of_a_changed_plan_is_accessible(visit: Open) -> None:
    seen = visit().open()
    seen.set("People, as a number", 350)
    seen.says("Zero Trust for 350 people")
    seen.settled().page.get_by_role("link", name="How it adds up").click()
    expect(seen.page).to_have_url(re.compile("record"))
    seen.calm().page.get_by_text("All decisions").click()
    expect(seen.page.get_by_role("table")).to_contain_text("350")
    expect(seen.page.get_by_role("button", name="Undo")).to_be_enabled()
    assert_clean(seen)


@pytest.mark.parametrize(
    ("path", "buttons"),
    [
        ("", ("Why this number?", "Make it yours")),
        ("budget", ("Why this number?",)),
        ("roadmap", ("Why this finish?",)),
    ],
)
def test_a_dialog_is_accessible(visit: Open, path: str, buttons: tuple[str, ...]) -> None:
    seen = visit().open(path)
    for button in buttons:
        seen.page.get_by_role("button", name=button).first.click()
        expect(seen.page.get_by_role("dialog")).to_be_visible()
        assert_clean(seen)
        seen.page.keyboard.press("Escape")
        expect(seen.page.get_by_role("dialog")).to_have_count(0)


def test_what_a_primary_button_says_has_the_colour_of_the_ground(visit: Open) -> None:
    """Axe finds that readable on the link that shares; what a button says, it passes over."""
    seen = visit().open()
    seen.page.get_by_role("button", name="Make it yours").click()
    said, ground = seen.page.get_by_text("Show my plan"), seen.page.get_by_test_id("stApp")
    for theme in THEMES:
        seen.in_theme(theme)
        expect(ground).to_have_css("color-scheme", theme)
        expect(said).to_have_css("color", ground.evaluate("element => getComputedStyle(element).backgroundColor"))


def test_the_menu_of_files_is_accessible(visit: Open) -> None:
    seen = visit().open("nis2")
    seen.page.get_by_role("button", name="Files", exact=True).click()
    expect(seen.page.get_by_role("button", name="All tables")).to_be_visible()
    assert_clean(seen)
    seen.page.keyboard.press("Escape")
    expect(seen.page.get_by_role("button", name="All tables")).to_have_count(0)


def test_a_link_that_opens_nothing_says_so_on_a_page_that_leads_on(visit: Open) -> None:
    seen = visit(locale="de-DE")
    seen.page.goto(f"{seen.server.address}/join/nothing")
    expect(seen.page.get_by_role("heading", level=1)).to_have_text("Dieser Link öffnet keine Sitzung")
    expect(seen.page.get_by_role("heading", level=2).first).to_have_text("This link does not open a session")
    for theme in THEMES:
        assert violations(seen.in_theme(theme).page) == [], theme
    seen.page.get_by_role("link", name="Meinen eigenen Plan öffnen").click()
    seen.settled().says("Zero Trust für 120 Personen")


def test_an_invitation_says_so_in_every_language_on_a_page_that_fits_a_telephone(visit: Open) -> None:
    seen = visit(**TELEPHONE, locale="de-DE")
    seen.page.goto(f"{seen.server.address}/join/{new_key()}")
    expect(seen.page.get_by_role("heading", level=1)).to_have_text("Sie sind zu einer Planungssitzung eingeladen")
    expect(seen.page.get_by_role("heading", level=2).first).to_have_text("You are invited to a planning session")
    for theme in THEMES:
        assert violations(seen.in_theme(theme).page) == [], theme
    assert seen.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    seen.page.get_by_role("button", name="An der Planungssitzung teilnehmen").press("Enter")
    expect(seen.page.get_by_role("heading", level=1)).to_have_text("Dieser Link öffnet keine Sitzung")


def test_a_telephone_is_accessible(visit: Open) -> None:
    seen = visit(**TELEPHONE).open()
    assert_clean(seen)
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    expect(seen.number("People, as a number")).to_be_in_viewport()
    assert_clean(seen)


@pytest.mark.parametrize(("width", "amount"), [(1440, 110_000), (390, 110_001)])  # an answer is kept
def test_the_ways_side_by_side_are_accessible(visit: Open, width: int, amount: int) -> None:
    seen = visit(width=width).open(f"what_if?by=2027-06-30&first_year={amount}")
    seen.page.get_by_role("button", name="What must be true?").click()
    expect(seen.page.get_by_role("table").nth(1)).to_be_visible(timeout=60_000)  # the ways, and what can be left out
    assert_clean(seen)


def test_the_tables_of_ranges_and_of_tasks_with_one_of_one_s_own_are_accessible(visit: Open) -> None:
    seen = visit().open("how_sure?fold%3Aranges=true")
    expect(seen.page.get_by_test_id("stDataFrame")).to_be_visible()
    assert_clean(seen)
    page = seen.open("roadmap?fold%3Atask_rows=true&fold%3Aown_task=true&fold%3Atasks=true").page
    page.get_by_role("textbox", name="Name", exact=True).fill("Audit & <b>report</b>")
    page.get_by_role("textbox", name="Effort, days").fill("4.5")
    page.get_by_role("button", name="Add to the plan").click()
    expect(page.get_by_role("table").get_by_text("Audit & <b>report</b>")).to_be_visible()
    expect(page.get_by_text("own task", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="Which task?")).to_be_visible()
    assert_clean(seen)
