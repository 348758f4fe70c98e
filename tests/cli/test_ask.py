"""`zt-planner ask`: what it prints, as text and as JSON, and its exit codes."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from tests.builders import TODAY
from tests.command_line import invoked
from tests.words import plain
from zt_planner import bootstrap

KEPT = {"kickoff", "inventory", "works_council", "licence_order", "admin_mfa", "directory", "privileged_roles"}


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Return a file with seven tasks, done on 19 February 2027 by a team of 2.5 days a week."""
    left_out = {task: {"in_scope": False} for task in bootstrap.phase_model().by_id if task not in KEPT}
    content = {
        "timeline": {"start": "2027-01-04", "mode": "capacity", "max_internal_days_per_week": 10},
        "tasks": {"edits": left_out},
    }
    (tmp_path / "few.json").write_text(json.dumps(content), "utf-8")
    return tmp_path / "few.json"


run = partial(invoked, "ask", "--today", TODAY)


@pytest.mark.extended
def test_every_way_is_printed_with_what_it_comes_to(scenario: Path) -> None:
    result = run(scenario, "--by", "2027-02-05")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Done by 5 February 2027 (80% confidence): ")
    assert "More days a week. The same work, with more days a week: it is finished earlier." in result.output
    assert "  * Your team: " in result.output
    assert " days a week instead of 2.5\n" in result.output
    assert "    Finish (80% confidence): " in result.output
    assert "    Finish (as planned): " in result.output
    assert "plans were computed for this." in result.output
    assert "timeline.max_internal_days_per_week and timeline.max_external_days_per_week" in result.output
    assert "sidebar" not in result.output


@pytest.mark.extended
def test_the_answer_as_json_can_be_set_as_it_stands(scenario: Path) -> None:
    result = run(scenario, "--by", "2027-02-05", "--first-year", "60000.50", "--json")
    answer = json.loads(result.output)
    assert answer["asked"] == {"finish_by": "2027-02-05", "first_year": "60000.50"}
    (days,) = (found for found in answer["sets"] if found["nature"] == "days")
    settings = [f"{path}={json.dumps(value)}" for path, value in days["changes"].items()]
    arguments = [argument for setting in settings for argument in ("--set", setting)]
    assert json.loads(run(scenario, *arguments, "--by", "2027-02-05", "--json").output)["is_true_already"]


def test_what_is_true_already_is_said_and_is_no_failure(scenario: Path) -> None:
    result = run(scenario, "--by", "2028-02-05")
    assert result.exit_code == 0
    assert "The plan already meets this: done by 5 March 2027. " in result.output


@pytest.mark.extended
def test_where_nothing_leads_there_the_nearest_is_printed_and_the_exit_code_is_one(scenario: Path) -> None:
    result = run(scenario, "--by", "2027-01-08", "--locale", "de")
    assert result.exit_code == 1
    assert "Keine der versuchten Kombinationen erfüllt das." in result.output
    assert "Die nächstliegenden Alternativen:" in result.output


@pytest.mark.extended
def test_a_plan_without_a_schedule_has_no_figures(scenario: Path) -> None:
    result = run(scenario, "--set", 'tasks.edits.kickoff.earliest_start="2099-01-01"', "--by", "2027-02-01", "--json")
    assert result.exit_code == 1
    assert json.loads(result.output)["now"] is None


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((), "No goal is given. Enter a day, an amount, or both."),
        (("--by", "tomorrow"), "--by: 'tomorrow' is not a day. Write the date as 2027-01-04."),
        (("--by", "2026-01-01"), "1 January 2026 is over. Enter 4 January 2027 or a later day."),
        (("--first-year", "1.000,00"), "--first-year: '1.000,00' is not an amount. Write it as 110000 or 110000.00."),
        (("--first-year", "110.000"), "--first-year: '110.000' can be read in two ways. Write 110000 or 110.00."),
        (("--first-year", "110,000"), "--first-year: '110,000' can be read in two ways. Write 110000 or 110.00."),
        (("--first-year", "NaN"), "'NaN' is not an amount."),
        (("--first-year", "1e400"), "1E+400 is above the limit."),
    ],
)
def test_bad_input_is_an_error_with_a_remedy(scenario: Path, arguments: tuple[str, ...], text: str) -> None:
    result = run(scenario, *arguments)
    assert result.exit_code == 2
    assert text in plain(result.output)


def test_a_file_that_is_not_there_is_an_error(scenario: Path) -> None:
    assert run(scenario.with_name("missing.json"), "--by", "2027-02-05").exit_code == 2
