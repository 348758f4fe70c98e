"""Every string survives as a company's name through every file, or is refused with the field's path."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zt_planner.domain.scenario import Scenario
from zt_planner.domain.values import NAME_LENGTH
from zt_planner.engine.planner import build_plan
from zt_planner.errors import ScenarioError
from zt_planner.export.csv_text import protected, unprotected
from zt_planner.export.scenario_json import scenario_bytes, scenario_from
from zt_planner.export.summary_json import summary_bytes
from zt_planner.language import Language, LanguageCode
from zt_planner.resources import root

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.domain.phase_model import PhaseModel
    from zt_planner.domain.price_book import PriceBook

OWN_CASES = (
    "",
    " ",
    "Müller & Söhne GmbH",
    "null",
    "1e999",
    "0x1F",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {name} %s",
    "'; DROP TABLE sessions; --",
    '"quoted" and \\ back',
    "=1+1",
    "'=1+1",
    "日本語 العربية עברית",
    "e\N{COMBINING ACUTE ACCENT}",
    "👩‍👩‍👧 GmbH",
    "\N{RIGHT-TO-LEFT OVERRIDE}abc",
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}x",
    "\N{LINE SEPARATOR}",
    "a" * NAME_LENGTH,
    "a" * (NAME_LENGTH + 1),
    "tab\there",
    "two\nlines",
    "nul\x00",
    "\x7f",
    "\x85",
    "\ud800",
)


def strings_in(data: object) -> list[str]:
    """Return every string of a JSON document, however it is nested."""
    if isinstance(data, str):
        return [data]
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for part in parts for text in strings_in(part)]


def other_cases() -> tuple[str, ...]:
    """Return the strings of the folder of cases, where it is there."""
    folder = Path(os.environ.get("ZT_PLANNER_CASES", root().parent / "shared" / "cases")) / "text"
    texts = [text for file in sorted(folder.glob("*.json")) for text in strings_in(json.loads(file.read_text("utf-8")))]
    return tuple(dict.fromkeys(texts))


def is_allowed(name: str) -> bool:
    """Tell whether a name is within its bounds."""
    return len(name) <= NAME_LENGTH and not any(unicodedata.category(char) in {"Cc", "Cs"} for char in name)


@pytest.mark.parametrize("name", [*OWN_CASES, *other_cases()])
def test_a_name_survives_or_is_refused(name: str, price_book: PriceBook, phase_model: PhaseModel, today: date) -> None:
    content = json.dumps({"company": {"name": name}}).encode()
    if not is_allowed(name):
        with pytest.raises(ScenarioError) as caught:
            scenario_from(content, today=today)
        assert [problem.path for problem in caught.value.problems] == ["company.name"]
        return
    scenario = scenario_from(content, today=today)
    assert scenario.company.name == name
    saved = scenario_bytes(scenario)
    assert json.loads(saved)["company"]["name"] == name
    assert scenario_from(saved, today=today) == scenario
    plan = build_plan(scenario, price_book, phase_model, today=today)
    summary = summary_bytes(plan, price_book, Language(LanguageCode.GERMAN))
    assert json.loads(summary)["company_name"] == name
    assert unprotected(protected(name)) == name


def test_the_cases_are_not_all_allowed_nor_all_refused() -> None:
    assert {is_allowed(name) for name in OWN_CASES} == {True, False}
    assert Scenario().company.name == ""
