"""The laws of what is typed into the price table while somebody else changes the book."""

from __future__ import annotations

from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from zt_planner.catalog.price_lists.price_table import COLUMNS, merged_table

Row: TypeAlias = "dict[str, str]"
IDS = ("a", "b", "c")


@st.composite
def rows(draw: st.DrawFn, key: str, least: int = 0) -> list[Row]:  # noqa: PLR0206 - a strategy, not a property
    """Draw up to two rows of an id; one column is enough to tell them apart, and others never differ."""
    amounts = draw(st.lists(st.sampled_from("123"), min_size=least, max_size=2))
    notes = st.sampled_from("xy")
    return [{**dict.fromkeys(COLUMNS, "z"), "id": key, "amount": amount, "note": draw(notes)} for amount in amounts]


tables = st.tuples(*(rows(key) for key in IDS)).map(lambda groups: [row for group in groups for row in group])
whole = st.tuples(*(rows(key, 2) for key in IDS)).map(lambda groups: [row for group in groups for row in group])


@given(tables, tables)
def test_what_nobody_touched_follows_the_book(before: list[Row], now: list[Row]) -> None:
    assert merged_table(before, before, now) == now


@given(tables, tables)
def test_what_was_typed_stays_where_the_book_stays(before: list[Row], typed: list[Row]) -> None:
    found = merged_table(before, typed, before)
    assert sorted(map(str, found)) == sorted(map(str, typed))


@given(whole, whole, whole)
def test_each_cell_is_the_typed_one_or_else_the_books(before: list[Row], typed: list[Row], now: list[Row]) -> None:
    for was, mine, theirs, found in zip(before, typed, now, merged_table(before, typed, now), strict=True):
        for name in COLUMNS:
            assert found[name] == (theirs[name] if mine[name] == was[name] else mine[name])


@given(tables, tables, tables)
def test_taking_over_what_is_there_already_changes_nothing(before: list[Row], typed: list[Row], now: list[Row]) -> None:
    once = merged_table(before, typed, now)
    assert merged_table(now, once, now) == once


@given(tables, tables)
def test_an_empty_row_is_nothing(before: list[Row], now: list[Row]) -> None:
    assert merged_table(before, [*before, dict.fromkeys(COLUMNS, "")], now) == now
