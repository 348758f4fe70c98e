"""The first screen in a real browser: what is seen without scrolling, what stays in sight, what stays put."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

from tests.browser.site import TELEPHONE, Visit, box
from zt_planner.ui.seams import STYLES

Open: TypeAlias = Callable[..., Visit]
PHONE: dict[str, Any] = {**TELEPHONE, "width": 390}
WHY = "Why this number?"
CONTROLS = ("People", "Finish in months")
FIELDS = ("People, as a number", "Finish in months, as a number")
SEGMENTS = {"How sure?": "80%", "Monitoring": "SIEM", "Run afterwards by": "Your team"}
TRACK = "xpath=ancestor::*[@role='group']"
MOST_SHIFT, MOST_STOPS = 0.1, 12
SHIFT = """
() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 1000);
})
"""
"""By how much of the screen its parts have moved since the page was loaded and move within a second."""
UNDER_THE_LEVERS = """
picture => document.querySelector("[data-testid='stMain']").scrollBy(0, picture.getBoundingClientRect().top - 100)
"""
SEEN_THROUGH = """
([top, end]) => Array.from({ length: Math.floor(end) - Math.ceil(top) }, (_, row) => Math.ceil(top) + row)
  .filter((y) => !document.elementsFromPoint(195, y).find((part) => !part.closest(".st-key-tools"))
    .closest("[data-testid='stLayoutWrapper']:has(> .st-key-levers)"))
"""
"""The rows of pixels between the bar and the months in which the page shows behind the levers."""
MENU = "button => getComputedStyle(button, '::after').content"
PASSING = (
    ':not([data-collapsed="true"])',
    ", .st-key-presents",
    ':not(:has([data-testid="stSidebar"], .st-key-leave, .st-key-unreadable, [data-testid="stAlert"]))',
    *(":lang(de)", "[data-focus-visible]", ":focus-visible", "::before", "::after"),
)
"""What a selector says of a moment: the rest of it finds an element that is always there."""


def assert_in_sight(seen: Visit, parts: dict[str, Locator]) -> None:
    """Assert that the whole of each part lies within the screen."""
    size = seen.page.viewport_size
    assert size is not None
    for name, part in parts.items():
        place = box(part)
        assert place["x"] >= 0, name
        assert place["y"] >= 0, name
        assert place["x"] + place["width"] <= size["width"], name
        assert place["y"] + place["height"] <= size["height"], name


def answer(seen: Visit) -> dict[str, Locator]:
    """Return the sentence, the figures and the picture by name."""
    cards = seen.page.get_by_role("button", name=WHY)
    expect(cards).to_have_count(5)
    expect(seen.chart.locator(".step")).to_have_count(6)
    expect(seen.chart.locator(".stacks > div")).to_have_count(12)
    return {
        "sentence": seen.headline,
        **{f"figure {number}": cards.nth(number) for number in range(5)},
        "picture": seen.chart,
        "last step": seen.chart.locator(".step").last,
        "last month": seen.chart.locator(".stacks > div").last,
    }


def controls(seen: Visit) -> dict[str, Locator]:
    """Return what is moved in a meeting by name."""
    sidebar = seen.page.get_by_test_id("stSidebar")
    return {
        **{name: sidebar.get_by_role("slider", name=name, exact=True).locator(TRACK) for name in CONTROLS},
        **{name: seen.number(name) for name in FIELDS},
        **{name: seen.segment(name, option) for name, option in SEGMENTS.items()},
        "mode": sidebar.get_by_role("radio", name="Finish date"),
        "more": sidebar.get_by_text("More", exact=True),
    }


def test_a_desk_shows_answer_picture_findings_and_controls_without_scrolling(visit: Open) -> None:
    seen = visit().open().calm()
    findings = seen.page.get_by_text(re.compile(r"\d things to check: "))
    assert_in_sight(seen, {**answer(seen), "findings": findings, **controls(seen)})
    assert seen.overhang() == [0, 0]


@pytest.mark.extended
def test_a_small_desk_shows_the_answer_and_the_whole_picture(visit: Open) -> None:
    seen = visit()
    seen.page.set_viewport_size({"width": 1280, "height": 720})
    assert_in_sight(seen.open().calm(), answer(seen))
    assert seen.overhang() == [0, 0]


@pytest.mark.parametrize(
    ("locale", "menu", "levers"),
    [
        ("en-GB", "Menu", ("People", "Finish in months")),
        pytest.param("de-DE", "Menü", ("Personen", "Höchstdauer in Monaten"), marks=pytest.mark.extended),
    ],
)
def test_a_telephone_has_its_menu_under_the_thumb_and_two_levers_that_stay(
    visit: Open, locale: str, menu: str, levers: tuple[str, str]
) -> None:
    seen = visit(**PHONE, locale=locale)
    seen.page.set_viewport_size({"width": 390, "height": 844})
    page = seen.open().calm().page
    assert seen.overhang() == [0, 0]
    button, header = page.get_by_test_id("stExpandSidebarButton"), page.get_by_test_id("stHeader")
    assert button.evaluate(MENU) == f'"{menu}"'
    expect(button).to_have_accessible_name(menu)
    main = box(page.get_by_test_id("stMain"))
    assert main["y"] + main["height"] <= box(button)["y"]
    assert box(button)["y"] > 844 * 2 / 3
    for way in (700, -300):
        page.get_by_test_id("stMain").evaluate("(main, way) => main.scrollBy(0, way)", way)
        below = box(header)["y"] + box(header)["height"]
        for name in levers:
            lever = page.get_by_role("slider", name=name, exact=True).locator(TRACK)
            expect(lever).to_be_visible()
            assert below <= box(lever)["y"] < 844 / 4, name
    months = box(page.locator(".picture .months"))
    assert months["y"] >= box(page.locator(".st-key-levers"))["y"] + box(page.locator(".st-key-levers"))["height"] - 1
    page.locator(".picture").evaluate(UNDER_THE_LEVERS)
    months = box(page.locator(".picture .months"))
    assert page.evaluate(SEEN_THROUGH, [box(header)["height"], months["y"]]) == []
    button.click()
    expect(page.get_by_test_id("stSidebar").get_by_role("slider").first.locator(TRACK)).to_be_in_viewport(ratio=1)
    expect(page.locator(".st-key-tools")).to_be_hidden()
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(button).to_have_accessible_name(menu)
    assert not seen.troubles


@pytest.mark.extended
def test_a_lever_moves_the_plan_and_stays_where_it_is(visit: Open) -> None:
    seen = visit(**PHONE).open().calm()
    lever, levers = seen.slider("People"), seen.page.locator(".st-key-levers")
    before = box(levers)["y"]
    lever.press("ArrowRight")
    seen.says("Zero Trust for 121 people")
    seen.calm()
    expect(lever).to_be_focused()
    assert box(levers)["y"] == pytest.approx(before, abs=2)


@contextmanager
def slowed(page: Page) -> Iterator[None]:
    """Let a page have a quarter of its processor: what comes one by one is seen one by one."""
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    try:
        yield
    finally:
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})  # other tests use this page, too
        slow.detach()


@pytest.mark.extended
@pytest.mark.parametrize("settings", [{}, PHONE], ids=["desk", "telephone"])
def test_what_is_drawn_while_a_page_is_loaded_hardly_moves(visit: Open, settings: dict[str, Any]) -> None:
    seen = visit(**settings).open().calm()
    with slowed(seen.page):
        seen.page.reload()
        assert seen.settled().calm().page.evaluate(SHIFT) <= MOST_SHIFT


def test_a_first_visit_loads_compressed_scripts_and_icons_after_what_the_page_connects_with(visit: Open) -> None:
    seen = visit(is_new=True).open().settled()
    loaded = seen.page.evaluate("() => performance.getEntriesByType('resource').map((entry) => entry.toJSON())")
    scripts = [entry for entry in loaded if "/static/js/" in entry["name"]]
    assert sum(entry["encodedBodySize"] for entry in scripts) < sum(entry["decodedBodySize"] for entry in scripts) / 3
    (icons,) = (entry for entry in loaded if "MaterialSymbols" in entry["name"])
    (connection,) = (entry for entry in loaded if entry["name"].endswith("/host-config"))
    assert icons["startTime"] >= connection["responseEnd"]


@pytest.mark.extended
def test_an_address_other_than_the_first_asks_for_nothing_in_vain(visit: Open) -> None:
    seen = visit(is_new=True)
    errors: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= 400:
            errors.append(f"{response.status} {response.url}")

    seen.page.on("console", said)
    seen.page.on("response", answered)
    seen.open("roadmap")
    seen.open("nowhere")
    expect(seen.page.get_by_text("There is no page at this address.")).to_be_visible()
    assert not errors


@pytest.mark.extended
def test_each_style_of_the_page_finds_what_it_is_for(visit: Open) -> None:
    desk, phone = visit(), visit(**PHONE)
    left = {selector for selector in selectors() if not OF_OTHERS.search(selector)}
    assert len(left) > 20
    desk.open().set("People, as a number", 150)  # who has a session of their own can present it
    desk.says("150")
    for seen, path in (
        *((desk, path) for path in ("roadmap?fold%3Atask_rows=true", "budget", "nis2", "how_sure", "prices", "share")),
        (desk, "?fold%3Amore=true&fold%3Arates=true&fold%3Amore_about_company=true"),
        (phone, ""),
    ):
        page = seen.open(path).calm().page
        if seen is desk and "rates" in path:
            page.get_by_role("button", name="Files", exact=True).click()
            expect(page.get_by_text("Load a scenario")).to_be_visible()
        if seen is phone:
            page.get_by_role("button", name="Make it yours").click()
            expect(page.get_by_role("button", name="Show my plan")).to_be_visible()
        left -= {selector for selector in left if page.locator(selector).count()}
    assert not left


OF_OTHERS = re.compile("account|sign_in|approve|try_out|InputInstructions")
"""What is there only where one can sign in, where a plan is shared or only watched, and while one types."""


def selectors() -> list[str]:
    """Return the selectors of the page's styles, each as it is at rest."""
    styles = re.sub(r"/\*.*?\*/", "", STYLES.read_text("utf-8"), flags=re.DOTALL)
    heads = (found.strip() for found in re.findall(r"([^{}]+)\{", styles))
    found = [one.strip() for head in heads if not head.startswith("@") for one in head.split(",\n")]
    for passing in PASSING:
        found = [selector.replace(passing, "") for selector in found]
    return [selector for selector in found if selector]


@pytest.mark.extended
def test_a_ring_shows_where_the_keyboard_is_and_a_link_leads_past_the_controls(visit: Open) -> None:
    seen = visit().open().calm()
    keyboard = seen.page.keyboard
    keyboard.press("Tab")
    expect(seen.page.get_by_role("link", name="Skip to main content")).to_be_focused()
    keyboard.press("Enter")
    first = seen.page.get_by_role("button", name=WHY).first
    stops = 2
    while not first.evaluate("card => card.getRootNode().activeElement === card"):
        assert stops < MOST_STOPS
        keyboard.press("Tab")
        stops += 1
    expect(first).to_have_css("outline-style", "solid")
    keyboard.press("Enter")
    expect(seen.page.get_by_role("dialog")).to_be_visible()
    keyboard.press("Escape")
    expect(first).to_be_focused()
    thumb = seen.page.get_by_test_id("stSlider").locator("[data-focus-visible]")
    for part, ring in (
        (seen.page.get_by_role("navigation").get_by_role("link", name="Budget", exact=True), None),
        (seen.slider("People"), thumb),
    ):
        part.focus()
        keyboard.press("Shift+Tab")
        keyboard.press("Tab")
        expect(part).to_be_focused()
        expect(ring or part).to_have_css("outline", "rgb(26, 86, 176) solid 3px")


def test_who_has_answered_on_a_telephone_sees_the_beginning_of_the_page(visit: Open) -> None:
    seen = visit(**PHONE).open()
    seen.page.get_by_role("button", name="Make it yours").click()
    show = seen.page.get_by_role("dialog").get_by_role("button", name="Show my plan")
    show.scroll_into_view_if_needed()
    show.click()
    expect(seen.page.get_by_role("dialog")).to_have_count(0)
    seen.settled()
    assert seen.page.get_by_test_id("stMain").evaluate("(main) => main.scrollTop") == 0
