"""`zt-planner scan`: what it prints, what it writes, and that nothing personal is in any of it."""

from __future__ import annotations

import json
import logging
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.command_line import invoked
from tests.scan_files import (
    PERSONAL,
    assessment,
    assessment_test,
    csv_file,
    every_file,
    flow,
    json_file,
    person,
    scuba_control,
    scubagear,
    sku,
    zip_file,
)
from tests.words import plain
from zt_planner import bootstrap
from zt_planner.domain.scenario.scenario import MOST_OWNED
from zt_planner.files.scenario_json import parsed_scenario

E3 = "05e9a617-0261-4cee-bb44-138d3ef5d965"
ASSESSMENT = json_file(assessment(assessment_test(21796, "Passed"), assessment_test("21815", "Failed")))


def run(*arguments: object, **options: Any) -> Result:  # noqa: ANN401 - whatever the runner takes
    """Run the command as of a day."""
    given = ["scan", *map(str, arguments), "--today", "2026-11-30"]
    return invoked(*given, **options)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Return an assessment under a name that says nothing."""
    (tmp_path / "report.dat").write_bytes(ASSESSMENT)
    return tmp_path / "report.dat"


def written(folder: Path) -> dict[str, Any]:
    """Return scan.json."""
    data: dict[str, Any] = json.loads((folder / "scan.json").read_text("utf-8"))
    return data


def test_the_first_line_says_what_falls_away_and_every_task_has_a_row(scan: Path, tmp_path: Path) -> None:
    result = run(scan, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("3 of 44 tasks done, 2 in part: that saves EUR ")
    assert " and, with the same team, " in result.stdout.splitlines()[0]
    rows = written(tmp_path / "out")["tasks"]
    assert [row["task"] for row in rows] == [task.id for task in bootstrap.phase_model().tasks]
    assert {tuple(row) for row in rows} == {("task", "state", "share", "controls", "file", "day")}
    (rollout,) = (row for row in rows if row["task"] == "mfa_rollout")
    assert rollout == {
        "task": "mfa_rollout",
        "state": "part",
        "share": 0.75,
        "controls": [{"scan": "zta", "id": "OverviewAuthMethodsAllUsers", "result": "60 of 80"}],
        "file": "report.dat",
        "day": "2026-05-19",
    }
    assert not (tmp_path / "out" / "scenario.json").exists()


def test_without_a_folder_it_is_printed_and_nothing_is_written(scan: Path, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    result = run(scan)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("3 of 44 tasks done")
    assert set(tmp_path.iterdir()) == before
    refused = run(scan, "--apply")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("--apply: ")


def test_a_file_that_is_no_scan_is_named_and_the_others_are_read(scan: Path, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7")
    result = run(tmp_path / "paper.pdf", scan)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("3 of 44 tasks done")
    assert result.stderr.startswith("paper.pdf: ")
    assert run(tmp_path / "paper.pdf").exit_code == 2


def test_licences_and_counts_are_written_as_they_are_found(tmp_path: Path) -> None:
    licences = [sku("SPE_E3", E3, 90, 84), sku("LOOM_PREMIUM", "x", 5, 5)]
    (tmp_path / "skus.json").write_bytes(json_file({"value": licences}))
    (tmp_path / "people.csv").write_bytes(csv_file([person("a@x.example"), person("b@x.example", "Guest")]))
    result = run(tmp_path / "skus.json", tmp_path / "people.csv", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("0 of 44 tasks done.\n")
    assert written(tmp_path)["licences"] == [
        {"sku": "SPE_E3", "price_id": "m365-e3", "seats": 90, "used": 84},
        {"sku": "LOOM_PREMIUM", "price_id": None, "seats": 5, "used": 5},
    ]
    assert written(tmp_path)["counts"] == {"people": 1, "guests": 1}


def test_apply_writes_the_scenario_with_all_lines_that_are_not_left_out(scan: Path, tmp_path: Path) -> None:
    given = tmp_path / "given.json"
    given.write_text(json.dumps({"company": {"name": "Mine", "sites": 3}}), "utf-8")
    skipped = ("--without", "company.admins", "--without", "tasks.edits.device_pilot.done")
    result = run(scan, "--scenario", given, "--out", tmp_path / "out", "--apply", *skipped)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("2 of 44 tasks done, 2 in part: ")
    scenario = parsed_scenario((tmp_path / "out" / "scenario.json").read_bytes())
    company = scenario.company
    assert (company.name, company.sites, company.employees, company.devices) == ("Mine", 3, 80, 100)
    assert company.admins is None
    assert {task: edit.done for task, edit in scenario.tasks.edits.items()} == {
        "legacy_auth": 1,
        "mfa_pilot": 1,
        "mfa_rollout": Decimal("0.75"),
        "enrolment": Decimal("0.9"),
    }
    assert json.loads(given.read_text("utf-8")) == {"company": {"name": "Mine", "sites": 3}}


def test_what_was_applied_is_proposed_no_more(scan: Path, tmp_path: Path) -> None:
    run(scan, "--out", tmp_path, "--apply")
    again = run(scan, "--scenario", tmp_path / "scenario.json", "--out", tmp_path / "again", "--apply")
    assert again.stdout.splitlines()[0] == "3 of 44 tasks done, 2 in part."
    assert (tmp_path / "again" / "scenario.json").read_bytes() == (tmp_path / "scenario.json").read_bytes()


def test_a_plan_under_way_gets_actuals_and_no_start(tmp_path: Path) -> None:
    status = {"at": "2027-02-15", "scans": {"zta": "2026-12-01"}}
    (tmp_path / "given.json").write_text(json.dumps({"status": status}), "utf-8")
    later = assessment(assessment_test(21796, "Passed"), ExecutedAt="2027-03-01T08:00:00Z")
    (tmp_path / "report.json").write_bytes(json_file(later))
    result = run(tmp_path / "report.json", "--scenario", tmp_path / "given.json", "--out", tmp_path, "--apply")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == "3 of 44 tasks done, 2 in part."
    found = parsed_scenario((tmp_path / "scenario.json").read_bytes()).status
    assert (str(found.at), found.scans) == ("2027-03-01", {"zta": "2027-03-01"})
    record = found.record_of("legacy_auth")
    assert (str(record.finished), record.started) == ("2027-03-01", None)
    assert found.record_of("enrolment").remaining_days is not None


def test_an_actual_is_told_with_the_scan_before_and_that_no_start_is_known(tmp_path: Path) -> None:
    status = {"at": "2027-02-15", "scans": {"zta": "2026-12-01"}}
    (tmp_path / "given.json").write_text(json.dumps({"status": status}), "utf-8")
    later = assessment(assessment_test(21796, "Passed"), ExecutedAt="2027-03-01T08:00:00Z")
    (tmp_path / "report.json").write_bytes(json_file(later))
    result = run(tmp_path / "report.json", "--scenario", tmp_path / "given.json", "--out", tmp_path)
    printed = plain(result.stdout)
    news, *told = [line for line in printed.splitlines() if "1 December 2026" in line]
    assert " newly done since " in news
    assert any(line.startswith("Block legacy authentication") for line in told)
    assert all("1 March 2027" in line for line in told)
    assert "when work was started" in printed


CLASHES: dict[str, tuple[dict[str, int], dict[str, Any], list[str]]] = {
    "more administrators than people": (
        {"employees": 20},
        {"OverviewAuthMethodsPrivilegedUsers": flow(("Users", "Phishable", 26))},
        ["company.admins"],
    ),
    "fewer devices than Macs": (
        {"devices": 20, "macs": 15},
        {"TenantOverview": {"DeviceCount": 3}},
        ["company.devices"],
    ),
    "fewer people than work without an office": (
        {"employees": 20, "frontline": 19},
        {"TenantOverview": {"UserCount": 5}},
        ["company.employees"],
    ),
}


@pytest.mark.parametrize("clash", CLASHES)
def test_what_the_plan_does_not_take_is_proposed_and_only_not_applied(clash: str, tmp_path: Path) -> None:
    company, tenant, refused = CLASHES[clash]
    (tmp_path / "given.json").write_text(json.dumps({"company": company}), "utf-8")
    (tmp_path / "report.json").write_bytes(json_file(assessment(assessment_test(21796, "Passed"), TenantInfo=tenant)))
    given = (tmp_path / "report.json", "--scenario", tmp_path / "given.json", "--out", tmp_path / "out")
    hint = "".join(f" --without {name}" for name in refused)

    shown = run(*given)
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith("1 of 44 tasks done: ")
    assert hint in shown.stdout
    assert written(tmp_path / "out")["tasks"]

    applied = run(*given, "--apply")
    assert applied.exit_code == 2
    assert applied.stdout.startswith("1 of 44 tasks done: ")
    assert hint in applied.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["scan.json"]

    without = run(*given, "--apply", *hint.split())
    assert without.exit_code == 0, without.output


def test_licences_beyond_those_that_a_plan_holds_are_named(tmp_path: Path) -> None:
    by_price = {entry.price_id: entry for entry in bootstrap.scan_rules().skus if entry.price_id}
    found = [sku(entry.sku, entry.guid or "", 5, 5) for entry in by_price.values()]
    (tmp_path / "skus.json").write_bytes(json_file({"value": found}))
    applied = run(tmp_path / "skus.json", "--out", tmp_path / "out", "--apply")
    assert applied.exit_code == 2
    options = applied.stderr.partition("Add ")[2].strip().removesuffix(".").split()
    assert len(options) == 2 * (len(by_price) - MOST_OWNED)
    assert run(tmp_path / "skus.json", "--out", tmp_path / "out", "--apply", *options).exit_code == 0


def test_what_a_reader_should_know_stands_below(tmp_path: Path) -> None:
    demonstration = json_file(assessment(IsDemo="true"))
    other = json_file(scubagear(scuba_control("MS.AAD.3.2v1", "Pass")))
    (tmp_path / "all.zip").write_bytes(zip_file({"a.json": demonstration, "b.json": other, "c.png": b"\x89PNG"}))
    result = run(tmp_path / "all.zip", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert "demonstration data" in result.stdout
    assert "MS.AAD.3.2v1" in result.stdout
    assert "c.png" in result.stdout


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (ASSESSMENT[:-9], (), "cut off"),
        (b"{}", (), "it is not a scan"),
        (ASSESSMENT, ("--without", "company.sites"), "'company.sites' is no line"),
        (ASSESSMENT, ("--scenario", "nothing.json"), "nothing.json"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_written(
    content: bytes, options: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    (tmp_path / "report.json").write_bytes(content)
    result = run(tmp_path / "report.json", "--out", tmp_path / "out", "--apply", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = run(tmp_path / "gone.json", "--out", tmp_path)
    assert result.exit_code == 2
    assert "gone.json" in result.stderr


@pytest.mark.parametrize("locale", ["en", "de"])
def test_no_name_and_no_address_of_a_scan_is_printed_written_or_logged(
    locale: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    files = dict(every_file())
    assert all(any(person.encode() in content for content in files.values()) for person in PERSONAL[:3])
    for name, content in {**files, "all.zip": zip_file(files)}.items():
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "out"
    for given in ([name for name in files if name != "profiles.json"], ["all.zip"]):
        result = run(*(tmp_path / name for name in given), "--out", out, "--apply", "--locale", locale)
        assert result.exit_code == 0, result.output
        kept = [*(path.read_text("utf-8") for path in out.iterdir()), result.output, caplog.text]
        assert not [secret for secret in PERSONAL for text in kept if secret.casefold() in text.casefold()]


def test_no_name_and_no_address_is_in_a_refusal(tmp_path: Path) -> None:
    for name, content in every_file():
        (tmp_path / name).write_bytes(content[: len(content) * 2 // 3])
        result = run(tmp_path / name, "--out", tmp_path / "out")
        assert not [secret for secret in PERSONAL if secret.casefold() in result.output.casefold()], name
