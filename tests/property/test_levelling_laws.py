"""The laws of levelling: what is found is what is planned, and a month is within its cap in both or in neither."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from operator import attrgetter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import case, months_of
from tests.property.any_plan import MODEL, SHIPPED, planned, small_scenario
from zt_planner.domain.categories import Kind
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
URGENT = 200
"""Working days of head start from which on a task is finished no later than in the quick plan."""


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
    quick = {task.task.id: task.finish for task in result.quick.tasks}
    urgent = {
        task.task
        for task in result.plan.tasks
        if task.task.head_start_days >= URGENT and task.task.id != "admin_mfa" and task.finish > quick[task.task.id]
    }
    assert {delay.of for delay in result.delays} - {MfaFor.ADMINISTRATORS} == later | urgent | (
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
    steered = Counter(month for task in plan.tasks for month in months_of(task) if task.work.whole.external)
    for month, amount in zip(setting.payments.months, counted, strict=True):
        if month in paid:
            # Coordination of each task is rounded up to the next cent, with contingency on it.
            rounded_up = steered[month] * setting.payments.units[Kind.ONE_OFF]
            cap, most = setting.payments.cap_for(amount), max(paid[month] + 2 * CENT * steered[month], CENT)
            assert amount <= setting.payments.limit_of(paid[month]) + rounded_up
            assert amount > setting.payments.limit_of(paid[month] - CENT)
            assert cap - 1 < most
            assert max(paid[month], CENT) <= cap
        else:
            assert amount < 0
