"""The command line answers and refuses as a person has approved; docs/command-line.md has the English answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.approval import KNOWN_DATA, Approval
from tests.command_line import invoked
from tests.handouts import UNDER_WAY
from tests.scan_files import assessment, assessment_test, sku
from zt_planner import bootstrap, catalog
from zt_planner.catalog.shipped.scan_rules import load_scan_rules
from zt_planner.language import LanguageCode
from zt_planner.settings import variable

PLAN, OTHER, LATER = "plan.json", "other.json", "under-way.json"
SCANNED, LICENCES = "assessment.json", "skus.json"
ANSWERS: Sequence[Sequence[str]] = (
    ("plan", PLAN),
    ("check", OTHER),
    ("compare", PLAN, OTHER),
    ("compare", PLAN, OTHER, "--why", "run_rate_monthly"),
    ("leave-out", PLAN),
    ("questions", PLAN),
    ("status", LATER),
    ("standstill", "--set", "company.standstill_day_cost=20000"),
    ("law", "--country", "AT", "--set", "company.sector=energy"),
    ("insurer", "--set", "choices.monitoring=mdr"),
    ("scan", SCANNED, LICENCES, "--out", "scanned", "--apply"),
)
REFUSALS: Sequence[Sequence[str]] = (
    ("plan", "nothing.json"),
    ("plan", "--set", "company.employees=0", "--set", "timeline.region=XX"),
    ("plan", "--set", "company"),
    ("explain", "nothing"),
    ("simulate", "--draws", "0"),
    ("ask", PLAN),
    ("status", PLAN, "--at", "soon"),
    ("compare", PLAN),
    ("export", PLAN, "--format", "nothing"),
    ("scan", PLAN, "--out", "scanned"),
    ("paln",),
    ("plan", "--nothing"),
    ("check",),
)


@pytest.fixture
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with the files that are named, with prices and tasks that never change."""
    prices, tasks = catalog.load_price_book(KNOWN_DATA), catalog.load_phase_model(KNOWN_DATA)
    monkeypatch.setattr(bootstrap, "price_book", lambda: prices)
    monkeypatch.setattr(bootstrap, "phase_model", lambda: tasks)
    monkeypatch.setenv(variable("store"), str(tmp_path / "kept.sqlite"))
    monkeypatch.setenv(variable("today"), "2026-11-06")
    monkeypatch.chdir(tmp_path)
    rules = load_scan_rules(KNOWN_DATA, tasks.by_id, {price.id for price in prices.prices})
    monkeypatch.setattr(bootstrap, "scan_rules", lambda: rules)
    tests = assessment_test(21796, "Passed"), assessment_test("21835", "Passed"), assessment_test("21783", "Failed")
    skus = [sku("SPE_E3", "05e9a617-0261-4cee-bb44-138d3ef5d965", 90, 84), sku("LOOM_PREMIUM", "loom", 5, 4)]
    scans = {SCANNED: assessment(*tests, IsDemo="true"), LICENCES: {"value": skus}}
    other = {"company": {"employees": 350}, "choices": {"monitoring": "mdr"}}
    for name, given in {PLAN: {}, OTHER: other, LATER: UNDER_WAY, **scans}.items():
        Path(name).write_text(json.dumps(given), "utf-8")


def answer_lines(commands: Sequence[Sequence[str]], code: LanguageCode) -> Iterator[str]:
    for command in commands:
        answer = invoked(*command, "--locale", code)
        assert answer.exception is None or isinstance(answer.exception, SystemExit), command
        yield from ("", f"$ zt-planner {' '.join(command)}", *answer.output.splitlines())


@pytest.mark.usefixtures("_folder")
@pytest.mark.parametrize("code", [code for code in LanguageCode if code is not LanguageCode.ENGLISH])
def test_the_answers(code: LanguageCode, approval: Approval) -> None:
    approval.check("answers", code, answer_lines(ANSWERS, code))


@pytest.mark.usefixtures("_folder")
@pytest.mark.parametrize("code", LanguageCode)
def test_the_refusals(code: LanguageCode, approval: Approval) -> None:
    approval.check("refusals", code, answer_lines(REFUSALS, code))
