"""`zt-planner losses`: what it prints, and what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from zt_planner import cli

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: object) -> Result:
    """Run the command as of a day."""
    return CliRunner().invoke(cli.app, ["losses", *map(str, arguments), "--today", "2026-11-24"])


def test_views_sentences_curve_controls_and_the_article_are_printed() -> None:
    result = run()
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Expected loss a year if you do nothing: insurers EUR ")
    for text in (
        ", a factor of ",
        "Insurers: an expected loss of EUR ",
        "\nPublic events\n",
        "  Population: companies in Germany, by their own account; not by size\n",
        "  Read on: 26 Nov 2026\n",
        "Once the plan is done",
        "within three years, without the plan\n",
        "\nHardening, and patching of clients\n  Frequency ×: 0.71\n",
        "No such figure was found",
    ):
        assert text in result.output, text


def test_an_own_view_without_figures_has_no_curve() -> None:
    result = run("--set", 'losses.view="own"')
    assert "\nYour own view lacks a figure" in result.output
    assert "within three years, without the plan\n" in result.output
    assert "Once the plan is done" not in result.output


def test_json_has_every_view_with_its_sources_as_numbers() -> None:
    found = json.loads(
        run("--json", "--set", 'losses={"view": "own", "chance": 0.1, "median": 1e5, "p95": 1e6}').output
    )
    losses = found["losses"]
    assert losses["view"] == "own"
    assert list(losses["views"]) == ["insurers", "public_events", "surveys", "own"]
    for name, view in losses["views"].items():
        assert view["yearly"] == view["sources"][0]["yearly"]
        assert float(view["yearly_once_done"]) < float(view["yearly"])
        chances = view["chance_in_three_years"]
        assert chances["without_the_plan"] >= chances["from_the_start"] >= chances["once_done"] > 0
        assert ("population" in view["sources"][0]) == (name != "own")
    assert {each["id"]: each["since"] for each in losses["controls"]}["edr_watched"] is None


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("losses.chance=1", "losses.chance: 1 is too high. Write 0.99 or less."),
        ("losses.on_frequency.mfa=0", "losses.on_frequency.mfa: 0 is too low. Write 0.2 or more."),
        ("losses.on_severity.mfas=0.5", "there is no control 'mfas'. Did you mean mfa?"),
    ],
)
def test_bad_input_is_an_error_with_a_remedy(setting: str, problem: str) -> None:
    result = run("--set", setting)
    assert result.exit_code == 2
    assert problem in result.output


def test_a_scenario_without_a_schedule_says_so(tmp_path: Path) -> None:
    endless = tmp_path / "endless.json"
    timeline = {"mode": "capacity", "internal_days_per_week": 0.25}
    endless.write_text(json.dumps({"company": {"apps": 500, "employees": 5000}, "timeline": timeline}), "utf-8")
    assert "There is no schedule" in run(endless).output
    assert json.loads(run(endless, "--json").output) == {"losses": None}
