"""What one person does from start to end, in a real browser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeAlias

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.site import PAGES, TELEPHONE, Visit
from tests.portions import values

Open: TypeAlias = Callable[..., Visit]
HEADLINE = (
    "Zero Trust for 120 people: EUR 189,000 and done by 16 December 2027, each 80% sure, then EUR 2,971 and 6.5 days "
    "of your team a month."
)
"""What the example of the first visit comes to: beside the golden tests this is the only place that knows it."""
FIGURES = (
    *("Budget to get there", "Done by", "Everyone has MFA by"),
    *("Your own team", "After that, a month"),
)
WHY = "Why this number?"
THOUSAND = 1000
SIDEBAR_TEXTS = (
    *("Your company", "People", "Licences you have today", "Timeline", "Plan by", "Finish", "How sure?"),
    *(
        "Team",
        "Licence,",
        "None",
        "Hardware",
        "Consultant",
        "Contingency",
        "More about",
        "Choices",
        "Calendar",
        "Rates",
    ),
)
"""What the sidebar says in English, and must not say in German."""


def look_around(seen: Visit) -> None:
    """Follow the link of each page: it does what it may and asks nobody but its server; the first one is accessible."""
    for path in (*filter(None, PAGES), ""):
        seen.follow(path)
    assert violations(seen.calm().page) == []
    elsewhere = [url for url in seen.requests if not url.startswith((seen.server.address, "data:", "blob:"))]
    assert len(seen.requests) > 10
    assert not elsewhere
    assert not seen.violations


def test_a_first_visitor_reads_the_answer_looks_around_and_makes_the_plan_theirs(visit: Open) -> None:
    seen = visit().open()
    expect(seen.headline).to_have_text(HEADLINE)
    for figure in FIGURES:
        expect(seen.page.get_by_role("main").get_by_text(figure, exact=True)).to_be_visible()
    expect(seen.page.get_by_text("15 Mar 2027", exact=True)).to_be_visible()
    expect(seen.page.get_by_role("button", name=WHY)).to_have_count(5)
    boxes = [button.bounding_box() for button in seen.page.get_by_role("button", name=WHY).all()]
    assert [*Counter(round(box["y"]) for box in boxes if box).values()] == [5], "not on one line"
    alt = seen.chart.get_attribute("aria-label") or seen.chart.get_attribute("alt") or ""
    assert "The highest month is April 2027" in alt
    look_around(seen)
    seen.page.get_by_role("button", name="Make it yours").click()
    dialog = seen.page.get_by_role("dialog")
    dialog.get_by_label("How many people?").fill("99999999")
    dialog.get_by_role("button", name="Show my plan").click()
    expect(dialog.get_by_role("alert")).to_contain_text("99,999,999 is not between 1 and 5,000")
    dialog.get_by_label("How many people?").fill("180")
    dialog.get_by_label("Done in how many months?").fill("10")
    dialog.get_by_label("Company name (optional)").fill("**Müller** <b>& Söhne</b>")
    dialog.get_by_role("button", name="Show my plan").click()
    seen.says("Zero Trust for 180 people")
    expect(dialog).to_be_hidden()
    expect(seen.page.get_by_role("main").get_by_text("**Müller** <b>& Söhne</b> · ")).to_be_visible()
    expect(seen.slider("Finish in months")).to_have_value("10")
    expect(seen.page.get_by_text("This is an example")).to_have_count(0)
    expect(seen.page.get_by_text("Your plan instead of the example")).to_be_visible()
    seen.page.reload()
    seen.settled().says("Zero Trust for 180 people")
    assert not seen.troubles


def move_and_compare(seen: Visit) -> None:
    """Move a slider, hold a key, empty a field, and compare with the plan as it stands."""
    bands = seen.page.get_by_role("img", name=re.compile("80% sure"))
    expect(bands).to_have_count(3)
    expect(seen.page.get_by_text("As planned EUR").first).to_contain_text("Both together are ")
    budget = seen.page.get_by_role("img", name=re.compile("Budget to get there"))
    before, amount_before = budget.get_attribute("aria-label"), seen.amount()
    slider = seen.slider("People")
    slider.press("ArrowRight")
    seen.says("Zero Trust for 121 people")
    expect(seen.number("People, as a number")).to_have_value("121")
    expect(budget).not_to_have_attribute("aria-label", str(before))
    expect(budget).to_have_attribute("aria-label", re.compile(r"Budget to get there: EUR.15\d,\d{3}"))
    for _ in range(15):  # a key that is held
        seen.page.keyboard.press("ArrowRight")
    seen.says("Zero Trust for 136 people")
    seen.settled()
    assert seen.amount() > amount_before
    expect(slider).to_have_value("136")
    expect(seen.number("People, as a number")).to_have_value("136")
    seen.set("People, as a number", "")
    seen.set("Finish in months, as a number", 8)
    expect(seen.slider("Finish in months")).to_have_value("8")
    seen.says("Zero Trust for 136 people")
    changed = seen.page.get_by_text("People 120 \N{RIGHTWARDS ARROW} 136: +EUR")
    expect(changed).to_contain_text("Finish in months 12 \N{RIGHTWARDS ARROW} 8: ")
    seen.settled().page.get_by_role("button", name="Variants").click()
    seen.page.get_by_role("button", name="Compare from now on").dblclick()
    expect(changed).to_have_count(0)
    seen.settled().set("People, as a number", 201)
    seen.says("Zero Trust for 201 people")
    expect(seen.page.get_by_text("People 136 \N{RIGHTWARDS ARROW} 201: +EUR")).to_be_visible()


def ask_why(seen: Visit) -> None:
    """Go from a figure to its parts, to another page, and to a cell of a table."""
    with seen.rerun():
        seen.page.get_by_test_id("stSidebar").get_by_text("More", exact=True).click()
    seen.calm().page.get_by_text("Rates and limits").click()  # it moves while what is above it unfolds
    horizon = seen.page.get_by_label("Months that count")
    expect(horizon).to_be_visible()
    expect(seen.chart).to_be_visible()  # the last thing that is drawn: nothing moves any more
    seen.page.get_by_role("button", name=WHY).first.click()
    dialog = seen.page.get_by_role("dialog")
    expect(dialog.get_by_role("table")).to_be_visible()
    exact = re.search(r"EUR\s([\d,]+\.\d\d)", dialog.inner_text())
    assert exact is not None
    whole, amount = Decimal(exact[1].replace(",", "")), seen.amount()
    assert amount - THOUSAND < whole <= amount, "what is promised is rounded up to thousands"
    dialog.get_by_role("button", name="Promised finish").click()
    expect(dialog.get_by_role("heading", name="Promised finish")).to_be_visible()
    expect(dialog).not_to_contain_text(exact[1])
    seen.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    seen.calm().page.get_by_role("button", name=WHY).first.click()
    dialog.get_by_role("link", name="More: How sure?").click()
    expect(seen.page.get_by_role("heading", name="Get quotes for these first")).to_be_visible()
    expect(horizon).to_be_visible()  # what was unfolded is still open
    seen.follow("budget").page.get_by_role("button", name="As a table").click()
    seen.page.get_by_role("menuitem", name="Budget by month").click()
    month = seen.page.get_by_role("row").filter(has_text="March 2027")
    month.get_by_role("button", name=WHY).first.click()
    expect(dialog).to_contain_text("March 2027")


@pytest.mark.extended  # what moves with a slider, and why, `tests/ui` tries
def test_a_meeting_moves_a_slider_compares_and_asks_why(visit: Open) -> None:
    seen = visit().open()
    move_and_compare(seen)
    ask_why(seen.settled())
    assert not seen.troubles


def assert_german(seen: Visit) -> None:
    """Assert that headline and sidebar speak German, and nothing of the sidebar English."""
    expect(seen.page.locator("html")).to_have_attribute("lang", "de")
    seen.settled().says("Zero Trust für 120 Personen: ")
    sidebar = seen.page.get_by_role("region", name="Sidebar")
    expect(sidebar).to_contain_text("Ihr Unternehmen")
    text = sidebar.inner_text()
    labels = sidebar.locator("[aria-label]").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    expect(sidebar.get_by_text("Wie sicher?", exact=True)).to_be_visible()
    for english in SIDEBAR_TEXTS:
        assert english not in text.splitlines(), english
        assert not any(label.startswith(english) for label in labels), (english, labels)


def answer_three(dialog: Locator) -> None:
    """Answer a question by keyboard, one with a number and one with a click; each is counted."""
    for part in ("People and time", "Network and backup"):
        dialog.locator("summary", has_text=part).press("Enter")
    council = dialog.get_by_role("radiogroup", name="Is there a works council?")
    council.get_by_role("radio", name="Don’t know").press("ArrowDown")
    expect(council.get_by_role("radio", name="Yes, but nothing is agreed yet")).to_be_checked()
    expect(dialog.get_by_text("1 of 20 answered")).to_be_visible()
    machines = dialog.get_by_role("textbox", name="How many machines")
    machines.fill("25")
    machines.press("Enter")
    expect(dialog.get_by_text("2 of 20 answered")).to_be_visible()
    network = dialog.get_by_role("radiogroup", name="Are offices, servers, guests and machines in separate networks?")
    network.get_by_text("In part").click()
    expect(dialog.get_by_text("3 of 20 answered")).to_be_visible()


@pytest.mark.extended
def test_a_director_answers_three_questions_and_learns_what_to_find_out(visit: Open) -> None:
    seen = visit().open()
    before = seen.headline.inner_text()
    seen.page.get_by_role("button", name="Make it yours").click()
    dialog = seen.page.get_by_role("dialog")
    expect(dialog.get_by_text("0 of 20 answered")).to_be_visible()
    assert violations(seen.calm().page) == []
    answer_three(dialog)
    assert violations(seen.calm().page) == []
    dialog.get_by_role("button", name="Show my plan").press("Enter")
    expect(dialog).to_be_hidden()
    matter = seen.page.get_by_role("table", name="Which answers matter most")
    expect(matter.get_by_text("Who watches for attacks today?")).to_be_visible()
    expect(matter.get_by_text("Is there a works council?")).to_have_count(0)
    seen.settled().page.get_by_role("button", name="Files").click()
    seen.page.get_by_test_id("stPopoverBody").get_by_role("button", name="Answer questions about your company").click()
    expect(dialog.get_by_text("3 of 20 answered")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    seen.settled().page.get_by_role("button", name="Undo").click()
    seen.says(before)
    assert not seen.troubles


@pytest.mark.extended
def test_a_german_reader_types_as_germans_do_reads_what_is_refused_and_changes_the_language(visit: Open) -> None:
    seen = visit(locale="de-DE").open()
    assert_german(seen)
    seen.page.get_by_test_id("stSidebar").get_by_text("Mehr", exact=True).click()
    name = "Berater, EUR je Tag, als Zahl"
    seen.set(name, "1250,50")
    expect(seen.number(name)).to_have_value("1.250,50")
    expect(seen.slider("Berater, EUR je Tag")).to_have_attribute("aria-valuetext", "1.250,5")
    seen.set(name, "1250.50")
    alert = seen.page.get_by_role("alert").filter(has_text="Berater, EUR je Tag: „1250.50“")
    expect(alert).to_contain_text("Bis dahin gilt 1.250,50.")
    expect(seen.number(name)).to_have_value("1250.50")
    seen.set(name, "99.999.999.999.999")
    expect(alert).to_have_count(0)
    expect(seen.page.get_by_role("alert").filter(has_text="liegt nicht zwischen")).to_be_visible()
    seen.set(name, "1150")
    seen.settled().speak("en")
    seen.says("Zero Trust for 120 people")
    expect(seen.page.get_by_test_id("stSidebar").get_by_text("How sure?", exact=True)).to_be_visible()
    seen.settled().follow("budget").speak("de")
    expect(seen.page.get_by_role("table", name="Lizenzmix")).to_be_visible()
    seen.settled().page.reload()
    assert_german(seen)
    assert not seen.troubles


@pytest.mark.extended
@pytest.mark.parametrize("paths", values({"some": ["", "roadmap", "nis2"], "every one": [*PAGES]}, "some"))
def test_a_telephone_shows_pages_and_plans(visit: Open, paths: Iterable[str]) -> None:
    seen = visit(**TELEPHONE).open()
    people = seen.number("People, as a number")
    for path in paths:
        if path:
            seen.follow(path)
        expect(people).not_to_be_in_viewport()
        assert seen.overhang() == [0, 0], path
    for path, name in (("nis2?table=points", "Each of the points"), ("?table=money", "Budget by month")):
        cards = seen.open(path).page.get_by_role("table", name=name).locator("xpath=..")
        assert cards.evaluate("box => box.scrollWidth <= box.clientWidth"), path
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    expect(people).to_be_in_viewport()
    seen.set("People, as a number", 130)
    seen.says("Zero Trust for 130 people")
    assert not seen.troubles
