"""The laws of prices by date: a rise of nothing changes nothing, a later day knows no less, dearer is never cheaper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.property.any_plan import planned, small_scenario
from tests.property.strategies import any_day, hundredths, maybe
from zt_planner.bootstrap import price_book as shipped_book
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Code
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.scenario import Billing, Scenario
from zt_planner.engine.costing.budget import accrual, cash_by_month
from zt_planner.engine.costing.pricing import known_day
from zt_planner.engine.plan import Plan
from zt_planner.topics.prices.rise import cost_of_rise

FAR_AWAY = date(2100, 12, 31)
IDS = tuple(shipped_book().rows_by_id)
months = st.builds(Month, st.integers(2020, 2035), st.integers(1, 12))
rises = hundredths("0", "2")


def priced(billing: Billing = Billing.ANNUAL_MONTHLY, **prices: object) -> Scenario:
    """Return the default company with prices by date."""
    return Scenario.model_validate({"choices": {"billing": billing}, "prices": prices})


@given(scenario=small_scenario, rise_from=maybe(any_day))
def test_neither_a_rise_of_nothing_nor_a_day_far_away_changes_a_figure(
    scenario: Scenario, rise_from: date | None
) -> None:
    plain = scenario.changed("prices.rise", 0).changed("prices.as_of", None)
    other = plain.changed("prices.rise_from", rise_from).changed("prices.as_of", FAR_AWAY)
    first, second = planned(plain), planned(other)
    assert (first.cost_lines, first.prepaid_tail, first.mix) == (second.cost_lines, second.prepaid_tail, second.mix)
    assert first.headlines == second.headlines
    judged = {Code.PRICE_STALE}
    assert [finding for finding in first.findings if finding.code not in judged] == [
        finding for finding in second.findings if finding.code not in judged
    ]


@given(st.sampled_from(IDS), months, maybe(any_day), st.sampled_from(Billing))
def test_a_price_is_one_that_began_by_the_day_as_of_which_it_is_known(
    price_id: str, month: Month, as_of: date | None, billing: Billing
) -> None:
    book = shipped_book()
    result = builders.prices_for(priced(billing, as_of=as_of), book).price_of(price_id, month)
    day = known_day(month, as_of)
    if result is None:
        assert not any(row.holds_on(day) for row in book.rows_by_id[price_id])
    else:
        assert result.row is not None
        assert result.row.holds_on(day)
        assert result.rate_extrapolated or result.rate_date is None or result.rate_date <= day


@given(st.sampled_from(IDS), months, rises, rises, maybe(any_day), st.sampled_from(Billing))
def test_a_dearer_list_never_makes_a_price_cheaper(
    price_id: str, month: Month, one: Decimal, other: Decimal, day: date | None, billing: Billing
) -> None:
    less, more = sorted((one, other))
    book = shipped_book()
    low, high = (
        builders.prices_for(priced(billing, rise=rise, rise_from=day), book).price_of(price_id, month)
        for rise in (less, more)
    )
    assert (low is None) == (high is None)
    if low is not None and high is not None:
        assert low.amount <= high.amount


@pytest.fixture(scope="module")
def calm(price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    """Return the default plan, which owns nothing and has no own prices."""
    return builders.plan(Scenario(), price_book, phase_model)


@given(rise=rises, day=st.dates(date(2027, 10, 1), date(2030, 12, 31)))
def test_a_rise_after_the_licences_are_bought_makes_no_month_cheaper(
    rise: Decimal, day: date, calm: Plan, price_book: PriceBook, phase_model: PhaseModel
) -> None:
    raised = builders.plan(priced(rise=rise, rise_from=day), price_book, phase_model)
    now, before = (cash_by_month(plan.cost_lines, plan.months, accrual) for plan in (raised, calm))
    assert all(now[month] >= before[month] for month in calm.months)
    cost = cost_of_rise(raised, calm)
    assert (cost is None) == (rise == 0)
    if cost is not None:
        assert cost.horizon == sum(now.values()) - sum(before.values())
        assert cost.is_dearer
