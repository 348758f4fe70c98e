"""What stands beside an amount: VAT and another currency, calculated by hand and in words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import builders
from tests.approval import Says
from tests.builders import TODAY, book, rate, scenario, vat
from tests.words import ENGLISH, GERMAN, plain, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import Confidence, PriceBook
from zt_planner.engine.plan import Plan, StoppedPlan
from zt_planner.files.summary_json import summary_bytes
from zt_planner.topics.gross_and_currency import (
    AmountForms,
    ConvertedAmount,
    amount_forms_of,
    amount_notes,
    in_one_line,
)
from zt_planner.topics.headline.cards import key_figures, overview_of
from zt_planner.topics.prices.tables import vat_table
from zt_planner.topics.view import StoppedView, View

GERMANY, SWITZERLAND = vat("DE", "0.19"), vat("CH", "0.081", confidence="unverified")
FRANCS = rate("CHF", "1.07").model_copy(update={"confidence": Confidence.UNVERIFIED})
DOLLARS = rate("USD", "0.866")
NOTHING = AmountForms(None, None, None, TODAY)
BUDGET = Decimal("107000.50")


@pytest.fixture(scope="module")
def asked(price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    """Return a plan with amounts of its own, German VAT and francs asked for."""
    plan = builders.plan(scenario(display__vat_country="DE", display__currency="CHF"), price_book, phase_model)
    then, internal = Decimal("2140.00"), Decimal("107.00")
    budgets = {"first_year_budget": BUDGET, "introduction_budget": BUDGET}
    figures = builders.with_values(plan.headlines, **budgets, run_rate_monthly=then, internal_value=internal)
    return replace(plan, headlines=figures)


def test_the_forms_of_an_amount_are_those_of_a_pocket_calculator() -> None:
    """107,000.50 x 1.19 = 127,330.595; / 1.07 = 100,000.467...; x 1.19 / 1.07 = 119,000.556..."""
    found = AmountForms("DE", GERMANY, FRANCS, TODAY).amounts(BUDGET)
    assert found == ConvertedAmount(Decimal("127330.60"), Decimal("100000.47"), Decimal("119000.56"))


@pytest.mark.parametrize(
    ("net", "gross"),
    [("0.00", "0.00"), ("0.50", "0.60"), ("-0.50", "-0.60"), ("100.00", "119.00"), ("0.02", "0.02"), ("0.03", "0.04")],
)
def test_vat_is_rounded_half_up_to_the_cent(net: str, gross: str) -> None:
    """0.50 x 1.19 = 0.595, half a cent: away from zero."""
    assert replace(NOTHING, vat=GERMANY).amounts(Decimal(net)).gross == Decimal(gross)


def test_the_parts_of_a_figure_need_not_add_up_with_vat() -> None:
    """0.02 and 0.02 are 0.04; with VAT, each rounded, they are a cent short of it."""
    whole, *parts = [replace(NOTHING, vat=GERMANY).amounts(Decimal(part)).gross for part in ("0.04", "0.02", "0.02")]
    assert (whole, parts) == (Decimal("0.05"), [Decimal("0.02"), Decimal("0.02")])


def test_internal_work_carries_no_vat() -> None:
    found = AmountForms("DE", GERMANY, FRANCS, TODAY).amounts(Decimal("107.00"), carries_vat=False)
    assert found == ConvertedAmount(None, Decimal("100.00"), None)


def test_nothing_stands_beside_where_nothing_is_asked_for() -> None:
    assert NOTHING.forms(BUDGET) == ()
    assert not NOTHING.is_asked_for


@pytest.mark.parametrize(
    ("given", "is_short", "english", "german"),
    [
        ({"vat": GERMANY}, False, "EUR 127,331 with 19% VAT", "127.331 EUR mit 19 % USt."),
        (
            {"vat": SWITZERLAND},
            True,
            "EUR 115,668 with 8.1% VAT (assumed)",
            "115.668 EUR mit 8,1 % USt. (angenommen)",
        ),
        (
            {"rate": FRANCS},
            False,
            "CHF 100,000 · rate of 1 Jun 2026, assumed",
            "100.000 CHF · Kurs vom 01.06.2026, angenommen",
        ),
        ({"rate": DOLLARS}, False, "USD 123,557 · rate of 1 Jun 2026", "123.557 USD · Kurs vom 01.06.2026"),
        ({"rate": DOLLARS}, True, "USD 123,557", "123.557 USD"),
        (
            {"vat": GERMANY, "rate": FRANCS},
            False,
            "EUR 127,331 with 19% VAT · CHF 100,000 net · CHF 119,001 with VAT · rate of 1 Jun 2026, assumed",
            ("127.331 EUR mit 19 % USt. · 100.000 CHF netto · 119.001 CHF mit USt. · Kurs vom 01.06.2026, angenommen"),
        ),
    ],
)
def test_what_stands_beside_reads_well(given: dict[str, Any], is_short: bool, english: str, german: str) -> None:  # noqa: FBT001 - a case
    amount_forms = replace(NOTHING, **given)
    words = [
        plain(told(in_one_line(amount_forms.forms(BUDGET, is_short=is_short)), language))
        for language in (ENGLISH, GERMAN)
    ]
    assert words == [english, german]


def test_the_rates_are_those_of_the_day_of_the_plan(phase_model: PhaseModel) -> None:
    shelf = book(
        rates=(rate("USD", "0.9", "2026-12-01"), DOLLARS),
        vat=(vat("DE", "0.16", "2026-01-01", "2026-11-06"), vat("DE", "0.19", "2026-11-07")),
    )
    given = scenario(display__vat_country="DE", display__currency="USD")
    found = amount_forms_of(builders.plan(given, shelf, phase_model))
    assert (found.vat, found.rate) == (shelf.vat[0], DOLLARS)


def test_the_exchange_rate_is_that_of_the_day_as_of_which_prices_are_known(phase_model: PhaseModel) -> None:
    later = rate("USD", "0.9", "2026-12-01")
    shelf = book(rates=(later, DOLLARS), vat=(vat("DE", "0.19", "2026-01-01"),))
    given = scenario(display__vat_country="DE", display__currency="USD", prices__as_of=date(2026, 12, 15))
    found = amount_forms_of(builders.plan(given, shelf, phase_model))
    assert (found.vat, found.rate) == (shelf.vat[0], later)


def test_euros_are_not_converted(price_book: PriceBook, phase_model: PhaseModel) -> None:
    found = amount_forms_of(builders.plan(scenario(), price_book, phase_model))
    assert found == NOTHING


def test_the_notes_name_the_rates_and_the_headlines_amounts(asked: Plan, says: Says) -> None:
    says([plain(note) for note in tuple(map(ENGLISH.write, amount_notes(View(asked, ENGLISH))))])
    says([plain(note) for note in tuple(map(GERMAN.write, amount_notes(View(asked, ENGLISH))))])


def test_once_a_plan_is_under_way_the_notes_name_what_its_sentence_names(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    given = scenario(timeline__start="2026-11-02", status__at="2026-11-16", display__vat_country="DE")
    plan = builders.plan(given, price_book, phase_model)
    promised = View(plan, ENGLISH).promise.rounded_budget
    assert promised is not None
    gross = ENGLISH.money(promised * Decimal("1.19"))
    assert [plain(note) for note in tuple(map(ENGLISH.write, amount_notes(View(plan, ENGLISH))))] == [
        plain(f"With 19% VAT (Germany): {gross} to get there.")
    ]


def test_the_notes_of_an_incomplete_plan_name_no_amount(
    price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    given = scenario(timeline__start="2022-03-01", display__vat_country="CH", display__currency="USD")
    plan = builders.plan(given, price_book, phase_model)
    assert not plan.is_complete
    says([plain(note) for note in tuple(map(ENGLISH.write, amount_notes(View(plan, ENGLISH))))])


def test_a_day_without_a_known_rate_of_vat_is_said(phase_model: PhaseModel, says: Says) -> None:
    shelf = book(vat=(vat("DE", "0.19", "2027-01-01"),))
    plan = builders.plan(scenario(display__vat_country="DE"), shelf, phase_model)
    assert amount_forms_of(plan).forms(BUDGET) == ()
    says([plain(note) for note in tuple(map(ENGLISH.write, amount_notes(View(plan, ENGLISH))))])
    shown = json.loads(summary_bytes(plan, ENGLISH))["display"]
    assert (shown["vat_country"], shown["vat_rate"], shown["vat_confidence"]) == ("DE", None, None)
    assert shown["figures"]["first_year_budget"] is None


def test_a_plan_without_a_schedule_has_no_notes_and_no_forms(asked: Plan) -> None:
    stopped = StoppedPlan(asked.case, asked.findings)
    assert tuple(map(ENGLISH.write, amount_notes(StoppedView(stopped, ENGLISH)))) == ()
    assert set(json.loads(summary_bytes(stopped, ENGLISH))["display"]["figures"].values()) == {None}


def test_the_cards_of_money_show_it_and_no_other(asked: Plan, says: Says) -> None:
    figures = told(key_figures(View(asked, ENGLISH), None))
    shown = {figure.key: [plain(form) for form in figure.other_forms] for figure in figures}
    says(shown["promised_budget"])
    assert shown["run_rate_monthly"]
    assert (shown["promised_internal_days"], shown["promised_finish"], shown["nis2"]) == ([], [], [])


def test_the_overview_shows_it_beside_each_amount(asked: Plan, says: Says) -> None:
    rows = {row.label: plain(row.other_forms) for row in told(overview_of(View(asked, ENGLISH)))}
    says(rows["First-year budget"])
    assert rows["Value of the internal work"] == "CHF 100.00"
    assert rows["Finish"] == ""


def test_the_summary_keeps_the_forms_as_texts(asked: Plan, price_book: PriceBook, phase_model: PhaseModel) -> None:
    shown = json.loads(summary_bytes(asked, ENGLISH))["display"]
    figures = shown.pop("figures")
    assert shown == {
        "vat_country": "DE",
        "vat_rate": "0.19",
        "vat_confidence": "third_party",
        "currency": "CHF",
        "eur_per_unit": "1.07",
        "rate_date": "2026-06-01",
        "rate_confidence": "assumed",
    }
    assert figures["first_year_budget"] == {
        "gross_eur": "127330.60",
        "net_converted": "100000.47",
        "gross_converted": "119000.56",
    }
    assert figures["internal_value"] == {"gross_eur": None, "net_converted": "100.00", "gross_converted": None}
    undisplayed = builders.plan(scenario(), price_book, phase_model)
    assert "display" not in json.loads(summary_bytes(undisplayed, ENGLISH))


def test_whoever_may_not_see_labour_sees_the_same_of_what_is_left(asked: Plan) -> None:
    hidden = replace(asked, case=replace(asked.case, shows_labour=False))
    assert "internal_value" not in json.loads(summary_bytes(hidden, ENGLISH))["display"]["figures"]


def test_the_rates_of_vat_are_a_table(price_book: PriceBook, says: Says) -> None:
    table = told(vat_table(price_book))
    says([plain(cell) for cell in table.rows[0]])
    assert len(table.rows) == len(price_book.vat)
    ended = told(vat_table(book(vat=(vat("DE", "0.16", "2020-07-01", "2020-12-31"),))), GERMAN)
    assert [plain(cell) for cell in ended.rows[0]][:3] == ["Deutschland", "16 %", "01.07.2020 – 31.12.2020"]
