"""For whom it works: keyboard only, a telephone, German, and whoever comes back later."""

from __future__ import annotations

import json
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.site import PAGES, TELEPHONE, Server, Visit
from zt_planner.domain.session import EventKind, Outcome
from zt_planner.store.changes import Entry
from zt_planner.store.sessions import SessionStore
from zt_planner.workspace.keys import HOME_COOKIE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

Open: TypeAlias = Callable[..., Visit]
MOST_TABS = 80
SIDEBAR_TEXTS = (
    "Your company",
    "People",
    "What do they have today?",
    "Nothing yet",
    "Timeline",
    "What is given?",
    "Finish",
    "Team",
    "Licence,",
    "None",
    "Hardware",
    "Consultant",
    "Contingency",
    "More about",
    "Choices",
    "Calendar",
    "Rates",
)
"""What the sidebar says in English, and must not say in German."""


def tab_to(page: Page, goal: Locator) -> None:
    """Press Tab until something has the focus."""
    for _ in range(MOST_TABS):
        if goal.evaluate("element => element === document.activeElement || element.contains(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{MOST_TABS} presses of Tab do not reach {goal}")


def test_everything_on_the_first_screen_works_by_keyboard(visit: Open) -> None:
    seen = visit().open()
    keyboard = seen.page.keyboard
    tab_to(seen.page, seen.slider("People"))
    keyboard.press("ArrowRight")
    seen.says("Zero Trust for 121 people")
    tab_to(seen.page, seen.number("People, as a number"))
    keyboard.press("ControlOrMeta+a")
    keyboard.type("1,200")
    keyboard.press("Enter")
    seen.says("Zero Trust for 1,200 people")
    seen.settled()
    download = seen.page.get_by_role("button", name="Download", exact=True)
    tab_to(seen.page, download)
    keyboard.press("Enter")
    file = seen.page.get_by_role("button", name="tasks.csv")
    expect(file).to_be_visible()
    tab_to(seen.page, file)
    with seen.page.expect_download() as started:
        keyboard.press("Enter")
    assert started.value.suggested_filename == "tasks.csv"
    keyboard.press("Escape")


def test_the_navigation_works_by_keyboard(visit: Open) -> None:
    seen = visit().open()
    link = seen.page.get_by_role("navigation").get_by_role("link", name="Budget", exact=True)
    tab_to(seen.page, link)
    seen.page.keyboard.press("Enter")
    expect(seen.page.get_by_role("heading", name="The money as a table")).to_be_visible()
    assert seen.page.url.startswith(f"{seen.server.address}/budget")


def test_what_is_unfolded_stays_open_on_the_page_that_a_figure_links_to(visit: Open) -> None:
    seen = visit().open()
    seen.page.get_by_text("Rates and limits").click()
    horizon = seen.page.get_by_label("Horizon in months")
    expect(horizon).to_be_visible()
    seen.page.get_by_role("button", name="Why this number?").last.click()
    seen.page.get_by_role("dialog").get_by_role("link", name="More on the page NIS2").click()
    expect(seen.page.get_by_role("heading", name="The measures as a table")).to_be_visible()
    expect(horizon).to_be_visible()


def test_a_refresh_keeps_the_plan(visit: Open) -> None:
    seen = visit().open()
    seen.set("People, as a number", 200)
    seen.says("Zero Trust for 200 people")
    seen.page.reload()
    seen.settled().says("Zero Trust for 200 people")
    expect(seen.slider("People")).to_have_value("200")


def test_another_browser_has_its_own_plan(visit: Open) -> None:
    mine, theirs = visit().open(), visit().open()
    mine.set("People, as a number", 200)
    mine.says("Zero Trust for 200 people")
    theirs.page.reload()
    theirs.settled().says("Zero Trust for 120 people")
    cookies = [
        next(cookie for cookie in seen.context.cookies() if cookie["name"] == HOME_COOKIE) for seen in (mine, theirs)
    ]
    assert cookies[0]["value"] != cookies[1]["value"]
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies)


def test_two_tabs_do_not_lose_each_others_changes(visit: Open) -> None:
    seen = visit().open()
    other = seen.tab()
    seen.open(page=other)
    seen.set("People, as a number", 200)
    seen.says("Zero Trust for 200 people")
    seen.set("Finish in months, as a number", 7, page=other)
    expect(other.get_by_role("heading", level=1)).to_contain_text("Zero Trust for 200 people")
    expect(seen.number("Finish in months, as a number", other)).to_have_value("7")
    seen.set("Contingency, in percent", 30)
    expect(seen.number("Finish in months, as a number")).to_have_value("7")
    expect(seen.slider("Contingency")).to_have_value("30")
    seen.says("Zero Trust for 200 people")


def finish_earlier(server: Server) -> None:
    """Save a shorter plan in the session of a store that was changed last, as another process would."""
    store = SessionStore.in_file(server.store)
    with closing(sqlite3.connect(server.store)) as database:
        latest_first = "SELECT session, participant FROM revisions ORDER BY rowid DESC"
        session, owner = database.execute(latest_first).fetchone()
    latest = store.latest(session)
    assert latest is not None
    state = json.loads(latest.content)
    state["scenario"]["timeline"]["target_months"] = 7
    entry = Entry(json.dumps(state), EventKind.CHANGE, (), Outcome(), Outcome())
    store.append(owner, entry, based_on=latest.number, now=datetime.now(UTC))
    store.close()


def test_a_killed_server_comes_back_with_the_plan(visit: Open, mortal: Server) -> None:
    seen = visit(mortal).open()
    seen.set("People, as a number", 200)
    seen.says("Zero Trust for 200 people")
    mortal.stop(signal.SIGKILL)
    mortal.start()
    seen.open().says("Zero Trust for 200 people")
    expect(seen.slider("People")).to_have_value("200")


def test_a_key_press_after_a_restart_overwrites_nothing_newer(visit: Open, mortal: Server) -> None:
    seen = visit(mortal).open()
    seen.set("People, as a number", 200)
    seen.says("Zero Trust for 200 people")
    mortal.stop(signal.SIGKILL)
    finish_earlier(mortal)
    mortal.start()
    expect(seen.page.locator('[data-test-connection-state="CONNECTED"]')).to_be_visible()
    seen.slider("People").press("ArrowRight")
    expect(seen.number("Finish in months, as a number")).to_have_value("7")
    seen.calm().slider("Contingency").press("ArrowRight")
    expect(seen.number("Contingency, in percent")).to_have_value("20")
    expect(seen.number("Finish in months, as a number")).to_have_value("7")


def test_a_telephone_shows_everything_without_scrolling_sideways_and_closes_the_menu(visit: Open) -> None:
    seen = visit(**TELEPHONE)
    seen.open()
    for path in PAGES:
        if path:
            seen.page.get_by_test_id("stExpandSidebarButton").click()
            seen.follow(path)
            expect(seen.number("People, as a number")).not_to_be_in_viewport()
        assert seen.overhang() == [0, 0], path


def test_a_telephone_opens_the_sidebar(visit: Open) -> None:
    seen = visit(**TELEPHONE).open()
    expect(seen.number("People, as a number")).not_to_be_in_viewport()
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    expect(seen.number("People, as a number")).to_be_in_viewport()
    seen.set("People, as a number", 130)
    seen.says("Zero Trust for 130 people")


def assert_german(seen: Visit) -> None:
    """Assert that headline and sidebar speak German, and nothing of the sidebar English."""
    expect(seen.page.locator("html")).to_have_attribute("lang", "de")
    seen.settled().says("Zero Trust für 120 Personen: 120.903\N{NO-BREAK SPACE}EUR im ersten Jahr")
    sidebar = seen.page.get_by_role("region", name="Sidebar")
    expect(sidebar).to_contain_text("Ihr Unternehmen")
    text = sidebar.inner_text()
    labels = sidebar.locator("[aria-label]").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    expect(sidebar.get_by_role("combobox", name="Was ist heute vorhanden?")).to_have_value("Noch nichts")
    for english in SIDEBAR_TEXTS:
        assert english not in text.splitlines(), english
        assert not any(label.startswith(english) for label in labels), (english, labels)


def test_german_by_the_browsers_language(visit: Open) -> None:
    assert_german(visit(locale="de-AT").open())


def test_a_german_reader_types_an_amount_in_german_and_reads_what_is_refused(visit: Open) -> None:
    seen = visit(locale="de-DE").open()
    name = "Berater, EUR je Tag, als Zahl"
    seen.set(name, "1250,50")
    expect(seen.number(name)).to_have_value("1.250,50")
    expect(seen.slider("Berater, EUR je Tag")).to_have_attribute("aria-valuetext", "1.250,5")
    seen.set(name, "1250.50")
    alert = seen.page.get_by_role("alert").filter(has_text="Berater, EUR je Tag: „1250.50“")
    expect(alert).to_contain_text("Bis dahin gilt 1.250,50.")
    expect(seen.number(name)).to_have_value("1250.50")
    seen.set(name, "99.999.999.999.999")
    expect(alert).to_have_count(0)
    expect(seen.page.get_by_role("alert").filter(has_text="liegt nicht zwischen")).to_be_visible()


def test_lists_beside_a_table_speak_another_language_too(visit: Open) -> None:
    seen = visit().open("budget")
    month = seen.page.get_by_role("combobox", name="Month", exact=True)
    month.fill("March 2027")
    month.press("Enter")
    seen.settled()
    expect(month).to_have_value("March 2027")
    seen.page.get_by_text("Deutsch", exact=True).click()
    expect(seen.page.get_by_role("combobox", name="Monat", exact=True)).to_have_value("Januar 2027")
    expect(seen.page.get_by_role("combobox", name="Spalte", exact=True)).to_have_value("Gesamt")
    seen.settled().page.locator(".st-key-why-months").get_by_role("button").click()
    expect(seen.page.get_by_role("dialog")).to_contain_text("Januar 2027")


def test_german_by_the_switch_and_still_after_a_refresh(visit: Open) -> None:
    seen = visit().open()
    seen.page.get_by_text("Deutsch", exact=True).click()
    seen.says("Zero Trust für")
    assert_german(seen)
    seen.page.reload()
    assert_german(seen)
    seen.page.get_by_text("English", exact=True).click()
    seen.settled().says("Zero Trust for 120 people")
    expect(seen.page.get_by_role("combobox", name="What do they have today?")).to_have_value("Nothing yet")
    expect(seen.page.get_by_text("is not a licence")).to_have_count(0)
    assert seen.page.get_by_role("button", name="Undo").is_disabled()
