"""A graduated price has a row for each step: in a partner's list, in the table, and once it is applied."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.unit.reports.tables.test_price_lists import ENGLISH, SHORT, read
from zt_planner.catalog.price_lists.price_table import price_table_of, table_edits
from zt_planner.domain.scenario.price_proposal import proposed_fields
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.own_prices import joined_book
from zt_planner.reports.tables.price_proposals import proposal_table
from zt_planner.workspace.fields import with_values

if TYPE_CHECKING:
    from zt_planner.domain.data.price_book import PriceBook

STEPS = "id,amount,currency,term,valid_from,from_quantity\r\n"


def test_a_list_brings_the_steps_of_a_graduated_price(price_book: PriceBook) -> None:
    rows = "mdr-endpoint,{},EUR,annual_monthly,2027-01-01,{}\r\n"
    found = read(STEPS + rows.format(20, 1) + rows.format(8, 101), price_book)["mdr-endpoint"]
    assert [(row.step, str(row.amount), str(row.valid_to)) for row in found.after] == [
        *((1, "24.00", "2026-12-31"), (51, "12.00", "2026-12-31"), (151, "9.00", "2026-12-31")),
        *((401, "5.00", "2026-12-31"), (1, "20", "None"), (101, "8", "None")),
    ]
    assert [row.min_per_month for row in found.after[-2:]] == [Decimal("1200.00"), None]
    joined = joined_book(price_book, with_values(Scenario(), proposed_fields([found])).prices)
    assert [row.step for row in joined.steps_on("mdr-endpoint", date(2027, 1, 1))] == [1, 101]
    (shown,) = proposal_table((found,), ENGLISH).rows
    assert "8.00\xa0EUR from 1\xa0Jan\xa02027, from number 101" in shown[4]


def test_a_step_alone_or_twice_is_refused_with_its_place(price_book: PriceBook) -> None:
    row = "mdr-endpoint,8,EUR,annual_monthly,2027-01-01,101\r\n"
    for rows, message in (
        (row, "list.csv, row 2, column from_quantity: step '101' of mdr-endpoint has no matching row"),
        (row * 2, "list.csv, row 3, column valid_from: '2027-01-01' appears twice"),
    ):
        (wrong,) = read(STEPS + rows, price_book)["mdr-endpoint"].problems
        assert str(wrong).startswith(message)


@pytest.mark.parametrize("price_id", ["entra-p1", "external-day"])
def test_a_step_of_a_licence_per_user_or_a_day_of_work_is_refused(price_book: PriceBook, price_id: str) -> None:
    row = f"{price_id},{{}},EUR,annual_monthly,2027-01-01,{{}}\r\n"
    (wrong,) = read(STEPS + row.format(6, 1) + row.format(5, 101), price_book)[price_id].problems
    assert str(wrong) == (
        "list.csv, row 3, column from_quantity: '101' is a step, but a licence per user or a day of work has one price "
        "for every unit. Keep one row, with the price that you pay, and leave this column empty."
    )


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
