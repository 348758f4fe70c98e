"""The table of how far the tasks are: its order, what it shows, and what typed cells set or why they are refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import MONDAY, book, case, jan, model, quiet, task
from tests.words import ENGLISH, GERMAN, plain, told
from zt_planner.engine.planner import build_plan
from zt_planner.language import Language
from zt_planner.topics.grid import CellValue, Grid, error_lines, read_only
from zt_planner.topics.progress.status_grid import COLUMNS, status_grid
from zt_planner.topics.view import any_view

MODEL = model(*(task(key, days=5) for key in "abcdefgh"), task("z", days=1, after=("h",)))


RECORDS: dict[str, Any] = {
    "a": {"started": MONDAY, "finished": jan(8), "spent_internal": 4.5},
    "c": {"started": jan(11), "finished": jan(15)},
    "b": {"started": jan(18), "remaining_days": 7},
    "out": {"finished": jan(15)},
    "h": {"finished": jan(15)},
}


def grid(language: Language = ENGLISH, records: dict[str, Any] = RECORDS, **fields: Any) -> Grid:  # noqa: ANN401 - any field
    """Return the grid of a plan under way."""
    given = quiet(status__at=jan(27), status__tasks=records, tasks__edits={"h": {"in_scope": False}}, **fields)
    asked = case(given, book(), MODEL)
    return status_grid(any_view(build_plan(asked), language), build_plan(asked.as_of(None)))


def cell(found: Grid, row: str, column: str) -> CellValue:
    (cells,) = (each.cells for each in found.rows if each.id == row)
    value = cells[column]
    return plain(value) if isinstance(value, str) else value


def test_what_matters_this_week_stands_first_and_what_is_done_last(says: Says) -> None:
    found = grid()
    ids = [row.id for row in found.rows]
    assert ids[0] == "b"
    assert ids[-4:] == ["c", "a", "h", "out"]
    states = {row.id: str(cell(found, row.id, "state")) for row in found.rows}
    assert states["b"] == "running"
    assert (states["c"], states["a"]) == ("done", "done")
    says((states["h"], states["out"]))
    overdue = [key for key in ids if states[key].startswith("not begun, planned for ")]
    assert overdue
    assert ids[1 : 1 + len(overdue)] == overdue


def test_cells_are_what_is_recorded_in_the_reader_s_form() -> None:
    found = grid(GERMAN)
    assert [cell(found, "a", name) for name in ("started", "finished", "remaining_days", "spent_internal")] == [
        *(MONDAY, jan(8), ""),
        "4,5",
    ]
    assert cell(found, "b", "remaining_days") == "7"
    assert cell(found, "d", "started") is None


def test_a_forecast_is_shown_of_what_is_not_done_and_a_slip_of_all() -> None:
    found = grid()
    assert cell(found, "b", "forecast") == "18 Jan 2027 \N{EN DASH} 4 Feb 2027"
    assert cell(found, "a", "forecast") == ""
    assert cell(found, "c", "slip")
    assert cell(found, "out", "slip") == ""


def test_without_a_schedule_every_task_can_still_be_corrected(says: Says) -> None:
    endless = {
        "b": {"started": jan(18), "remaining_days": 5000},
        "d": {"started": "2046-06-01", "remaining_days": 5000},
    }
    found = grid(records=RECORDS | endless)
    assert {row.id for row in found.rows} == {*"abcdefgz", "h", "out"}
    assert cell(found, "b", "remaining_days") == "5,000"
    assert {cell(found, "b", name) for name in ("state", "forecast", "slip")} == {""}
    says(cell(found, "out", "state"))


def test_every_typed_cell_sets_one_field() -> None:
    found = grid()
    typed: dict[tuple[str, str], CellValue] = {
        ("d", "finished"): jan(19),
        ("b", "remaining_days"): "5",
        ("a", "spent_internal"): "",
        ("out", "finished"): None,
    }
    assert {row.addresses[0][0]: dict(row.fields) for row in found.edits(typed)} == {
        "b": {"status.tasks.b.remaining_days": 5},
        "d": {"status.tasks.d.finished": jan(19)},
        "a": {"status.tasks.a.spent_internal": None},
        "out": {"status.tasks.out.finished": None},
    }


@pytest.mark.parametrize("text", ["5001", "0", "five", "1.5"])
def test_days_left_that_no_task_can_have_are_refused_with_their_place(text: str, says: Says) -> None:
    (row,) = grid().edits({("b", "remaining_days"): text})
    (line,) = told(error_lines(row.problems, {}))
    assert not row.fields
    says(line)


def test_a_finish_before_the_start_is_refused_with_its_place(says: Says) -> None:
    (row,) = grid().edits({("b", "finished"): jan(15)})
    (line,) = told(error_lines(row.problems, {}))
    says(plain(line))
    assert not row.fields


def test_it_can_be_read_as_a_table() -> None:
    table = told(read_only(grid()))
    assert len(table.columns) == len(COLUMNS) + 1
    assert table.rows[0][:3] == ("b", "running", ENGLISH.short_day(jan(18)))
    numbers = {table.columns[index] for index in table.numbers}
    assert numbers >= {"Working days left", "Internal days spent", "External days spent"}
    assert not numbers & {"Started", "Finished", "Slip"}


def test_a_column_of_american_days_is_asked_about_as_a_whole() -> None:
    """On an English page `3/4/2027` is a day of April, unless another one of its column has its month first."""
    found = grid()
    column = {("b", "started"): "4/23/2027", ("d", "started"): "3/4/2027", ("e", "started"): "5/5/2027"}
    other = {("d", "finished"): "3/4/2027"}
    edits = {edit.addresses[0][0]: edit for edit in found.edits({**column, **other})}
    assert [bool(edits[row].problems) for row in "bde"] == [True, True, False]
    (problem,) = edits["d"].problems
    (line,) = error_lines([problem], found.names)
    assert "2027-04-03" in told(line)
    assert "2027-03-04" in told(line)
    (alone,) = found.edits({("d", "started"): "3/4/2027"})
    assert alone.fields == {"status.tasks.d.started": date(2027, 4, 3)}


def test_a_german_column_with_its_months_first_is_not_half_read_either() -> None:
    edits = grid(GERMAN).edits({("b", "started"): "4.23.2027", ("d", "started"): "3.4.2027"})
    assert all(edit.problems for edit in edits)
