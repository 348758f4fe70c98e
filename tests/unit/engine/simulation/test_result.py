"""What the draws of a plan say: percentiles, chances, budgets; and what ranges at the edge of sense do."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tests.builders import MONDAY, book, day_rate, model, plan, price, quiet, task
from zt_planner.domain.data.phase_model import PhaseModel, Task
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.money import to_cents
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.draws import PAGE, rank
from zt_planner.engine.simulation.result import (
    SimulationResult,
    simulate,
)

CONSULTANT = day_rate("external-day", 1000)
INTERNAL = day_rate("internal-day", 500)
BOOK = book(CONSULTANT, INTERNAL)
CALM: dict[str, Any] = {
    "labour__coordination_share": {"internal": 0, "external": 0},
    "finance__contingency": 0,
    "choices__monitoring": "none",
    "uncertainty__reaction": 0,
}


def planned(*tasks: Task, prices: PriceBook = BOOK, **fields: Any) -> Plan:  # noqa: ANN401 - any field of a scenario
    """Return the plan of a few tasks: no coordination, reserve or holidays, and nobody hurries what takes longer."""
    return plan(quiet(**{**CALM, **fields}), prices, model(*tasks))


def looked(*tasks: Task, draws: int = PAGE, prices: PriceBook = BOOK, **fields: Any) -> SimulationResult:  # noqa: ANN401 - as above
    """Return the simulation of a few tasks."""
    result = simulate(planned(*tasks, prices=prices, **fields), draws=draws)
    assert result is not None
    return result


def weeks(count: int) -> date:
    """Return the last working day of so many weeks from the start on."""
    return MONDAY + timedelta(days=7 * count - 3)


def near(share: float) -> Any:  # noqa: ANN401 - pytest's comparison has no type
    """Return what a share of 10,000 draws may be by chance: within four standard errors."""
    return pytest.approx(share, abs=4 * (share * (1 - share) / PAGE) ** 0.5)


WORK = task("work", days=10, low=0.5, high=2)


def test_the_median_of_a_single_task_is_its_estimate_and_the_ends_of_its_range_are_where_it_says() -> None:
    result = looked(WORK)
    assert result.finish_at(0.5) == weeks(2)
    assert result.chance(by=weeks(1)) == near(0.1)
    assert result.chance(by=weeks(4)) == near(0.9)


def test_the_cost_of_a_single_task_follows_its_effort() -> None:
    result = looked(task("work", days=10, low=0.5, high=2, external_share=1))
    for share, expected in ((0.1, 5_000), (0.5, 10_000), (0.9, 20_000)):
        assert float(result.introduction_at(share)) == pytest.approx(expected, rel=0.03)
        assert result.horizon_at(share) == result.first_year_at(share) == result.introduction_at(share)


def test_most_of_what_a_task_takes_more_is_done_by_more_days_a_week_and_all_of_it_is_paid() -> None:
    # Ten days with a P10 of 5 and a P90 of 20. Twice the work takes 10 x (0.7 + 0.3 x 2) = 13 days; in 9 days is done
    # what is two thirds of it or less: L = ln(2/3) / (ln 4 / (2 ln 9)) = -1.285, a share of 1 / (1 + e^1.285) = 0.217.
    work = task("work", days=10, low=0.5, high=2, external_share=1)
    result = looked(work, uncertainty__reaction=Decimal("0.7"))
    assert result.finish_at(0.5) == weeks(2)
    assert result.chance(by=date(2027, 1, 14)) == near(0.217)
    assert result.chance(by=date(2027, 1, 20)) == near(0.9)
    assert np.array_equal(result.introduction, looked(work).introduction)
    # Without a word of the scenario it is the parameter; with 1 no work takes longer, whatever it costs.
    assert np.array_equal(looked(work, uncertainty__reaction=None).finish, result.finish)
    assert set(looked(work, uncertainty__reaction=1).finish.tolist()) == {result.axis.index_from(weeks(2))}


def test_what_a_task_takes_at_least_it_takes_in_every_draw() -> None:
    slow = looked(task("work", days=10, low=0.5, high=2, min_length_days=10))
    assert slow.finish_at(0.1) == weeks(2)
    assert slow.chance(by=weeks(4)) == near(0.9)


def test_the_own_teams_days_are_drawn_with_their_coordination() -> None:
    # Ten days, 12 % of coordination: 11.2 in the middle, 22.4 in one of ten.
    share = {"internal": Decimal("0.12"), "external": 0}
    result = looked(WORK, task("bought", days=3, external_share=1), labour__coordination_share=share)
    assert result.internal_days_at(0.5) == pytest.approx(Decimal("11.2"), abs=Decimal("0.01"))
    assert float(result.internal_days_at(0.9)) == pytest.approx(22.4, rel=0.03)


def test_a_length_that_no_binary_fraction_holds_is_the_plans() -> None:
    long = task("long", days="1354.03", external_share="0.33", team_share="0.5")
    teams: dict[str, Any] = {
        "timeline__internal_days_per_week": Decimal("20.25"),
        "timeline__external_days_per_week": Decimal(50),
    }
    made = planned(long, **teams)
    assert made.tasks[0].length_days == 449
    result = simulate(made, draws=2)
    assert result is not None
    assert {result.axis.day(int(index)) for index in result.finish} == {made.headlines.finish_date}


def test_a_wait_is_drawn_in_calendar_days() -> None:
    result = looked(task("order", wait_weeks=4, wait_low=2, wait_high=8), task("install", after=("order",)))
    assert result.finish_at(0.5) == MONDAY + timedelta(weeks=4, days=1)
    assert result.chance(by=MONDAY + timedelta(weeks=8, days=1)) == near(0.9)


def test_a_wait_without_a_range_is_as_long_as_it_is() -> None:
    result = looked(task("order", wait_weeks=4), task("install", after=("order",)))
    assert set(result.finish.tolist()) == {result.axis.index_from(MONDAY + timedelta(weeks=4, days=1))}


def test_two_tasks_that_a_team_does_one_after_the_other_stay_in_their_order() -> None:
    result = looked(task("first", days=5, low=0.5, high=2), task("second", days=5, low=0.5, high=2))
    alone = looked(task("first", days=5, low=0.5, high=2))
    assert result.finish_at(0.5) > alone.finish_at(0.9)


def test_in_a_levelled_plan_a_team_still_ends_what_comes_first() -> None:
    # Two weeks of work and a free one, then a week of "second": an overrun takes the free week, then moves "second".
    result = looked(WORK, task("second", days=5), levelling__starts=(("second", MONDAY + timedelta(weeks=3)),))
    assert result.finish_at(0.5) == weeks(4)
    assert result.chance(by=weeks(5)) == near(0.9)


def test_a_fixed_date_is_kept_where_what_comes_before_is_done() -> None:
    fixed = MONDAY + timedelta(weeks=6)
    result = looked(WORK, task("second", after=("work",)), tasks__edits={"second": {"fixed_start": fixed}})
    assert result.finish_at(0.5) == fixed
    assert result.finish_at(0.99) > fixed


def test_the_same_seed_gives_the_same_simulation_and_another_one_a_similar_one() -> None:
    again, other = looked(WORK), looked(WORK, uncertainty__seed=2)
    assert np.array_equal(looked(WORK).finish, again.finish)
    assert not np.array_equal(again.finish, other.finish)
    assert other.chance(by=again.finish_at(0.8)) == near(0.8)


def test_one_task_more_changes_no_draw_of_another() -> None:
    first, both = looked(WORK), looked(WORK, task("later", days=1, low=0.9, high=1.1, after=("work",)))
    assert np.corrcoef(first.finish, both.finish)[0, 1] > 0.99


def test_a_price_with_a_range_moves_every_line_at_it() -> None:
    result = looked(
        task("work", days=10, external_share=1), uncertainty__price_ranges={"external-day": (Decimal("0.5"), 2)}
    )
    assert result.introduction_at(0.5) == pytest.approx(Decimal(10_000), rel=Decimal("0.01"))
    assert float(result.introduction_at(0.9)) == pytest.approx(20_000, rel=0.03)
    assert set(result.finish.tolist()) == {result.axis.index_from(weeks(2))}


def test_a_graduated_price_is_drawn_by_its_steps() -> None:
    steps = [
        price("ztna-user", amount, vendor="various", from_quantity=first) for amount, first in ((10, None), (5, 11))
    ]
    shelf = book(CONSULTANT, INTERNAL, *steps)
    fields: dict[str, Any] = {"choices__remote_access": "ztna", "company__remote_users": 12}
    result = looked(task("ztna", days=10, low=0.5, high=2), prices=shelf, draws=10, **fields)
    assert set(result.first_year.tolist()) == {12 * to_cents(Decimal(110))}


def test_a_day_rate_that_rises_is_paid_by_tasks_that_start_later() -> None:
    rates = (
        CONSULTANT.model_copy(update={"valid_to": date(2027, 1, 31)}),
        CONSULTANT.model_copy(update={"amount": Decimal(2000), "valid_from": date(2027, 2, 1)}),
    )
    before, after = (
        task("before", days=10, low=0.5, high=2),
        task("after", days=10, external_share=1, after=("before",)),
    )
    result = looked(before, after, prices=book(*rates, INTERNAL))
    assert {to_cents(Decimal(10_000)), to_cents(Decimal(20_000))} == set(result.introduction.tolist())


def test_a_task_that_would_start_after_the_calendar_is_paid_at_its_last_rate() -> None:
    rates = (
        CONSULTANT.model_copy(update={"valid_to": date(2027, 1, 31)}),
        CONSULTANT.model_copy(update={"amount": Decimal(2000), "valid_from": date(2027, 2, 1)}),
    )
    endless = task("endless", days=4000, low=0.5, high=100, external_share=1)
    after = task("after", days=10, external_share=1, after=("endless",))
    result = looked(endless, after, prices=book(*rates, INTERNAL))
    assert result.beyond_limit > 0
    assert result.introduction.max() > to_cents(Decimal(4000 * 1000 * 10))


def siem(employees: int, *own: str) -> Plan:
    """Return a plan that watches by SIEM, 500 EUR a month or 3.50 a person, 3 from 301 on."""
    shared: dict[str, Any] = {"vendor": "various", "term": "monthly", "category": "monitoring"}
    company = price("cloud-siem", 500, unit="company/month", **shared)
    steps = (price("cloud-siem-user", amount, from_quantity=at, **shared) for at, amount in ((1, "3.50"), (301, 3)))
    shelf = book(CONSULTANT, INTERNAL, company, *steps)
    ranges = {key: (Decimal("0.5"), 2) for key in own}
    fields: dict[str, Any] = {
        "company__employees": employees,
        "choices__monitoring": "siem",
        "uncertainty__price_ranges": ranges,
    }
    return planned(task("monitoring_onboarding"), prices=shelf, **fields)


def test_each_draw_buys_the_siem_at_the_dearer_of_its_two_prices() -> None:
    # 140 x 3.50 = 490 a month: at its P90 of 980 the price by person is the dearer one.
    made = siem(140, "cloud-siem-user")
    result = simulate(made)
    assert result is not None
    assert float(result.first_year_at(0.9)) == pytest.approx(12 * 980, rel=0.03)
    assert result.first_year_at(0.1) == Decimal(6_000)
    # 300 x 3.50 + 100 x 3.00 = 1,350 a month
    large = siem(400, "cloud-siem-user")
    risen = simulate(large)
    assert risen is not None
    assert float(risen.first_year_at(0.9)) == pytest.approx(12 * 2 * 1_350, rel=0.03)
    # At half its price the company's is no longer the dearer one.
    cheaper = siem(140, "cloud-siem")
    fallen = simulate(cheaper)
    assert fallen is not None
    assert fallen.first_year_at(0.1) == Decimal(5_880)


def test_a_day_rate_of_a_euro_less_moves_the_budget_by_about_a_euro_a_day(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    def looked_at(given: Scenario) -> tuple[Plan, SimulationResult]:
        made = plan(given, price_book, phase_model)
        result = simulate(made)
        assert result is not None
        return made, result

    made, at_the_books_rate = looked_at(Scenario())
    _, a_euro_less = looked_at(Scenario().changed("labour.external_day_rate", 1249))
    moved = at_the_books_rate.introduction_at(0.8) - a_euro_less.introduction_at(0.8)
    days = made.headlines.external_days
    assert days < moved < 2 * days  # more days than planned, at more than the estimate


def test_an_own_siem_price_stands_alone_in_every_draw() -> None:
    made = siem(500)
    own = made.scenario.changed("prices.overrides", {"cloud-siem": "100"})
    ranged = own.changed("uncertainty.price_ranges", {"cloud-siem": (Decimal("0.5"), 2), "cloud-siem-user": (1, 2)})
    result = simulate(plan(ranged, made.case.base_book, model(task("monitoring_onboarding"))))
    assert result is not None
    assert float(result.first_year_at(0.9)) == pytest.approx(12 * 200, rel=0.03)


def test_the_chance_of_a_date_and_a_budget_is_that_of_both() -> None:
    result = looked(task("work", days=10, low=0.5, high=2, external_share=1))
    assert result.chance() == 1
    assert result.chance(by=weeks(2)) == pytest.approx(0.5, abs=0.001)
    assert result.chance(by=MONDAY - timedelta(days=1)) == 0
    assert result.chance(budget=Decimal(10_000), by=weeks(4)) == pytest.approx(0.5, abs=0.001)


def test_the_budget_for_a_chance_holds_with_it_and_a_cent_less_does_not() -> None:
    result = looked(task("work", days=10, low=0.5, high=2, external_share=1))
    needed = result.budget_for(0.7, weeks(6))
    assert needed is not None
    assert result.chance(budget=needed, by=weeks(6)) >= 0.7
    assert result.chance(budget=needed - Decimal("0.01"), by=weeks(6)) < 0.7
    assert result.budget_for(0.7, weeks(1)) is None


def test_every_point_of_a_contour_holds_and_later_days_need_no_more_money() -> None:
    result = looked(task("work", days=10, low=0.5, high=2, external_share=1))
    points = result.contour(0.7)
    assert all(result.budget_for(0.7, day) == budget for day, budget in points)
    assert [budget for _, budget in points] == sorted((budget for _, budget in points), reverse=True)
    assert points[0][0] == result.finish_at(0.7)


def test_draws_beyond_the_calendar_are_counted() -> None:
    endless = task("work", days=4000, low=0.5, high=100)
    result = looked(endless)
    assert 0 < result.beyond_limit < result.draws
    limit = result.axis.day(result.axis.last)
    assert result.finish_at(0.99) == limit
    assert result.chance(by=limit + timedelta(days=900)) == 1 - result.beyond_limit / result.draws


def test_a_p90_a_hundred_times_the_estimate_is_drawn_like_any_other() -> None:
    result = looked(task("work", days=1, low=0.5, high=100))
    assert result.finish_at(0.5) == MONDAY
    assert result.chance(by=weeks(20)) == near(0.9)


def test_a_task_without_effort_is_part_of_no_draw() -> None:
    result = looked(WORK, task("nothing", days=0, low=0.5, high=2))
    assert np.array_equal(result.finish, looked(WORK).finish)


@pytest.mark.extended
def test_three_thousand_tasks_are_drawn() -> None:
    many = [task(f"t{number}", days="0.1", low=0.5, high=2) for number in range(3_500)]
    made = planned(*many, timeline__internal_days_per_week=50)
    result = simulate(made, draws=50)
    assert result is not None
    # A tenth of a day each, one day at least: half of them may double without taking longer.
    assert set(result.finish.tolist()) == {result.axis.index_from(made.headlines.finish_date)}


def test_pages_of_draws_go_on_where_the_first_ended() -> None:
    result = simulate(planned(WORK), draws=2 * PAGE + 10)
    assert result is not None
    assert np.array_equal(result.finish[:PAGE], looked(WORK).finish)
    assert not np.array_equal(result.finish[:PAGE], result.finish[PAGE : 2 * PAGE])
    assert np.array_equal(looked(WORK, draws=7).introduction, result.introduction[:7])


@pytest.mark.parametrize(
    ("share", "count", "index"), [(0.5, 10, 4), (0.8, 10, 7), (0.1, 10, 0), (0.01, 10, 0), (1, 10, 9)]
)
def test_a_percentile_is_the_first_draw_with_its_share_at_or_below_it(share: float, count: int, index: int) -> None:
    assert rank(share, count) == index


def test_a_mix_that_is_not_allowed_and_prices_that_are_missing_are_left_out_as_in_the_plan(
    phase_model: PhaseModel,
) -> None:
    made = plan(Scenario(), book(CONSULTANT, INTERNAL), phase_model)
    assert made.mix is None
    result = simulate(made)
    assert result is not None
    assert result.introduction_at(0.5) == pytest.approx(made.headlines.introduction_budget, rel=Decimal("0.2"))
