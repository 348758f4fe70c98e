"""The Uncertainty page in a real browser: a point that is pressed is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_clean
from tests.browser.site import Visit

pytestmark = pytest.mark.browser

Open: TypeAlias = Callable[..., Visit]


def test_a_point_that_is_pressed_sets_budget_and_date_and_the_ranges_are_accessible(visit: Open) -> None:
    seen = visit().open("uncertainty")
    budget = seen.page.get_by_role("textbox", name="At most in the first year, EUR", exact=True)
    expect(budget).to_have_value("")
    point = seen.page.locator(".scatterlayer .trace").first.locator("path.point").nth(333)
    point.scroll_into_view_if_needed()
    seen.settled()
    place = point.bounding_box()
    assert place is not None
    seen.page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(budget).to_have_value(re.compile(r"^[\d,]+\.\d\d$"))
    assert re.search(r"by=\d{4}-\d\d-\d\d&first_year=[\d.]+", seen.page.url)
    seen.page.get_by_text("Ranges of efforts, waits and prices", exact=True).click()
    expect(seen.page.get_by_test_id("stDataFrame")).to_be_visible()
    assert_clean(seen)
