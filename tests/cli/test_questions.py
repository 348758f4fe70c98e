"""`zt-planner questions`: what it prints, the table that it writes, and what comes back from it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import Result

from tests.command_line import invoked
from zt_planner.bootstrap import interview


def run(*arguments: object) -> Result:
    """Run the program as of a day."""
    return invoked(*arguments, "--today", "2026-11-30")


def rows_of(file: Path, separator: str = ",") -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table, delimiter=separator))


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """Return the table of the default plan."""
    result = run("questions", "--out", tmp_path / "questions.csv")
    assert result.exit_code == 0, result.output
    return tmp_path / "questions.csv"


def filled_in(form: Path, **answers: str) -> Path:
    """Return a table with answers."""
    rows = rows_of(form)
    with form.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*rows[0]])
        table.writeheader()
        table.writerows(row | {"answer": answers.get(row["question_id"], "")} for row in rows)
    return form


def test_the_table_has_each_question_with_its_answers(form: Path) -> None:
    rows = {row["question_id"]: row for row in rows_of(form)}
    assert [*rows] == [question.id for question in interview()]
    assert {row["answer"] for row in rows.values()} == {""}
    assert rows["network_age"]["answers"].split(" / ") == [
        "Six years or less",
        "About half are older",
        "Most are older",
    ]


def test_what_comes_back_changes_the_plan(form: Path, tmp_path: Path) -> None:
    answers = {"network_age": "About half are older", "training": "yes", "operator": "today", "machines": "25"}
    result = run("import", filled_in(form, **answers), "--out", tmp_path / "plan.json")
    assert result.exit_code == 0, result.output
    plan = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert (plan["choices"]["hardware_reuse"], plan["choices"]["operation"]) == (0.5, "partner")
    assert (plan["company"]["machines"], plan["company"]["running"]) == (25, ["training", "managed_service"])
    again = run("questions", tmp_path / "plan.json", "--out", tmp_path / "again.csv")
    assert again.exit_code == 0, again.output
    known = {row["question_id"]: row["answer"] for row in rows_of(tmp_path / "again.csv") if row["answer"]}
    assert known == answers | {"training": "Yes", "operator": "A provider we pay already"}


def test_a_row_without_an_answer_changes_nothing(form: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(json.dumps({"company": {"machines": 12}}), "utf-8")
    result = run("import", form, "--onto", tmp_path / "plan.json", "--out", tmp_path / "after.json")
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "after.json").read_text("utf-8"))["company"]["machines"] == 12


def test_the_excel_of_a_language_has_its_titles(tmp_path: Path) -> None:
    form = tmp_path / "fragen.csv"
    assert run("questions", "--dialect", "excel-de", "--locale", "de", "--out", form).exit_code == 0
    assert len(rows_of(form, ";")) == len(interview())
    assert run("import", form).exit_code == 0


def test_what_is_no_answer_is_left_out_with_a_reason(form: Path) -> None:
    text = filled_in(form, network_age="ancient", sites="several", backup="no").read_text("utf-8")
    lines = text.splitlines()
    form.write_text("\n".join([*lines, "patching,,,yes,", "backup,,,yes,"]), "utf-8")
    result = run("import", form)
    assert result.exit_code == 0, result.output
    for wrong in ("ancient", "several", "patching", "backup"):
        assert f"'{wrong}'" in result.output
    assert "Six years or less / About half are older / Most are older" in result.output


def test_what_is_answered_is_no_longer_to_be_found_out() -> None:
    asked = run("questions").output.splitlines()[0]
    told = run("questions", "--set", "choices.hardware_reuse=0.5").output.splitlines()[0]
    question = "How old are your firewalls and network switches?"
    assert question in asked
    assert question not in told
