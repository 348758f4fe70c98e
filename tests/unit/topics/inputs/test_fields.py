"""Every field of a scenario has a name, and its values read as a person would write them, in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import JsonValue

from tests.approval import Says
from tests.builders import row_values
from tests.words import ENGLISH, GERMAN, plain
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.differences import values_of
from zt_planner.domain.scenario.fields import APPROVED, FORECASTS, KEPT_BOOK, KEPT_MODEL, NOTES, ORDER, SCAN_RECORDS
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.files.scenario_json import with_values
from zt_planner.topics.inputs.fields import VALUE_LENGTH, Visibility, field_label, field_value

HARD = "\N{NO-BREAK SPACE}"
PREMIUM = "prices.overrides.m365-business-premium"


@pytest.mark.parametrize("path", [*values_of(Scenario()), NOTES, KEPT_BOOK, KEPT_MODEL])
def test_a_field_is_named_in_both_languages(path: str) -> None:
    english, german = ENGLISH.write(field_label(path)), GERMAN.write(field_label(path))
    assert "." not in english
    assert english
    assert german


def test_an_own_price_is_named_by_its_product(price_book: PriceBook, says: Says) -> None:
    says(ENGLISH.write(field_label(PREMIUM, price_book)))
    says(ENGLISH.write(field_label(PREMIUM)))
    assert ENGLISH.write(field_label("a.later.field")) == "a.later.field"


def test_own_rows_are_named_by_their_product_and_read_as_amounts(price_book: PriceBook, says: Says) -> None:
    path, rows = "prices.rows.m365-e3", [row_values(row) for row in price_book.rows_by_id["m365-e3"]]
    says(ENGLISH.write(field_label(path, price_book)))
    says(ENGLISH.write(field_label(path)))
    value: JsonValue = list(rows)
    shown = plain(ENGLISH.write(field_value(path, value, price_book)))
    says(shown)
    many: JsonValue = [*rows, *rows]
    assert ENGLISH.write(field_value(path, many, price_book)).startswith("…, ")
    says(GERMAN.write(field_value(path, None, price_book)))


def test_an_order_of_tasks_says_that_it_is_fixed(price_book: PriceBook) -> None:
    assert ENGLISH.write(field_value(ORDER, ["a", "b"], price_book)) == "fixed for 2 tasks"
    assert ENGLISH.write(field_value(ORDER, [], price_book)) == "chosen by the plan"


def test_data_that_came_with_a_plan_are_told_by_their_rows(price_book: PriceBook, says: Says) -> None:
    assert ENGLISH.write(field_value(KEPT_BOOK, {"prices": [{}]}, price_book)) == "1 row"
    assert GERMAN.write(field_value(KEPT_MODEL, {"tasks": [{}, {}]}, price_book)) == "2 Zeilen"
    assert ENGLISH.write(field_value(KEPT_MODEL, {"tasks": {}}, price_book)) == "0 rows"
    says(ENGLISH.write(field_value(KEPT_BOOK, None, price_book)))


def test_an_approval_and_a_forecast_are_told_by_who_gave_it_and_their_days(price_book: PriceBook, says: Says) -> None:
    approved: JsonValue = {"by": "Anna", "on": "2027-03-04"}
    assert ENGLISH.write(field_value(APPROVED, approved, price_book)).replace(HARD, " ") == "Anna, 4 Mar 2027"
    assert ENGLISH.write(field_value(APPROVED, {"on": "2027-03-04"}, price_book)).replace(HARD, " ") == "4 Mar 2027"
    assert ENGLISH.write(field_value(APPROVED, None, price_book)) == "no plan"
    path, forecast = f"{FORECASTS}2027-04-15", {"finish": "2027-10-19", "sure_by": "2027-11-02", "budget": "1.00"}
    says(ENGLISH.write(field_label(path)).replace(HARD, " "))
    sure = ENGLISH.write(field_value(path, dict(forecast), price_book)).replace(HARD, " ")
    says(sure)
    unsure: JsonValue = {**forecast, "sure_by": None}
    says(ENGLISH.write(field_value(path, unsure, price_book)).replace(HARD, " "))


def test_a_scan_that_was_taken_over_is_told_by_its_program_and_day(price_book: PriceBook) -> None:
    path = f"{SCAN_RECORDS}zta"
    assert ENGLISH.write(field_label(path)) == "Imported scan: Zero Trust Assessment"
    assert ENGLISH.write(field_label(f"{SCAN_RECORDS}other")) == "Imported scan: other"
    assert ENGLISH.write(field_value(path, "2026-05-19", price_book)).replace(HARD, " ") == "19 May 2026"
    assert ENGLISH.write(field_value(path, "unknown", price_book)) == "of an unknown day"
    assert ENGLISH.write(field_value(path, None, price_book)) == "none"


def test_own_day_rates_are_hidden_with_labour() -> None:
    assert not Visibility(labour=False).sees("prices.rows.external-day")
    assert Visibility(labour=False).sees("prices.rows.m365-e3")
    assert Visibility().sees("prices.rows.external-day")


def test_bookings_are_told_by_category_month_and_task(says: Says) -> None:
    path = "status.bookings.2027-03/licence/mfa_rollout"
    says(ENGLISH.write(field_label(path, tasks={"mfa_rollout": "MFA"})))
    says(ENGLISH.write(field_label("status.bookings.2027-03/hardware/")))
    assert ENGLISH.write(field_label("status.bookings.soon")) == "status.bookings.soon"


def test_bookings_and_closed_months_are_written_as_a_person_would(price_book: PriceBook, says: Says) -> None:
    path = "status.bookings.2027-03/licence/"
    assert plain(ENGLISH.write(field_value(path, "-12.50", price_book))) == "\N{MINUS SIGN}EUR 12.50"
    assert ENGLISH.write(field_value(path, None, price_book)) == "nothing"
    says(ENGLISH.write(field_value("status.closed", ["2027-02", "2027-03"], price_book)))
    assert ENGLISH.write(field_value("status.closed", [], price_book)) == "none"


def test_bookings_of_the_consultant_are_hidden_with_labour() -> None:
    for letter in ("", "variants.B."):
        assert not Visibility(labour=False).sees(f"{letter}status.bookings.2027-03/consultant/ztna")
    assert Visibility(labour=False).sees("status.bookings.2027-03/licence/consultant")
    assert Visibility().sees("status.bookings.2027-03/consultant/")


@pytest.mark.parametrize(
    ("path", "value", "english", "german"),
    [
        ("company.employees", 1200, "1,200", "1.200"),
        ("company.devices", None, "automatic, by the number of people", "automatisch nach der Personenzahl"),
        ("company.name", "", "not set", "nicht gesetzt"),
        ("company.name", "<b>|\n" + "x" * 80, "<b>|\n" + "x" * 54 + "…", "<b>|\n" + "x" * 54 + "…"),
        ("company.owned_licences", [], "none", "keine"),
        (
            "company.owned_licences",
            [{"licence": "m365-e3", "seats": 90, "until": "2027-06-30"}],
            "Microsoft 365 E3, 90 seats, until 30 Jun 2027",
            "Microsoft 365 E3, 90 Plätze, bis 30.06.2027",
        ),
        ("company.running", [], "none", "keine"),
        ("company.running", ["siem", "mdr"], "SIEM, MDR", "SIEM, MDR"),
        ("company.owned_licences", [{"licence": "m365-e3"}] * 4, "4 licences", "4 Lizenzen"),
        ("labour.coordination_share.internal", None, "not set", "nicht gesetzt"),
        ("labour.coordination_share.internal", 0.12, "12%", "12 %"),
        ("tasks.edits.mfa_rollout.done", None, "nothing", "nichts"),
        ("tasks.edits.mfa_rollout.done", 0.4, "40%", "40 %"),
        ("company.works_council", True, "yes", "ja"),
        ("timeline.year_end_freeze", False, "no", "nein"),
        ("choices.monitoring", "siem_and_mdr", "SIEM and MDR", "SIEM und MDR"),
        ("choices.hardware_reuse", 0.35, "35%", "35 %"),
        ("finance.contingency", 0.125, "12.5%", "12,5 %"),
        ("finance.monthly_cap", None, "no limit", "keine Grenze"),
        ("finance.monthly_cap", "20000.00", "EUR 20,000.00", "20.000,00 EUR"),
        ("labour.external_day_rate", None, "the price book's", "wie im Preisbuch"),
        (PREMIUM, "18.50", "EUR 18.50", "18,50 EUR"),
        (PREMIUM, None, "the price book's", "wie im Preisbuch"),
        ("prices.as_of", None, "today", "heute"),
        ("prices.as_of", "2026-05-15", "15 May 2026", "15.05.2026"),
        ("prices.rise", 0.125, "12.5%", "12,5 %"),
        ("prices.rise_from", None, "the first month", "dem ersten Monat"),
        ("timeline.start", "2027-01-04", "4 Jan 2027", "04.01.2027"),
        ("timeline.internal_days_per_week", 2.5, "2.5", "2,5"),
        ("timeline.closures", [], "none", "keine"),
        ("timeline.closures", [["2027-08-02", "2027-08-13"]], "2 Aug 2027 – 13 Aug 2027", "02.08.2027 – 13.08.2027"),
        ("timeline.closures", [["2027-08-02", "2027-08-13"]] * 4, "4 periods", "4 Zeiträume"),
        ("display.vat_country", "DE", "Germany", "Deutschland"),
        ("display.vat_country", None, "none, net only", "keine, nur netto"),
        ("display.currency", "CHF", "CHF", "CHF"),
        ("a.later.field", 7, "7", "7"),
    ],
)
def test_a_value_reads_as_a_person_writes_it(
    path: str, value: JsonValue, english: str, german: str, price_book: PriceBook
) -> None:
    shown = [language.write(field_value(path, value, price_book)) for language in (ENGLISH, GERMAN)]
    assert [plain(text) for text in shown] == [english, german]
    assert all(len(text) <= VALUE_LENGTH for text in shown)


CHANGED: dict[str, Any] = {
    "company.frontline": 3,
    "timeline.closures": ((date(2027, 8, 2), date(2027, 8, 13)),),
    PREMIUM: Decimal("18.50"),
    "labour.coordination_share.internal": Decimal("0.1"),
    "company.owned_licences": ({"licence": "m365-e3"}, {"licence": "entra-p2", "seats": 6, "until": "2027-06-30"}),
    "company.running": ("siem", "training"),
    "tasks.edits.mfa_rollout.done": Decimal("0.4"),
}


def test_every_value_of_a_scenario_can_be_written(price_book: PriceBook) -> None:
    for scenario in (Scenario(), with_values(Scenario(), CHANGED)):
        for path, value in values_of(scenario).items():
            assert ENGLISH.write(field_value(path, value, price_book))
