"""What several people do from start to end, each in a real browser of their own; what a killed server does to them."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party, badge, expect_badge
from tests.browser.site import Server, Visit
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.session import Role
from zt_planner.workspace.keys import HOME_COOKIE

Open: TypeAlias = Callable[..., Visit]
Begin: TypeAlias = Callable[..., Party]


@pytest.fixture
def begin(visit: Open, price_book: PriceBook, phase_model: PhaseModel, today: date) -> Begin:
    """Return what begins a session, with its owner in a browser of their own."""
    return lambda *server: Party(visit(*server), price_book, phase_model, today)


def home_cookie(seen: Visit) -> str:
    """Return the key of the plan that is a browser's own, after a look at how it is kept."""
    cookie = next(cookie for cookie in seen.context.cookies() if cookie.get("name") == HOME_COOKIE)
    assert cookie.get("httpOnly")
    assert cookie.get("sameSite") == "Lax"
    return str(cookie.get("value"))


def share_a_plan(owner: Visit, guest: Visit) -> None:
    """Have each a plan of their own, make a link, and join by it."""
    expect(badge(owner)).to_be_hidden()
    owner.set("People, as a number", 150)
    owner.says("Zero Trust for 150 people")
    expect_badge(owner, "Live")
    guest.page.reload()
    guest.settled().says("Zero Trust for 120 people")  # a plan of their own
    assert home_cookie(owner) != home_cookie(guest)
    make = owner.follow("share").page.locator(".st-key-make-editor").get_by_role("button", name="Make the link")
    make.click()
    link = owner.page.locator("code").filter(has_text="/join/").first
    expect(link).to_be_visible()
    guest.page.goto(link.inner_text().strip())
    guest.page.get_by_role("button", name="Join the planning session").click()
    guest.settled().says("Zero Trust for 150 people")
    expect_badge(guest, "Live")


def change_both_at_once(owner: Visit, guest: Visit) -> None:
    """Change different fields at the same moment: both win."""
    owner.set("People, as a number", 170)
    guest.says("Zero Trust for 170 people")
    expect(guest.slider("People")).to_have_value("170")
    mine, theirs = owner.number("People, as a number"), guest.number("Finish in months, as a number")
    mine.fill("200")
    theirs.fill("7")
    mine.press("Enter", no_wait_after=True)
    theirs.press("Enter", no_wait_after=True)
    for seen in (owner, guest):
        seen.says("Zero Trust for 200 people")
        expect(seen.number("Finish in months, as a number")).to_have_value("7")


def write_notes_at_once(owner: Visit, guest: Visit) -> None:
    """Type into the notes at the same time: nothing is lost."""
    guest.settled().follow("share")
    for seen in (owner, guest):
        seen.page.get_by_test_id("stExpander").get_by_text("Notes", exact=True).click()
    mine, theirs = (seen.page.get_by_role("textbox", name="Notes on this session") for seen in (owner, guest))
    theirs.press_sequentially("Works council: by phone")
    mine.fill("Budget first")
    mine.press("Control+Enter")
    expect(guest.page.locator(".touched").filter(has_text="Notes")).to_be_visible()
    owner.set("People, as a number", 180)
    guest.says("Zero Trust for 180 people")  # so the guest's page was drawn anew while its notes were not sent yet
    expect(theirs).to_have_value("Works council: by phone")
    theirs.press_sequentially(", on Friday")
    theirs.press("Control+Enter")
    for field in (mine, theirs):
        expect(field).to_have_value("Budget first\nWorks council: by phone, on Friday")


@pytest.mark.extended  # two pages of one session `tests/ui` plays
def test_a_plan_is_shared_by_a_link_and_changed_in_both_browsers_at_once(visit: Open) -> None:
    owner, guest = visit().open(), visit().open()
    share_a_plan(owner, guest)
    change_both_at_once(owner, guest)
    write_notes_at_once(owner, guest)
    owner.settled().page.get_by_role("button", name="Renew").click()
    owner.page.get_by_role("dialog").get_by_role("button", name="Renew the link").click()
    expect(guest.page.get_by_text("Your seat in the planning session has ended")).to_be_visible()
    assert not owner.troubles
    assert not guest.troubles


@pytest.mark.extended  # who is led where, `tests/ui` tries, and another journey what crosses from browser to browser
def test_a_viewer_changes_nothing_and_follows_who_presents_until_it_ends(begin: Begin, visit: Open) -> None:
    party = begin()
    owner, viewer = party.owner, party.joins(visit(), Role.VIEWER)
    expect(viewer.slider("People")).to_be_disabled()
    present = owner.page.get_by_role("switch", name="Present")
    present.check(force=True)
    expect(owner.page.get_by_test_id("stSidebar")).to_be_hidden()
    assert owner.page.get_by_test_id("stMain").evaluate("main => main.getBoundingClientRect().left") == 0
    stop = viewer.page.get_by_role("button", name="Stop following")
    expect(stop).to_be_visible()
    owner.settled().follow("budget")
    expect(viewer.page.get_by_role("heading", name="After the finish")).to_be_visible()
    viewer.settled().follow("nis2")  # who follows may look aside
    expect(viewer.page.get_by_role("heading", name="What the insurer asks")).to_be_visible()
    owner.settled().follow("prices")
    expect(viewer.page.get_by_role("table", name="Prices of this plan")).to_be_visible()
    owner.settled()
    present.uncheck(force=True)
    expect(stop).to_have_count(0)
    expect(viewer.page.get_by_text("The presentation has ended.")).to_be_visible()
    expect(owner.page.get_by_test_id("stSidebar")).to_be_visible()
    assert not owner.troubles
    assert not viewer.troubles
    party.close()


@pytest.mark.extended
def test_a_killed_server_comes_back_and_the_first_key_press_overwrites_nothing_newer(
    begin: Begin, visit: Open, mortal: Server
) -> None:
    party = begin(mortal)
    guest = party.joins(visit(mortal), Role.EDITOR)
    both = (party.owner, guest)
    party.owner.set("People, as a number", 160)
    guest.says("Zero Trust for 160 people")
    acknowledged = party.state
    mortal.stop(signal.SIGKILL)
    for seen in both:
        expect_badge(seen, "Reconnecting…")
    assert (party.state.number, party.state.content) == (acknowledged.number, acknowledged.content)
    party.change({"company.employees": 170, "timeline.target_months": 7})
    mortal.start()
    for seen in both:
        seen.says("Zero Trust for 170 people")
        expect_badge(seen, "Live")
    guest.settled().slider("People").press("ArrowRight")
    for seen in both:
        seen.says("Zero Trust for 171 people")
        expect(seen.number("Finish in months, as a number")).to_have_value("7")
    assert party.state.scenario.company.employees == 171
    assert party.state.scenario.timeline.target_months == 7
    party.owner.open().says("Zero Trust for 171 people")
    assert not guest.troubles
    party.close()
