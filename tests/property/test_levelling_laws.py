"""The laws of levelling: what is found is what is planned, and a month is within its cap in both or in neither."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import case
from tests.property.any_plan import MODEL, SHIPPED, planned, small_scenario
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.budget import cash_by_month, payment
from zt_planner.engine.levelling.last_days import MfaFor
from zt_planner.engine.levelling.limits import limits_of, with_limits
from zt_planner.engine.levelling.problem import setting_of
from zt_planner.engine.levelling.proposal import level
from zt_planner.engine.rcpsp.budget import SolverBudget
from zt_planner.engine.rcpsp.serial import precedence_list, serial_schedule

FEW = settings(max_examples=min(10, settings().max_examples))
"""To look for an order takes seconds, of some plans ten: twenty took a third of the time of all laws."""
FINISH = attrgetter("finish")
CENT = Decimal("0.01")


@FEW
@given(scenario=small_scenario, seconds=st.sampled_from((0.05, 0.3)))
@pytest.mark.extended
def test_what_is_finished_later_than_without_levelling_is_said_and_only_a_limit_or_the_order_moves_it(
    scenario: Scenario, seconds: float
) -> None:
    before = planned(scenario)
    asked = SolverBudget(seconds, clock=lambda: 0.0, workers=1, is_repeatable=True)
    limits = limits_of(before)
    result = level(before.case, limits=limits, solver_budget=asked).proposal
    if result is None:
        return
    ends = [
        {task.task.step: task.finish for task in sorted(plan.tasks, key=FINISH)} for plan in (result.quick, result.plan)
    ]
    mfa = [plan.headlines.mfa_date for plan in (result.quick, result.plan)]
    later = {step for step in ends[0] if ends[0][step] < ends[1][step]}
    is_mfa_later = mfa[0] is not None and mfa[1] is not None and mfa[0] < mfa[1]
    assert {delay.of for delay in result.delays} - {MfaFor.ADMINISTRATORS} == later | (
        {MfaFor.EVERYONE} if is_mfa_later else set()
    )
    if limits.cap is None and limits.finish_by is None:
        assert not any(delay.is_forced for delay in result.delays)


@FEW
@given(scenario=small_scenario, chance=st.randoms(use_true_random=False))
@pytest.mark.extended
def test_any_schedule_is_planned_as_it_was_found_and_pays_what_was_counted(scenario: Scenario, chance: Random) -> None:
    before = planned(scenario)
    setting = setting_of(case(with_limits(before.scenario, limits_of(before)), SHIPPED, MODEL))
    if setting is None:
        return
    keys = [chance.random() for _ in range(setting.uncapped.size)]
    starts = serial_schedule(setting.uncapped, precedence_list(setting.uncapped, keys), setting.uncapped.horizon)
    if starts is None:
        return
    plan = planned(setting.levelled(starts))
    assert [task.start for task in plan.tasks] == [setting.axis.day(start) for start in starts]
    paid = cash_by_month((*plan.cost_lines, *plan.prepaid_tail), plan.months, payment)
    counted = setting.payments.ledger(None).spent(starts, setting.uncapped.finish_of(starts))
    for month, amount in zip(setting.payments.months, counted, strict=True):
        if month in paid:
            assert amount <= setting.payments.limit_of(paid[month])
            assert amount > setting.payments.limit_of(paid[month] - CENT)
            assert setting.payments.cap_for(amount) - 1 < max(paid[month], CENT) <= setting.payments.cap_for(amount)
        else:
            assert amount < 0
