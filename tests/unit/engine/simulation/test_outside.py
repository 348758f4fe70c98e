"""A plan's overrun as multiples of its estimate, and what a quote with a fixed price makes certain."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import FREE_SUITE, book, day_rate, model, plan, quiet, task
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.outside import overrun_of_cost, overrun_of_duration
from zt_planner.engine.simulation.result import estimate_of, simulate

RATES = book(
    FREE_SUITE,
    day_rate("external-day", 1000),
    day_rate("internal-day", 500),
)
DRAWS = 4000


def made(low: str = "0.5", high: str = "3", external: str = "0.5", **fields: Any) -> Plan:  # noqa: ANN401 - any field
    """Return the plan of one task of twenty days, of which nobody hurries what takes longer."""
    work = model(task("work", days=20, low=low, high=high, external_share=external))
    given = quiet(**{"choices__monitoring": "none", "uncertainty__reaction": 0, **fields})
    return plan(given, RATES, work)


def test_multiples_are_of_the_plan_without_contingency() -> None:
    given = made(finance__contingency=0.5)
    drawn = simulate(given, draws=DRAWS)
    overrun = overrun_of_cost(given, drawn)
    assert overrun is not None
    estimate = Decimal(estimate_of(given, given.headlines).introduction) / 100
    assert estimate < given.headlines.introduction_budget
    assert overrun.multiples == tuple(round(drawn.introduction_at(share) / estimate, 2) for share in (0.5, 0.8, 0.9))
    assert overrun.over_half == 1 - drawn.chance(budget=estimate * 3 / 2)
    assert 0 < overrun.over_half < 0.5


def test_durations_are_counted_in_calendar_days_from_the_start() -> None:
    given = made()
    drawn, figures = simulate(given, draws=DRAWS), given.headlines
    overrun = overrun_of_duration(given, drawn)
    planned = (figures.finish_date - figures.start_date).days + 1
    days = [(drawn.finish_at(share) - figures.start_date).days + 1 for share in (0.5, 0.8, 0.9)]
    assert overrun.multiples == tuple(round(Decimal(each) / planned, 2) for each in days)
    last = figures.start_date + timedelta(days=planned * 3 // 2 - 1)
    assert overrun.over_half == 1 - drawn.chance(by=last)


def test_where_nothing_is_uncertain_all_multiples_are_one() -> None:
    given = made(low="1", high="1")
    drawn = simulate(given, draws=50)
    for overrun in (overrun_of_cost(given, drawn), overrun_of_duration(given, drawn)):
        assert overrun is not None
        assert (set(overrun.multiples), overrun.over_half) == ({Decimal(1)}, 0)


def test_what_is_hidden_missing_or_nothing_has_no_multiple() -> None:
    given = made()
    drawn = simulate(given, draws=50)
    assert overrun_of_cost(replace(given, case=replace(given.case, shows_labour=False)), drawn) is None
    own = made(external="0")
    assert overrun_of_cost(own, simulate(own, draws=50)) is None


def test_a_finish_past_the_calendar_is_no_multiple() -> None:
    work = model(task("work", days=4000, low=0.5, high=3, external_share=1))
    given = plan(quiet(choices__monitoring="none", uncertainty__reaction=0), RATES, work)
    first, *rest = overrun_of_duration(given, simulate(given, draws=1000)).multiples
    assert first is not None
    assert rest == [None, None]


def test_a_fixed_quote_makes_the_consultants_cost_certain_and_leaves_the_dates() -> None:
    given = made()
    drawn, quoted = simulate(given, draws=DRAWS), simulate(given, draws=DRAWS, has_fixed_quote=True)
    estimate = Decimal(estimate_of(given, given.headlines).introduction) / 100
    assert {quoted.introduction_at(share) for share in (0.0, 0.5, 1.0)} == {estimate}
    assert (quoted.finish == drawn.finish).all()
    assert (quoted.internal_days == drawn.internal_days).all()


def test_a_fixed_quote_fixes_the_day_rate_too() -> None:
    given = made(low="1", high="1", uncertainty__price_ranges={"external-day": [0.8, 1.5]})
    assert simulate(given, draws=200).introduction_at(0.9) > simulate(given, draws=200).introduction_at(0.1)
    quoted = simulate(given, draws=200, has_fixed_quote=True)
    assert quoted.introduction_at(0.9) == quoted.introduction_at(0.1)


@pytest.mark.parametrize("external", ["0.2", "1"])
def test_what_is_certain_is_the_work_of_the_consultant_alone(external: str) -> None:
    given = made(external=external)
    quoted = simulate(given, draws=200, has_fixed_quote=True)
    assert quoted.introduction.std() < 1
