"""The three tables that are edited, each as Streamlit draws it: what is typed is in the plan, or named and kept."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import streamlit as st

from tests.ui.screen import Screen

TABLES = {
    "roadmap": ("fold:task_rows", "effort_days", "8.5"),
    "prices": ("fold:price_rows", "amount", "15.00"),
    "how_sure": ("fold:ranges", "high", "9"),
}
"""The tables by page: the fold in which one lies, a column, and what may stand there."""
ROW = 3
LEAST_WIDTH, STILL_KEPT, LINE = 328, 0.6, 20
"""Of a table on a telephone, in pixels; how much of it columns that stay in sight may take; a line of text."""


def table_of(screen: Screen) -> Any:  # noqa: ANN401 - Streamlit's own
    (found,) = screen.app.data_editor
    return found


def type_into(screen: Screen, column: str, text: str) -> None:
    """Type into a cell, as a browser sends it, and draw the page."""
    edits = {"edited_rows": {ROW: {column: text}}, "added_rows": [], "deleted_rows": []}
    screen.app.session_state[table_of(screen).key] = edits
    screen.run()


@pytest.mark.extended
@pytest.mark.parametrize("page", TABLES)
def test_a_right_cell_changes_the_plan_and_is_undone(screen: Screen, page: str) -> None:
    fold, column, right = TABLES[page]
    before = screen.go(page, fold).scenario
    type_into(screen, column, right)
    assert screen.scenario != before
    assert table_of(screen).value[column].iloc[ROW] == right
    screen.press("step:undo")
    assert screen.scenario == before
    assert table_of(screen).value[column].iloc[ROW] != right


@pytest.mark.extended
@pytest.mark.parametrize("page", TABLES)
def test_a_wrong_cell_is_named_and_there_again_after_another_page(screen: Screen, page: str) -> None:
    fold, column, _ = TABLES[page]
    before = screen.go(page, fold).scenario
    type_into(screen, column, "x")
    (error,) = (error for error in screen.errors if "'x'" in error)
    assert screen.scenario == before
    screen.go("budget")
    assert error not in screen.errors
    screen.go(page, fold)
    assert error in screen.errors
    assert table_of(screen).value[column].iloc[ROW] == "x"


@pytest.mark.extended
def test_a_day_out_of_range_is_named_and_kept_and_the_next_one_goes_into_the_same_table(screen: Screen) -> None:
    before = screen.go("roadmap", "fold:task_rows").scenario
    for day in ("2010-01-02", "0026-01-02"):
        type_into(screen, "earliest_start", day)
        (error,) = screen.errors
        assert error.endswith(f"'{day}' is out of range. Write a day from 01/01/2020 to 31/12/2100.")
        assert screen.scenario == before
    key = table_of(screen).proto.id
    assert table_of(screen.run()).proto.id == key
    type_into(screen, "earliest_start", "2027-05-03")
    assert not screen.errors
    assert [edit.earliest_start for edit in screen.scenario.tasks.edits.values()] == [date(2027, 5, 3)]


@pytest.mark.extended
@pytest.mark.parametrize("page", TABLES)
def test_on_a_telephone_names_are_narrow_enough_to_stay_in_sight(
    screen: Screen, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(st.context), "headers", {"User-Agent": "Pixel 8 Chrome/130.0.0.0 Mobile Safari/537.36"})
    table = table_of(screen.go(page, TABLES[page][0])).proto
    kept = {name: column["width"] for name, column in json.loads(table.columns).items() if column.get("pinned")}
    assert kept.keys() in ({"name"}, {"row", "product"})
    assert sum(kept.values()) <= LEAST_WIDTH * STILL_KEPT
    assert table.row_height > 3 * LINE
