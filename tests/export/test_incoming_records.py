"""What is recorded of tasks in tables that come back: it stays, changed cells are edits, and the state follows."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest

from tests.export.test_incoming import tasks_changed
from tests.incoming import given, read
from tests.papers import handout
from zt_planner.domain import units
from zt_planner.domain.scenario.status import RECORD_FIGURES
from zt_planner.domain.scenario.task_edits import EDIT_FIGURES
from zt_planner.domain.units import Unit
from zt_planner.files.formats import Format, files_in
from zt_planner.files.imports.rows import FOLLOWS
from zt_planner.files.scenario_json import with_values
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.roadmap.tables import FROM_CSV, SET_COLUMNS

EXAMPLES: dict[Unit, tuple[Any, str, Any]] = {
    units.DAY: ("2027-03-01", "2027-03-02", "2027-03-02"),
    units.PERSON_DAYS: (2.5, "3.25", Decimal("3.25")),
    units.WORKING_DAYS: (7, "8", 8),
    units.WEEKS: (2, "3", 3),
    units.SHARE: (0.25, "30%", Decimal("0.3")),
    units.MULTIPLE: (2, "2.5", Decimal("2.5")),
    units.TASKS: (["kickoff"], "kickoff; mfa_pilot", ["kickoff", "mfa_pilot"]),
}
"""A value of each unit, another one as it is written into a cell, and what is read of that."""
PATHS = {
    **{name: (f"tasks.edits.licence_order.{name}", EDIT_FIGURES[name].unit) for name in SET_COLUMNS},
    **{name: (f"status.tasks.inventory.{name}", figure.unit) for name, figure in RECORD_FIGURES.items()},
}
"""Every figure with a column of its own, by the name of its column."""


@pytest.mark.parametrize("column", PATHS)
def test_every_figure_with_a_column_comes_back_as_it_was_and_as_it_was_changed(column: str) -> None:
    path, unit = PATHS[column]
    value, text, read_of_it = EXAMPLES[unit]
    handed = handout(with_values(given("under way").plan.scenario, {path: value}))

    def change(rows: dict[str, dict[str, str]]) -> None:
        assert rows[path.split(".")[2]][column]
        rows[path.split(".")[2]][column] = text

    assert tasks_changed(lambda _: None, handed).edits == {}
    assert tasks_changed(change, handed).edits == {path: read_of_it}


@pytest.mark.parametrize(
    ("text", "edit"),
    [("1", {}), ("yes", {}), ("", None), ("0", None), ("0.5", Decimal("0.5")), ("25%", Decimal("0.25")), ("soon", {})],
)
def test_a_task_that_is_done_has_a_row_and_can_be_opened_again(text: str, edit: Any) -> None:  # noqa: ANN401 - a share or none
    handed = handout(with_values(given("under way").plan.scenario, {"tasks.edits.ztna.done": 1}))

    def change(rows: dict[str, dict[str, str]]) -> None:
        assert [name for name, cell in rows["ztna"].items() if cell] == ["task_id", "step", "task", "done"]
        rows["ztna"]["done"] = text

    said = tasks_changed(change, handed)
    assert said.edits == ({} if edit == {} else {"tasks.edits.ztna.done": edit})
    assert bool(said.left_out) is (text == "soon")


def test_a_tick_in_a_table_marks_a_task_as_done() -> None:
    def change(rows: dict[str, dict[str, str]]) -> None:
        rows["ztna"]["done"] = "yes"

    assert tasks_changed(change, given("under way")).edits == {"tasks.edits.ztna.done": 1}


def test_what_is_recorded_of_tasks_comes_back_and_their_state_follows() -> None:
    handed = given("under way")

    def change(rows: dict[str, dict[str, str]]) -> None:
        assert (rows["kickoff"]["state"], rows["inventory"]["state"]) == ("done", "running")
        assert rows["kickoff"]["finished"] == "2027-02-05"
        rows["kickoff"] |= {"finished": "2027-02-08", "state": "not_begun"}
        rows["inventory"] |= {"started": "", "remaining_days": "5", "spent_internal": "4.5"}
        rows["licence_order"]["started"] = "soon"

    said = tasks_changed(change, handed)
    assert said.edits == {
        "status.tasks.kickoff.finished": "2027-02-08",
        "status.tasks.inventory.started": None,
        "status.tasks.inventory.remaining_days": Decimal(5),
        "status.tasks.inventory.spent_internal": Decimal("4.5"),
    }
    assert [(left.problem, left.remedy) for left in said.left_out] == [
        (FOLLOWS, "Record the days on which it started and finished"),
        ("'{value}' cannot be read", "Write it as the other rows have it"),
    ]
    records = with_values(handed.plan.scenario, said.edits).status.tasks
    assert records["inventory"].model_dump() == {"remaining_days": 5, "spent_internal": Decimal("4.5")}


def test_a_table_of_tasks_without_what_is_recorded_takes_nothing_away() -> None:
    handed = given("under way")
    content = files_in(Format.CSV, handed, Dialect.RFC4180)["tasks.csv"]
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    assert set(rows[0]) > set(FROM_CSV)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, FROM_CSV, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    said = read(out.getvalue().encode(), handed.plan, "tasks.csv")
    assert (said.edits, said.left_out) == ({}, ())
