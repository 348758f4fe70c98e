"""Plans side by side in a real browser: every line is named at its end, every row by its letter, on a phone too."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_picture import COLOURS, DRAW, box
from tests.builders import scenario
from tests.unit.topics.compare.test_comparison import compared
from tests.words import ENGLISH
from zt_planner.domain.data.phase_model import Step
from zt_planner.engine.compare.comparison import Comparison
from zt_planner.media.web.picture import PLAIN_SCRIPT, STYLE, data_of
from zt_planner.topics.compare.picture import roadmaps_of, totals_of
from zt_planner.topics.picture.whole import Picture

pytestmark = pytest.mark.extended

WIDTHS = pytest.mark.parametrize("width", [1440, 390])
LATER = scenario(timeline__start="2027-03-01")


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Return four plans, two of which cost nearly the same, and one of which begins later."""
    return compared(scenario(choices__monitoring="mdr"), LATER, scenario(company__employees=121))


def drawn(chromium: Browser, kind: str, picture: Picture, width: int) -> Page:
    """Return a tab with a picture alone."""
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.set_content(
        f"<style>:root {{ {COLOURS} }} body {{ margin: 0 }} {STYLE}</style><figure class='picture {kind}'></figure>"
        f"<script>{PLAIN_SCRIPT}</script>"
    )
    page.evaluate(DRAW, json.loads(json.dumps(data_of(picture, ENGLISH))))
    return page


@WIDTHS
def test_each_line_is_named_and_no_name_covers_another(chromium: Browser, comparison: Comparison, width: int) -> None:
    page = drawn(chromium, "totals", totals_of(comparison), width)
    names = page.locator(".ends li")
    expect(names).to_have_count(4)
    spans = sorted((box(name)["y"], box(name)["y"] + box(name)["height"]) for name in names.all())
    assert all(end <= begin + 1 for (_, end), (begin, _) in pairwise(spans))
    assert all(box(name)["x"] + box(name)["width"] <= width for name in names.all())
    letters = page.locator(".lines .letter:visible").all_inner_texts()
    assert letters == (["A", "B", "C", "D"] if width < 600 else ["A", "B", "D"])
    dashes = page.locator(".lines path").evaluate_all("all => all.map(path => getComputedStyle(path).strokeDasharray)")
    assert len(set(dashes)) == 4
    page.close()


@WIDTHS
def test_rows_of_a_step_stand_below_its_name(chromium: Browser, comparison: Comparison, width: int) -> None:
    page = drawn(chromium, "roadmaps", roadmaps_of(comparison), width)
    rows = page.locator(".row")
    expect(rows).to_have_count(4 * len(Step))
    assert page.locator(".row.first").count() == len(Step)
    assert page.locator(".row .letter").all_inner_texts() == ["A", "B", "C", "D"] * len(Step)
    assert page.get_by_role("button").count() == 0
    for first, second in pairwise(rows.locator(".lane").all()):
        assert box(first)["y"] + box(first)["height"] <= box(second)["y"] + 1
        assert box(first)["x"] == box(second)["x"] > box(page.locator(".row .letter").first)["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
