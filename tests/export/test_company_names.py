"""Every string survives as a company's name through every file, or is refused with the field's path."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.builders import case
from tests.names import is_allowed, other_cases
from tests.words import GERMAN
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.values import NAME_LENGTH
from zt_planner.engine.planner import build_plan
from zt_planner.errors import ScenarioError
from zt_planner.files.scenario_json import scenario_bytes, scenario_from
from zt_planner.files.summary_json import summary_bytes
from zt_planner.media.csv.dialects import protected, unprotected

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


@pytest.mark.parametrize(
    "name", [*OWN_CASES, *(pytest.param(name, marks=pytest.mark.extended) for name in other_cases())]
)
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
    plan = build_plan(case(scenario, price_book, phase_model))
    summary = summary_bytes(plan, GERMAN)
    assert json.loads(summary)["company_name"] == name
    assert unprotected(protected(name)) == name


def test_the_cases_are_not_all_allowed_nor_all_refused() -> None:
    assert {is_allowed(name) for name in OWN_CASES} == {True, False}
    assert Scenario().company.name == ""
