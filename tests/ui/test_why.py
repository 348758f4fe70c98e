"""Every figure of every page opens its explanation."""

from __future__ import annotations

import json

import pytest

from tests.figures import default_figures, euros
from tests.ui.meeting import texts
from tests.ui.screen import Screen, said
from zt_planner.domain.money import rounded
from zt_planner.domain.scenario.own_rows import row_values
from zt_planner.ui.app import dashboard
from zt_planner.ui.state import session

FIGURES = {
    "cockpit": {
        *("introduction_budget", "finish_date", "mfa_date", "internal_days", "run_rate_monthly", "nis2"),
        *("months", "tasks"),
    },
    "roadmap": {"finish_date", "tasks", "load"},
    "limits": set(),
    "budget": {
        "budget:first_year_budget",
        "budget:one_off_total",
        "budget:horizon_total",
        "budget:internal_value",
        "months",
        "operation_days_monthly",
        "after_finish",
        "licence_mix",
        "next_best_mix",
        "licences",
    },
    "uncertainty": {"sure:introduction_budget:80", "sure:finish_date:80", "sure:both", "percentiles"},
    "nis2": {"measures"},
    "prices": {"prices", "shares", "rates", "vat", "rise"},
    "record": {"way", "effects", "saved:Half time"},
    "share": set(),
}
"""What can be asked on each page: its figures, and its tables by a list of what stands in them."""
CARDS = {
    *(name for page in ("budget", "uncertainty") for name in FIGURES[page] if name.startswith(("budget:", "sure:"))),
}


def asked_on(screen: Screen) -> set[str]:
    """Return what can be asked on the page that is open."""
    keys = (*(button.key or "" for button in screen.app.button), *(f"why:{card['name']}" for card in screen.cards))
    return {key.removeprefix("why:") for key in keys if key.startswith("why:")}


def opened(screen: Screen, page: str) -> Screen:
    """Return a page with its tables, after one decision."""
    screen.run().move("company.employees:slider", 150).go("prices").move("prices.rise:slider", 10)
    session.workspace().people.name_snapshot(screen.state, "Half time")
    screen.go(page)
    return screen.unfold("fold:money", "fold:tasks") if page == "cockpit" else screen


@pytest.mark.parametrize("page", [path for path, *_ in dashboard.PAGES])
@pytest.mark.extended
def test_every_figure_and_every_table_can_be_asked_why(screen: Screen, page: str) -> None:
    opened(screen, page)
    assert asked_on(screen) == FIGURES[page]
    assert len(screen.app.metric) == len(FIGURES[page] & CARDS)
    before = len(screen.app.table)
    for key in sorted(FIGURES[page]):
        screen.press(f"why:{key}")
        assert len(screen.app.table) == before + 1, key


@pytest.mark.parametrize(
    ("month", "column", "expected"),
    [
        ("2027-03", "", "Total, March 2027"),
        ("2027-03", "licence", "Licences, March 2027"),
        ("2027-04", "until", "Total, until April 2027"),
        ("", "consultant", "Consultant, all months"),
        ("", "", "Total, until December 2029"),
    ],
)
def test_a_cell_of_the_budget_is_chosen_by_month_and_column(
    screen: Screen, month: str, column: str, expected: str
) -> None:
    screen.go("budget")
    table = screen.app.table[0].value
    screen.move("about:months:month:en", month).move("about:months:column:en", column).press("why:months")
    answers = [table.value for table in screen.app.table if "Amount" in table.value.columns]
    assert len(answers) == 1
    titles = list(table.columns)
    place = {"": titles.index("Total"), "until": titles.index("Running total")}.get(column)
    name = {"licence": "Licences", "consultant": "Consultant"}.get(column, "")
    place = titles.index(name) if place is None else place
    row = table[table["Month"] == (f"{expected.rpartition(', ')[2].removeprefix('until ')}" if month else "Sum")]
    whole, *_ = str(answers[0]["Amount"].iloc[-1]).split(".")
    assert abs(int(whole[4:].replace(",", "")) - int(str(row.iloc[0, place])[4:].replace(",", ""))) <= 1


def test_the_table_as_it_is_paid_is_explained_as_it_is_paid(screen: Screen) -> None:
    screen.load(b'{"choices": {"billing": "annual_prepaid"}}').go("budget").move("money", "paid").press("why:months")
    assert any("prepaid year counts in its first month" in said(text.value) for text in screen.app.markdown)


def test_one_explanation_leads_to_the_next(screen: Screen) -> None:
    screen.run().press("why:introduction_budget").press("also:one_off_total")
    assert screen.plan.headlines is not None
    amount = screen.language.money(screen.plan.headlines.one_off_total, 2)
    assert amount in set(screen.app.table[0].value["Amount"])
    assert not screen.has("also:one_off_total")


def test_an_effect_in_the_record_is_explained(screen: Screen) -> None:
    opened(screen, "record").move("about:effects:en", "effect:0").press("why:effects")
    answer = screen.app.table[-1].value
    assert "Microsoft 365 Business Premium" in set(answer["Item"])
    effect = said(screen.app.table[0].value["First-year budget"].iloc[0])
    assert answer["Amount"].iloc[-1] == effect.removeprefix("+")
    screen.press("why:way")
    assert screen.app.table[-1].value["Item"].iloc[0] == "The first figure"


def test_an_explanation_stays_open_while_the_page_is_drawn_again(screen: Screen) -> None:
    screen.run().press("why:run_rate_monthly")
    screen.run()
    assert len(screen.app.table) == 1
    screen.go("nis2").go("cockpit")
    assert not screen.app.table


def test_a_change_against_the_baseline_is_explained(screen: Screen) -> None:
    screen.run().press("why:introduction_budget")
    assert not any("In the baseline" in text for text in texts(screen))
    screen.press("baseline").move("company.employees:slider", 150)
    figures = default_figures()
    days = f"{rounded(figures.internal_days, 0)} days"
    for key, before in (("introduction_budget", euros(figures.introduction_budget)), ("internal_days", days)):
        screen.press(f"why:{key}")
        (note,) = (text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(screen) if "In the baseline" in text)
        assert note.startswith(f"In the baseline it was {before}: +")


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
    screen.load(json.dumps({"prices": {"rows": {row["id"]: [row]}}}).encode()).press("why:introduction_budget")
    (sources,) = (element.value for element in screen.app.caption if element.value.startswith("Sources to open"))
    assert shown in sources.removeprefix(r"Sources to open\: ").split(" · ")
    assert "](https://b.example" not in sources
