"""A graduated price has a row for each step: in a partner's list, in the table, and once it is applied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.builders import plan, prices_for, row_values, scenario
from tests.unit.topics.prices.test_price_lists import SHORT, read
from tests.words import plain, told
from zt_planner.catalog.price_lists.price_table import price_table_of, table_edits
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.price_proposal import proposed_fields
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.own_prices import joined_book
from zt_planner.files.scenario_json import with_values
from zt_planner.topics.prices.proposals import proposal_table
from zt_planner.topics.prices.tables import changes_since

STEPS = "id,amount,currency,term,valid_from,from_quantity\r\n"


def test_a_list_brings_the_steps_of_a_graduated_price(price_book: PriceBook, says: Says) -> None:
    rows = "mdr-endpoint,{},EUR,annual_monthly,2027-01-01,{}\r\n"
    found = read(STEPS + rows.format(20, 1) + rows.format(8, 101), price_book)["mdr-endpoint"]
    assert [(row.step, str(row.amount), str(row.valid_to)) for row in found.after] == [
        *((1, "24.00", "2026-12-31"), (51, "12.00", "2026-12-31"), (151, "9.00", "2026-12-31")),
        *((401, "5.00", "2026-12-31"), (1, "20", "None"), (101, "8", "None")),
    ]
    assert [row.min_per_month for row in found.after[-2:]] == [Decimal("1200.00"), None]
    joined = joined_book(price_book, with_values(Scenario(), proposed_fields([found])).prices)
    assert [row.step for row in joined.steps_on("mdr-endpoint", date(2027, 1, 1))] == [1, 101]
    (shown,) = told(proposal_table((found,))).rows
    says(shown[4])


def test_a_step_alone_or_twice_is_refused_with_its_place(price_book: PriceBook) -> None:
    row = "mdr-endpoint,8,EUR,annual_monthly,2027-01-01,101\r\n"
    for rows, message in (
        (row, "list.csv, row 2, column from_quantity: step '101' of mdr-endpoint has no matching row"),
        (row * 2, "list.csv, row 3, column valid_from: '2027-01-01' appears twice"),
    ):
        (wrong,) = read(STEPS + rows, price_book)["mdr-endpoint"].problems
        assert str(wrong).startswith(message)


@pytest.mark.parametrize("row", ["entra-p1,{},EUR,monthly,2027-01-01,{}", "external-day,{},EUR,one_off,2027-01-01,{}"])
def test_a_step_of_a_licence_of_the_mix_or_a_day_of_work_is_refused(
    price_book: PriceBook, row: str, says: Says
) -> None:
    found = read(STEPS + row.format(6, 1) + "\r\n" + row.format(5, 101), price_book)
    ((wrong,),) = (each.problems for each in found.values())
    says(str(wrong))


def test_a_saved_plan_with_such_a_step_goes_on_at_its_first_price(price_book: PriceBook) -> None:
    rows = [row_values(price_book.rows_by_id["entra-p1"][-1]) | {"from_quantity": at, "amount": 9} for at in (1, 51)]
    rows[1]["amount"] = 1
    saved = with_values(Scenario(), {"prices.rows": {"entra-p1": rows}})
    prices = prices_for(saved, joined_book(price_book, saved.prices))
    price = prices.price_of("entra-p1", Month(2027, 1))
    assert price is not None
    assert prices.steps_of(price) == ((1, price),)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "cloud-siem,5000,EUR,one_off,2027-01-01,\r\n",
            "column term: 'one_off' does not go with the unit 'company/month'.",
        ),
        (
            "fido2-key,50,EUR,monthly,2027-01-01,\r\n",
            "column term: 'monthly' does not go with the unit 'piece'. Use one of: one_off, usage.",
        ),
        (
            "cloud-siem,500,EUR,monthly,2027-01-01,2000\r\n",
            "column min_per_month: '2000' is an amount that counts for mdr-endpoint, managed-service-user only.",
        ),
    ],
)
def test_what_no_rule_would_count_is_refused(price_book: PriceBook, row: str, message: str) -> None:
    header = "id,amount,currency,term,valid_from,min_per_month\r\n"
    ((wrong,),) = (each.problems for each in read(header + row, price_book).values())
    assert str(wrong).startswith(f"list.csv, row 2, {message}")


def test_a_new_product_that_nothing_would_buy_is_refused(price_book: PriceBook, says: Says) -> None:
    columns = {**price_table_of(price_book)[-1], "id": "my-mdr", "category": "monitoring", "unit": "endpoint/month"}
    (wrong,) = table_edits([*price_table_of(price_book), columns], price_book, "Price table").problems
    assert wrong.column == "id"
    says(str(wrong))


def test_a_list_without_steps_makes_a_graduated_price_flat(price_book: PriceBook) -> None:
    found = read(SHORT + "mdr-endpoint,15,EUR,annual_monthly,2027-01-01\r\n", price_book)["mdr-endpoint"]
    joined = joined_book(price_book, with_values(Scenario(), proposed_fields([found])).prices)
    (row,) = joined.steps_on("mdr-endpoint", date(2027, 1, 1))
    assert (row.amount, row.min_per_month) == (Decimal(15), Decimal(1200))


def test_a_step_is_edited_added_and_taken_out_in_the_table(price_book: PriceBook) -> None:
    table = price_table_of(price_book)
    places = [place for place, row in enumerate(table) if row["id"] == "mdr-endpoint"]
    table[places[1]]["amount"] = "11"
    added = {**table[places[3]], "from_quantity": "801", "amount": "4"}
    fields = table_edits([*table, added], price_book, "Price table").fields
    assert [(row["from_quantity"], row["amount"]) for row in fields["prices.rows.mdr-endpoint"]] == [
        *((1, "24.00"), (51, "11.00"), (151, "9.00"), (401, "5.00"), (801, "4.00"))
    ]
    del table[places[0]]
    (wrong, *_) = table_edits(table, price_book, "Price table").problems
    assert (wrong.row, wrong.column) == (places[0] + 1, "from_quantity")


def test_a_step_that_is_known_otherwise_today_is_named(price_book: PriceBook, phase_model: PhaseModel) -> None:
    steps = [row.model_copy(update={"valid_to": date(2026, 10, 31)}) for row in price_book.rows_by_id["mdr-endpoint"]]
    later = [row.model_copy(update={"valid_from": date(2026, 11, 1), "valid_to": None}) for row in steps]
    later[1] = later[1].model_copy(update={"amount": Decimal(14)})
    others = (row for row in price_book.prices if row.id != "mdr-endpoint")
    shelf = replace(price_book, prices=(*others, *steps, *later))
    asked = plan(scenario(prices__as_of="2026-10-15"), shelf, phase_model)
    (row,) = told(changes_since(asked)).rows
    assert [plain(cell) for cell in row] == [
        *("Managed detection and response, from number 51", "EUR 12.00", "EUR 14.00")
    ]
