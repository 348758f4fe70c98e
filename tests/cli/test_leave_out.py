"""`zt-planner leave-out`: what it prints, and the file that it writes."""

from __future__ import annotations

import csv
import json
from functools import partial
from pathlib import Path

import pytest

from tests.command_line import invoked

run = partial(invoked, "leave-out", "--today", "2026-11-30")


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Return a file with the default plan from January."""
    (tmp_path / "plan.json").write_text(json.dumps({"timeline": {"start": "2027-01-04"}}), "utf-8")
    return tmp_path / "plan.json"


def test_each_part_is_printed_with_what_it_changes(scenario: Path) -> None:
    result = run(scenario)
    assert result.exit_code == 0, result.output
    said = result.output
    assert "\nWithout: Monitoring (SIEM)\n  New budget (80% sure): EUR 167,000 (−EUR 22,000)\n" in said
    assert "  Smallest team in time, days a week: 3 + 2.5\n" in said


def test_the_file_holds_the_same(scenario: Path, tmp_path: Path) -> None:
    result = run(scenario, "--out", tmp_path / "files")
    assert result.exit_code == 0, result.output
    assert result.output.endswith("left_out.csv\n")
    with (tmp_path / "files" / "left_out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["what"]: row for row in csv.DictReader(file)}
    assert rows["monitoring"]["introduction_budget"] == "131330.81"
    assert rows["monitoring"]["finish_date"] == "2027-08-13"


def test_what_is_set_counts() -> None:
    result = run("--set", "choices.monitoring=none", "--set", "company.local_directory=false")
    assert result.exit_code == 0, result.output
    assert "Without: Monitoring (" not in result.output
    assert "Local directory" not in result.output


def test_a_folder_that_cannot_be_written_to_is_an_error_with_a_remedy(scenario: Path) -> None:
    result = run(scenario, "--out", scenario / "no")
    assert result.exit_code == 2
    assert "Name a folder that can be written to" in result.output
