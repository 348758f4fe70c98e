"""The three tables that are edited, each as Streamlit draws it: what is typed is in the plan, or named and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.ui.screen import Screen

TABLES = {
    "roadmap": ("fold:task_rows", "effort_days", "8.5"),
    "prices": ("fold:price_rows", "amount", "15.00"),
    "uncertainty": ("fold:ranges", "high", "9"),
}
"""The tables by page: the fold in which one lies, a column, and what may stand there."""
ROW = 3


def table_of(screen: Screen) -> Any:  # noqa: ANN401 - Streamlit's own
    """Return the table that is drawn."""
    (found,) = screen.app.data_editor
    return found


def type_into(screen: Screen, column: str, text: str) -> None:
    """Type into a cell, as a browser sends it, and draw the page."""
    edits = {"edited_rows": {ROW: {column: text}}, "added_rows": [], "deleted_rows": []}
    screen.app.session_state[table_of(screen).key] = edits
    screen.run()


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
