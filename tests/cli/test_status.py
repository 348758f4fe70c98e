"""`zt-planner status`: what it prints, and what it refuses."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import pytest

from tests.approval import Says
from tests.builders import TODAY
from tests.command_line import invoked


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Return a file with what is recorded of two tasks."""
    tasks = {
        "kickoff": {"started": "2027-01-04", "finished": "2027-01-08"},
        "ztna": {"started": "2027-02-01", "finished": "2027-12-01"},
    }
    content = {"timeline": {"start": "2027-01-04"}, "status": {"tasks": tasks}}
    (tmp_path / "under-way.json").write_text(json.dumps(content), "utf-8")
    return tmp_path / "under-way.json"


run = partial(invoked, "status", "--today", TODAY)


def test_the_status_is_a_sentence_a_table_and_its_findings(scenario: Path) -> None:
    result = run(scenario, "--at", "2027-02-15")
    assert result.exit_code == 0, result.output
    assert re.match(r"On 15 February 2027: EUR [0-9,]+,000 and done by .* 20[0-9]{2}, each 80% sure\.\n", result.output)
    assert re.search(r"As it stands EUR [0-9,]+ \(.*\) and .* \(.* later than planned[^)]*\)", result.output)
    assert "Tasks: 1 done, 1 running, " in result.output
    assert re.search(r"running +1 Feb 2027 +1 Dec 2027", result.output)
    assert "(status.in_future)" in result.output
    assert "(status.out_of_sequence)" in result.output
    assert "price.stale" not in result.output


def test_a_start_that_nobody_recorded_is_not_shown(tmp_path: Path) -> None:
    content = {"timeline": {"start": "2027-01-04"}, "status": {"tasks": {"legacy_auth": {"finished": "2027-02-03"}}}}
    (tmp_path / "finished.json").write_text(json.dumps(content), "utf-8")
    result = run(tmp_path / "finished.json", "--at", "2027-02-15")
    assert result.exit_code == 0, result.output
    assert re.search(r"Block legacy authentication.* done +3 Feb 2027\n", result.output)


def test_the_date_may_be_the_scenarios_own(scenario: Path) -> None:
    assert run(scenario, "--set", "status.at=2027-01-18").output.startswith("On 18 January 2027: EUR ")


def test_bad_input_is_an_error_with_a_remedy(scenario: Path) -> None:
    result = run(scenario)
    assert result.exit_code == 2
    assert "--at: there is no status date. Give one, as in --at 2027-04-15" in result.output
    assert run(scenario, "--at", "soon").exit_code == 2
    assert run(scenario, "--at", "2101-01-01").exit_code == 2
    assert run(scenario.with_name("missing.json"), "--at", "2027-02-15").exit_code == 2


def test_a_scenario_without_a_schedule_says_so(scenario: Path, says: Says) -> None:
    result = run(scenario, "--at", "2090-01-01")
    assert (result.exit_code, result.stdout) == (1, "")
    says(result.stderr)


@pytest.mark.extended
def test_bookings_are_read_from_a_file_and_kept_in_the_scenario(scenario: Path, tmp_path: Path) -> None:
    ledger, out = tmp_path / "ledger.csv", tmp_path / "with-bookings.json"
    rows = [f"10.01.2027;5,{row:02};Reise" for row in range(12)]
    ledger.write_text("\n".join(["Datum;Betrag;Kostenart", "10.01.2027;1.234,56 €;Lizenzen", *rows]), "cp1252")
    result = run(scenario, "--at", "2027-02-15", "--bookings", ledger, "--out", out)
    assert result.exit_code == 0, result.output
    assert "What was invoiced. 1 row read, 12 skipped. What the file has for a month replaces" in result.output
    assert "ledger.csv, row 3, column Kostenart: 'Reise' is not a category. Use one of: licence, " in result.output
    assert "  and 2 more" in result.output
    assert json.loads(out.read_text("utf-8"))["status"]["bookings"] == {"2027-01/licence/": "1234.56"}
    again = run(out, "--at", "2027-02-15", "--bookings", ledger, "--out", out)
    assert again.exit_code == 0, again.output


def test_another_file_than_bookings_is_refused(scenario: Path, tmp_path: Path) -> None:
    result = run(scenario, "--at", "2027-02-15", "--bookings", scenario)
    assert result.exit_code == 2
    assert (
        "under-way.json: it contains no bookings. Name a CSV file with month or date, amount and category"
        in result.output
    )
    (tmp_path / "ledger.csv").write_text("", "utf-8")
    assert "the file is empty" in run(scenario, "--at", "2027-02-15", "--bookings", tmp_path / "ledger.csv").output
