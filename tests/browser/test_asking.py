"""Ask backwards in a browser: the dashboard stays usable, the answer comes by itself, and all of it is accessible."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_clean
from tests.browser.site import Visit

pytestmark = pytest.mark.browser

Open: TypeAlias = Callable[..., Visit]
# Each test asks something else: an answer that the server has given before is there at once.


def test_the_answer_comes_by_itself_and_a_way_is_applied_and_undone(visit: Open) -> None:
    seen = visit().open("limits?by=2027-07-30&first_year=125000")
    seen.page.get_by_role("button", name="What must be true?").click()
    apply = seen.page.get_by_role("button", name="Apply: More days a week")
    apply.click()
    seen.says("done by 21 July 2027")
    seen.page.get_by_role("button", name="Undo").click()
    seen.says("done by 27 September 2027")
    expect(apply).to_be_visible()


def test_a_control_works_while_ways_are_looked_for_and_no_answer_stands_beside_the_other_plan(visit: Open) -> None:
    seen = visit().open("limits?by=2027-07-23&first_year=124000")
    seen.page.get_by_role("button", name="What must be true?").click()
    seen.set("People, as a number", 137)
    seen.says("Zero Trust for 137 people")
    expect(seen.page.get_by_role("button", name="What must be true?")).to_be_visible()
    expect(seen.page.get_by_role("button", name="Apply: More days a week")).to_have_count(0)


def test_the_question_survives_that_the_page_is_loaded_anew_and_is_emptied(visit: Open) -> None:
    seen = visit().open("limits")
    seen.set("At most in the first year, EUR", "100,000")
    expect(seen.page.get_by_role("button", name="What must be true?")).to_be_visible()
    seen.page.reload()
    seen.settled()
    expect(seen.number("At most in the first year, EUR")).to_have_value("100,000")
    seen.set("At most in the first year, EUR", "")
    expect(seen.page.get_by_role("button", name="What must be true?")).to_have_count(0)


@pytest.mark.parametrize(("width", "amount"), [(1440, 110_000), (390, 110_001)])
def test_the_ways_side_by_side_are_accessible(visit: Open, width: int, amount: int) -> None:
    seen = visit(width=width).open(f"limits?by=2027-06-30&first_year={amount}")
    seen.page.get_by_role("button", name="What must be true?").click()
    expect(seen.page.get_by_role("button", name="Apply: A larger amount")).to_be_visible(timeout=60_000)
    assert_clean(seen)
