"""Levelling beside the page in a real browser: how far it is, the slider that goes on moving, and the way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.site import Visit

pytestmark = pytest.mark.browser

Open: TypeAlias = Callable[..., "Visit"]


def test_the_dashboard_goes_on_while_a_plan_is_levelled_and_the_search_is_cancelled(visit: Open) -> None:
    seen = visit().open("limits")
    begin = seen.page.get_by_role("button", name="Level to my limits")
    begin.click()
    expect(seen.page.get_by_text("no order takes less than")).to_be_visible()
    seen.slider("People").press("ArrowRight")
    seen.says("Zero Trust for 121 people")
    expect(begin).to_be_visible()  # the search was for another plan
    begin.click()
    seen.page.get_by_role("button", name="Cancel").click()
    expect(begin).to_be_visible()
    assert not seen.troubles


def test_a_proposal_is_drawn_when_it_is_there_and_applied(visit: Open) -> None:
    seen = visit().open("limits")
    seen.page.get_by_role("button", name="Level to my limits").click()
    expect(seen.page.get_by_text("Tasks that move").first).to_be_visible(timeout=60_000)
    seen.page.get_by_role("button", name="Apply").click()
    expect(seen.page.get_by_text("This plan is levelled")).to_be_visible()
    expect(seen.headline).not_to_contain_text("27 September 2027")
    assert not seen.troubles
