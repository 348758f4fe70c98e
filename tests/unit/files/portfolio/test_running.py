"""A portfolio on disk: what is counted, what is computed again, and what a fault leaves."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import TODAY, case
from tests.handouts import handout
from tests.in_process import InProcess
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.planner import build_plan
from zt_planner.errors import ScenarioError
from zt_planner.files.bundle import bundle_bytes
from zt_planner.files.portfolio import planning, running, writing
from zt_planner.files.portfolio.reading import PlanSettings, found_in
from zt_planner.files.portfolio.running import PortfolioRun, Twin, digest_of_settings, run_portfolio
from zt_planner.files.portfolio.writing import Portfolio, layout
from zt_planner.files.scenario_json import parsed_scenario
from zt_planner.resources import data_dir
from zt_planner.topics.portfolio.rows import TABLES, Client, Row, client_rows

SETTINGS = PlanSettings(str(data_dir()), TODAY)
KNOWN: dict[tuple[Client, str, date], Mapping[str, list[Row]]] = {}


def remembered_rows(client: Client, plan: AnyPlan) -> Mapping[str, list[Row]]:
    """Return the rows of a plan, whose draws take longest: tests are about which plans are asked for theirs."""
    asked = client, plan.scenario.version, plan.today
    if asked not in KNOWN:
        KNOWN[asked] = client_rows(client, plan)
    return KNOWN[asked]


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> type[InProcess]:
    monkeypatch.setattr(running, "Processes", InProcess)
    monkeypatch.setattr(planning, "client_rows", remembered_rows)
    return InProcess


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    """Return a folder with three clients: a scenario, a session and a bundle."""
    folder = tmp_path / "clients"
    (folder / "north").mkdir(parents=True)
    client(folder / "acme.json", "Acme", 60)
    session = {"scenario": {"company": {"name": "Bolt", "employees": 80}}, "participants": [], "events": []}
    (folder / "bolt.json").write_text(json.dumps(session), "utf-8")
    (folder / "north" / "default.ztplan").write_bytes(bundle_bytes(handout()))
    return folder


def client(file: Path, name: str, employees: int) -> None:
    file.write_text(json.dumps({"company": {"name": name, "employees": employees}}), "utf-8")


def run(folder: Path, how: PlanSettings = SETTINGS, **more: Any) -> PortfolioRun:  # noqa: ANN401 - options
    return run_portfolio([folder], Portfolio(folder.parent / "out"), how, 1, more.get("progress", lambda *_: None))


def rows(folder: Path, table: str = "plans") -> list[dict[str, Any]]:
    """Return the rows of a table as any program reads them."""
    found: list[dict[str, Any]] = pq.read_table(folder.parent / "out" / table).drop_columns("batch").to_pylist()
    return sorted(found, key=lambda row: row["client"])


def state(folder: Path) -> dict[str, str]:
    """Return every file of the results by its content."""
    out = folder.parent / "out"
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    return {str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest() for path in files}


def test_three_kinds_of_files_are_planned(clients: Path) -> None:
    done = run(clients)
    assert (done.clients, done.planned, done.failures) == (3, 3, [])
    assert [row["client"] for row in rows(clients)] == ["acme.json", "bolt.json", "north/default.ztplan"]
    assert [row["employees"] for row in rows(clients)] == [60, 80, 120]


def test_the_sums_are_those_of_each_plan_to_the_cent(clients: Path) -> None:
    run(clients)
    for row in rows(clients):
        if row["client"] != "acme.json":
            continue
        scenario = parsed_scenario((clients / "acme.json").read_bytes())
        plan = build_plan(case(scenario, price_book(), phase_model()))
        assert isinstance(plan, Plan)
        assert row["introduction_budget"] == plan.headlines.introduction_budget
        lines = [line for line in rows(clients, "lines") if line["client"] == "acme.json"]
        assert sum(line["amount"] for line in lines) == sum(line.amount or Decimal(0) for line in plan.cost_lines)


def test_a_second_run_plans_only_what_changed(clients: Path) -> None:
    run(clients)
    before = state(clients)
    assert (run(clients).planned, state(clients)) == (0, before)
    client(clients / "acme.json", "Acme", 61)
    client(clients / "new.json", "New", 70)
    (clients / "bolt.json").unlink()
    changed = run(clients)
    assert (changed.planned, changed.unchanged) == (2, 1)
    assert [row["employees"] for row in rows(clients)] == [61, 70, 120]
    kept, again = state(clients), clients.parent / "out"
    shutil.rmtree(again)
    run(clients)
    assert state(clients) == kept, "as if all was planned anew"


def test_another_day_setting_or_program_plans_all_again(clients: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(clients)
    assert run(clients, PlanSettings(str(data_dir()), date(2026, 11, 9))).planned == 3
    assert run(clients, PlanSettings(str(data_dir()), TODAY, ("company.sites=2",))).planned == 3
    monkeypatch.setattr(running, "__version__", "another")
    assert run(clients, PlanSettings(str(data_dir()), TODAY, ("company.sites=2",))).planned == 3


def test_one_content_is_counted_once_and_told(clients: Path) -> None:
    shutil.copy(clients / "acme.json", clients / "acme-copy.json")
    done = run(clients)
    assert done.twins == (Twin("acme.json", "acme-copy.json"),)
    assert done.counted == len(rows(clients)) == 3
    (clients / "acme-copy.json").unlink()
    assert run(clients).twins == ()
    assert [row["client"] for row in rows(clients)] == ["acme.json", "bolt.json", "north/default.ztplan"]


def test_two_clients_of_one_name_are_both_counted_and_told(clients: Path) -> None:
    client(clients / "acme-2.json", "Acme", 65)
    for _ in range(2):
        ((name, keys),) = run(clients).namesakes
        assert (name, keys) == ("Acme", ("acme-2.json", "acme.json"))
    assert [row["name"] for row in rows(clients)].count("Acme") == 2


def test_a_broken_file_is_named_with_its_reason_and_stops_no_other(clients: Path) -> None:
    (clients / "broken.json").write_text("{", "utf-8")
    (clients / "wrong.json").write_text(
        '{"company": {"employees": 60, "owned_licences": [{"licence": "none"}]}}', "utf-8"
    )
    (clients / "damaged.ztplan").write_bytes(b"PK no archive")
    (clients / "empty.json").touch()
    (clients / "notes.txt").write_text("Call them", "utf-8")
    for _ in range(2):
        done = run(clients)
        assert sorted(failure.key for failure in done.failures) == [
            "broken.json",
            "damaged.ztplan",
            "empty.json",
            "wrong.json",
        ]
        assert (done.counted, done.others) == (3, 1)
    notes = (clients.parent / "out" / "notes.csv").read_text("utf-8")
    assert "broken.json,failed,,broken.json: it is not JSON" in notes.replace('"', "")
    assert len(rows(clients)) == 3


def test_a_bundle_of_another_version_is_refused_by_its_form(clients: Path) -> None:
    original, target = clients / "north" / "default.ztplan", io.BytesIO()
    with zipfile.ZipFile(original) as source, zipfile.ZipFile(target, "w") as changed:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "manifest.json":
                content = content.replace(b'"format": 1', b'"format": 99')
            changed.writestr(entry, content)
    original.write_bytes(target.getvalue())
    ((key, error),) = run(clients).failures
    assert key == "north/default.ztplan"
    assert "it has the form 99" in str(error)


def test_a_process_that_is_killed_twice_costs_its_batch_only(
    clients: Path, here: type[InProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST_CLIENTS", 1)
    bits = next(iter(layout(["acme.json", "bolt.json", "north/default.ztplan"], ())))
    monkeypatch.setattr(here, "kills", frozenset({bits}))
    done = run(clients)
    assert len(done.failures) == 1
    assert "killed twice" in str(done.failures[0].error)
    assert len(rows(clients)) == 2
    monkeypatch.setattr(here, "kills", frozenset())
    again = run(clients)
    assert (again.planned, again.unchanged, again.failures) == (1, 2, [])


def test_a_disk_that_fills_is_an_error_and_loses_nothing_that_is_complete(
    clients: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST_CLIENTS", 1)
    synced, count = writing.sync, [0]

    def full(path: Path) -> None:
        count[0] += 1
        if count[0] > 8:  # within the second batch
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        synced(path)

    monkeypatch.setattr(writing, "sync", full)
    with pytest.raises(ScenarioError, match=r"No space left on device.*what is complete is kept") as refused:
        run(clients)
    out = clients.parent / "out"
    assert str(out) in str(refused.value)
    assert len(Portfolio(out).batches()) == 1
    assert not list(out.rglob(f"*{writing.NOT_DONE}"))
    monkeypatch.setattr(writing, "sync", synced)
    done = run(clients)
    assert (done.planned, done.unchanged, len(rows(clients))) == (2, 1, 3)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(
    "step", [3, 8, *(pytest.param(step, marks=pytest.mark.extended) for step in (1, 2, 4, 5, 6, 7, 9, 10, 11))]
)
def test_a_run_that_is_killed_at_any_write_goes_on_to_the_same_bytes(
    clients: Path, monkeypatch: pytest.MonkeyPatch, step: int, *, is_first: bool
) -> None:
    monkeypatch.setattr(writing, "MOST_CLIENTS", 2)
    if not is_first:
        run(clients)
        client(clients / "acme.json", "Acme", 61)
        client(clients / "bolt.json", "Bolt", 81)
    with monkeypatch.context() as killing:
        kill_at(step, killing)
        with suppress(Killed):
            run(clients)
    kept = Portfolio(clients.parent / "out")
    counted = [key for batch in kept.batches().values() for key in batch.fingerprints]
    assert len(set(counted)) == len(counted)
    for bits, batch in kept.batches().items():
        tables = [kept.rows(table.name, bits, ("client", "scenario_version")).to_pylist() for table in TABLES]
        assert {row["client"] for row in tables[0]} == batch.fingerprints.keys()
        assert len({(row["client"], row["scenario_version"]) for table in tables for row in table}) == len(tables[0])
    run(clients)
    resumed = state(clients)
    shutil.rmtree(clients.parent / "out")
    run(clients)
    assert state(clients) == resumed


class Killed(BaseException):
    """Ends a run as a signal would: nothing is cleaned up on the way."""


def kill_at(step: int, patched: pytest.MonkeyPatch) -> None:
    """Have a run end when it moves its file of a number into place; what it has not moved stays."""
    replace, unlink, count = Path.replace, Path.unlink, [0]

    def cut(path: Path, target: Path) -> Path:
        count[0] += 1
        if count[0] == step:
            raise Killed
        return replace(path, target)

    def removed(path: Path, *, missing_ok: bool = False) -> None:
        if not path.name.endswith(writing.NOT_DONE):
            unlink(path, missing_ok=missing_ok)

    patched.setattr(Path, "replace", cut)
    patched.setattr(Path, "unlink", removed)


def test_a_batch_that_is_split_is_counted_once_at_any_time(clients: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(clients)
    monkeypatch.setattr(writing, "MOST_CLIENTS", 2)
    seen = []
    with monkeypatch.context() as watching:
        wrote = Portfolio.write

        def watched(self: Portfolio, *arguments: Any) -> None:  # noqa: ANN401 - those of the original
            wrote(self, *arguments)
            seen.append(sorted(key for batch in self.batches().values() for key in batch.fingerprints))

        watching.setattr(Portfolio, "write", watched)
        done = run(clients)
    assert (done.planned, done.unchanged) == (0, 3)
    assert seen == [["acme.json", "bolt.json", "north/default.ztplan"]] * len(seen)
    assert len(rows(clients)) == 3


def test_the_csv_has_the_rows_of_the_parquet(clients: Path) -> None:
    client(clients / "formula.json", "=1+1", 70)
    run(clients)
    for table in ("plans", "lines", "terms", "tasks", "weeks", "decisions"):
        text = pyarrow.csv.read_csv(clients.parent / "out" / f"{table}.csv")
        assert text.num_rows == len(rows(clients, table))
    names = pyarrow.csv.read_csv(clients.parent / "out" / "plans.csv")["name"].to_pylist()
    assert "'=1+1" in names


def test_folders_that_cannot_be_told_apart_are_refused(clients: Path, tmp_path: Path) -> None:
    other = tmp_path / "more" / "clients"
    other.mkdir(parents=True)
    for folders, out, said in (
        ([clients, clients / "north"], tmp_path / "out", "it is within"),
        ([clients, other], tmp_path / "out", "another folder has the name 'clients'"),
        ([clients], clients, "the plans lie in it"),
        ([clients / "acme.json"], tmp_path / "out", "it is not a folder"),
        ([tmp_path / "none"], tmp_path / "out", "there is no such folder"),
    ):
        with pytest.raises(ScenarioError, match=said):
            found_in(folders, out)


def test_of_several_folders_the_key_begins_with_the_folders_name(clients: Path, tmp_path: Path) -> None:
    other = tmp_path / "south"
    other.mkdir()
    client(other / "acme.json", "South", 90)
    keys = [file.key for file in found_in([clients, other], clients / "out").files]
    assert keys == ["clients/acme.json", "clients/bolt.json", "clients/north/default.ztplan", "south/acme.json"]


def test_results_within_the_folder_are_no_plans(clients: Path) -> None:
    run_portfolio([clients], Portfolio(clients / "out"), SETTINGS, 1, lambda *_: None)
    assert len(found_in([clients], clients / "out").files) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_may_have_any_name_that_the_system_allows(clients: Path) -> None:
    client(Path(os.fsdecode(os.fsencode(clients) + b"/\xff.json")), "", 70)
    client(clients / "a\nb*.json", "", 75)
    assert run(clients).failures == []
    names = {row["client"]: row["name"] for row in rows(clients)}
    assert (names["\\xff.json"], names["a\nb*.json"]) == ("\\xff", "a\nb*")


def test_what_a_plan_follows_from_is_part_of_its_fingerprint(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()
    (catalogue / "catalogue.csv").write_text("key,value\n", "utf-8")
    known = [
        SETTINGS,
        PlanSettings(str(data_dir()), date(2026, 11, 7)),
        PlanSettings(str(data_dir()), TODAY, ("company.sites=2",)),
        PlanSettings(str(data_dir()), TODAY, catalogue=str(catalogue)),
        PlanSettings(str(tmp_path), TODAY),
    ]
    digests = [digest_of_settings(each) for each in known]
    (catalogue / "catalogue.csv").write_text("key,value\nname,Firm\n", "utf-8")
    digests.append(digest_of_settings(known[3]))
    assert len(set(digests)) == len(digests)


@pytest.mark.extended
def test_of_a_thousand_files_ten_broken_ones_are_named_and_the_others_are_all_there(tmp_path: Path) -> None:
    folder = tmp_path / "clients"
    folder.mkdir()
    for number in range(1000):
        if number % 100 == 7:
            (folder / f"{number}.json").write_text('{"company": {"employees": ', "utf-8")
        else:
            client(folder / f"{number}.json", f"Client {number}", 50 + number % 20)
    done = run(folder)
    assert sorted(int(Path(failure.key).stem) for failure in done.failures) == [7 + 100 * each for each in range(10)]
    assert (done.counted, done.planned, len(rows(folder))) == (990, 990, 990)
    assert len({row["client"] for row in rows(folder)}) == 990
    again = run(folder)
    assert (again.planned, len(again.failures)) == (0, 10)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(50, 400), st.integers(1, 4)), min_size=1, max_size=4, unique=True))
def test_the_sums_of_any_portfolio_are_those_of_its_plans(companies: list[tuple[int, int]]) -> None:
    with TemporaryDirectory() as kept:
        folder = Path(kept, "clients")
        folder.mkdir()
        plans = []
        for number, (employees, sites) in enumerate(companies):
            data = {"company": {"employees": employees, "sites": sites}}
            (folder / f"{number}.json").write_text(json.dumps(data), "utf-8")
            scenario = parsed_scenario(json.dumps(data).encode())
            plans.append(build_plan(case(scenario, price_book(), phase_model())))
        done = run(folder)
        budgets = [plan.headlines.introduction_budget for plan in plans if isinstance(plan, Plan)]
        assert (done.budget, done.counted) == (sum(budgets), len(plans))
        ours = [line["amount"] for line in rows(folder, "lines")]
        assert sum(ours) == sum(line.amount or 0 for plan in plans for line in (*plan.cost_lines, *plan.prepaid_tail))
