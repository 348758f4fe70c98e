"""`zt-planner portfolio`: from folders of plans to tables, with real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from tests.in_process import InProcess
from zt_planner.cli import app
from zt_planner.files.portfolio import queries, running
from zt_planner.files.portfolio.writing import Portfolio
from zt_planner.topics.portfolio.questions import QUESTIONS


def planning(*arguments: object) -> Result:
    given = ("portfolio", "--today", "2026-11-06", "--processes", "1", *map(str, arguments))
    return CliRunner().invoke(app, given)


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    folder = tmp_path / "clients"
    folder.mkdir()
    for name, employees in (("Acme", 60), ("Bolt", 80)):
        content = {"company": {"name": name, "employees": employees}}
        (folder / f"{name.lower()}.json").write_text(json.dumps(content), "utf-8")
    return folder


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "Processes", InProcess)


def test_the_results_are_summed_up_and_named(clients: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = planning(clients, "--out", out)
    assert result.exit_code == 0, result.output
    assert "2 clients: 2 planned, 0 unchanged." in result.output
    assert pq.read_table(out / "plans").num_rows == 2
    assert {"plans.csv", "lines.csv", "notes.csv"} <= {path.name for path in out.iterdir()}
    assert "2 clients: 0 planned, 2 unchanged." in planning(clients, "--out", out).output


@pytest.mark.usefixtures("in_process")
def test_what_failed_is_named_with_its_reason_and_exits_with_1(clients: Path, tmp_path: Path) -> None:
    (clients / "broken.json").write_text("{", "utf-8")
    result = planning(clients, "--out", tmp_path / "out", "--locale", "de")
    assert result.exit_code == 1
    assert "broken.json" in result.output
    assert "2 Kunden: 2 geplant, 0 unverändert." in result.output


@pytest.mark.usefixtures("in_process")
def test_what_cannot_be_used_exits_with_2(clients: Path, tmp_path: Path) -> None:
    for arguments, said in (
        ((tmp_path / "none", "--out", tmp_path / "out"), "there is no such folder"),
        ((clients, "--out", clients), "the plans lie in it"),
        ((clients, "--out", clients / "acme.json"), "the folder cannot be written to"),
        ((clients, "--out", tmp_path / "out", "--processes", "0"), "--processes needs a number of at least 1"),
    ):
        result = planning(*arguments)
        assert result.exit_code == 2, result.output
        assert said in result.output


@pytest.mark.usefixtures("in_process")
def test_a_question_is_answered_as_a_table_and_all_are_as_files(clients: Path, tmp_path: Path) -> None:
    asked = ("--question", "money_by_quarter", "--fiscal-year-starts", "4", "--locale", "de")
    result = planning(clients, "--out", tmp_path / "out", *asked)
    assert result.exit_code == 0, result.output
    assert "Geld nach Quartalen" in result.output
    assert "2026/27" in result.output
    assert {f"{question.name}.csv" for question in QUESTIONS} <= {path.name for path in (tmp_path / "out").iterdir()}


def test_a_question_that_nobody_can_answer_is_refused_before_anything_is_planned(
    clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = planning(clients, "--out", tmp_path / "out", "--question", "everything")
    assert unknown.exit_code == 2
    assert "'everything' is not a question. Use one of: money_by_month" in unknown.output
    monkeypatch.setattr(queries, "is_installed", lambda: False)
    without = planning(clients, "--out", tmp_path / "out", "--question", "nis2")
    assert without.exit_code == 2
    assert "DuckDB is not installed" in without.output
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("in_process")
def test_without_duckdb_everything_but_the_answers_is_there(
    clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "is_installed", lambda: False)
    result = planning(clients, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert 'For answers, install "zt-planner[portfolio]".' in result.output
    assert (tmp_path / "out" / "plans.csv").exists()
    assert not (tmp_path / "out" / "nis2.csv").exists()


@pytest.mark.usefixtures("in_process")
def test_a_setting_holds_for_all_and_a_wrong_one_fails_each(clients: Path, tmp_path: Path) -> None:
    assert planning(clients, "--out", tmp_path / "out", "--set", "company.sites=3").exit_code == 0
    result = planning(clients, "--out", tmp_path / "out", "--set", "company.nothing=3")
    assert result.exit_code == 1
    assert "company.nothing" in result.output


@pytest.mark.usefixtures("in_process")
def test_what_ifs_are_answered_in_lines_and_tables(clients: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ("--later", "bolt=6", "--days-a-week", "20", "--first", "bolt", "--joint")
    result = planning(clients, "--out", out, *options, "--compare", "--set", "prices.overrides.external-day=1000")
    assert result.exit_code == 0, result.output
    for said in (
        "With what is set, 2 introductions cost",
        "1 client starts later, as chosen.",
        "With 20 days a week the 2 plans end by",
        "With 80% confidence the introductions of 2 clients cost",
        "Written to",
    ):
        assert said in result.output
    written = {"changes.csv", "later.csv", "moves.csv", "provider_weeks.csv", "joint.csv", "joint_months.csv"}
    assert written <= {path.name for path in out.iterdir()}
    assert planning(clients, "--out", out).exit_code == 0
    assert written.isdisjoint(path.name for path in out.iterdir())


@pytest.mark.usefixtures("in_process")
def test_who_has_no_plan_without_a_setting_is_not_compared(clients: Path, tmp_path: Path) -> None:
    endless = {"timeline": {"mode": "capacity", "internal_days_per_week": 0.25, "external_days_per_week": 0.25}}
    (clients / "endless.json").write_text(json.dumps(endless | {"company": {"employees": 500}}), "utf-8")
    result = planning(clients, "--out", tmp_path / "out", "--compare", "--set", "timeline.mode=deadline")
    assert "1 client has no plan without what is set and is not compared: endless.json." in result.output


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--days-a-week", "many"), "'many' is not a number of days from 0.25 to 100000"),
        (("--days-a-week", "0"), "'0' is not a number of days"),
        (("--days-a-week", "nan"), "Write it as 22 or 22.5"),
        (("--first", "acme"), "Use it with --days-a-week"),
        (("--later", "nobody=3"), "'nobody' is not a client with a schedule"),
    ],
)
def test_a_what_if_that_cannot_be_asked_exits_with_2(
    clients: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    result = planning(clients, "--out", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.extended
@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_a_run_that_is_killed_goes_on_when_it_is_started_again(tmp_path: Path) -> None:
    folder, out = tmp_path / "clients", tmp_path / "out"
    folder.mkdir()
    for number in range(240):
        (folder / f"{number}.json").write_text(json.dumps({"company": {"employees": 50 + number % 80, "apps": number}}))
    command = [sys.executable, "-m", "zt_planner", "portfolio", str(folder), "--out", str(out), "--today", "2026-11-06"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True) as killed:
        while not Portfolio(out).batches():
            assert killed.poll() is None
            time.sleep(0.05)
        os.kill(killed.pid, signal.SIGKILL)
        killed.communicate(timeout=60)
    kept = sum(len(batch.fingerprints) for batch in Portfolio(out).batches().values())
    assert 0 < kept < 240
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    assert f"240 clients: {240 - kept} planned, {kept} unchanged." in done.stdout
    again = planning(folder, "--out", tmp_path / "again")
    assert again.exit_code == 0, again.output
    for table in ("plans", "lines", "terms", "tasks", "weeks", "decisions"):
        assert pq.read_table(out / table).equals(pq.read_table(tmp_path / "again" / table))
