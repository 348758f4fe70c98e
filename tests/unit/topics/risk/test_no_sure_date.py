"""A plan that many draws do not finish before the calendar ends: no medium names a day that they do not reach."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.approval import Says
from tests.builders import model, plan, quiet, task
from tests.words import ENGLISH, told
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.headlines import Headlines
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.drivers import Drivers, drivers_of
from zt_planner.engine.simulation.result import SimulationResult, simulate
from zt_planner.files.draws import draws_table
from zt_planner.topics.decisions.blocks import finish_request
from zt_planner.topics.explanations.registry import trace_of
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.headline.summary import percentiles_of
from zt_planner.topics.risk import drivers as driver_words
from zt_planner.topics.risk import uncertainty
from zt_planner.topics.risk.confidence import (
    Target,
    bands_of,
    beyond_sentence,
    percentile_table,
)
from zt_planner.topics.risk.joint_chart import contour_trace, draws_trace
from zt_planner.topics.view import View

MODEL = model(task("work", days=4000, low=0.5, high=3, external_share=1))
SCENARIO = quiet(choices__monitoring="none", uncertainty__reaction=0)


@pytest.fixture(scope="module")
def made(price_book: PriceBook) -> Plan:
    """Return a plan of fifteen years."""
    return plan(SCENARIO, price_book, MODEL)


@pytest.fixture(scope="module")
def figures(made: Plan) -> Headlines:
    return made.headlines


@pytest.fixture(scope="module")
def drawn(made: Plan) -> SimulationResult:
    """Return its draws, of which a third does not end within twenty years."""
    found = simulate(made, draws=1000)
    assert found is not None
    assert found.finish_at(0.5) < found.limit < found.finish_at(0.7)
    return found


@pytest.fixture(scope="module")
def limit(drawn: SimulationResult) -> str:
    """Return the last day of the calendar as tables write it."""
    return ENGLISH.short_day(drawn.limit)


@pytest.fixture(scope="module")
def drivers(made: Plan, drawn: SimulationResult) -> Drivers:
    """Return what its spread comes from."""
    return drivers_of(made, drawn)


def test_sentences_say_how_many_draws_are_not_done_and_that_no_date_is_sure(
    made: Plan, figures: Headlines, drawn: SimulationResult, says: Says
) -> None:
    late = f"{drawn.beyond_limit / drawn.draws:.0%} of the draws are not done by {ENGLISH.day(drawn.limit)}"
    said = f"No date is 80% sure: {late}, when the calendar ends."
    view = View(made, ENGLISH, lambda: drawn)
    assert ENGLISH.write(planned_sentence(view)).endswith(said)
    assert "the 80% date" not in ENGLISH.write(uncertainty.trade_text(drawn))
    says(ENGLISH.write(uncertainty.needed_text(Target(figures.finish_date), drawn)))
    assert f"on {ENGLISH.day(drawn.limit)}: they have no date." in ENGLISH.write(beyond_sentence(drawn))
    says(told(finish_request(view).what))


def test_where_day_rates_are_hidden_the_date_alone_is_told(made: Plan, drawn: SimulationResult, says: Says) -> None:
    hidden = replace(made, case=replace(made.case, shows_labour=False))
    said = ENGLISH.write(planned_sentence(View(hidden, ENGLISH, lambda: drawn)))
    says(said)
    assert "EUR" not in said


def test_tables_name_the_last_day_of_the_calendar_as_what_is_passed(
    made: Plan, figures: Headlines, drawn: SimulationResult, limit: str
) -> None:
    assert told(percentile_table(made, drawn))[1][-2:] == (f"after {limit}", f"after {limit}")
    assert f"80% sure only after {limit}." in told(bands_of(made, drawn)["finish_date"].alt)
    assert told(uncertainty.spread_table(made, figures, drawn)).rows[-1][-1] == f"after {limit}"


def test_programs_find_nothing_where_there_is_no_day(made: Plan, drawn: SimulationResult) -> None:
    dates = percentiles_of(made, drawn)["finish_date"]
    assert isinstance(dates, dict)
    assert [name for name, day in dates.items() if day is None] == ["p80", "p90"]
    assert draws_table(drawn)["finish_date"].isna().sum() == drawn.beyond_limit


def test_pictures_leave_out_what_has_no_date(drawn: SimulationResult) -> None:
    assert len(draws_trace(drawn, "blue")["x"]) == drawn.draws - drawn.beyond_limit
    assert not contour_trace(drawn, "blue")["x"]
    assert all(day <= drawn.limit for day, _ in drawn.contour(0.3))


def test_why_names_no_day_and_nothing_is_saved_of_one(made: Plan, drawn: SimulationResult, drivers: Drivers) -> None:
    context = View(made, ENGLISH, lambda: drawn)
    found = told(trace_of("sure:finish_date:80", context))
    assert found is not None
    assert found.value is None
    assert found.shown == f"after {ENGLISH.short_day(drawn.limit)}"
    assert [row.amount for row in found.rows] == [None, None]
    assert drivers.savings["effort:work"].days is None
    assert drivers.savings["effort:work"].budget > Decimal(0)
    swing = driver_words.largest_swing(drivers.by_days(), context)
    assert "confidence" not in ENGLISH.write(driver_words.days_text(swing, drivers))
