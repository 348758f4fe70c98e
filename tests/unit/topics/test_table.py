"""A column is declared once, and read by people, spreadsheets and programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.words import ENGLISH, GERMAN, plain, told
from zt_planner.domain import units
from zt_planner.domain.month import Month
from zt_planner.domain.units import Unit
from zt_planner.language import in_table
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.csv.files import table_bytes
from zt_planner.topics.budget import lines as line_columns
from zt_planner.topics.prices import tables as price_columns
from zt_planner.topics.roadmap import tables as task_columns
from zt_planner.topics.table import Column, chosen, table_of

ROWS = ((True, Decimal("1234.50")), (False, None))

COLUMNS: tuple[Column[tuple[bool, Decimal | None]], ...] = (
    Column("Amount", units.MONEY, lambda row: row[1], name="amount"),
    Column("Critical", units.TEXT, lambda row: row[0], lambda row: "yes" if row[0] else "no", name="critical"),
    Column("Rounded", units.MONEY, lambda row: row[1], plain=lambda row: row[1] and round(row[1]), name="rounded"),
)


def test_every_medium_reads_the_same_declaration() -> None:
    table = told(table_of(COLUMNS, ROWS), GERMAN)
    assert table.columns == ("Amount", "Critical", "Rounded")
    assert table.rows[0] == ("1.234,50\N{NO-BREAK SPACE}EUR", "yes", "1.234,50\N{NO-BREAK SPACE}EUR")
    assert table.numbers == (0, 2)
    assert [column.cell(ROWS[0]) for column in COLUMNS] == [Decimal("1234.50"), "yes", Decimal("1234.50")]
    content = table_bytes(COLUMNS, ROWS, Dialect.RFC4180, ENGLISH).decode().splitlines()
    assert content == ["amount,critical,rounded", "1234.50,true,1234", ",false,"]


def test_what_has_no_value_is_empty_and_never_zero() -> None:
    assert table_of(COLUMNS, ROWS).rows[1] == ("", "no", "")
    assert COLUMNS[0].cell(ROWS[1]) is None


def test_a_medium_has_the_columns_that_it_names_in_its_order() -> None:
    assert [column.name for column in chosen(COLUMNS, ("critical", "amount"))] == ["critical", "amount"]
    with pytest.raises(KeyError):
        chosen(COLUMNS, ("nothing",))


def test_a_closing_row_has_its_amount_at_the_end() -> None:
    closed = table_of(COLUMNS, ROWS, lambda _: ()).with_row("Sum", "7")
    assert closed.rows[-1] == ("Sum", "", "7")
    assert len(closed.badges) == len(closed.rows)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, units.MONEY, ""),
        ("Word", units.TEXT, "Word"),
        (Decimal("1234.5"), units.EUROS, "EUR 1,235"),
        (Fraction(5, 4), units.PERSON_DAYS, "1.25"),
        (Fraction(5, 2), units.NUMBER, "2.5"),
        (1200, units.COUNT, "1,200"),
        (date(2027, 3, 1), units.DAY, "1 Mar 2027"),
        (Month(2027, 3), units.MONTH, "March 2027"),
    ],
)
def test_a_value_reads_as_its_unit(value: Any, unit: Unit, text: str) -> None:  # noqa: ANN401 - what a cell holds
    assert plain(ENGLISH.write(in_table(value, unit))) == text


def test_no_medium_has_a_column_twice() -> None:
    for module in (task_columns, line_columns, price_columns):
        for names in (module.ON_PAGE, module.ON_SHEET):
            assert len(set(names)) == len(names)
