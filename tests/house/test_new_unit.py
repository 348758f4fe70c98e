"""Another kind of quantity needs its declaration and nothing else: every medium writes it, and it is read back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from tests.words import ENGLISH, GERMAN
from zt_planner.domain.units import Places, Unit
from zt_planner.entries import Entry
from zt_planner.errors import msgids
from zt_planner.files.imports.rows import value_in
from zt_planner.language import as_set, in_table, quantity
from zt_planner.media.xlsx.sheets import number_format
from zt_planner.topics.table import Column, table_of

HOURS = Unit("hours", places=Places(3, 2, 1, 0), typed_places=2, counted=msgids("{n} hour", "{n} hours"), title="Hours")


def test_it_is_written_in_tables_and_sentences() -> None:
    table = table_of((Column("Hours", HOURS, lambda hours: hours),), (Fraction(7, 4), None))
    assert [[GERMAN.write(cell) for cell in row] for row in table.rows] == [["1,75"], [""]]
    assert table.numbers == (0,)
    assert GERMAN.write(in_table(Decimal(7), HOURS)) == "7,00"
    assert ENGLISH.write(quantity(Fraction(7, 4), HOURS)) == "1.8 hours"
    assert ENGLISH.write(quantity(Decimal(1), HOURS, is_brief=True)) == "1 hour"
    assert ENGLISH.write(as_set("1.5", HOURS)) == "1.5 hours"


def test_it_is_typed_and_read_back() -> None:
    entry = Entry(HOURS, Decimal(0), Decimal(24))
    assert entry.read(entry.written(Decimal("7.25"), GERMAN), GERMAN) == value_in("7.25", HOURS) == Decimal("7.25")
    assert entry.refusal("7,125", GERMAN) is not None
    assert entry.refusal("25", GERMAN) is not None


def test_a_spreadsheet_shows_it_as_exactly_as_a_file_holds_it() -> None:
    assert number_format(HOURS, ENGLISH) == "#,##0.000"
