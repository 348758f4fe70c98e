"""Nothing is cut and nothing lies upon another: tools, people and figures at every width, large amounts too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party
from tests.browser.site import TELEPHONE, Visit
from tests.portions import names
from zt_planner import bootstrap
from zt_planner.domain.session import Role
from zt_planner.language import Language, LanguageCode

Open: TypeAlias = Callable[..., Visit]
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Ends once the page has been laid out anew."""
SIZES = ((1440, 900), (1280, 720), (1024, 768), (768, 1024), (390, 844))
LONG = "Dr. Maximiliane Leutheusser"
UPON_ANOTHER = """
() => {
  const names = "[data-testid='stTopNavLink'], .st-key-tools button, .st-key-tools a, .st-key-present label, h1";
  const isSeen = (part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const found = [...document.querySelectorAll(names)].filter(isSeen);
  const live = document.querySelector(".st-key-live [data-testid='stBidiComponentIsolated']").shadowRoot;
  found.push(live.querySelector(".live"));
  const boxes = found.map((part) => [part, part.getBoundingClientRect()]).filter(([, box]) => box.width > 1);
  const across = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1;
  const down = (a, b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
  const named = (part) => (part.textContent || part.ariaLabel || part.tagName).slice(0, 20);
  return boxes.flatMap(([one, a], index) => boxes.slice(index + 1)
    .filter(([other, b]) => !one.contains(other) && !other.contains(one) && across(a, b) && down(a, b))
    .map(([other]) => `${named(one)} / ${named(other)}`))
    .concat(boxes.filter(([, box]) => box.left < 0 || box.right > innerWidth).map(([part]) => `${named(part)} / edge`));
}
"""
"""What lies upon something else at the head of the page, or beyond its edge."""
CUT = """
(selectors) => {
  const roots = [document, ...[...document.querySelectorAll("*")].flatMap((part) => part.shadowRoot ?? [])];
  const found = roots.flatMap((root) => [...root.querySelectorAll(selectors)]).filter(
    (part) => part.clientWidth > 1 && part.checkVisibility({ visibilityProperty: true })
      && part.getBoundingClientRect().right > 0);
  const size = (part) => parseFloat(getComputedStyle(part).fontSize);
  const isCut = (part) => part.scrollWidth > part.clientWidth
    || (part.matches(".badges") && part.scrollHeight > part.clientHeight)
    || (part.matches(".value") && part.clientHeight > 2 * size(part));
  return found.filter(isCut).map((part) => part.textContent);
}
"""
"""The texts of elements whose text is wider than they are, rows of badges that are cut, and figures in two lines."""
BEYOND = """
(fold) => [...fold.querySelectorAll("label, [data-testid='stWidgetLabel'], [data-testid='stTooltipIcon']")]
  .filter((part) => part.getBoundingClientRect().right > fold.getBoundingClientRect().right)
  .map((part) => part.textContent)
"""
"""The names of controls that are wider than the fold that they stand in."""
BADGES = ".badges, .stMarkdownBadge, .live [data-place], .live bdi, .live .touched"
VALUES = ".value, .change, .sure, [data-testid='stMetricValue'], .words:not(.name *)"
"""Names in the picture may end with an ellipsis."""
TEXTS = (
    f"{VALUES}, {BADGES}, h1, h2, h3, label p, button p, [data-testid='stTopNavLink'] span, [role='radio'], "
    "[data-testid='stCaption'] p, [data-testid='stPageLink'] p, [data-testid='stExpander'] summary p, .title, "
    ".st-key-language input"
)
"""Whatever says something: names of pages, fields and figures, headings, small print."""


@pytest.mark.extended
@pytest.mark.parametrize("language", LanguageCode)
def test_tools_pages_and_people_stand_beside_each_other_at_every_width(
    party: Party, visit: Open, language: str
) -> None:
    party.workspace.people.rename(party.state, LONG)
    guest = party.joins(visit(), Role.EDITOR)
    guest.set("People, as a number", 160)
    party.owner.says("160")
    seen = party.owner.open(f"?language={language}").calm()
    for width, height in SIZES:
        seen.page.set_viewport_size({"width": width, "height": height})
        seen.page.evaluate(TWO_FRAMES)
        assert seen.page.evaluate(UPON_ANOTHER) == [], width
        assert seen.page.evaluate(CUT, BADGES) == [], width


@pytest.mark.extended
def test_a_viewers_telephone_shows_figures_and_no_controls(party: Party, visit: Open) -> None:
    guest = visit(**TELEPHONE)
    guest.page.set_viewport_size({"width": 390, "height": 844})
    page = party.joins(guest, Role.VIEWER).calm().page
    expect(page.get_by_test_id("stMain").get_by_role("slider")).to_have_count(0)
    cards = page.get_by_role("button", name="Why this number?")
    for number in range(4):
        expect(cards.nth(number)).to_be_in_viewport(ratio=1)
    expect(page.locator(".st-key-try_out-levers")).to_be_attached()  # by which the styles tell who only watches
    assert page.evaluate(CUT, ".st-key-levers button") == []
    expect(page.locator(".st-key-levers").get_by_role("button", name="Try it yourself")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("language", names(LanguageCode, "en", "fr"))
@pytest.mark.extended
def test_no_name_in_the_folds_of_the_sidebar_runs_out_of_them(visit: Open, language: str) -> None:
    seen = visit().open(f"?language={language}&fold:more=true&fold:calendar_and_teams=true").calm()
    folds = seen.page.get_by_test_id("stSidebar").get_by_test_id("stExpander")
    within = folds.filter(has=seen.page.get_by_role("switch"))
    expect(within).not_to_have_count(0)
    for fold in within.all():
        assert fold.evaluate(BEYOND) == []


@pytest.mark.extended
def test_the_menu_of_files_shows_its_last_example(visit: Open) -> None:
    page = visit().open().page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Files").click()
    examples = page.get_by_test_id("stPopoverBody").locator('[class*="st-key-example"]').get_by_role("button")
    expect(examples).to_have_count(len(bootstrap.examples()))
    expect(examples.last).to_be_in_viewport(ratio=1)
    assert page.get_by_test_id("stPopoverBody").evaluate("menu => menu.scrollHeight <= menu.clientHeight + 1")


@pytest.mark.extended
def test_the_link_of_the_page_that_is_shown_says_so(visit: Open) -> None:
    page = visit().open("record").page
    for path, is_shown in (("record", True), ("share", False)):
        link = page.locator(f'[data-testid="stPageLink-NavLink"][href^="{path}"]').first
        expect(link).to_have_attribute("aria-current", "page") if is_shown else expect(link).not_to_have_attribute(
            "aria-current", "page"
        )


@pytest.mark.extended
@pytest.mark.parametrize("code", [LanguageCode.GERMAN, LanguageCode.FRENCH])  # the longest words; all others below
def test_no_badge_is_cut(visit: Open, code: LanguageCode) -> None:
    seen = visit()
    for path in seen.each_page(code):
        expect(seen.calm().page.get_by_test_id("stSidebar")).to_be_in_viewport()
        for width, height in SIZES:
            seen.page.set_viewport_size({"width": width, "height": height})
            seen.page.evaluate(TWO_FRAMES)
            assert seen.page.evaluate(CUT, BADGES) == [], (path, width)
        seen.page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
        expect(seen.page.get_by_test_id("stExpandSidebarButton")).to_have_count(0)  # it unfolds once there is room


@pytest.mark.extended
@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("width", [1440, 390])
def test_no_text_of_a_page_is_cut_in_any_language(visit: Open, code: LanguageCode, width: int) -> None:
    seen = visit(width=width) if width > TELEPHONE["width"] else visit(**TELEPHONE)
    for path in seen.each_page(code):
        assert seen.calm().page.evaluate(CUT, TEXTS) == [], path
        assert seen.overhang() == [0, 0], path
        assert seen.page.evaluate(UPON_ANOTHER) == [], path


@pytest.mark.extended
@pytest.mark.parametrize("language", LanguageCode)
def test_at_200_percent_and_beside_no_large_figure_is_cut(visit: Open, language: LanguageCode) -> None:
    seen, say = visit(device_scale_factor=2), Language(language).say
    many = Language(language).number(5000)
    seen.open(f"?language={language}").set(say("{field}, as a number", field=say("People")), 5000)
    seen.says(many)
    seen.settled().page.get_by_role("radio", name=say("Partner"), exact=True).check(force=True)
    for path in ("", "budget", "how_sure"):
        seen.page.set_viewport_size({"width": 720, "height": 450})
        seen.open(f"{path}?language={language}").calm()
        expect(seen.headline).to_contain_text(many)
        for width in (720, 768, 1280):
            seen.page.set_viewport_size({"width": width, "height": 450})
            assert seen.calm().page.evaluate(CUT, f"{VALUES}, {BADGES}") == [], (path, width)
            assert seen.overhang() == [0, 0], (path, width)
