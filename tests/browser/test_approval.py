"""A plan is approved where it is, first of all once it is shared, and its link opens it as it was."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_clean
from tests.browser.party import Party
from tests.browser.site import Visit
from zt_planner.domain.session import Role

pytestmark = pytest.mark.extended
PRIMARY = "rgb(26, 86, 176)"


def test_a_shared_plan_is_approved_and_stays_as_it_was_for_everyone(party: Party, guest: Visit) -> None:
    owner = party.owner
    share = owner.page.get_by_role("link", name="Share", exact=True)
    approve = owner.page.get_by_role("button", name="Approve", exact=True)
    expect(share).to_have_css("background-color", PRIMARY)
    expect(approve).not_to_have_css("background-color", PRIMARY)
    party.joins(guest, Role.VIEWER)
    owner.open()
    expect(approve).to_have_css("background-color", PRIMARY)
    expect(share).not_to_have_css("background-color", PRIMARY)
    expect(guest.page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    sentence = owner.headline.inner_text()
    budget, finish = re.search(r"EUR\s[\d,]+", sentence), re.search(r"done by (\d+\s\w+\s\d+)", sentence)
    assert budget is not None
    assert finish is not None
    approve.click()
    dialog = owner.page.get_by_role("dialog")
    expect(dialog).to_contain_text(budget[0])
    dialog.get_by_label("Approved by").fill("Anna")
    dialog.get_by_role("button", name="Approve").click()
    expect(dialog).to_have_count(0)
    for seen in (owner, guest):
        line = seen.page.get_by_text("Approved by Anna, ")
        expect(line).to_contain_text(budget[0])
        expect(line).to_contain_text(finish[1])
    expect(share).to_have_css("background-color", PRIMARY)
    as_approved(owner, guest, sentence)


def as_approved(owner: Visit, guest: Visit, sentence: str) -> None:
    """Change the plan, and look at what was approved, by its button and by its link."""
    owner.set("People, as a number", 300)
    guest.says("Zero Trust for 300 people")
    guest.page.get_by_role("button", name="Open the approved plan").click()
    expect(guest.headline).to_have_text(f"As approved \N{EN DASH} {sentence}")
    assert "variant=approved" in guest.page.url
    owner.open("?variant=approved")
    expect(owner.headline).to_have_text(f"As approved \N{EN DASH} {sentence}")
    expect(owner.slider("People")).to_be_disabled()
    assert_clean(owner.calm())
    owner.page.get_by_role("button", name="Back to the plan").click()
    owner.says("Zero Trust for 300 people")
