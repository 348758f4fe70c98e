"""Own rows take the place of the book's, wherever the plan is made, and are refused where the file would be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import book, case, model, plan, plan_for, price, rate, row_values
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Code
from zt_planner.domain.scenario.own_rows import LARGEST_ROWS_BYTES, MOST_ROWS
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.own_prices import MOST_NEW_LICENCES, joined_book, uncounted
from zt_planner.engine.plan import Plan
from zt_planner.errors import ScenarioError
from zt_planner.files.json_text import LARGEST_FILE_BYTES
from zt_planner.files.scenario_json import parsed_scenario, scenario_bytes, validated

PREMIUM = "m365-business-premium"
SMALL = book(price("suite"), price("add-on", 3), rates=(rate("USD", "0.8"),))


def row(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of a row
    """Return a row as the scenario's file holds it, of a licence for 10 EUR."""
    return {**row_values(price("suite")), **fields}


def with_rows(**rows: Any) -> Scenario:  # noqa: ANN401 - any rows
    """Return a scenario with own rows; in their ids a hyphen is written as an underscore."""
    named = {
        key.replace("_", "-"): [{**item, "id": key.replace("_", "-")} for item in own] for key, own in rows.items()
    }
    return validated({"prices": {"rows": named}})


def refused(data: object, prices: PriceBook = SMALL) -> dict[str, str]:
    """Return what is wrong with own rows, by path."""
    with pytest.raises(ScenarioError) as caught:
        case(validated({"prices": {"rows": data}}), prices, model())
    return {problem.path: problem.problem.format(**problem.values) for problem in caught.value.problems}


def own_row_of(plan: Plan, price_id: str) -> set[tuple[Decimal, bool, bool]]:
    """Return the unit prices of an id in a plan: amount, whether it is an own one, whether an override."""
    prices = (line.unit_price for line in plan.cost_lines if line.price_id == price_id)
    return {(price.amount, price.is_own, price.is_override) for price in prices if price is not None}


def test_own_rows_take_the_place_of_their_id_and_new_ids_follow() -> None:
    joined = joined_book(SMALL, with_rows(suite=[row(amount="7")], new_one=[row()], another=[row()]).prices)
    assert list(joined.rows_by_id) == ["suite", "add-on", "another", "new-one"]
    assert [item.amount for item in joined.rows_by_id["suite"]] == [7]
    assert [price.is_own for price in joined.prices] == [True, False, True, True]
    assert joined.rates == SMALL.rates
    assert joined.version != SMALL.version


def test_without_own_rows_it_is_the_book_itself_and_a_joined_book_is_remembered() -> None:
    own = with_rows(suite=[row(amount="7")]).prices
    assert joined_book(SMALL, Scenario().prices) is SMALL
    assert joined_book(SMALL, own) is joined_book(SMALL, own)
    twice = joined_book(joined_book(SMALL, own), own)
    assert twice.version == joined_book(SMALL, own).version


def test_the_order_of_rows_and_ids_changes_nothing() -> None:
    early, late = row(amount="1", valid_to="2026-12-31"), row(amount="2", valid_from="2027-01-01")
    one, other = with_rows(suite=[early, late], b=[row()]), with_rows(b=[row()], suite=[late, early])
    assert one == other
    assert one.version == other.version


def test_an_own_row_is_converted_and_an_override_still_wins(price_book: PriceBook, phase_model: PhaseModel) -> None:
    shipped = price_book.rows_by_id[PREMIUM][-1]
    own = {**row_values(shipped), "amount": "20.00", "currency": "USD", "term": "annual_prepaid"}
    scenario = validated({"prices": {"rows": {PREMIUM: [own]}}})
    made = plan_for(case(scenario, price_book, phase_model))
    assert own_row_of(made, PREMIUM) == {(Decimal("18.19"), True, False)}  # 20 x 0.866 x 1.05
    assert made.case.book.version == joined_book(price_book, scenario.prices).version != price_book.version
    moved = scenario.changed(f"prices.overrides.{PREMIUM}", Decimal("15.00"))
    overridden = plan_for(case(moved, price_book, phase_model))
    assert own_row_of(overridden, PREMIUM) == {(Decimal("15.00"), True, True)}


def test_the_file_alone_gives_the_same_plan_on_another_book(price_book: PriceBook, phase_model: PhaseModel) -> None:
    own = {key: [row_values(row) for row in rows] for key, rows in price_book.rows_by_id.items()}
    here = validated({"timeline": {"start": "2027-01-04"}, "prices": {"rows": own}})
    elsewhere = parsed_scenario(scenario_bytes(here))
    dearer = tuple(price.model_copy(update={"amount": price.amount * 2}) for price in price_book.prices)
    other_book = replace(price_book, prices=dearer)
    assert elsewhere == here
    first = plan_for(case(here, price_book, phase_model))
    again = plan_for(case(elsewhere, other_book, phase_model))
    assert (again.scenario, again.case.book) == (first.scenario, first.case.book)
    assert replace(again, case=first.case) == first


def test_a_licence_without_a_row_at_the_date_is_no_choice_and_never_nothing(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    late = {
        key: [{**row_values(price_book.rows_by_id[key][-1]), "valid_from": "2090-01-01", "valid_to": None}]
        for key in price_book.user_licences
    }
    made = plan_for(case(validated({"prices": {"rows": late}}), price_book, phase_model))
    assert Code.LICENCE_NO_MIX in {finding.code for finding in made.findings}
    assert not made.is_complete


def test_day_rates_are_left_out_with_the_other_rates(price_book: PriceBook, phase_model: PhaseModel) -> None:
    day = {**row_values(price_book.rows_by_id["external-day"][-1]), "amount": "1777"}
    scenario = validated({"prices": {"rows": {"external-day": [day], "suite": [row()]}}})
    assert list(scenario.without_rates().prices.rows) == ["suite"]
    hidden = plan_for(case(scenario, price_book, phase_model, shows_labour=False))
    assert "1777" not in hidden.scenario.model_dump_json()
    shown = plan_for(case(scenario, price_book, phase_model))
    assert own_row_of(shown, "external-day") == {(Decimal("1777.00"), True, False)}


@pytest.mark.parametrize(
    ("fields", "column", "problem"),
    [
        ({"amount": "1,50"}, "amount", '"1,50" is not an amount'),
        ({"amount": -1}, "amount", "-1 is too low"),
        ({"amount": "0.1234567"}, "amount", '"0.1234567" is not an amount'),
        ({"amount": True}, "amount", "true is not an amount"),
        ({"seat_cap": 0}, "seat_cap", "0 is too low"),
        ({"seat_cap": "300"}, "seat_cap", '"300" is not a whole number'),
        ({"requires": ["suite"]}, "requires", "the product requires itself"),
        ({"requires": ["add-on", "add-on"]}, "requires", '["add-on", "add-on"] contains a duplicate'),
        ({"requires": ["x"] * 21}, "requires", "there are more than 20 entries"),
        ({"grants": ["telepathy"]}, "grants.0", '"telepathy" is not a choice'),
        ({"term": "weekly"}, "term", '"weekly" is not a choice'),
        ({"audience": "cats"}, "audience", '"cats" is not a choice'),
        ({"valid_from": "01.07.2026"}, "valid_from", '"01.07.2026" is not a date'),
        ({"valid_from": "1901-01-01"}, "valid_from", '"1901-01-01" is too early'),
        ({"valid_to": "1999-12-31"}, "valid_to", '"1999-12-31" is before the first day, 2000-01-01'),
        ({"currency": "Euro"}, "currency", '"Euro" is not a currency'),
        ({"currency": "JPY"}, "currency", "'JPY' is a currency without a rate in fx.csv"),
        ({"requires": ["nothing"]}, "requires", "'nothing' is not in the price book"),
        ({"vendor": "microsoft"}, "vendor", '"microsoft" is written differently elsewhere'),
        (
            {"vendor": "Reseller"},
            "vendor",
            "'Reseller' is 'Microsoft' in the price book: the vendor decides what a licence may be used for",
        ),
        ({"product": " "}, "product", "the text is empty"),
        ({"product": "a\nb"}, "product", '"a\\nb" holds control characters'),
        ({"note": "x" * 501}, "note", "the text is longer than 500 characters"),
        ({"seat_family": "two words"}, "seat_family", '"two words" is not one word'),
        (
            {"category": "labour"},
            "category",
            (
                '"labour" does not fit the id: only days of work use the ids '
                "internal-day, external-day, external-day-at, external-day-ch"
            ),
        ),
        ({"from_quantity": "x"}, "from_quantity", '"x" is not a whole number of units'),
        ({"from_quantity": 1.5}, "from_quantity", "1.5 is not a whole number of units"),
        ({"colour": "red"}, "colour", "'colour' is not a field"),
        ({"vendor": None}, "vendor", "null is not a text"),
    ],
)
def test_a_cell_that_the_file_would_not_have_is_refused_by_its_path(
    fields: dict[str, Any], column: str, problem: str
) -> None:
    assert refused({"suite": [row(**fields)]}) == {f"prices.rows.suite.0.{column}": problem}


@pytest.mark.parametrize(
    ("rows", "path", "problem"),
    [
        ([], "prices.rows", "[] is not a list of rows"),
        ({"suite": 5}, "prices.rows.suite", "5 is not a list of rows"),
        ({"suite": [5]}, "prices.rows.suite.0", "5 is not a list of rows"),
        ({"suite": []}, "prices.rows.suite", "there is no row"),
        ({"suite": [row(id="other")]}, "prices.rows", "a row under suite has another id"),
        (
            {"suite": [row(), row(valid_from="2027-01-01")]},
            "prices.rows.suite",
            "two rows apply on the same day, from 2000-01-01 and from 2027-01-01",
        ),
        (
            {"suite": [row(valid_to="2026-12-31"), row(valid_from="2027-01-01", unit="piece")]},
            "prices.rows.suite",
            "its rows differ in category or unit",
        ),
        (
            {"suite": [row(from_quantity=51)]},
            "prices.rows.suite",
            "none of its rows begins at quantity 1",
        ),
        (
            {"suite": [row(), row(from_quantity=51), row(from_quantity=51, valid_from="2027-01-01")]},
            "prices.rows.suite",
            "two rows apply on the same day, from 2000-01-01 and from 2027-01-01",
        ),
        (
            {"suite": [row(), row(from_quantity=51), row(from_quantity=51)]},
            "prices.rows.suite",
            "two rows apply from 2000-01-01 on and from unit 51 on",
        ),
        (
            {"suite": [row(), row(from_quantity=1)]},
            "prices.rows.suite",
            "two rows apply from 2000-01-01 on and from unit 1 on",
        ),
        (
            {"suite": [row(), row(from_quantity=51, valid_from="2027-01-01")]},
            "prices.rows.suite",
            "the step from 51 does not apply on the same days as the row that begins at 1",
        ),
        (
            {"suite": [row(), row(from_quantity=51, valid_to="2027-01-01")]},
            "prices.rows.suite",
            "the step from 51 does not apply on the same days as the row that begins at 1",
        ),
        (
            {"suite": [row(), row(from_quantity=51, currency="USD")]},
            "prices.rows.suite",
            "the step from 51 differs from the row that begins at 1 in its vendor, currency or term",
        ),
        (
            {"suite": [row(unit="piece", valid_to="2026-12-31"), row(unit="piece", valid_from="2027-01-01")]},
            "prices.rows.suite.0.unit",
            "'piece' is 'user/month' in the price book",
        ),
        (
            {f"x{n}": [row(id=f"x{n}")] for n in range(MOST_ROWS + 1)},
            "prices.rows",
            "there are 501 own rows, more than the 500 a scenario can hold",
        ),
        (
            {f"x{n}": [row(id=f"x{n}")] for n in range(MOST_NEW_LICENCES + 1)},
            "prices.rows",
            "there are 9 new licences per user, more than the 8 that can be compared",
        ),
    ],
)
def test_rows_that_do_not_go_together_are_refused(rows: object, path: str, problem: str) -> None:
    assert refused(rows) == {path: problem}


@pytest.mark.parametrize(
    ("fields", "columns"),
    [
        ({"grants": ("mfa",)}, []),
        ({"grants": ("mfa",), "from_quantity": 1}, []),
        ({"grants": ("mfa",), "from_quantity": 51}, ["from_quantity"]),
        ({"grants": ("ztna",), "from_quantity": 51}, []),
        ({"category": "labour", "unit": "day", "term": "one_off", "from_quantity": 51}, ["from_quantity"]),
        ({"term": "one_off"}, ["term"]),
        ({"unit": "GB", "term": "usage"}, []),
        ({"unit": "piece"}, ["term"]),
        ({"min_per_month": Decimal(5)}, ["min_per_month"]),
        ({"id": "mdr-endpoint", "unit": "endpoint/month", "min_per_month": Decimal(5)}, []),
    ],
)
def test_what_no_rule_would_count_is_named(fields: dict[str, Any], columns: list[str]) -> None:
    asked = price(fields.pop("id", "suite"), 10, **fields)
    assert [fault.column for fault in uncounted(asked)] == columns


@pytest.mark.extended
def test_what_is_saved_is_small_enough_to_be_read_again() -> None:
    long = {f"x{n}": [row(id=f"x{n}", unit="piece", note="ä" * 240)] for n in range(MOST_ROWS)}
    scenario = validated({"prices": {"rows": long}})
    assert len(scenario_bytes(scenario)) < LARGEST_FILE_BYTES
    longer = {key: [{**rows[0], "source": "“" * 400, "vendor": "“" * 400}] for key, rows in long.items()}
    assert f"more than the {LARGEST_ROWS_BYTES} a scenario" in refused(longer)["prices.rows"]


def test_amounts_are_written_so_that_no_one_reads_them_as_thousands() -> None:
    written = [
        with_rows(suite=[row(amount=item)]).model_dump(mode="json") for item in ("1", "1.2", "1.234", "0.000001")
    ]
    amounts = [data["prices"]["rows"]["suite"][0]["amount"] for data in written]
    assert amounts == ["1.00", "1.20", "1.2340", "0.000001"]


def test_a_price_per_user_with_a_row_of_its_own_is_planned(phase_model: PhaseModel) -> None:
    made = plan(with_rows(suite=[row(amount="7", grants=["mail"])]), SMALL, phase_model)
    assert made.case.book.version == joined_book(SMALL, made.scenario.prices).version
