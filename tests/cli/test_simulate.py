"""`zt-planner simulate`: what it prints, as text and as JSON, and what it writes."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.approval import Says
from tests.builders import TODAY
from tests.command_line import invoked
from tests.figures import default_sentence
from zt_planner import bootstrap

run = partial(invoked, "simulate", "--today", TODAY)


def found(*arguments: object) -> dict[str, Any]:
    """Return what the command prints as JSON."""
    printed: dict[str, Any] = json.loads(run(*arguments, "--json").output)
    return printed


def test_percentiles_and_the_chance_of_what_is_asked_are_printed() -> None:
    result = run("--budget", "150000", "--by", "2027-12-31")
    assert result.exit_code == 0, result.output
    assert result.output.startswith(default_sentence())
    assert "10,000 draws, seed 1, correlation 0.3." in result.output
    assert "The chance of keeping EUR 150,000 for the introduction is " in result.output
    assert "A 70% chance of being done by 31 December 2027 within the budget needs EUR 1" in result.output
    assert "No budget gives 1 October 2027 a 70% chance" in run("--by", "2027-10-01").output


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--by", "2028-12-31"), "A 70% chance of being done by 31 December 2028 within the budget needs EUR 1"),
        (("--budget", "1"), "The chance of needing at most EUR 1 for the introduction is less than 1%."),
        (("--by", "2028-12-31"), "The chance of being done by 31 December 2028 is "),
    ],
)
def test_a_day_or_a_budget_alone_can_be_asked_for(asked: tuple[str, str], said: str) -> None:
    assert said in run(*asked).output


@pytest.mark.extended
def test_the_same_seed_gives_the_same_figures_and_the_file_holds_what_is_printed(tmp_path: Path) -> None:
    first = found("--seed", 5, "--draws", 400, "--by", "2028-12-31", "--out", tmp_path / "draws.csv")
    assert first == found("--seed", 5, "--draws", 400, "--by", "2028-12-31", "--out", tmp_path / "draws.parquet")
    assert first != found("--seed", 6, "--draws", 400, "--by", "2028-12-31")
    assert (first["seed"], first["draws"], first["asked"]["budget"]) == (5, 400, None)
    assert first["asked"]["budget_for_70_percent"] is not None
    text = pd.read_csv(tmp_path / "draws.csv", parse_dates=["finish_date"])
    table = pd.read_parquet(tmp_path / "draws.parquet")
    assert list(text.columns) == ["draw", "introduction_budget", "horizon_total", "mfa_date", "finish_date"]
    assert text["draw"].tolist() == list(range(1, 401))
    assert text["introduction_budget"].tolist() == pytest.approx(table["introduction_budget"].tolist())
    assert [day.date() for day in text["finish_date"]] == table["finish_date"].tolist()
    ordered = sorted(text["introduction_budget"])
    assert f"{ordered[319]:.2f}" == first["introduction_budget"]["p80"]
    assert str(sorted(table["finish_date"])[39]) == first["finish_date"]["p10"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--draws", "0"), "--draws: '0' is not a whole number from 1 to 1000000. Enter one, as in 1."),
        (("--draws", "many"), "--draws: 'many' is not a whole number from 1 to 1000000."),
        (("--seed", "-1"), "--seed: '-1' is not a whole number from 0 to"),
        (("--by", "soon"), "--by: 'soon' is not a day. Write the date as 2027-01-04"),
        (("--by", "9999-12-31"), "--by: No plan reaches to 9999-12-31. Enter 2099-12-31 or an earlier day"),
        (("--budget", "inf"), "--budget: 'inf' is not an amount that an introduction could cost"),
        (("--budget", "nan"), "--budget: 'nan' is not an amount that an introduction could cost"),
        (("--budget", "1e30"), "--budget: '1e30' is not an amount that an introduction could cost"),
        (("--budget", "0"), "--budget: '0' is not an amount that an introduction could cost"),
        (("--budget", "-1"), "--budget: '-1' is not an amount that an introduction could cost"),
        (("--budget", "much"), "--budget: 'much' is not an amount. Write it as 110000"),
        (("--out", "draws.xlsx"), "draws.xlsx: the name does not say in which form. Name a file that ends in .csv or"),
        (
            ("--set", 'uncertainty.effort_ranges={"kickoff": [1.2, 2]}'),
            "uncertainty.effort_ranges.kickoff.0: 1.2 is too high",
        ),
        (
            ("--set", 'uncertainty.effort_ranges={"kickof": [0.5, 2]}'),
            "there is no task 'kickof'. Did you mean kickoff?",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(arguments: tuple[str, str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.extended
def test_draws_that_the_calendar_does_not_hold_are_counted_and_said() -> None:
    endless = ("--set", "tasks.own.endless.effort_days=4000", "--set", "tasks.own.endless.step=1")
    named = ("--set", "tasks.own.endless.name=Endless", "--set", "tasks.own.endless.high=100")
    result = run("--draws", 200, *endless, *named)
    assert "are not done when the calendar ends, on" in result.output
    assert found("--draws", 200, *endless, *named)["beyond_limit"] > 1


def test_a_plan_without_work_has_nothing_to_draw_and_a_script_notices(tmp_path: Path, says: Says) -> None:
    left_out = {task: {"in_scope": False} for task in bootstrap.phase_model().by_id}
    (tmp_path / "none.json").write_text(json.dumps({"tasks": {"edits": left_out}}), "utf-8")
    result = run(tmp_path / "none.json", "--json", "--out", tmp_path / "draws.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    says(result.stderr)
    assert not (tmp_path / "draws.csv").exists()


def test_the_summary_holds_percentiles_and_the_joint_probability(tmp_path: Path) -> None:
    result = invoked("plan", "--out", tmp_path, "--today", "2026-11-06")
    assert result.exit_code == 0
    summary = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert summary["uncertainty"] == found()
    assert 0 < summary["uncertainty"]["joint_probability"] < 1
