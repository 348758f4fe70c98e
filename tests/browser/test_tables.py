"""Tables in a real browser: numbers at the right, every month, and figures that are asked about by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import assert_clean
from tests.browser.party import Party
from tests.browser.site import PAGES, TELEPHONE, Visit
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.variants import variant_path

pytestmark = pytest.mark.extended

Open: TypeAlias = Callable[..., Visit]
FOLDS = "&".join(
    f"fold%3A{fold}=true"
    for fold in (
        *(
            "tasks",
            "busy",
            "load",
            "days_off",
            "stages",
            "operation_tables",
            "jumps",
            "dues",
            "questions",
            "points",
        ),
        *("shares", "price_book", "others", "schemes"),
        *("joint", "drivers", "outside", "all_decisions"),
        "losses",
    )
)
WITH_TABLES = {"what_if": 1, "roadmap": 3, "budget": 7, "how_sure": 9, "why_do_it": 2, "nis2": 4, "prices": 9}
"""How many tables each page has with its folds open, that of the budget in the place of its picture."""
MOST_LINES, SEEN = 9, 2
PRESS = """
(figure, keys) => figure.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...keys }))
"""
"""Presses a key; tells whether it is left to the browser."""
TOO_WIDE = "box => box.scrollWidth > box.clientWidth"


def box_of(table: Locator) -> Locator:
    """Return the box in which a table lies."""
    return table.locator("xpath=..")


def test_every_month_of_the_budget_is_shown_and_amounts_stand_at_the_right(visit: Open) -> None:
    seen = visit().open(f"budget?table=budget&{FOLDS}")
    table = seen.page.get_by_role("table", name="Budget by month")
    expect(table.get_by_role("row")).to_have_count(38)
    expect(table.get_by_role("row").last).to_contain_text("Total")
    box = box_of(table)
    assert box.evaluate("box => box.scrollHeight <= box.clientHeight + 1")
    row = table.get_by_role("row").nth(1)
    expect(row.get_by_role("rowheader")).to_have_css("text-align", "start")
    columns = row.get_by_role("cell")
    for index in range(columns.count()):
        expect(columns.nth(index)).to_have_css("text-align", "end")
        expect(table.get_by_role("columnheader").nth(index + 1)).to_have_css("text-align", "end")
    expect(seen.page.get_by_role("table", name="Licence mix").get_by_role("cell").nth(1)).to_have_css(
        "text-align", "start"
    )


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_no_table_is_cut_on_a_desk(visit: Open, locale: str) -> None:
    seen = visit(locale=locale)
    for path, count in WITH_TABLES.items():
        assert path in PAGES
        tables = seen.open(f"{path}?table=budget&{FOLDS}").page.get_by_role("table")
        expect(tables).to_have_count(count)
        cut = [table.get_attribute("aria-label") for table in tables.all() if box_of(table).evaluate(TOO_WIDE)]
        assert not cut, path


@pytest.mark.parametrize(
    ("path", "name", "last"),
    [
        ("why_do_it", "What others report about losses", "Note"),
        ("nis2", "Questions of the insurer", "What stays open"),
    ],
)
def test_on_a_telephone_a_row_of_texts_is_a_card_that_shows_all(visit: Open, path: str, name: str, last: str) -> None:
    seen = visit(**TELEPHONE).open(f"{path}?{FOLDS}")
    table = seen.page.get_by_role("table", name=name)
    expect(table.get_by_role("columnheader", name=last)).to_have_count(1)
    expect(box_of(table)).to_have_class("box stacked")
    assert not box_of(table).evaluate(TOO_WIDE)
    cell = table.locator(f"td[data-title='{last}']:not(:empty)").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == f'"{last}"'
    place = cell.bounding_box()
    assert place is not None
    assert place["x"] + place["width"] <= TELEPHONE["width"]
    assert_clean(seen)


def test_a_telephone_shows_what_a_product_costs_beside_its_name(visit: Open) -> None:
    seen = visit(**TELEPHONE).open("prices")
    row = seen.page.get_by_role("table", name="Prices of this plan").get_by_role("row").nth(1)
    cell = row.get_by_role("cell").first
    expect(cell).to_have_text("EUR\N{NO-BREAK SPACE}20.00")
    place = cell.bounding_box()
    assert place is not None
    assert place["x"] + place["width"] <= 390


@pytest.mark.parametrize("path", ["roadmap?fold%3Atask_rows=true", "prices?fold%3Aprice_rows=true"])
def test_on_a_telephone_a_name_stays_while_its_editable_table_is_moved(visit: Open, path: str) -> None:
    seen = visit(**TELEPHONE).open(path)
    grid = seen.page.get_by_test_id("stDataFrame").first
    cells = grid.locator("table").locator('[aria-rowindex="2"] [role="gridcell"]')
    first = cells.first.get_attribute("aria-colindex")
    grid.get_by_test_id("data-grid-canvas").focus()
    for key in ("Control+Home", *["ArrowRight"] * 7):
        seen.page.keyboard.press(key)
    expect(cells.nth(2)).not_to_have_attribute("aria-colindex", "3")
    assert cells.first.get_attribute("aria-colindex") == first


def test_a_long_word_widens_no_table(visit: Open, price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
    party = Party(visit(), price_book, phase_model, today)
    party.change({"tasks.own": {"long": {"name": "W" * 41, "step": 2, "effort_days": 3}}})
    party.close()
    seen = party.owner.open(f"roadmap?language=fr&{FOLDS}")
    table = seen.page.get_by_role("table").first
    expect(table).to_contain_text("W" * 41)
    assert not box_of(table).evaluate(TOO_WIDE)


def test_long_texts_have_room_on_a_telephone(visit: Open) -> None:
    seen = visit(**TELEPHONE)
    for path in ("roadmap", "prices"):
        table = seen.open(f"{path}?{FOLDS}").page.get_by_role("table").first
        lines = table.evaluate(
            "table => Math.max(...[...table.rows].flatMap(row => [...row.cells]).map(cell => cell.clientHeight)) "
            "/ parseFloat(getComputedStyle(table.rows[1].cells[0]).lineHeight)"
        )
        assert lines < MOST_LINES, path


def test_a_table_wider_than_its_room_is_moved_by_keyboard(visit: Open) -> None:
    seen = visit(width=900).open("?table=money")
    box = box_of(seen.page.get_by_role("table", name="Budget by month"))
    assert box.evaluate(TOO_WIDE)
    seen.page.get_by_role("button", name="As a picture").focus()
    expect(box).to_have_attribute("aria-label", "Scroll with the arrow keys")
    seen.tab_to(box)
    seen.page.keyboard.press("ArrowRight")
    seen.page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())


def test_a_figure_of_a_table_is_asked_about_by_keyboard(visit: Open) -> None:
    seen = visit().open("nis2?table=points")
    table = seen.page.get_by_role("table", name="Each of the points")
    assert box_of(table).evaluate("box => box.getAttributeNames()") == ["class"]  # it shows all: Tab passes it
    seen.tab_to(table.get_by_role("button").first)
    seen.page.keyboard.press("ArrowDown")
    figure = table.get_by_role("row").nth(2).get_by_role("button", name=re.compile(r"Why this number\?$"))
    expect(figure).to_be_focused()
    width = figure.evaluate("button => parseFloat(getComputedStyle(button).outlineWidth)")
    assert width >= SEEN
    seen.page.keyboard.press("Enter")
    dialog = seen.page.get_by_role("dialog")
    expect(dialog.get_by_role("table")).to_be_visible()
    assert_clean(seen)
    seen.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(figure).to_be_focused()


def test_whoever_closes_an_explanation_is_back_at_what_was_pressed_last(visit: Open) -> None:
    seen = visit().open(f"budget?table=budget&{FOLDS}")
    figure = seen.page.get_by_role("table", name="Budget by month").get_by_role("button").first
    card = seen.page.locator(".st-key-totals").get_by_role("button").first
    for pressed in (card, figure, card, figure):
        pressed.click()
        expect(seen.page.get_by_role("dialog")).to_be_visible()
        seen.page.keyboard.press("Escape")
        expect(seen.page.get_by_role("dialog")).to_have_count(0)
        seen.settled()
        expect(pressed).to_be_focused()


def test_the_arrow_keys_of_the_browser_stay_its_own(visit: Open) -> None:
    seen = visit().open("nis2?table=points")
    figure = seen.page.get_by_role("table", name="Each of the points").get_by_role("button").first
    figure.focus()
    for held in ("alt", "ctrl", "meta", "shift"):
        assert figure.evaluate(PRESS, {"key": "ArrowDown", f"{held}Key": True}), held
        expect(figure).to_be_focused()
    assert not figure.evaluate(PRESS, {"key": "ArrowDown"})
    expect(figure).not_to_be_focused()


def test_tab_reaches_the_box_of_a_table_only_while_the_window_is_too_narrow_for_it(visit: Open) -> None:
    seen = visit().open(f"budget?table=budget&{FOLDS}")
    box = box_of(seen.page.get_by_role("table", name="Budget by month"))
    seen.page.set_viewport_size({"width": 900, "height": 900})
    expect(box).to_have_attribute("tabindex", "0")
    seen.page.set_viewport_size({"width": 1440, "height": 900})
    expect(box).not_to_have_attribute("tabindex", "0")


def test_a_table_keeps_its_place_while_its_figures_change(visit: Open) -> None:
    seen = visit(width=900).open(f"budget?table=budget&{FOLDS}")
    table = seen.page.get_by_role("table", name="Budget by month")
    before = table.inner_text()
    box_of(table).evaluate("box => { box.scrollLeft = 40; window.kept = box; }")
    seen.set("People, as a number", 121)
    seen.says("Zero Trust for 121 people")
    expect(table).not_to_have_text(before)
    assert seen.page.evaluate("[kept.isConnected, kept.scrollLeft]") == [True, 40]


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_four_plans_fit_beside_each_other_on_a_desk(
    visit: Open, price_book: PriceBook, phase_model: PhaseModel, today: date, locale: str
) -> None:
    party = Party(visit(), price_book, phase_model, today)
    changed = {"B": ("choices.monitoring", "mdr"), "C": ("company.employees", 300), "D": ("company.apps", 90)}
    for letter, (path, value) in changed.items():
        party.change({variant_path(letter): f"Plan {letter}", variant_path(letter, path): value})
    party.close()
    seen = party.owner.open(f"what_if?fold%3Afigures=true&language={locale[:2]}")
    table = seen.page.get_by_role("table").filter(has=seen.page.get_by_role("columnheader").nth(7))
    expect(table.get_by_role("columnheader")).to_have_count(8)
    seen.page.set_viewport_size({"width": 1440, "height": 900})
    seen.calm()
    assert not box_of(table).evaluate(TOO_WIDE)
