"""From one plan to another, group by group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import case, plan, scenario
from tests.papers import UNDER_WAY
from zt_planner import bootstrap
from zt_planner.domain.scenario.inputs import InputGroup
from zt_planner.domain.scenario.kept import KeptBook
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.compare.bridge import Bridge, BridgeFigure, Gap, bridges_between

BOOK, MODEL = bootstrap.price_book(), bootstrap.phase_model()
MONEY = tuple(figure for figure in BridgeFigure if figure is not BridgeFigure.FINISH_DATE)


def bridges(before: Scenario, after: Scenario, *, shows_labour: bool = True) -> Mapping[BridgeFigure, Bridge]:
    """Return the bridges between the plans of two scenarios."""
    first, other = (case(item, BOOK, MODEL, shows_labour=shows_labour) for item in (before, after))
    return {bridge.figure: bridge for bridge in bridges_between(first, other)}


def test_the_bars_lead_from_one_plan_to_the_other() -> None:
    other = scenario(company__employees=180, choices__monitoring="mdr", timeline__target_months=15)
    result = bridges(Scenario(), other)
    before, after = (plan(item, BOOK, MODEL).headlines for item in (Scenario(), other))
    assert before is not None
    assert after is not None
    for figure in MONEY:
        assert result[figure].total == getattr(after, figure) - getattr(before, figure)
    assert result[BridgeFigure.FINISH_DATE].total == (after.finish_date - before.finish_date).days
    groups = [bar.cause for bar in result[BridgeFigure.FINISH_DATE].bars]
    assert groups == [InputGroup.PEOPLE, InputGroup.MONITORING, InputGroup.CALENDAR]


def test_one_group_alone_makes_the_whole_difference() -> None:
    bridge = bridges(Scenario(), scenario(finance__contingency=Decimal("0.25")))[BridgeFigure.INTRODUCTION_BUDGET]
    ((cause, amount, is_idle),) = [(bar.cause, bar.amount, bar.is_idle) for bar in bridge.bars]
    # 15 % of contingency are EUR 15,568.12, 15/115 of EUR 119,355.61 once; each month is rounded to the cent.
    assert cause is InputGroup.FINANCE
    assert abs(amount - Decimal("15568.12") / 15 * 10) < Decimal("0.10")
    assert not is_idle


def test_a_horizon_and_a_contingency_that_differ_are_one_group() -> None:
    other = scenario(finance__horizon_months=24, finance__contingency=0, company__employees=130)
    result = bridges(Scenario(), other)
    before, after = (plan(item, BOOK, MODEL).headlines for item in (Scenario(), other))
    assert before is not None
    assert after is not None
    assert result[BridgeFigure.HORIZON_TOTAL].total == after.horizon_total - before.horizon_total
    assert {bar.cause for bridge in result.values() for bar in bridge.bars} == {InputGroup.PEOPLE, InputGroup.FINANCE}


def test_prices_move_no_date() -> None:
    result = bridges(Scenario(), scenario(labour__external_day_rate=1300, choices__billing="monthly"))
    assert [bar.is_idle for bar in result[BridgeFigure.FINISH_DATE].bars] == [True, True]
    assert result[BridgeFigure.FINISH_DATE].total == 0
    assert all(bar.amount for bar in result[BridgeFigure.HORIZON_TOTAL].bars)


def test_equal_plans_have_no_bars() -> None:
    assert set(bridges(Scenario(), scenario(company__name="Ours")).values()) == {Bridge(item) for item in BridgeFigure}


def test_a_plan_without_a_schedule_has_no_bridge() -> None:
    endless = scenario(timeline__start=date(2099, 12, 1), timeline__mode="capacity", finance__contingency=0)
    gap = Gap((InputGroup.CALENDAR,))
    assert {bridge.gap for bridge in bridges(Scenario(), endless).values()} == {gap}
    assert {bridge.gap for bridge in bridges(endless, Scenario()).values()} == {Gap(())}
    nothing = scenario(tasks__edits={task: {"in_scope": False} for task in MODEL.by_id})
    assert bridges(Scenario(), nothing)[BridgeFigure.FINISH_DATE] == Bridge(
        BridgeFigure.FINISH_DATE, gap=Gap((InputGroup.SCOPE,))
    )


def test_a_missing_price_is_no_zero() -> None:
    known = tuple(row for row in BOOK.prices if row.id != "mdr-endpoint")
    book = KeptBook(prices=known, rates=BOOK.rates, vat=BOOK.vat)
    before, after = Scenario().with_kept_data(book, None), scenario(choices__monitoring="mdr")
    result = bridges(before, after)
    for figure in MONEY:  # the first plan has no MDR, the other has its price: with the one's book it has none
        assert result[figure] == Bridge(figure, gap=Gap((InputGroup.MONITORING,), ("mdr-endpoint",)))
    assert result[BridgeFigure.FINISH_DATE].gap is None
    assert [bar.cause for bar in result[BridgeFigure.FINISH_DATE].bars] == [InputGroup.LICENCES, InputGroup.MONITORING]


@pytest.mark.parametrize(
    ("fields", "cause"),
    [
        # More coordination is no contingency, other draws take another team, and Standard grants MFA: nothing that is
        # needed for it waits for the order of licences.
        ({"labour__coordination_share": {"external": 0.3}}, InputGroup.FINANCE),
        ({"uncertainty__correlation": 1}, InputGroup.FINANCE),
        ({"company__owned_licences": [{"licence": "m365-business-standard"}]}, InputGroup.LICENCES),
    ],
)
def test_a_group_that_moves_dates_or_work_makes_the_whole_difference(fields: dict[str, Any], cause: InputGroup) -> None:
    other = scenario(**fields)
    before, after = (plan(item, BOOK, MODEL).headlines for item in (Scenario(), other))
    result = bridges(Scenario(), other)
    for figure in MONEY:
        assert [bar.cause for bar in result[figure].bars] == [cause]
        assert result[figure].total == getattr(after, figure) - getattr(before, figure)
    assert result[BridgeFigure.FINISH_DATE].total == (after.finish_date - before.finish_date).days


def test_hidden_day_rates_have_no_bar() -> None:
    other = scenario(labour__external_day_rate=1300, finance__contingency=0, company__employees=150)
    result = bridges(Scenario(), other, shows_labour=False)
    assert [bar.cause for bar in result[BridgeFigure.INTRODUCTION_BUDGET].bars] == [InputGroup.PEOPLE]


def test_hidden_contingency_is_not_computed_anew() -> None:
    other = scenario(uncertainty__seed=2, finance__contingency=Decimal("0.5"))
    money = bridges(Scenario(), other, shows_labour=False)[BridgeFigure.INTRODUCTION_BUDGET]
    assert [(bar.cause, bar.is_idle) for bar in money.bars] == [(InputGroup.FINANCE, True)]


def test_what_was_booked_is_what_has_happened_and_closed_months_have_no_contingency() -> None:
    plain = {**UNDER_WAY, "status__at": None, "status__closed": [], "status__bookings": {}}
    before = scenario(**plain)
    after = scenario(**UNDER_WAY, finance__contingency=Decimal("0.3"))
    result = bridges(before, after)
    figures = [plan(item, BOOK, MODEL).headlines for item in (before, after)]
    for figure in MONEY:
        first, other = (getattr(item, figure) for item in figures)
        assert result[figure].total == other - first
    groups = [bar.cause for bar in result[BridgeFigure.INTRODUCTION_BUDGET].bars]
    assert groups == [InputGroup.FINANCE, InputGroup.STATUS]
