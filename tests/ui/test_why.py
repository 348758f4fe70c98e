"""Every figure of every page opens its explanation."""

from __future__ import annotations

import json
from datetime import date
from functools import partial

import pytest

from tests.approval import Says
from tests.builders import row_values
from tests.figures import drawn, euros
from tests.handouts import handout
from tests.ui.meeting import texts
from tests.ui.screen import Screen, said
from tests.words import plain
from zt_planner.domain.money import ZERO, rounded
from zt_planner.ui.addresses import PAGES, WEEK
from zt_planner.ui.state import session
from zt_planner.workspace import State

FIGURES = {
    "week": set(),
    "plan": {
        *("promised_budget", "promised_finish", "promised_mfa_date", "promised_internal_days"),
        *("run_rate_monthly", "task", "slack"),
    },
    "roadmap": {"finish_date", "task", "slack", "load"},
    "budget": {
        *("one_off_total", "horizon_total", "internal_value"),
        *("month", "until", "category", "operation_days_monthly", "operation"),
        *("licence_mix", "next_best_mix", "stage"),
    },
    "how_sure": {"sure", "introduction_budget", "finish_date", "mfa_date", "horizon_total", "first_year_budget"},
    "why_do_it": set(),
    "what_if": {"difference"},
    "nis2": {"nis2"},
    "prices": {"price", "share", "rate", "vat", "rise", "licences"},
    "record": {"way", "effect", "saved"},
    "share": set(),
}
"""What can be asked on each page: figures, and the families of those in its tables."""
FOLDS = {
    "what_if": ("figures",),
    "roadmap": ("tasks", "busy", "load"),
    "budget": ("stages", "operation_tables", "reasons"),
    "how_sure": ("joint",),
    "prices": ("shares", "price_book", "jumps"),
    "record": ("decisions",),
}
TABLES = {"plan": "tasks", "budget": "budget", "nis2": "points"}
"""What takes the place of a picture."""


def asked_on(screen: Screen) -> dict[str, str]:
    """Return what can be asked on the page that is open: the last figure of each family, by the family.

    The first ones are often those of a month in which nothing is bought yet.
    """
    keys = (button.key or "" for button in screen.app.button)
    names = [key.removeprefix("why:") for key in keys if key.startswith("why:")]
    return {name.partition(":")[0]: name for name in [*names, *screen.asked]}


def opened(screen: Screen, page: str) -> Screen:
    """Return a page with its tables, after one decision."""
    screen.run().move("company.employees:slider", 150).go("prices").move("prices.rise:slider", 10)
    workspace = session.workspace()
    workspace.people.name_snapshot(screen.state, "Half time")
    if page == "what_if":
        workspace.edit(
            screen.state,
            partial(State.with_copy, source="", mark="new", name="MDR", values={"choices.monitoring": "mdr"}),
        )
    if page == WEEK:
        screen.go(WEEK).move("status.at", date(2027, 3, 15))
    if page in TABLES:
        screen.app.query_params["table"] = TABLES[page]
    screen.go(page)
    return screen.unfold(*(f"fold:{fold}" for fold in FOLDS.get(page, ())))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.extended
def test_every_figure_and_every_table_can_be_asked_why(screen: Screen, page: str) -> None:
    asked = asked_on(opened(screen, page))
    assert set(asked) == FIGURES[page]
    before = len(screen.tables)
    for name in sorted(asked.values()):
        screen.press(f"why:{name}")
        assert len(screen.tables) == before + 1, name


@pytest.mark.extended
@pytest.mark.parametrize(
    ("name", "title", "month"),
    [
        ("month:2027-03", "Total", "March 2027"),
        ("month:2027-03:licence", "Licences", "March 2027"),
        ("until:2027-04", "Running total", "April 2027"),
        ("category:consultant", "Consultant", "Total"),
        ("until:2029-12", "Total", "Total"),
    ],
)
def test_a_cell_of_the_budget_is_what_its_explanation_comes_to(
    screen: Screen, name: str, title: str, month: str
) -> None:
    table = screen.go("budget").with_table("budget").table("Budget by month")
    (cell,) = table.loc[table["Month"] == month, title]
    screen.press(f"why:{name}")
    answer = next(table for table in screen.tables if "Amount" in table)
    whole, *_ = answer["Amount"].iloc[-1].split(".")
    assert abs(int(whole[4:].replace(",", "")) - int(cell[4:].replace(",", ""))) <= 1


@pytest.mark.extended
def test_the_table_as_it_is_paid_is_explained_as_it_is_paid(screen: Screen) -> None:
    screen.load(b'{"choices": {"billing": "annual_prepaid"}}').go("budget").with_table("budget").move(
        "money", "paid"
    ).press("why:paid_month:2027-03")
    assert any("prepaid year counts in its first month" in said(text.value) for text in screen.app.markdown)


@pytest.mark.extended
def test_one_explanation_leads_to_the_next(screen: Screen) -> None:
    screen.run().press("why:promised_budget").press("also:introduction_budget").press("also:one_off_total")
    amount = screen.language.money(screen.plan.headlines.one_off_total, 2)
    assert amount in set(screen.tables[0]["Amount"])
    assert not screen.has("also:one_off_total")


@pytest.mark.extended
def test_an_effect_in_the_record_is_explained(screen: Screen, says: Says) -> None:
    opened(screen, "record").press("why:effect:0")
    answer = screen.tables[-1]
    assert "Microsoft 365 Business Premium" in set(answer["Item"])
    effect = said(screen.tables[0]["Budget as planned"].iloc[0])
    assert answer["Amount"].iloc[-1] == effect.removeprefix("+")
    screen.press("why:way")
    says(screen.tables[-1]["Item"].iloc[0])


@pytest.mark.extended
def test_an_explanation_stays_open_while_the_page_is_drawn_again(screen: Screen) -> None:
    screen.run().press("why:run_rate_monthly")
    screen.run()
    assert len(screen.tables) == 1
    screen.go("nis2").go("plan")
    assert not screen.tables


@pytest.mark.extended
def test_a_change_against_the_baseline_is_explained(screen: Screen) -> None:
    screen.run().press("why:promised_budget")
    assert not any("In the baseline" in text for text in texts(screen))
    screen.unfold("menu:variants").press("baseline").move("company.employees:slider", 150)
    promise = drawn(handout()).promise
    days = f"{rounded(promise.internal_days, 0)} days"
    for key, before in (("promised_budget", euros(promise.rounded_budget or ZERO)), ("promised_internal_days", days)):
        screen.press(f"why:{key}")
        (note,) = (plain(text) for text in texts(screen) if "In the baseline" in text)
        assert note.startswith(f"In the baseline it was {before}: +")
        assert "  \nAs planned: People 120 → 150: +EUR " in note


@pytest.mark.extended
@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            "a.example/x) ![pix](https://b.example/x)",
            "[Offer](https://a.example/x%29%20!%5Bpix%5D%28https%3A//b.example/x%29)",
        ),
        ("javascript:alert(1)", r"Offer (javascript\:alert(1))"),
    ],
)
def test_an_address_of_a_price_list_leads_to_a_site_or_is_text(screen: Screen, address: str, shown: str) -> None:
    premium = session.workspace().price_book.rows_by_id["m365-business-premium"][-1]
    row = row_values(premium) | {"source": "Offer", "source_url": address}
    screen.load(json.dumps({"prices": {"rows": {row["id"]: [row]}}}).encode()).press("why:promised_budget").press(
        "also:introduction_budget"
    )
    (sources,) = (element.value for element in screen.app.caption if element.value.startswith("Sources to open"))
    assert shown in sources.removeprefix(r"Sources to open\: ").split(" · ")
    assert "](https://b.example" not in sources
