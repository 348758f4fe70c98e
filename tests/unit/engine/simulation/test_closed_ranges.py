"""Where nothing is uncertain, each draw is the plan, whatever it buys and whenever that begins."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import (
    EVERYONE,
    MONDAY,
    OPENING,
    book,
    day_rate,
    left_out,
    model,
    plan,
    quiet,
    task,
)
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.simulation.draws import RandomSource
from zt_planner.engine.simulation.result import SimulationModel, estimate_of, simulate

CHOICES: list[dict[str, Any]] = [
    {},
    {"choices.monitoring": "siem_and_mdr", "choices.hardware_reuse": 0, "choices.remote_access": "ztna"},
    {
        "company.employees": 500,
        "choices.identity_provider": "okta",
        "company.owned_licences": [{"licence": "m365-business-standard"}],
    },
    {"prices.overrides": {"cloud-siem": "700", "external-day": "900"}, "choices.billing": "annual_prepaid"},
    {"timeline.target_months": 30, "finance.horizon_months": 12, "choices.billing": "monthly"},
    {"choices.operation": "partner", "choices.monitoring": "mdr", "company.employees": 20},
    left_out(EVERYONE),
    left_out(OPENING),
]


@pytest.mark.extended
@pytest.mark.parametrize("values", CHOICES)
@pytest.mark.parametrize("shows_labour", [True, False])
def test_with_every_range_closed_each_draw_is_the_plan(
    values: dict[str, Any],
    price_book: PriceBook,
    phase_model: PhaseModel,
    *,
    shows_labour: bool,
) -> None:
    closed = dict.fromkeys(phase_model.by_id, (1, 1))
    given = Scenario()
    for path, value in values.items():
        given = given.changed(path, value)
    given = given.changed("uncertainty", {"effort_ranges": closed, "wait_ranges": closed})
    made = plan(given, price_book, phase_model, shows_labour=shows_labour)
    result = simulate(made, draws=4)
    assert result is not None
    estimate = estimate_of(made, made.headlines)
    drawn = (result.introduction, result.first_year, result.horizon)
    assert tuple(set(cents.tolist()) for cents in drawn) == tuple({amount} for amount in estimate)
    assert result.mfa_at(0.5) == made.headlines.mfa_date
    assert {result.axis.day(int(index)) for index in result.finish} == {made.headlines.finish_date}
    # Moved by the rounding of its lines only: a cent each, at most.
    model = SimulationModel(made)
    _, money = model.page(RandomSource(1, 0.3).factors)
    lines = len(made.cost_lines)
    assert all(abs(cents[0] - amount) < lines for cents, amount in zip(money, estimate, strict=True))


def test_a_task_past_the_horizon_costs_no_closed_month_twice() -> None:
    """A year and a half of work: January is closed and nothing was booked; what is left of the first year counts."""
    begun = {"status__closed": ("2027-01",), "status__tasks": {"long": {"started": MONDAY}}}
    given = quiet(finance__horizon_months=12, status__at=date(2027, 2, 1), **begun)
    rates = (day_rate(key, 1000) for key in ("internal-day", "external-day"))
    made = plan(given, book(*rates), model(task("long", days=400, external_share=1)))
    result = simulate(made, draws=4)
    assert result is not None
    assert made.headlines.finish_date > made.horizon[-1].last_day
    estimate = estimate_of(made, made.headlines)
    drawn = (result.introduction, result.first_year, result.horizon)
    assert [set(cents.tolist()) for cents in drawn] == [{amount} for amount in estimate]
    _, money = SimulationModel(made).page(RandomSource(1, 0.3).factors)
    assert all(abs(cents[0] - amount) < len(made.cost_lines) for cents, amount in zip(money, estimate, strict=True))
