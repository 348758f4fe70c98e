"""What was invoiced, on the Budget page: typed, imported, closed, and how it stands against the plan."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.portions import values
from tests.ui.meeting import Meeting, texts
from tests.ui.screen import Screen
from tests.ui.typed_table import Table
from tests.words import plain
from zt_planner.domain.session import Rules
from zt_planner.ui.addresses import PAGES

LEDGER = b"Monat;Kategorie;Betrag\n2027-02;Lizenzen;1.234,56\n"
BY_MONTH = "Planned, actual and forecast by month"


def under_way(screen: Screen, **status: object) -> Screen:
    """Open the Budget page of a plan with a status."""
    given = {"timeline": {"start": "2027-01-04"}, "status": {"at": "2027-03-15", **status}}
    return screen.run().load(json.dumps(given).encode()).go("budget")


@pytest.fixture
def page(screen: Screen, table: Table) -> Screen:
    """Return the Budget page of a plan under way with its table of invoices open."""
    assert table.key == ""
    return under_way(screen).unfold("fold:invoices")


def test_a_plan_of_which_nothing_is_invoiced_has_only_the_folds(screen: Screen) -> None:
    screen.go("budget")
    assert "Planned, invoiced, forecast" not in [header.value for header in screen.app.header]
    assert {"Enter what was invoiced", "Import what was invoiced"} <= {each.label for each in screen.app.expander}


def test_without_a_status_date_the_table_asks_for_one(screen: Screen, table: Table) -> None:
    screen.go("budget", "fold:invoices")
    assert screen.has("status.at")
    assert table.frame is None
    assert any("There is no month to enter yet" in text for text in screen.captions)


@pytest.mark.extended
def test_typed_invoices_are_in_the_plan_and_a_closed_month_takes_the_place_of_its_plan(
    page: Screen, table: Table
) -> None:
    planned = page.scenario
    table.type("January 2027", "consultant", "9,000")
    table.type("February 2027", "licence", "2,400.50")
    page.run()
    assert page.scenario.status.bookings == {
        "2027-01/consultant/": Decimal(9000),
        "2027-02/licence/": Decimal("2400.50"),
    }
    assert "**Booked in months that are open or outside the plan, and not counted: EUR 11,401.**" in spaced(page)
    budget = page.plan.headlines
    table.type("January 2027", "closed", value=True)
    table.type("February 2027", "closed", value=True)
    page.run()
    assert page.scenario.status.closed == ("2027-01", "2027-02")
    assert page.plan.headlines != budget
    assert any(text.startswith("**2 closed months: EUR 11,401 booked, EUR") for text in spaced(page))
    assert any(text.startswith("Contingency: EUR") for text in spaced(page))
    page.press("step:undo").press("step:undo").press("step:undo").press("step:undo")
    assert page.scenario == planned


def spaced(screen: Screen) -> list[str]:
    return [plain(text) for text in texts(screen)]


@pytest.mark.extended
def test_a_refused_cell_stays_with_its_reason_and_keeps_no_other_back(page: Screen, table: Table) -> None:
    table.type("January 2027", "licence", "NaN")
    table.type("February 2027", "licence", "5")
    table.type("March 2027", "closed", value=True)
    page.run()
    assert page.scenario.status.bookings == {"2027-02/licence/": Decimal(5)}
    assert any("January 2027" in text and "'NaN' cannot be read as a number" in text for text in page.errors)
    assert any("March 2027" in text and "the month is not over on the status date" in text for text in page.errors)
    page.app.session_state["fold:invoices"] = False
    page.run()
    assert any("table of invoices is kept" in text for text in page.warnings)
    page.unfold("fold:invoices")
    assert table.row("January 2027")["licence"] == "NaN"
    page.press("drop:booking_rows")
    assert table.row("January 2027")["licence"] == ""
    assert not page.errors


def rows(screen: Screen, name: str) -> dict[str, list[str]]:
    """Return the rows of a table by their first cells."""
    return {plain(first): [plain(cell) for cell in cells] for first, *cells in screen.table(name).to_numpy().tolist()}


@pytest.mark.extended
def test_the_tables_show_planned_actual_and_forecast_and_which_months_are_closed(screen: Screen) -> None:
    under_way(screen, bookings={"2027-01/hardware/": "500"}, closed=["2027-01"]).unfold("fold:actuals")
    by_month, by_kind = rows(screen, BY_MONTH), rows(screen, "Planned, actual and forecast by kind of cost")
    assert by_month["January 2027"][1:] == ["EUR 500", "EUR 500", "closed"]
    planned, actual, forecast, state = by_month["March 2027"]
    assert (actual, forecast, state) == ("", planned, "")
    assert by_month["Total"][:3] == by_kind["Total"]


BAD = {
    "2027-01/consultant/": "999999999999.99",
    "2027-02/licence/no_such_task": "-500000",
    "2027-02/hardware/ztna": "0.01",
    "1999-12/licence/": "5",
    "2999-12/training/": "5",
}


@pytest.mark.parametrize(
    "at", values({"under way": "2027-03-15", "before": "2026-01-31", "after": "2040-01-31", "none": None}, "under way")
)
@pytest.mark.extended
def test_a_plan_with_bookings_beyond_all_bounds_opens(at: str | None, screen: Screen) -> None:
    under_way(screen, at=at, bookings=BAD, closed=["2027-01", "2027-02", "1999-12", "2999-12"])
    assert screen.unfold("fold:actuals", "fold:invoices").headline
    for page in PAGES:
        assert not screen.go(page).errors, page


@pytest.mark.extended
def test_a_month_that_was_closed_too_early_is_nothing_to_tell(screen: Screen) -> None:
    under_way(screen, closed=["2027-03"]).unfold("fold:actuals")
    assert rows(screen, BY_MONTH)["March 2027"][3] == ""
    assert not any("closed month" in text for text in texts(screen))


@pytest.mark.extended
def test_bookings_are_imported_this_week_and_other_files_on_the_page_share(screen: Screen, says: Says) -> None:
    under_way(screen).follow("Import new invoices")
    screen.app.file_uploader(key="bookings").upload("ledger.csv", LEDGER)
    screen.run().press("incoming:apply")
    assert screen.scenario.status.bookings == {"2027-02/licence/": Decimal("1234.56")}
    screen.app.file_uploader(key="bookings").upload("plan.json", b'{"company": {"employees": 77}}')
    screen.run()
    says(screen.errors)
    assert not screen.has("incoming:apply")


@pytest.mark.extended
def test_a_viewer_sees_how_the_money_stands_and_enters_nothing(meeting: Meeting) -> None:
    under_way(meeting.owner, bookings={"2027-01/consultant/": "1333", "2027-01/hardware/": "500"}, closed=["2027-01"])
    meeting.set_rules(Rules(hides_rates=True))
    viewer = meeting.viewer.go("budget", "fold:actuals")
    assert rows(viewer, BY_MONTH)["January 2027"][1] == "EUR 500"
    assert not {"Enter what was invoiced", "Import what was invoiced"} & {each.label for each in viewer.app.expander}
    assert not any(text.startswith("Contingency:") for text in texts(viewer))
