"""One budget with 80 %: no draw carries contingency, work counts whole whenever it falls, and what is to be added."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pytest

from tests.builders import book, plan, plan_for, price, task
from tests.unit.engine.simulation.test_result import BOOK, CONSULTANT, INTERNAL, WORK, looked, planned
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.money import to_cents, up_to_thousands
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case import case_of
from zt_planner.engine.simulation.result import Reserve, estimate_of, reserve_of, simulate


def test_work_that_is_late_counts_whole_for_the_introduction_and_as_far_as_it_reaches_for_year_and_horizon() -> None:
    long = task("work", days=400, external_share=1, low=0.5, high=2)
    result = looked(long, finance__horizon_months=24)
    assert result.first_year_at(0.9) < result.horizon_at(0.9) < result.introduction_at(0.9)
    assert result.first_year.max() <= to_cents(Decimal(262_000))
    assert float(result.introduction_at(0.9)) == pytest.approx(800_000, rel=0.03)


def test_what_is_bought_once_counts_for_the_introduction_even_after_the_horizon() -> None:
    shelf = book(CONSULTANT, INTERNAL, price("fido2-key", 50, unit="piece", term="one_off", category="hardware"))
    fields: dict[str, Any] = {"finance__horizon_months": 12, "company__admins": 2}
    before = task("before", days=300, low=0.5, high=2)
    result = looked(before, task("admin_mfa", after=("before",)), prices=shelf, draws=200, **fields)
    assert set(result.introduction.tolist()) == {to_cents(Decimal(200))}
    assert set(result.horizon.tolist()) == {0, to_cents(Decimal(200))}


def test_no_draw_carries_contingency_and_a_budget_holds_with_the_plans() -> None:
    work = task("work", days=10, low=0.5, high=2, external_share=1)
    made = planned(work, finance__contingency=Decimal("0.2"))
    result = simulate(made)
    assert result is not None
    assert np.array_equal(result.introduction, looked(work).introduction)
    reserve = reserve_of(made, made.headlines, result)
    assert (reserve.budget, reserve.contingency) == (Decimal(12_000), Decimal(2_000))
    assert reserve.chance == result.chance(budget=Decimal(12_000)) > result.chance(budget=Decimal(10_000))
    assert reserve.to_add == reserve.sure - 12_000 > 0
    assert reserve.shown_sure == up_to_thousands(reserve.sure)
    assert reserve.shown_to_add == reserve.shown_sure - 12_000


def test_a_contingency_that_is_enough_needs_no_more_reserve() -> None:
    made = planned(task("work", days=10, low=0.5, high=2, external_share=1), finance__contingency=1)
    result = simulate(made)
    assert result is not None
    reserve = reserve_of(made, made.headlines, result)
    assert (reserve.to_add, reserve.shown_to_add, reserve.shown_sure) == (Decimal(0), Decimal(0), reserve.budget)


def test_everyone_has_mfa_when_the_later_of_its_tasks_is_done() -> None:
    rollout, remote = task("mfa_rollout", days=10, low=0.5, high=2), task("remote_mfa", after=("mfa_rollout",))
    assert looked(WORK).mfa_at(0.5) is None
    alone, both = looked(rollout, draws=500), looked(rollout, remote, task("late", after=("remote_mfa",)), draws=500)
    assert alone.mfa is not None
    assert both.mfa is not None
    assert np.array_equal(alone.mfa, alone.finish)
    assert (both.mfa > alone.mfa).all()
    assert (both.mfa < both.finish).all()
    middle = both.mfa_at(0.5)
    assert middle is not None
    assert middle < both.finish_at(0.5)


class Compared(NamedTuple):
    """The reserve of a plan, and what the cash of its first year takes beyond the plan's with 80 %."""

    reserve: Reserve
    cash: Decimal


ROUNDING = Decimal("0.10")
"""EUR by which the same work may differ whose lines are rounded in other months."""
ABOVE_THE_CAP: dict[str, Any] = {
    "company.employees": 350,
    "company.sites": 3,
    "company.apps": 20,
    "choices.monitoring": "siem_and_mdr",
}


def by_length(values: dict[str, Any], prices: PriceBook, phase_model: PhaseModel, today: date) -> list[Compared]:
    """Return what the draws of the same work say, planned to be done in 6, 12 and 18 months."""
    results = []
    for months in (6, 12, 18):
        given = Scenario().changed("timeline.target_months", months).changed("timeline.confidence", "planned")
        for path, value in values.items():
            given = given.changed(path, value)
        made = plan_for(case_of(given, prices, phase_model, today=today))
        drawn = simulate(made)
        assert drawn is not None
        cash = drawn.first_year_at(0.8) - made.headlines.first_year_budget
        results.append(Compared(reserve_of(made, made.headlines, drawn), cash))
    return results


@pytest.mark.extended
@pytest.mark.parametrize("values", [{}, ABOVE_THE_CAP])
def test_a_longer_plan_never_looks_safer_because_money_slips_past_month_twelve(
    values: dict[str, Any], phase_model: PhaseModel, today: date
) -> None:
    compared = by_length(values, BOOK, phase_model, today)
    for shorter, longer in pairwise(compared):
        assert longer.reserve.sure >= shorter.reserve.sure - ROUNDING
        assert longer.reserve.to_add >= shorter.reserve.to_add - ROUNDING
        assert longer.reserve.chance <= shorter.reserve.chance + 0.005
    # What the cash of one year takes beyond the plan's falls: a budget read from it would look ever safer.
    assert compared[2].cash < compared[1].cash < compared[0].cash


@pytest.mark.extended
@pytest.mark.parametrize("values", [{}, ABOVE_THE_CAP])
def test_with_everything_that_recurs_a_longer_plan_needs_no_smaller_share_more(
    values: dict[str, Any], price_book: PriceBook, phase_model: PhaseModel, today: date
) -> None:
    # Later licences make the plan's own budget smaller; what 80 % takes of it is never less than in a shorter plan.
    shares = [item.reserve.sure / item.reserve.budget for item in by_length(values, price_book, phase_model, today)]
    assert shares == sorted(shares)


def test_the_estimate_leaves_out_the_contingency_alone(price_book: PriceBook, phase_model: PhaseModel) -> None:
    made, bare = (
        plan(Scenario().changed("finance.contingency", share), price_book, phase_model)
        for share in (Decimal("0.15"), 0)
    )
    amounts = (bare.headlines.introduction_budget, bare.headlines.first_year_budget, bare.headlines.horizon_total)
    assert estimate_of(made, made.headlines) == tuple(map(to_cents, amounts))
