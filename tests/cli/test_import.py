"""`zt-planner import`: what a file that came back changes, and the scenario that is written."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from tests.builders import TODAY, scenario
from tests.command_line import invoked
from tests.figures import default_figures, euros
from tests.office import opened
from tests.papers import handout
from tests.words import GERMAN, plain
from zt_planner.files.formats import Format, files_in, one_file
from zt_planner.media.csv.dialects import Dialect

run = partial(invoked, "import", "--today", TODAY)


def test_a_bundle_becomes_a_scenario_file(tmp_path: Path) -> None:
    file, out = tmp_path / "plan.ztplan", tmp_path / "scenario.json"
    file.write_bytes(one_file(Format.BUNDLE, handout(scenario(company__employees=180)), Dialect.RFC4180))
    result = run(file, "--out", out)
    assert result.exit_code == 0, result.output
    assert "A plan with its prices and tasks." in result.output
    assert "People: 120 → 180" in result.output
    assert f"As planned: budget from {euros(default_figures().introduction_budget)} to EUR" in result.output
    assert json.loads(out.read_text("utf-8"))["company"]["employees"] == 180


def test_tables_are_compared_with_the_plan_that_is_named(tmp_path: Path) -> None:
    base = handout(scenario(company__employees=180))
    (tmp_path / "base.json").write_bytes(files_in(Format.JSON, base, Dialect.RFC4180)["scenario.json"])
    tasks = files_in(Format.CSV, base, Dialect("excel-de"))["tasks.csv"]
    (tmp_path / "tasks.csv").write_bytes(tasks)
    same = run(tmp_path / "tasks.csv", "--onto", tmp_path / "base.json", "--locale", "de")
    assert same.exit_code == 0, same.output
    finish = GERMAN.day(base.plan.headlines.finish_date)
    assert plain(f"Abschluss unverändert, {finish}.") in same.output
    first = next(task for task in base.plan.tasks if task.task.id == "kickoff")
    (tmp_path / "tasks.csv").write_bytes(tasks.replace(f"{first.finish:%d.%m.%Y}".encode(), b"31.12.2031", 1))
    changed = run(tmp_path / "tasks.csv", "--onto", tmp_path / "base.json")
    assert (
        "tasks.csv, row 2, column Ende: '2031-12-31' is calculated from other figures and cannot be set"
        in changed.output
    )


@pytest.mark.extended
def test_a_workbooks_changes_are_put_into_the_plan_that_is_named(tmp_path: Path) -> None:
    book = opened(one_file(Format.XLSX, handout(), Dialect.RFC4180))
    next(row[1] for row in book["Assumptions"].iter_rows() if row[3].value == "company.sites").value = 5
    book.save(tmp_path / "plan.xlsx")
    moved = handout(scenario(company__employees=180))
    (tmp_path / "moved.json").write_bytes(files_in(Format.JSON, moved, Dialect.RFC4180)["scenario.json"])
    result = run(tmp_path / "plan.xlsx", "--onto", tmp_path / "moved.json", "--out", tmp_path / "new.json")
    assert "Sites: automatic, by the number of people → 5" in result.output
    assert "People" not in result.output
    assert json.loads((tmp_path / "new.json").read_text("utf-8"))["company"]["employees"] == 180


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.7", "plan: it is a PDF"), (b'{"company": {"employees": 0}}', "company.employees: 0 is too low")],
)
def test_a_file_that_cannot_be_used_ends_with_a_reason(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "plan").write_bytes(content)
    result = run(tmp_path / "plan")
    assert result.exit_code == 2
    assert said in result.output
    assert run(tmp_path / "nowhere").exit_code == 2
