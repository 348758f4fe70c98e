"""How far off something may be: the scenario's own ranges before the data's; a price is certain without one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from tests.approval import Says
from tests.builders import book, case, day_rate, model, plan, quiet, task
from zt_planner.domain.data.phase_model import AddedTask, PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Code
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.uncertainty import MOST_RANGES, FactorRange, Uncertainty
from zt_planner.engine.planner import build_plan
from zt_planner.engine.simulation.ranges import CERTAIN, Range, price_range, ranges_of
from zt_planner.errors import ScenarioError
from zt_planner.files.scenario_json import validated

CONSULTANT = day_rate("external-day", 1000)
BOOK = book(CONSULTANT)
OWN_ROW = {**CONSULTANT.model_dump(mode="json"), "amount": "900"}
TASKS = (
    task("a", low=0.5, high=2, wait_weeks=4, wait_low=2, wait_high=8),
    task("b", after=("a",), wait_weeks=2),
    AddedTask.model_validate(task("c", after=("b",)).model_dump() | {"low": 0}),
)


def ranges_in(**fields: Any) -> dict[str, Range]:  # noqa: ANN401 - any field of a scenario
    """Return all ranges of the plan of three tasks."""
    made = plan(quiet(**fields), BOOK, model(*TASKS))
    return dict(ranges_of(made.scenario, made.tasks))


def test_the_ranges_of_the_data_hold_where_none_is_set() -> None:
    assert ranges_in() == {
        "effort:a": Range(0.5, 2),
        "effort:c": Range(0.01, 1),
        "wait:a": Range(0.5, 2),
    }


def test_a_range_that_is_set_wins() -> None:
    own: dict[str, Any] = {
        "uncertainty__effort_ranges": {"a": (Decimal("0.9"), 3), "b": (Decimal("0.5"), 1)},
        "uncertainty__wait_ranges": {"a": (1, 1), "b": (Decimal("0.5"), 4), "c": (Decimal("0.5"), 4)},
        "uncertainty__price_ranges": {"external-day": (1, 2)},
    }
    assert ranges_in(**own) == {
        "effort:a": Range(0.9, 3, is_own=True),
        "effort:b": Range(0.5, 1, is_own=True),
        "effort:c": Range(0.01, 1),
        "wait:b": Range(0.5, 4, is_own=True),
        "price:external-day": Range(1, 2, is_own=True),
    }


@pytest.mark.parametrize(
    "own",
    [
        {},
        {"prices__overrides": {"external-day": "900"}},
        {"labour__external_day_rate": "900"},
        {"prices__rows": {"external-day": [OWN_ROW]}},
    ],
)
def test_a_price_is_certain_until_its_range_is_set_an_own_one_too(own: dict[str, Any]) -> None:
    assert price_range("external-day", quiet(**own)) == CERTAIN
    assert "price:external-day" not in ranges_in(**own)
    given = ranges_in(**own, uncertainty__price_ranges={"external-day": (1, 2)})
    assert given["price:external-day"] == Range(1, 2, is_own=True)
    assert "price:external-day" not in ranges_in(**own, uncertainty__price_ranges={"external-day": (1, 1)})


def test_ranges_know_whether_they_lean_and_whether_they_say_anything() -> None:
    assert Range(1, 2).is_skewed
    assert not Range(0.5, 2).is_skewed
    assert Range(0.5, 25).is_wide
    assert Range(0.02, 2).is_wide
    assert not Range(0.05, 20).is_wide


def test_ranges_that_lean_or_say_nothing_are_findings_each_named_once() -> None:
    own = {"a": (1, 3), "b": (Decimal("0.5"), 2), "c": (Decimal("0.5"), 25)}
    made = plan(quiet(uncertainty__effort_ranges=own), BOOK, model(*TASKS))
    facts = {finding.code: finding.facts for finding in made.findings if finding.code.startswith("range.")}
    assert facts == {
        Code.RANGE_SKEWED: {"tasks": ("a",), "prices": ()},
        Code.RANGE_WIDE: {"tasks": ("c",), "prices": ()},
    }
    prices = quiet(uncertainty__price_ranges={"external-day": (1, 30)}, uncertainty__effort_ranges={"c": (1, 1)})
    (wide,) = (finding for finding in plan(prices, BOOK, model(*TASKS)).findings if finding.code is Code.RANGE_WIDE)
    assert wide.facts == {"tasks": (), "prices": ("external-day",)}


def test_the_ranges_of_the_shipped_data_are_no_finding(price_book: PriceBook, phase_model: PhaseModel) -> None:
    made = build_plan(case(Scenario(), price_book, phase_model))
    assert not [finding for finding in made.findings if finding.code.startswith("range.")]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (Decimal("1.2"), 2, "effort_ranges.a.0"),
        (Decimal("0.5"), Decimal("0.9"), "effort_ranges.a.1"),
        (0, 2, "effort_ranges.a.0"),
        (Decimal("0.5"), 101, "effort_ranges.a.1"),
    ],
)
def test_a_range_that_does_not_hold_its_estimate_is_refused_with_its_place(low: Any, high: Any, words: str) -> None:  # noqa: ANN401 - numbers of any kind
    data = Scenario().model_dump()
    data["uncertainty"]["effort_ranges"] = {"a": (low, high)}
    with pytest.raises(ScenarioError) as caught:
        validated(data)
    assert [problem.path for problem in caught.value.problems] == [f"uncertainty.{words}"]


def test_more_ranges_than_a_scenario_carries_are_refused() -> None:
    many = {f"t{number}": FactorRange(Decimal(1), Decimal(2)) for number in range(MOST_RANGES + 1)}
    with pytest.raises(ValidationError, match=f"{MOST_RANGES + 1} ranges"):
        Uncertainty(effort_ranges=many)


def test_ranges_of_tasks_and_prices_that_nobody_knows_are_named(says: Says) -> None:
    given = quiet(
        uncertainty__effort_ranges={"aa": (1, 2)},
        uncertainty__wait_ranges={"x": (1, 2)},
        uncertainty__price_ranges={"external-dax": (1, 2)},
    )
    with pytest.raises(ScenarioError) as caught:
        plan(given, BOOK, model(*TASKS))
    named = {problem.path: str(problem).removeprefix(f"{problem.path}: ") for problem in caught.value.problems}
    says(named)


def test_ranges_of_day_rates_go_with_the_rates() -> None:
    given = quiet(uncertainty__price_ranges={"external-day": (1, 2), "fido2-key": (1, 2)})
    assert set(given.without_rates().uncertainty.price_ranges) == {"fido2-key"}
    assert quiet().without_rates().uncertainty == Uncertainty()
