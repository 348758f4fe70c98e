"""`zt-planner compare`: plans side by side on the command line, and as files."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.approval import Says
from tests.builders import TODAY, scenario
from tests.command_line import invoked
from tests.office import opened
from tests.papers import handout
from zt_planner.files.formats import Format, files_in, one_file
from zt_planner.media.csv.dialects import Dialect
from zt_planner.media.xlsx.sheets import FIRST_ROW

run = partial(invoked, "compare", "--today", TODAY)


def saved(folder: Path, name: str, **fields: Any) -> Path:  # noqa: ANN401 - any field of a scenario
    """Write a scenario and return its file."""
    file = folder / name
    file.write_text(scenario(**fields).model_dump_json(), "utf-8")
    return file


def rows(file: Path) -> list[dict[str, str]]:
    """Read a file of the dialect for programs."""
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.mark.extended
def test_it_prints_the_table_and_a_bridge_to_each_other_plan(tmp_path: Path) -> None:
    first = saved(tmp_path, "a.json")
    others = [
        saved(tmp_path, "b.json", choices__monitoring="mdr"),
        saved(tmp_path, "c.json", company__employees=150, company__name="Müller GmbH"),
        saved(tmp_path, "d.json", finance__horizon_months=24),
    ]
    result = run(first, *others)
    assert result.exit_code == 0, result.output
    assert "C  c.json (Müller GmbH)" in result.output
    for letter in "BCD":
        assert f"\n{letter} against A\n" in result.output
    assert "  * Monitoring: MDR instead of SIEM\n" in result.output
    assert "To get there, B costs EUR " in result.output
    assert "  No longer: Nobody watches at night (operation.unwatched)\n" in result.output
    assert " All are compared over the smallest number: 24.\n" in result.output
    assert result.output.endswith("D against A\n  * No input differs.\n")


@pytest.mark.extended
def test_the_files_hold_what_is_printed(tmp_path: Path) -> None:
    plans = saved(tmp_path, "a.json"), saved(tmp_path, "b.json", company__employees=150, choices__monitoring="mdr")
    out = tmp_path / "out"
    result = run(*plans, "--out", out)
    assert result.exit_code == 0, result.output
    assert (
        f"Written to {out}: comparison.csv, bridge.csv, comparison.svg, comparison.png, zt-plan.xlsx, zt-plan.pdf"
        in result.output
    )
    sheet = opened((out / "zt-plan.xlsx").read_bytes())["Comparison"]
    assert [cell.value for cell in sheet[FIRST_ROW + 1]][2:5] == ["A  a.json", "B  b.json", "B against A"]
    assert (out / "zt-plan.pdf").read_bytes().startswith(b"%PDF")
    assert b"A: " in (out / "comparison.svg").read_bytes()
    assert (out / "comparison.png").read_bytes().startswith(b"\x89PNG")
    figures = {row["figure"]: row for row in rows(out / "comparison.csv")}
    bars = rows(out / "bridge.csv")
    for name in ("introduction_budget", "run_rate_monthly", "horizon_total", "finish_date"):
        changes = [Decimal(row["change"]) for row in bars if row["figure"] == name]
        assert sum(changes) == Decimal(figures[name]["b_minus_a"]) != 0
        assert f"{figures[name]['title']}  " in result.output
    assert {(row["from"], row["to"], row["unit"], row["note"]) for row in bars} == {
        ("A", "B", "EUR", ""),
        ("A", "B", "days", ""),
    }
    assert figures["start_date"]["a"] == "2027-01-04"


@pytest.mark.extended
def test_german_excel_reads_the_files(tmp_path: Path) -> None:
    plans = saved(tmp_path, "a.json"), saved(tmp_path, "b.json", company__employees=150)
    result = run(*plans, "--out", tmp_path, "--locale", "de", "--dialect", "excel-de")
    assert result.exit_code == 0, result.output
    text = (tmp_path / "comparison.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert b";04.01.2027;04.01.2027;0\r\n" in text
    bridge = (tmp_path / "bridge.csv").read_bytes().decode("utf-8-sig")
    assert re.search(r";Budget der Einführung;[^;]+;\d+,\d\d;EUR;\r\n", bridge)


@pytest.mark.extended
def test_why_says_what_a_difference_is_made_of(tmp_path: Path, says: Says) -> None:
    plans = saved(tmp_path, "a.json"), saved(tmp_path, "b.json", choices__monitoring="mdr")
    stopped = saved(tmp_path, "c.json", timeline__start="2099-12-01", timeline__mode="capacity")
    result = run(*plans, stopped, "--why", "run_rate_monthly")
    assert result.exit_code == 0, result.output
    first, *_, last = result.output.splitlines()
    assert re.fullmatch(r"After that, a month: B against A: \+EUR [0-9,.]+", first)
    assert re.search(r"(?m)^Monitoring and operation +EUR [0-9,.]+$", result.output)
    says(last)
    refused = run(*plans, "--why", "budget")
    assert refused.exit_code == 2
    assert "--why: 'budget' is not a figure that is compared. Use one of: introduction_budget, " in refused.output


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    plans = saved(tmp_path, "a.json"), saved(tmp_path / "b", "a.json", company__employees=150)
    assert run(*plans).output.startswith(f"A  {plans[0]}\nB  {plans[1]}\n")


@pytest.mark.extended
def test_a_bundle_is_compared_with_its_own_prices(tmp_path: Path) -> None:
    file = tmp_path / "plan.ztplan"
    file.write_bytes(one_file(Format.BUNDLE, handout(scenario(company__employees=180)), Dialect.RFC4180))
    result = run(saved(tmp_path, "a.json"), file)
    assert result.exit_code == 0, result.output
    assert "  * People: 180 instead of 120\n" in result.output


@pytest.mark.extended
def test_a_plan_without_a_schedule_is_told(tmp_path: Path) -> None:
    endless = saved(tmp_path, "b.json", timeline__start="2099-12-01", timeline__mode="capacity")
    result = run(saved(tmp_path, "a.json"), endless, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert "B has no schedule, so it has no figures." in result.output
    assert "  The difference cannot be explained: B has no schedule.\n" in result.output
    both = run(endless, saved(tmp_path, "c.json", timeline__start="2099-12-01", timeline__mode="capacity"))
    assert both.exit_code == 0, both.output
    assert "Budget to get there" not in both.output
    assert {(row["change"], row["note"]) for row in rows(tmp_path / "bridge.csv")} == {
        ("", "The difference cannot be explained: B has no schedule.")
    }


def test_a_name_of_eighty_characters_moves_no_column(tmp_path: Path) -> None:
    long = saved(tmp_path, f"{'b' * 75}.json", company__name="N" * 80)
    result = run(saved(tmp_path, "a.json"), long)
    assert result.exit_code == 0, result.output
    table = [line for line in result.output.splitlines() if line.startswith("  ")]
    assert not any("N" * 80 in line for line in table)


@pytest.mark.extended
def test_what_cannot_be_compared_is_refused(tmp_path: Path) -> None:
    files = [saved(tmp_path, f"{letter}.json") for letter in "abcde"]
    table = tmp_path / "tasks.csv"
    table.write_bytes(files_in(Format.CSV, handout(), Dialect.RFC4180)["tasks.csv"])
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps({"company": {"employees": 0}}), "utf-8")
    (tmp_path / "sub").mkdir()
    again = tmp_path / "sub" / ".." / "a.json"
    for given, problem in (
        ((files[0],), "compare: 1 plan was named. Name two to four."),
        (tuple(files), "compare: 5 plans were named. Name two to four."),
        ((files[0], files[1], again), f"{again}: the file is named twice. Name another plan."),
        ((files[0], tmp_path / "missing.json"), "missing.json: the file cannot be read (No such file or directory)."),
        ((files[0], broken), f"{broken}, company.employees: 0 is too low. Write 1 or more."),
        ((files[0], table), "tasks.csv: it is neither a scenario nor a bundle. Name scenario.json, or a .ztplan file."),
    ):
        result = run(*given, "--out", tmp_path / "out")
        assert result.exit_code == 2, result.output
        assert problem in result.output
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("locale", ["en", "de"])
def test_both_languages_print_it(tmp_path: Path, locale: str) -> None:
    result = run(saved(tmp_path, "a.json"), saved(tmp_path, "b.json", company__employees=150), "--locale", locale)
    assert result.exit_code == 0, result.output
    assert ("Budget to get there" in result.output) is (locale == "en")
