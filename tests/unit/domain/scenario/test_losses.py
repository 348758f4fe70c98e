"""Own losses and relative risks: what is refused, with what to do, and what opens again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.errors import ScenarioError
from zt_planner.formats.scenario_json import parsed_scenario


@pytest.mark.parametrize(
    ("losses", "problem", "remedy"),
    [
        ({"median": 5, "p95": 5}, "a P95 of 5 does not fit a median of 5", "To raise both, raise the P95 first"),
        ({"median": 5, "p95": 5001}, "a P95 of 5001 does not fit a median of 5", "at most 1,000 times as much"),
        ({"median": 0}, "0 is too low", "Write more than 0"),
        ({"chance": 1}, "1 is too high", "Write 0.99 or less"),
        ({"on_frequency": {"mfa": 0}}, "0 is too low", "Write 0.2 or more"),
        ({"on_severity": {"mfa": 1.1}}, "1.1 is too high", "Write 1 or less"),
        ({"on_severity": {f"c{n}": 1 for n in range(101)}}, "there are 101 entries", "Keep those that are needed"),
        ({"view": "press"}, '"press" is not a choice', "insurers, public_events, surveys, own"),
    ],
)
def test_own_losses_are_refused_with_a_remedy(losses: dict[str, Any], problem: str, remedy: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        parsed_scenario(json.dumps({"losses": losses}).encode())
    assert problem in str(refused.value)
    assert remedy in str(refused.value)


def test_own_losses_are_saved_and_opened_again() -> None:
    given = {
        "view": "own",
        "chance": 0.05,
        "median": "100000.00",
        "p95": "2000000.00",
        "on_severity": {"b": 1, "a": 0.2},
    }
    scenario = parsed_scenario(json.dumps({"losses": given}).encode())
    assert list(scenario.losses.on_severity) == ["a", "b"]
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario
