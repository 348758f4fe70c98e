"""`zt-planner portfolio`: from folders of plans to tables, with real processes."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from tests.builders import price, row_values
from tests.in_process import InProcess
from zt_planner.cli import app
from zt_planner.files.portfolio import queries, running, writing
from zt_planner.files.portfolio.locking import LOCK, locked
from zt_planner.files.portfolio.names import WHAT_IFS
from zt_planner.files.portfolio.writing import NOT_DONE, Portfolio, beside
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
    assert "2 Kunden: 2 geplant, 0 unverändert. 1 Datei ist gescheitert." in result.output


@pytest.mark.usefixtures("in_process")
def test_plans_without_a_schedule_are_named_with_the_reason_in_words_once(clients: Path, tmp_path: Path) -> None:
    endless = {"timeline": {"mode": "capacity", "internal_days_per_week": 0.25, "external_days_per_week": 0.25}}
    for employees in (490, 500):
        (clients / f"endless{employees}.json").write_text(json.dumps(endless | {"company": {"employees": employees}}))
    result = planning(clients, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "No schedule, so figures are not known: endless490.json and endless500.json\n" in result.output
    assert result.output.count("would take more than twenty years") == 1
    assert "Allow larger teams" in result.output
    assert "failed" not in result.output


@pytest.mark.usefixtures("in_process")
def test_what_cannot_be_used_exits_with_2(clients: Path, tmp_path: Path) -> None:
    for arguments, said in (
        ((tmp_path / "none", "--out", tmp_path / "out"), "there is no such folder"),
        ((clients, "--out", clients), "the plans lie in it"),
        ((clients, "--out", clients / "acme.json"), "it is not a folder. Name another folder for the results."),
        ((clients, "--out", clients / "acme.json" / "out"), "it is not a folder. Name another folder for the results."),
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
def test_a_setting_holds_for_all_and_a_wrong_one_is_told_once(clients: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert planning(clients, "--out", out, "--set", "company.sites=3").exit_code == 0
    result = planning(clients, "--out", out, "--set", "company.nothing=3")
    assert result.exit_code == 2
    assert result.output.count("company.nothing") == 1
    assert sum(len(batch.fingerprints) for batch in Portfolio(out).batches().values()) == 2
    result = planning(clients, "--out", out, "--set", "company.macs=75")
    assert result.exit_code == 1
    assert "Failed: acme.json\n" in result.output
    assert result.output.count("company.macs") == 1


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("company.employees=0", "company.employees: 0 is too low. Write 1 or more."),
        ("timeline.target_months=99", "timeline.target_months: 99 is too high. Write 60 or less."),
        ("prices.overrides.external-dayy=1", "'external-dayy' is not in the price book. Did you mean external-day"),
    ],
)
def test_a_value_that_every_client_refuses_is_told_before_anything_is_planned_and_the_tables_stay(
    clients: Path, tmp_path: Path, setting: str, said: str
) -> None:
    out = tmp_path / "out"
    (clients / "broken.json").write_text("{", "utf-8")
    planning(clients, "--out", out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    result = planning(clients, "--out", out, "--set", setting)
    assert result.exit_code == 2
    assert result.output.count(said) == 1
    assert "Failed" not in result.output
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("in_process")
def test_a_price_that_one_client_has_of_its_own_is_set_for_it_and_fails_for_the_others(
    clients: Path, tmp_path: Path
) -> None:
    row = row_values(price("own-tool"))
    (clients / "own.json").write_text(json.dumps({"prices": {"rows": {"own-tool": [row]}}}), "utf-8")
    result = planning(clients, "--out", tmp_path / "out", "--set", "prices.overrides.own-tool=9")
    assert result.exit_code == 1
    assert "1 client: 1 planned" in result.output
    assert "Failed: acme.json and bolt.json" in result.output


@pytest.mark.usefixtures("in_process")
def test_of_many_files_that_fail_for_one_reason_some_are_named_and_the_others_counted(tmp_path: Path) -> None:
    folder = tmp_path / "clients"
    folder.mkdir()
    for number in range(23):
        content = {"company": {"name": f"{number}", "employees": 50}}
        (folder / f"{number:02}.json").write_text(json.dumps(content), "utf-8")
    result = planning(folder, "--out", tmp_path / "out", "--set", "company.macs=90")
    assert "18.json, 19.json and 3 more" in result.output
    assert result.output.count("company.macs") == 1


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
def test_a_dialect_writes_every_csv_file_for_excel_and_the_next_run_has_the_usual_form_again(
    clients: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    asked = (clients, "--out", out, "--later", "bolt=6", "--set", "company.sites=2")
    assert planning(*asked).exit_code == 0
    usual = {path.name: path.read_bytes() for path in out.glob("*.csv")}
    assert planning(*asked, "--dialect", "excel-de").exit_code == 0
    excel = {path.name: path.read_bytes() for path in out.glob("*.csv")}
    assert usual.keys() == excel.keys()
    assert not any(content.startswith(b"\xef\xbb\xbf") for content in usual.values())
    assert all(content.startswith(b"\xef\xbb\xbf") for content in excel.values())
    for name in ("plans.csv", "money_by_month.csv", "later.csv"):
        plain = list(csv.reader(usual[name].decode().splitlines()))
        german = list(csv.reader(excel[name].decode("utf-8-sig").splitlines(), delimiter=";"))
        assert plain[0] == german[0]
        of = next(
            place
            for place, title in enumerate(plain[0])
            if title in {"introduction_budget", "used", "introduction_after"}
        )
        assert [row[of].replace(",", ".") for row in german[1:]] == [row[of] for row in plain[1:]]
        assert "," in german[1][of]
    assert ";06.11.2026;" in excel["plans.csv"].decode("utf-8-sig")
    assert "2 clients: 0 planned, 2 unchanged." in planning(*asked).output
    assert {path.name: path.read_bytes() for path in out.glob("*.csv")} == usual


@pytest.mark.usefixtures("in_process")
def test_who_has_no_plan_without_a_setting_is_not_compared(clients: Path, tmp_path: Path) -> None:
    endless = {"timeline": {"mode": "capacity", "internal_days_per_week": 0.25, "external_days_per_week": 0.25}}
    (clients / "endless.json").write_text(json.dumps(endless | {"company": {"employees": 500}}), "utf-8")
    result = planning(clients, "--out", tmp_path / "out", "--compare", "--set", "timeline.mode=deadline")
    said = "1 client has no plan, as its file says or with what is set, and is not compared: endless.json."
    assert said in result.output
    assert said in planning(clients, "--out", tmp_path / "out", "--compare", "--set", "company.sites=2").output


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--days-a-week", "many"), "'many' is not a number of days from 0.25 to 100000"),
        (("--days-a-week", "0"), "'0' is not a number of days"),
        (("--days-a-week", "nan"), "Write it as 22 or 22.5"),
        (("--first", "acme"), "Use it with --days-a-week"),
        (("--compare",), "--compare: nothing is set for all plans. Use it with --set or --catalogue."),
        (("--later", "nobody=3"), "there is no client 'nobody'"),
        (("--days-a-week", "20", "--first", "acmee"), "Did you mean acme.json?"),
        (("--later", "acme"), "'acme' is without weeks or a day. Write it as acme.json=6"),
    ],
)
def test_a_what_if_that_cannot_be_asked_exits_with_2(
    clients: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    result = planning(clients, "--out", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "out" / "plans.csv").exists()


def test_who_writes_a_folder_at_the_same_time_as_another_command_is_told(clients: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with locked(out):
        result = planning(clients, "--out", out)
    assert result.exit_code == 2
    assert "another command writes into it. Wait until it has ended, or name another folder." in result.output
    with locked(out):
        assert [path.name for path in out.iterdir()] == [LOCK]


@pytest.mark.usefixtures("in_process")
def test_ctrl_c_ends_with_one_sentence_and_the_next_run_goes_on(
    clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"

    def interrupted(target: Path, *_: object) -> None:
        beside(target).touch()
        signal.raise_signal(signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    with monkeypatch.context() as ending:
        ending.setattr(writing, "write_csv", interrupted)
        result = planning(clients, "--out", out)
    assert result.exit_code == 130
    assert result.stderr.endswith("Stopped. Start the same command again to go on: what is complete is kept.\n")
    assert not list(out.rglob(f"*{NOT_DONE}"))
    assert signal.getsignal(signal.SIGTERM) is before
    assert "2 clients: 0 planned, 2 unchanged." in planning(clients, "--out", out).output
    assert (out / "plans.csv").exists()


@pytest.mark.usefixtures("in_process")
def test_what_a_killed_run_has_left_is_removed_by_the_next(clients: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    planning(clients, "--out", out)
    whole = [path for path in out.rglob("*") if path.is_file() and path.name != LOCK]
    for path in (*whole, *(out / name for name in WHAT_IFS)):
        beside(path).touch()
    (beside(out / "answers") / "left").mkdir(parents=True)
    assert len(list(out.rglob(f"*{NOT_DONE}"))) == len(whole) + len(WHAT_IFS) + 1
    assert planning(clients, "--out", out).exit_code == 0
    assert not list(out.rglob(f"*{NOT_DONE}"))


@pytest.mark.usefixtures("in_process")
def test_files_and_folders_of_others_are_not_taken_for_what_a_killed_run_has_left(
    clients: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    others = [out / "contracts.part" / "signed.pdf", out / "plans.csv-host-1.part" / "mine.txt"]
    others += [
        out / name for name in ("film.mp4.part", "plans.csv.part", "answers-host-1.part", "mine.csv-host-1.part")
    ]
    for path in others:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    planning(clients, "--out", out)
    assert planning(clients, "--out", out).exit_code == 0
    assert all(path.exists() for path in others)


@pytest.mark.extended
@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize(("number", "to"), [(signal.SIGINT, os.killpg), (signal.SIGTERM, os.kill)])
def test_a_run_that_is_ended_says_one_sentence(
    tmp_path: Path, number: signal.Signals, to: Callable[[int, int], None]
) -> None:
    folder, out = tmp_path / "clients", tmp_path / "out"
    folder.mkdir()
    for employees in range(50, 290):
        (folder / f"{employees}.json").write_text(json.dumps({"company": {"employees": employees}}))
    command = [sys.executable, "-m", "zt_planner", "portfolio", str(folder), "--out", str(out), "--processes", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as ended:
        while not Portfolio(out).batches():
            assert ended.poll() is None
            time.sleep(0.05)
        to(ended.pid, number)
        _, said = ended.communicate(timeout=60)
    assert ended.returncode == 130
    assert said.decode().splitlines()[1:] == [
        "Stopped. Start the same command again to go on: what is complete is kept."
    ]
    assert not list(out.rglob(f"*{NOT_DONE}"))


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
