"""What is recorded of tasks in tables that come back: it stays, changed cells are edits, and the state follows."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from tests.export.test_incoming import tasks_changed
from tests.incoming import given, read
from zt_planner.files.formats import Format, files_in
from zt_planner.files.imports.rows import FOLLOWS
from zt_planner.files.scenario_json import with_values
from zt_planner.media.csv.dialects import Dialect
from zt_planner.topics.roadmap.tables import FROM_CSV


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
