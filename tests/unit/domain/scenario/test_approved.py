"""A plan that was approved, and forecasts that were saved: what is packed reads back, anything else is refused."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zt_planner.domain.scenario.approved import MOST_PACKED, MOST_UNPACKED, packed, unpacked
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.status import MOST_FORECASTS
from zt_planner.errors import ScenarioError
from zt_planner.files.scenario_json import parsed_scenario

PLAN = packed(Scenario().model_dump(mode="json"))
APPROVED = {"by": "Board", "on": "2027-01-04", "today": "2027-01-04", "finish": "2027-09-28", "plan": PLAN}
FORECAST = {"finish": "2027-10-19", "sure_by": "2027-11-30", "budget": "141300.00", "sure_budget": "160000.00"}


def read(**status: Any) -> Scenario:  # noqa: ANN401 - any status
    """Return the scenario of a file with a status."""
    return parsed_scenario(json.dumps({"status": status}).encode())


def test_what_is_packed_reads_back_as_itself() -> None:
    scenario = read(approved=APPROVED, forecasts={"2027-04-15": FORECAST})
    assert scenario.approved_plan == Scenario()
    assert Scenario.model_validate(scenario.model_dump(mode="json")) == scenario
    assert unpacked(packed({"a": ["b"]})) == {"a": ["b"]}


def test_what_was_promised_is_what_was_approved() -> None:
    own = read(approved={**APPROVED, "budget": "1.00"}).status.approved
    assert own is not None
    assert (own.agreed_budget, own.agreed_finish) == (Decimal("1.00"), date(2027, 9, 28))
    promised = own.model_copy(update={"promised_finish": date(2027, 12, 13)})
    assert (promised.agreed_budget, promised.agreed_finish) == (None, date(2027, 12, 13))


def test_without_rates_neither_has_an_amount() -> None:
    status = read(approved={**APPROVED, "budget": "1.00"}, forecasts={"2027-04-15": FORECAST}).without_rates().status
    assert status.approved is not None
    assert status.approved.budget is None
    forecast = status.forecasts["2027-04-15"]
    assert (forecast.budget, forecast.sure_budget) == (None, None)
    assert forecast.finish.isoformat() == FORECAST["finish"]


@pytest.mark.parametrize(
    "plan",
    ["", "not packed", PLAN[:-9], packed({"company": {"employees": -1}}), packed({"x": "x" * MOST_UNPACKED})],
    ids=["empty", "text", "cut off", "no scenario", "never ends"],
)
def test_a_plan_that_cannot_be_read_is_refused_with_a_remedy(plan: str) -> None:
    with pytest.raises(ScenarioError, match=r"status: the approved plan cannot be read.* approve the plan again\."):
        read(approved={**APPROVED, "plan": plan})
    with pytest.raises(ValueError, match="list"):
        unpacked(packed(["a list"]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ({"approved": {**APPROVED, "by": "x" * 61}}, "61 characters, more than the 60 allowed"),
        ({"approved": {**APPROVED, "by": "a\x07"}}, "control characters"),
        ({"approved": {**APPROVED, "name": "Plan"}}, "status.approved.name"),
        ({"approved": {**APPROVED, "on": "soon"}}, "status.approved.on: .* is not a date"),
        ({"approved": {**APPROVED, "plan": "A" * (MOST_PACKED + 1)}}, f"more than the {MOST_PACKED} allowed"),
        ({"forecasts": {"2027-04-31": FORECAST}}, "is not a date"),
        (
            {"forecasts": {f"{year}-01-01": FORECAST for year in range(2020, 2021 + MOST_FORECASTS)}},
            f"status.forecasts: there are more than {MOST_FORECASTS} entries",
        ),
    ],
)
def test_what_is_out_of_bounds_names_the_bound(status: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        read(**status)
