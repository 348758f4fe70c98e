"""A lobby: who comes by a link waits on a page that goes on by itself once the owner lets them in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.party import Party, expect_badge
from tests.browser.site import Visit
from zt_planner.domain.session import Role

pytestmark = pytest.mark.extended


def asks(guest: Visit, link: str, name: str) -> None:
    """Ask to join with a name."""
    guest.page.goto(link)
    guest.page.get_by_role("button", name="Join the planning session").click()
    field = guest.page.get_by_role("textbox", name="Your name")
    expect(field).to_be_visible()
    assert not violations(guest.page)
    field.fill(name)
    guest.page.get_by_role("button", name="Ask to join").click()
    expect(guest.page.get_by_role("heading", name="Waiting to be let in")).to_be_visible()


def test_a_guest_waits_until_the_owner_lets_them_in(party: Party, visit: Callable[..., Visit]) -> None:
    owner, guest = party.owner, visit()
    link = party.link(Role.EDITOR)
    owner.follow("share").page.get_by_text("Let people in one by one").click()
    owner.settled().open()
    asks(guest, link, "Eva")
    expect(owner.page.get_by_text("Eva asks to join as: Editor")).to_be_visible()
    owner.page.get_by_role("button", name="Let in").click()
    guest.says("Zero Trust for 150 people")
    guest.settled()
    expect_badge(guest, "Live")
    guest.set("People, as a number", 160)
    owner.says("Zero Trust for 160 people")


def test_a_guest_is_turned_away(party: Party, visit: Callable[..., Visit]) -> None:
    guest = visit()
    link = party.link(Role.VIEWER)
    party.workspace.people.set_rules(party.state, has_lobby=True)
    asks(guest, link, "Tom")
    party.owner.page.reload()
    party.owner.settled().page.get_by_role("button", name="Turn away").click()
    expect(guest.page.get_by_text("You were not let in")).to_be_visible()
    assert party.workspace.people.waiting(party.state) == ()
