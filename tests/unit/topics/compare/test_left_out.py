"""What can be left out, as it is read, in a file and in the terminal."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.builders import book, model, plan, plan_for, price, quiet, scenario, task
from tests.words import told
from zt_planner import bootstrap
from zt_planner.engine.case import case_of
from zt_planner.language import Language, LanguageCode
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.csv.files import LEFT_OUT, left_out_files
from zt_planner.topics.block import TableBlock
from zt_planner.topics.compare.left_out import left_out_group, left_out_rows, left_out_table, part_name, without_part

if TYPE_CHECKING:
    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.plan import Plan

ENGLISH = Language(LanguageCode.ENGLISH)
START = scenario(timeline__start=date(2027, 1, 4))


def planned(given: Scenario, *, shows_labour: bool = True) -> Plan:
    data = bootstrap.price_book(), bootstrap.phase_model()
    return plan_for(case_of(given, *data, today=date(2026, 11, 30), shows_labour=shows_labour))


def file_rows(given: Plan) -> list[dict[str, str]]:
    content = left_out_files(given, ENGLISH, Dialect.RFC4180)[LEFT_OUT].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


@pytest.fixture(scope="module")
def default() -> Plan:
    return planned(START)


def cells(given: Plan, what: str) -> list[str]:
    """Return the row of a part, with plain spaces."""
    rows = told(left_out_table(given, tuple(left_out_rows(given)))).rows
    row = next(row for row in rows if row[0] == told(part_name(what, given)))
    return [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row]


def test_each_part_stands_with_money_days_and_what_is_lost(default: Plan) -> None:
    assert cells(default, "monitoring") == [
        "Monitoring (SIEM)",
        "EUR 131,331 (−EUR 17,579)",
        "EUR 2,471 (−EUR 500)",
        "13 Aug 2027 (45 days earlier)",
        "2 Mar 2027",
        "3.2, 3.4",
        "none",
        "3 + 2.5",
    ]
    assert cells(default, "step:2")[6].endswith("?")


def test_the_file_is_for_programs(default: Plan) -> None:
    rows = {row["what"]: row for row in file_rows(default)}
    assert list(rows) == ["step:2", "step:3", "step:4", "step:5", "monitoring", "risk_access", "local_directory"]
    assert rows["monitoring"] == {
        "what": "monitoring",
        "introduction_budget": "131330.81",
        "run_rate_monthly": "2470.92",
        "finish_date": "2027-08-13",
        "mfa_date": "2027-03-02",
        "points_lost": "3.2;3.4",
        "answers_lost": "",
    }
    assert rows["step:4"]["answers_lost"] == "edr"


def test_hidden_labour_is_in_no_amount(default: Plan) -> None:
    hidden = planned(START, shows_labour=False)
    (first, *_) = file_rows(hidden)
    assert "introduction_budget" not in first
    shown = {row["what"]: row["introduction_budget"] for row in file_rows(default)}
    for row in file_rows(hidden):
        assert float(row["introduction_budget_without_labour"]) < float(shown[row["what"]])
    assert "without labour" in told(left_out_table(hidden, tuple(left_out_rows(hidden)))).columns[1]


def test_a_missing_price_is_no_amount_and_no_difference() -> None:
    unpriced = plan(quiet(), book(), model(task("a", step="1", external_share=1), task("b", step="2")))
    (row, *_) = file_rows(unpriced)
    assert row["introduction_budget"] == ""
    assert "−" not in cells(unpriced, "step:2")[1]


def test_what_is_not_in_the_plan_has_no_day() -> None:
    given = plan(quiet(), book(price("suite", 0, grants=("office", "mail"))), model(task("a", step="2")))
    assert cells(given, "step:2")[3] == "not in the plan"
    assert file_rows(given)[0]["mfa_date"] == ""


def test_teams_are_told_only_where_a_day_is_to_be_kept(default: Plan) -> None:
    given = planned(START.changed("timeline.mode", "capacity"))
    assert len(told(left_out_table(given, tuple(left_out_rows(given)))).columns) == 7
    assert len(told(left_out_table(default, tuple(left_out_rows(default)))).columns) == 8


def test_a_plan_of_which_nothing_can_be_left_out_says_so() -> None:
    given = plan(quiet(choices__monitoring="none", choices__risk_access="none"), book(), model(task("a", step="1")))
    group = left_out_group(given, tuple(left_out_rows(given)))
    assert not any(isinstance(block, TableBlock) for block in group.blocks)


def test_parts_are_called_by_what_they_are(default: Plan) -> None:
    assert told(without_part("step:4", default)) == "Without: Step 4 Devices"
    assert told(part_name("machines", default)) == "Machines"
    assert told(part_name("task:exercise", default)) == "Table-top exercise, report, hand-over to operation"
