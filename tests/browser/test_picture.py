"""The picture in a real browser: steps open in place, months stay in sight, names stand above bars on a telephone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.browser.site import TELEPHONE, Visit
from tests.papers import situation
from tests.words import ENGLISH, Told, told
from zt_planner.domain.data.phase_model import Step
from zt_planner.media.web.picture import PLAIN_SCRIPT, STYLE, data_of
from zt_planner.topics.picture.whole import Picture, picture_of, roadmap_of

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]
DESK, PHONE = (1440, 900), (390, 844)
COLOURS = "--st-background-color: #fff; --st-text-color: #0b1524; --st-primary-color: #1a56b0"
PLACE = "<figure class='picture whole'></figure>"
PAGE = f"<style>:root {{ {COLOURS} }} {STYLE}</style>{PLACE}<script>{PLAIN_SCRIPT}</script>"
DRAW = "data => picture({ data, parentElement: document.body, setTriggerValue: (_, step) => window.told = step })"

LINES = ".marks > div, .starts > i, .off > i, .amounts > span, .cap, .ghost, .zero"
CROSSED = """
(lines) => [...document.querySelectorAll(".total, .dates .words, .marks .words")].filter((text) => {
  const { left, top, width, height } = text.getBoundingClientRect();
  const places = (size) => Array.from({ length: Math.max(size - 1, 0) }, (_, at) => at + 1);
  return places(width).some((x) => places(height).some((y) => {
    const part = document.elementFromPoint(left + x, top + y);
    return !text.contains(part) && part?.matches(lines);
  }));
}).map((text) => text.textContent)
"""
"""The texts upon which a line lies."""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Return a tab with nothing but the picture's place."""
    context = chromium.new_context(viewport={"width": DESK[0], "height": DESK[1]}, reduced_motion="reduce")
    page = context.new_page()
    page.set_content(PAGE)
    yield page
    context.close()


def draw(page: Page, picture: Picture, **more: object) -> None:
    page.evaluate(DRAW, json.loads(json.dumps({**data_of(picture, ENGLISH), **more})))


def default(*opened: Step) -> Picture:
    return picture_of(situation("default").plan, opened=opened)


def box(part: Locator) -> FloatRect:
    found = part.bounding_box()
    assert found is not None
    return found


def capped() -> Picture:
    """Return the picture of a plan whose cap is as high as the total that stands above a month."""
    plan = situation("default").plan
    finance = plan.scenario.finance.model_copy(update={"monthly_cap": Decimal(16_000)})
    return picture_of(
        replace(plan, case=replace(plan.case, scenario=plan.scenario.model_copy(update={"finance": finance})))
    )


def step(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def test_a_step_opens_by_press_and_by_keyboard_and_the_address_keeps_it(visit: Open) -> None:
    seen = visit().open()
    tasks, identities = seen.page.locator(".picture .task"), step(seen.page, "1 Identities")
    expect(tasks).to_have_count(0)
    identities.click()
    expect(tasks.first).to_be_visible()
    expect(identities).to_have_attribute("aria-expanded", "true")
    expect(seen.page).to_have_url(f"{seen.server.address}/?open=1")
    few = tasks.count()
    seen.page.keyboard.press("Tab")
    expect(step(seen.page, "2 Least privilege")).to_be_focused()
    seen.page.keyboard.press("Enter")
    expect(tasks).not_to_have_count(few)
    expect(seen.page).to_have_url(f"{seen.server.address}/?open=1&open=2")
    many = tasks.count()
    seen.settled().page.reload()
    expect(tasks).to_have_count(many)
    step(seen.page, "1 Identities").click()
    expect(seen.page).to_have_url(f"{seen.server.address}/?open=2")
    expect(tasks).to_have_count(many - few)


@pytest.mark.parametrize("settings", [{}, TELEPHONE], ids=["desk", "telephone"])
def test_months_stay_in_sight_on_a_roadmap_that_is_scrolled(visit: Open, settings: dict[str, Any]) -> None:
    seen = visit(**settings).open("roadmap")
    months, header = seen.page.locator(".picture .months"), seen.page.get_by_test_id("stHeader")
    last = seen.page.locator(".picture .row").last
    last.scroll_into_view_if_needed()
    seen.page.locator("[data-testid='stMain']").evaluate("main => main.scrollBy(0, 150)")
    below = box(header)["y"] + box(header)["height"]
    assert box(seen.page.locator(".picture .row").first)["y"] < below
    assert box(months)["y"] == pytest.approx(below, abs=1)


@pytest.mark.parametrize(("size", "height"), [(DESK, 441), ((1280, 720), 353)])
def test_six_rows_and_the_money_take_half_a_screen(page: Page, size: tuple[int, int], height: int) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    empty = box(page.locator(".picture"))["height"]
    draw(page, default())
    assert box(page.locator(".picture"))["height"] == pytest.approx(height, abs=3)
    assert empty == pytest.approx(height, abs=3)


def test_a_name_stands_before_its_bar_on_a_desk_and_above_it_on_a_telephone(page: Page) -> None:
    draw(page, default())
    row = page.locator(".row").nth(3)
    name, bar = row.locator(".name .words"), row.locator(".bar").first  # the button itself is as high as its row
    assert box(name)["x"] + box(name)["width"] <= box(bar)["x"]
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert box(name)["y"] + box(name)["height"] <= box(bar)["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    totals = [box(total) for total in page.locator(".total").all()]
    assert all(one["x"] + one["width"] <= other["x"] + 1 for one, other in pairwise(totals))


@pytest.mark.parametrize("width", [DESK[0], PHONE[0]])
def test_no_line_crosses_a_text(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 2600})
    page.add_style_tag(content="* { pointer-events: auto !important }")
    for picture in (capped(), picture_of(situation("under way").plan, opened=tuple(Step))):
        draw(page, picture)
        assert page.evaluate(CROSSED, LINES) == []
    for text in (".total", ".dates .words", ".marks .words"):
        expect(page.locator(text).first).to_have_css("background-color", "rgb(255, 255, 255)")


def test_the_cap_is_named_above_the_kinds_of_cost(page: Page) -> None:
    draw(page, capped())
    expect(page.locator(".kinds li").first).to_have_text("Monthly capEUR\N{NO-BREAK SPACE}16,000")
    expect(page.locator(".kinds .limit")).to_have_css("border-top-style", "dashed")
    draw(page, default())
    expect(page.locator(".kinds .limit")).to_have_count(0)


def test_what_stands_is_moved_and_not_made_anew(page: Page) -> None:
    draw(page, default())
    page.evaluate("() => [...document.querySelectorAll('.bar, .row, .stacks > div')].forEach(it => it.kept = true)")
    step(page, "1 Identities").focus()
    draw(page, default(Step.IDENTITIES))
    assert page.evaluate("() => [...document.querySelectorAll('.step, .stacks > div')].every(it => it.kept)")
    expect(page.locator(".task").first).to_be_visible()
    expect(step(page, "1 Identities")).to_be_focused()
    draw(page, default())
    expect(step(page, "1 Identities")).to_be_focused()


def test_a_press_tells_the_page_or_opens_the_step_at_once(page: Page) -> None:
    draw(page, default(), tells=True)
    step(page, "4 Devices").click()
    assert page.evaluate("window.told") == Step.DEVICES
    expect(page.locator(".task")).to_have_count(0)
    draw(page, default(*Step))
    expect(page.locator(".task")).to_have_count(len(situation("default").plan.tasks))
    step(page, "4 Devices").click()
    devices = [task for task in situation("default").plan.tasks if task.task.step is Step.DEVICES]
    expect(page.locator(".task")).to_have_count(len(situation("default").plan.tasks) - len(devices))


def test_the_plan_before_lies_as_an_outline_below_bars_and_around_stacks(page: Page) -> None:
    before = situation("default").plan
    draw(page, picture_of(situation("350 people").plan, before=before))
    row = page.locator(".row").nth(1)
    bar, ghost = box(row.locator(".bar").first), box(row.locator(".ghost").first)
    assert ghost["y"] >= bar["y"] + bar["height"] - 1
    assert ghost["height"] < bar["height"] / 2
    expect(page.locator(".stacks .ghost:not([hidden])")).to_have_count(len(page.locator(".stacks > div").all()))
    draw(page, default())
    expect(page.locator(".ghost:not([hidden])")).to_have_count(0)


def test_a_task_that_is_chosen_shows_its_dependencies_alone(page: Page) -> None:
    plan = situation("default").plan
    drawn = roadmap_of(plan, opened=tuple(Step))
    draw(page, drawn)
    arrows = page.locator(".links .heads i")
    expect(arrows).to_have_count(0)
    names = {row.id: row.name for row in _told_tasks(drawn)}
    chosen = max(names, key=lambda key: sum(key in {link.source, link.target} for link in drawn.links))
    own = [link for link in drawn.links if chosen in {link.source, link.target}]
    assert 0 < len(own) < len(drawn.links)
    task = page.get_by_role("button", name=names[chosen], exact=True)
    task.press("Enter")
    expect(arrows).to_have_count(len(own))
    expect(task).to_have_attribute("aria-pressed", "true")
    task.click()
    expect(arrows).to_have_count(0)


def _told_tasks(picture: Picture) -> list[Told]:
    return [task for row in told(picture).rows for task in row.tasks]


def test_a_name_is_text_and_the_ring_of_focus_is_seen(page: Page) -> None:
    draw(page, picture_of(situation("names that are markup").plan, opened=(Step.LEAST_PRIVILEGE,)))
    expect(page.locator(".task").filter(has_text="<script>alert(1)</script>")).to_have_count(1)
    assert page.locator(".picture script").count() == 0
    page.keyboard.press("Tab")
    expect(page.locator("button:focus")).to_have_css("outline", "rgb(26, 86, 176) solid 2px")


@pytest.mark.parametrize(("width", "kind"), [(1440, "whole"), (1440, "roadmap"), (390, "whole"), (390, "roadmap")])
def test_of_a_plan_under_way_the_rest_is_outlined_and_every_slip_is_seen(page: Page, width: int, kind: str) -> None:
    handed = situation("under way")
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(PAGE.replace("'picture whole'", f"'picture {kind}'"))
    draw(page, picture_of(handed.plan, opened=tuple(Step), before=handed.reference))
    rows = page.locator(".row")
    assert rows.first.locator(".later").inner_text().endswith("later")
    row = rows.filter(has=page.locator(".name", has_text="Inventory of identities"))
    bar, left = box(row.locator(".bar")), box(row.locator(".left"))
    assert bar["x"] < left["x"] < bar["x"] + bar["width"]
    assert (left["y"], left["height"]) == pytest.approx((bar["y"], bar["height"]))
    expect(row.locator(".left")).to_have_css("border-top-style", "solid")
    dates = [box(each) for each in page.locator(".row .later:not(:empty)").all()]
    assert all(each["x"] + each["width"] <= width for each in dates)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    status = page.locator(".marks [data-dash='bold']")
    expect(status).to_have_text("Status: 15\N{NO-BREAK SPACE}Apr")
    expect(status).to_have_css("border-left-width", "3px")
    labels = [box(each) for each in page.locator(".marks .words").all()]
    for index, one in enumerate(labels):
        for other in labels[index + 1 :]:
            is_beside = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
            assert is_beside or abs(one["y"] - other["y"]) >= one["height"] - 1
