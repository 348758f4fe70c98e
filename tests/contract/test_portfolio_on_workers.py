"""A portfolio that workers plan: the same tables as by processes here, whoever is killed, in folders that all reach."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.postgres import Postgres
from tests.workers import KEY, Workers, until
from zt_planner import cli
from zt_planner.errors import ScenarioError
from zt_planner.files.portfolio import writing
from zt_planner.files.portfolio.reading import PlanSettings
from zt_planner.files.portfolio.running import PortfolioRun, run_portfolio
from zt_planner.files.portfolio.writing import Portfolio
from zt_planner.resources import data_dir
from zt_planner.workspace.portfolio import MARK, OnWorkers

TODAY, CLIENTS, IN_A_BATCH = date(2026, 11, 6), 12, 4


@pytest.fixture
def workers(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    monkeypatch.setattr(writing, "MOST_CLIENTS", IN_A_BATCH)
    found = Workers(postgres.new_database())
    yield found
    found.end()


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    folder = tmp_path / "clients"
    folder.mkdir()
    for number in range(CLIENTS):
        company = {"name": f"Client {number}", "employees": 60 + 7 * number}
        (folder / f"{number}.json").write_text(json.dumps({"company": company}), "utf-8")
    return folder


def planned(
    workers: Workers, clients: Path, out: Path, progress: Callable[[int, int], None] = lambda _done, _of: None
) -> PortfolioRun:
    """Have workers plan some clients."""
    pool = OnWorkers(workers.asking, workers.calculations, [clients], out)
    return run_portfolio([clients], Portfolio(out), PlanSettings(str(data_dir()), TODAY), pool, progress)


def tables(out: Path) -> dict[str, bytes]:
    """Return what lies in a folder, by names without it."""
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.mark.extended
def test_workers_write_what_processes_here_write_though_one_is_killed(
    workers: Workers, clients: Path, tmp_path: Path
) -> None:
    first = workers.start("--at-once", "1")

    def kill_once(done: int, _of: int) -> None:
        if done and first.poll() is None:
            until(lambda: bool(workers.rows("SELECT id FROM calculations WHERE attempt = 1 AND kind IS NULL")))
            first.send_signal(signal.SIGKILL)
            first.wait()
            workers.start()

    run = planned(workers, clients, tmp_path / "elsewhere", kill_once)
    assert first.returncode == -signal.SIGKILL
    assert (run.planned, run.failures) == (CLIENTS, [])
    assert run.second_tries == 1
    here = Portfolio(tmp_path / "here")
    run_portfolio([clients], here, PlanSettings(str(data_dir()), TODAY), 1, lambda _done, _of: None)
    assert tables(tmp_path / "elsewhere") == tables(tmp_path / "here")
    assert len(list((tmp_path / "here" / "plans").iterdir())) > 2
    assert planned(workers, clients, tmp_path / "elsewhere").planned == 0
    assert workers.rows("TABLE calculations") == []


@pytest.mark.extended
def test_who_ends_the_command_cancels_its_batches_in_the_queue(workers: Workers, clients: Path, tmp_path: Path) -> None:
    workers.start("--at-once", "1")

    def interrupt(done: int, _of: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        planned(workers, clients, tmp_path / "out", interrupt)
    assert workers.rows("TABLE calculations") == []
    until(lambda: not workers.rows("SELECT id FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"))
    assert not (tmp_path / "out" / MARK).exists()


@pytest.mark.extended
def test_a_worker_that_does_not_reach_the_folder_says_so_and_nothing_is_lost(
    workers: Workers, clients: Path, tmp_path: Path
) -> None:
    workers.start()
    out = tmp_path / "tables"
    planned(workers, clients, out)
    before = tables(out)
    (clients / "new.json").write_text('{"company": {"name": "New"}}', "utf-8")

    def lose(_done: int, _of: int) -> None:
        (out / MARK).unlink()

    with pytest.raises(ScenarioError, match=r"does not reach this folder\. Share it with all workers, by this path"):
        planned(workers, clients, out, lose)
    assert {**before, "readings.json": b""} == {**tables(out), "readings.json": b""}


@pytest.mark.extended
def test_the_command_says_what_is_missing_and_asks_workers(
    workers: Workers, clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run() -> tuple[int, str]:
        arguments = ["portfolio", str(clients), "--out", str(tmp_path / "out"), "--on-workers", "--today", f"{TODAY}"]
        done = CliRunner().invoke(cli.app, arguments)
        return done.exit_code, done.output

    monkeypatch.setenv("ZT_PLANNER_DATABASE_URL", workers.address)
    code, said = run()
    assert code == 2
    assert "--on-workers: the workers have a key, and it is not set. Set ZT_PLANNER_WORKER_KEY" in said
    monkeypatch.setenv("ZT_PLANNER_WORKER_KEY", KEY)
    code, said = run()
    assert code == 2
    assert "no worker with this key and of this version is there. Start zt-planner worker" in said
    workers.start()
    code, said = run()
    assert (code, f"{CLIENTS} clients: {CLIENTS} planned" in said) == (0, True)
    assert "zt_planner.workspace.runners.queue_service" in workers.log
    assert "Client 1" not in workers.log
    assert not (tmp_path / "out" / MARK).exists()
