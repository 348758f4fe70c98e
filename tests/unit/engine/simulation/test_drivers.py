"""What the spread comes from: swings, savings and critical tasks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import MONDAY, book, day_rate, model, plan, quiet, task
from zt_planner.domain.data.phase_model import PhaseModel, Task
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.drivers import MOST_JUDGED, Drivers, drivers_of
from zt_planner.engine.simulation.result import SimulationResult, simulate

CONSULTANT = day_rate("external-day", 1000)
INTERNAL = day_rate("internal-day", 500)
BOOK = book(CONSULTANT, INTERNAL)
CALM: dict[str, Any] = {
    "labour__coordination_share": {"internal": 0, "external": 0},
    "finance__contingency": 0,
    "choices__monitoring": "none",
    "timeline__internal_days_per_week": 50,
    "timeline__external_days_per_week": 50,
    "uncertainty__reaction": 0,
}


def judged(*tasks: Task, draws: int = 2000, **fields: Any) -> tuple[Plan, SimulationResult, Drivers]:  # noqa: ANN401 - any field
    """Return plan, simulation and drivers of a few tasks: ten days of each team a day."""
    made = plan(quiet(**{**CALM, **fields}), BOOK, model(*tasks))
    simulation = simulate(made, draws=draws)
    assert simulation is not None
    return made, simulation, drivers_of(made, simulation)


SHORT = task("short", days=50, low=0.5, high=2, external_share=1)
LONG = task("long", days=100, low=0.5, high=2)


def test_each_quantity_alone_moves_money_and_date_by_its_range() -> None:
    made, _, result = judged(SHORT, LONG)
    swings = {swing.name: swing for swing in result.swings}
    short, long = swings["effort:short"], swings["effort:long"]
    # Factors are numbers of seven digits: a cent of 100,000.00 EUR may be missing.
    assert (short.low_budget, short.high_budget) == pytest.approx((25_000, 100_000), abs=Decimal("0.02"))
    # Five days in place of ten would be hidden behind the ten of the other task.
    assert (short.low_finish, short.high_finish) == (made.headlines.finish_date, made.headlines.finish_date)
    assert not long.money
    assert long.days == (date(2027, 1, 29) - date(2027, 1, 8)).days
    assert [swing.name for swing in result.by_money()] == ["effort:short"]
    assert [swing.name for swing in result.by_days()] == ["effort:long"]


def test_knowing_the_only_uncertain_effort_saves_all_that_sureness_costs() -> None:
    made, simulation, result = judged(SHORT, task("other", days=1))
    saved = result.savings["effort:short"]
    assert saved.budget == simulation.introduction_at(0.8) - made.headlines.introduction_budget
    assert saved.days == (simulation.finish_at(0.8) - made.headlines.finish_date).days
    assert saved.days > 0


def test_of_many_only_the_largest_are_drawn_again() -> None:
    many = [task(f"t{number}", days=10 + number, low=0.5, high=2, external_share=1) for number in range(20)]
    _, _, result = judged(*many, draws=50)
    assert len(result.swings) == 20
    assert MOST_JUDGED <= len(result.savings) <= 2 * MOST_JUDGED


def test_a_task_beside_a_longer_one_is_critical_only_now_and_then() -> None:
    _, _, result = judged(SHORT, LONG)
    assert result.critical["long"] == pytest.approx(1 - result.critical["short"], abs=0.1)
    assert 0 < result.critical["short"] < 0.5


def test_in_a_chain_with_waits_every_task_is_critical_unless_a_weekend_leaves_room() -> None:
    chain = (
        task("order", days=10, low=0.5, high=2, wait_weeks=2, wait_low=1, wait_high=4),
        task("install", days=10, low=0.5, high=2, after=("order",)),
    )
    _, _, result = judged(*chain)
    assert result.critical["install"] == 1
    assert 0.5 < result.critical["order"] < 1


def test_a_task_that_keeps_its_fixed_date_is_critical_and_what_comes_before_it_only_where_it_is_late() -> None:
    fixed = {"late": {"fixed_start": "2027-02-01"}}
    _, _, result = judged(LONG, task("late", days=1, after=("long",)), tasks__edits=fixed)
    assert result.critical["late"] == 1
    assert 0 < result.critical["long"] < 0.3


def test_a_fixed_date_before_the_plan_begins_is_not_kept_and_makes_no_task_critical() -> None:
    fixed = {"early": {"fixed_start": "2026-01-01"}}
    made, _, result = judged(LONG, task("early", days=1, external_share=1), tasks__edits=fixed)
    assert not next(task for task in made.tasks if task.task.id == "early").is_critical
    assert result.critical["early"] < 0.01


def test_what_the_teams_allow_only_in_turn_hangs_together() -> None:
    both = [task(name, days=20, low=0.5, high=2) for name in ("first", "second")]
    _, _, result = judged(*both, timeline__internal_days_per_week=5)
    assert result.critical == {"first": 1, "second": 1}


@pytest.mark.extended
def test_the_drivers_of_the_shipped_plan_are_the_consultants_widest_work_and_the_waits(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    made = plan(Scenario(), price_book, phase_model)
    simulation = simulate(made)
    assert simulation is not None
    result = drivers_of(made, simulation)
    # 4.36 days of the consultant, half to two and a half times of it: 8.7 days from end to end, the most of all.
    assert result.by_money()[0].name == "effort:rights_cleanup"
    assert {swing.name for swing in result.by_days()} >= {"effort:sso", "wait:works_council"}
    critical = {task.task.id for task in made.tasks if task.is_critical}
    often = {key for key, share in result.critical.items() if share > 0.9}
    assert often
    assert often <= critical | {"tuning", "exercise", "monitoring_onboarding", "mfa_pilot", "mfa_rollout"}
    assert made.tasks[0].start == MONDAY
