"""`zt-planner level`: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import pytest

from tests.approval import Says
from tests.builders import TODAY
from tests.command_line import invoked
from tests.figures import default_figures
from tests.words import ENGLISH, plain
from zt_planner import bootstrap

KEPT = {"kickoff", "inventory", "works_council", "licence_order", "admin_mfa", "directory"}


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Return a file with six tasks, whose quick order takes five days too many."""
    left_out = {task: {"in_scope": False} for task in bootstrap.phase_model().by_id if task not in KEPT}
    content = {"timeline": {"start": "2027-01-04", "mode": "capacity"}, "tasks": {"edits": left_out}}
    (tmp_path / "few.json").write_text(json.dumps(content), "utf-8")
    return tmp_path / "few.json"


run = partial(invoked, "level", "--today", TODAY)


@pytest.mark.extended
def test_the_levelled_scenario_is_written_and_planned_as_it_was_levelled(scenario: Path, tmp_path: Path) -> None:
    result = run(scenario, "--out", tmp_path / "levelled.json")
    assert result.exit_code == 0, result.output
    assert "In the new order, the plan is done on 10 February 2027: 6 calendar days earlier than now." in result.output
    assert "\nMFA comes no later than in the normal order, and no step is finished later.\n" in result.output
    assert "Proven: within these limits" in result.output
    assert "Finish: 16 February 2027 → 10 February 2027, 6 days earlier" in result.output
    assert re.search(r" → .* \([+−]\d+ working days?\); ", result.output)
    planned = invoked("plan", tmp_path / "levelled.json", "--today", "2026-11-06")
    assert "10 February 2027" in plain(planned.output)


def test_without_a_scenario_the_default_plan_is_levelled() -> None:
    result = run("--seconds", "3")
    assert result.exit_code == 0, (result.output, result.exception)
    protection, levelled, *_ = result.output.splitlines()
    assert protection.startswith("Steps 1 to 5 are finished no later, but ")
    assert levelled.startswith("In the new order, the plan is done on ")
    day = ENGLISH.day(default_figures().finish_date)
    assert plain(f"Finish: {day} → ") in result.output


@pytest.mark.parametrize("example", bootstrap.examples(), ids=lambda example: example.file)
@pytest.mark.extended
def test_each_shipped_example_is_levelled(example: bootstrap.Example, tmp_path: Path) -> None:
    (tmp_path / example.file).write_bytes(example.content)
    result = run(tmp_path / example.file, "--seconds", "2")
    assert result.exit_code == 0, (result.output, result.exception)
    assert "Finish: " in result.output


@pytest.mark.extended
def test_what_a_monthly_limit_moves_is_said_with_its_days(scenario: Path) -> None:
    result = run(scenario, "--set", "finance.monthly_cap=5000", "--seconds", "2")
    assert result.exit_code == 0, result.output
    said = plain(result.output)
    assert re.search(r"\nThe monthly cap of EUR 5,000 moves [\w ]+ by \d+ working days to \d+ March 2027\.\n", said)


def test_limits_in_conflict_say_what_would_help_and_exit_with_one(scenario: Path) -> None:
    result = run(scenario, "--set", "levelling.finish_by=2027-01-15", "--seconds", "2")
    assert result.exit_code == 1
    assert "These limits cannot be kept together." in result.output
    assert (
        "more weeks would be enough: done on 10 February 2027. It is proven that less is not enough." in result.output
    )


def test_a_scenario_without_a_schedule_says_so(scenario: Path, says: Says) -> None:
    result = run(scenario, "--set", 'tasks.edits.kickoff.earliest_start="2090-01-01"')
    assert (result.exit_code, result.stdout) == (1, "")
    says(result.stderr)


def test_bad_input_is_an_error_with_a_remedy(scenario: Path) -> None:
    assert run(scenario, "--set", "finance.monthly_cap=0").exit_code == 2
    assert run(scenario.with_name("missing.json")).exit_code == 2
    assert run(scenario, "--seconds", "0").exit_code == 2
    assert run(scenario, "--out", scenario.with_name("no") / "folder.json").exit_code == 2
