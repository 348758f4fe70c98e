"""The command line says nothing in English where it is asked in another language: answers, refusals and help."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.main import get_command

from tests.command_line import invoked
from tests.english import english_in, quoted
from tests.handouts import SCENARIOS
from tests.papers import situation
from tests.portions import names
from tests.scan_files import every_file
from tools.update_messages import LANGUAGES
from zt_planner import cli
from zt_planner.cli.help import Program
from zt_planner.files.formats import Format, files_in
from zt_planner.language import Language, LanguageCode
from zt_planner.media.csv.dialects import usual_dialect
from zt_planner.resources import data_dir
from zt_planner.settings import variable

DAY = ("--today", "2026-11-06")
PLAN, OTHER = "plan.json", "other.json"
ANSWERS: Sequence[Sequence[str]] = (
    *(("check", f"{name}.json", *DAY) for name in SCENARIOS),
    *(("plan", f"{name}.json", *DAY) for name in SCENARIOS),
    ("explain", *DAY),
    *(("explain", name, *DAY) for name in ("first_year_budget", "finish_date", "licence_mix", "nis2:b", "task:mdm")),
    ("compare", PLAN, OTHER, *DAY),
    ("compare", PLAN, OTHER, *DAY, "--why", "finish_date"),
    ("simulate", PLAN, *DAY, "--draws", "200", "--budget", "150000", "--by", "2027-12-31"),
    ("simulate", "never ends.json", *DAY, "--draws", "200"),
    ("level", PLAN, *DAY, "--seconds", "1"),
    ("level", "--set", "finance.monthly_cap=1", "--seconds", "1"),
    ("ask", PLAN, *DAY, "--by", "2027-06-30", "--first-year", "110000"),
    ("status", "under way.json", *DAY),
    ("status", PLAN, *DAY, "--at", "2027-04-15", "--bookings", "bookings.csv"),
    ("import", "tasks.csv", "--onto", OTHER, *DAY),
    ("scan", "assessment.json", "skus.json", "people.csv", "--scenario", OTHER, "--out", "scanned", *DAY),
    ("export", PLAN, *DAY, "--out", "files"),
    ("backup", "backup.gz"),
    ("restore", "backup.gz"),
)
REFUSALS: Sequence[Sequence[str]] = (
    ("plan", "nothing.json"),
    ("plan", "--set", "company.employees=0", "--set", "timeline.region=XX"),
    ("plan", "--set", "company"),
    ("plan", "--today", "soon"),
    ("explain", "nothing"),
    ("simulate", "--draws", "0"),
    ("ask", PLAN, *DAY),
    ("status", PLAN, "--at", "soon"),
    ("import", "broken.csv"),
    ("import", PLAN, "--onto", "nothing.json"),
    ("scan", PLAN, "--out", "scanned"),
    ("scan", "assessment.json", "--out", "scanned", "--without", "nothing"),
    ("compare", PLAN),
    ("restore", "broken.csv"),
    ("export", PLAN, "--format", "nothing"),
    ("paln",),
    ("plan", "--nothing"),
    ("plan", PLAN, OTHER),
    ("plan", "--dialect", "nothing"),
    ("check",),
    ("serve", "--port", "0"),
    ("serve", "--today", "soon"),
)
PROGRAM = get_command(cli.app)
HELP: Sequence[Sequence[str]] = (
    ("--help",),
    *((name, "--help") for name in (PROGRAM.commands if isinstance(PROGRAM, Program) else ())),
)


@pytest.fixture
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with the files that are named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(variable("store"), str(tmp_path / "kept.sqlite"))
    for name, given in {**SCENARIOS, "plan": {}, "other": {"company": {"employees": 150}}}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(given), "utf-8")
    for name, content in every_file():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "broken.csv").write_bytes(b"\x00")
    (tmp_path / "bookings.csv").write_text("month,amount,category\n2027-01,5100.00,consultant\n2027-01,x,y\n", "utf-8")


def english_answers(commands: Sequence[Sequence[str]], code: str) -> dict[str, list[str]]:
    language, found = Language(LanguageCode(code)), {}
    for command in commands:
        answer = invoked(*command, "--locale", code)
        assert answer.output, command
        assert answer.exception is None or isinstance(answer.exception, SystemExit), command
        found[" ".join(command)] = english_in(quoted().sub(" ", answer.output).replace("\n", " ").split("  "), language)
    return {command: texts for command, texts in found.items() if texts}


@pytest.mark.parametrize("code", names(LANGUAGES))
@pytest.mark.usefixtures("_folder")
def test_no_answer_is_english_in_another_language(code: str, tmp_path: Path) -> None:
    handed = situation("default", LanguageCode(code))
    (tmp_path / "tasks.csv").write_bytes(files_in(Format.CSV, handed, usual_dialect(handed.language))["tasks.csv"])
    assert not english_answers(ANSWERS, code)


def test_an_example_is_named_in_the_language_of_the_answer_and_an_own_company_as_it_was_written(tmp_path: Path) -> None:
    example = data_dir() / "scenarios" / "50-people-one-site-starting-from-nothing.json"
    (tmp_path / "own.json").write_text(json.dumps({"company": {"name": "Roadmap"}}), "utf-8")
    said = [
        invoked("--locale", "de", *command, *DAY).output
        for command in (("plan", example), ("plan", tmp_path / "own.json"), ("compare", example, tmp_path / "own.json"))
    ]
    assert said[0].startswith("50 Personen, ein Standort, Start bei null\n")
    assert said[1].startswith("Roadmap\n")
    assert "(50 Personen, ein Standort, Start bei null)" in said[2]
    assert "B  own.json (Roadmap)" in said[2]


@pytest.mark.parametrize("code", names(LANGUAGES, "es"))
@pytest.mark.extended
def test_no_help_is_english_in_another_language(code: str) -> None:
    assert len(HELP) > 10
    assert not english_answers(HELP, code)


@pytest.mark.parametrize("code", names(LANGUAGES, "fr"))
@pytest.mark.usefixtures("_folder")
@pytest.mark.extended
def test_no_refusal_is_english_in_another_language(code: str) -> None:
    assert not english_answers(REFUSALS, code)
