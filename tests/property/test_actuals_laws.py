"""The laws of booked money (M27): closed months cost what was booked, to the cent, and all else what is planned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.property.any_plan import built, planned, small_scenario
from tests.property.shared import shared
from zt_planner.domain.categories import BOOKABLE_CATEGORIES, CostCategory
from zt_planner.domain.money import ZERO, total
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.actuals import bookings_of, closed_months, paid
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.draws import RandomSource
from zt_planner.engine.simulation.result import SimulationModel, estimate_of
from zt_planner.engine.stages import stages_of
from zt_planner.engine.under_way.earned_value import money_status

amounts = st.decimals(Decimal(-20_000), Decimal(200_000), places=2)


def with_money(scenario: Scenario, closed: Collection[str], bookings: Mapping[str, Decimal]) -> Scenario:
    """Return a scenario with other closed months and bookings."""
    data = scenario.model_dump()
    data["status"] |= {"closed": sorted(closed), "bookings": dict(bookings)}
    return Scenario.model_validate(data)


def cash_lines(plan: Plan) -> tuple[CostLine, ...]:
    """Return all cash that is paid within a plan."""
    return tuple(line for line in (*plan.cost_lines, *plan.prepaid_tail) if line.is_cash)


@st.composite
def under_way(draw: st.DrawFn) -> Scenario:
    """Draw a scenario with a status date within its plan, and a task that is done."""
    data = draw(small_scenario).model_dump()
    plan = planned(Scenario.model_validate(data))
    days = (plan.headlines.finish_date - plan.headlines.start_date).days
    first = min(plan.tasks, key=lambda task: (task.start, task.finish))
    at = first.finish + timedelta(days=draw(st.integers(0, days + 60)))
    data["timeline"]["start"] = plan.headlines.start_date
    data["status"] = {"at": at, "tasks": {first.task.id: {"started": first.start, "finished": first.finish}}}
    return Scenario.model_validate(data)


@st.composite
def booked(draw: st.DrawFn) -> Scenario:
    """Draw a scenario that is under way, with months closed and money booked in them and elsewhere."""
    scenario = draw(under_way())
    plan = planned(scenario)
    months = [plan.months[0].plus(offset) for offset in range(-1, min(len(plan.months), 14))]
    tasks = ["", "no_such_task", *(task.task.id for task in plan.tasks[:4])]
    keys = st.builds(
        lambda month, category, task: f"{month}/{category}/{task}",
        st.sampled_from(months),
        st.sampled_from(BOOKABLE_CATEGORIES),
        st.sampled_from(tasks),
    )
    closed = draw(st.sets(st.sampled_from([str(month) for month in months]), min_size=1))
    return with_money(scenario, closed, draw(st.dictionaries(keys, amounts, max_size=12)))


booked_scenario = shared(booked())


def counted(scenario: Scenario, plan: Plan) -> frozenset[Month]:
    """Return the closed months that count in a plan."""
    return closed_months(scenario).intersection(plan.months)


@given(scenario=booked_scenario)
@pytest.mark.extended
def test_without_a_closed_month_the_plan_is_the_same(scenario: Scenario) -> None:
    bare = planned(with_money(scenario, (), {}))
    result = planned(with_money(scenario, (), scenario.status.bookings))
    assert replace(result, case=replace(result.case, scenario=bare.scenario), findings=bare.findings) == bare


@given(scenario=booked_scenario)
@pytest.mark.extended
def test_closed_months_pay_what_was_booked_and_open_ones_what_is_planned(scenario: Scenario) -> None:
    assume(scenario.status.resumes == scenario.status.at)
    before, result = planned(with_money(scenario, (), {})), planned(scenario)
    assert result == built(scenario)
    assert result.tasks == before.tasks
    closed = counted(scenario, result)
    expected = {cell: amount for cell, amount in paid(cash_lines(before)).items() if cell[0] not in closed}
    sums: dict[tuple[Month, CostCategory], Decimal | None] = {**expected}
    for booking, amount in bookings_of(scenario):
        if booking.month in closed:
            sums[booking.cell] = (sums.get(booking.cell) or ZERO) + amount
    now = paid(cash_lines(result))
    assert {cell: amount for cell, amount in now.items() if amount != 0} == {
        cell: amount for cell, amount in sums.items() if amount != 0
    }
    status = money_status(result)
    assert sum(row.forecast for row in status) == total(line.amount or ZERO for line in cash_lines(result))
    gone = {line for line in cash_lines(before) if line.paid_in in closed}
    assert gone == set(result.replaced_lines)


@given(scenario=under_way(), by_task=st.booleans(), data=st.data())
@pytest.mark.extended
def test_what_is_booked_as_planned_changes_nothing_but_contingency(
    *, scenario: Scenario, by_task: bool, data: st.DataObject
) -> None:
    before = planned(scenario)
    months = [month for month in before.months if scenario.status.at and month.last_day <= scenario.status.at]
    assume(months)
    closed = data.draw(st.sets(st.sampled_from(months), min_size=1))
    bookings: dict[str, Decimal] = {}
    for line in cash_lines(before):
        if line.paid_in in closed and line.amount and line.category is not CostCategory.CONTINGENCY:
            key = f"{line.paid_in}/{line.category}/{line.task_id if by_task else ''}"
            bookings[key] = bookings.get(key, ZERO) + line.amount
    actual = with_money(scenario, [str(month) for month in closed], bookings)
    assume(actual.status.resumes == actual.status.at)
    result = planned(actual)
    assert without_contingency(result) == without_contingency(before)


def without_contingency(plan: Plan) -> Mapping[object, Decimal]:
    """Return what a plan comes to by month, kind and category, but for contingency."""
    sums: dict[object, Decimal] = {}
    for line in all_but_contingency((*plan.cost_lines, *plan.prepaid_tail)):
        key = line.month, line.kind, line.category
        sums[key] = sums.get(key, ZERO) + (line.amount or ZERO)
    return {key: amount for key, amount in sums.items() if amount}


def all_but_contingency(lines: Iterable[CostLine]) -> Iterable[CostLine]:
    """Return lines without contingency."""
    return (line for line in lines if line.category is not CostCategory.CONTINGENCY)


@given(scenario=booked_scenario)
@pytest.mark.extended
def test_how_a_booking_is_split_among_tasks_changes_no_payment(scenario: Scenario) -> None:
    merged: dict[str, Decimal] = {}
    for key, amount in scenario.status.bookings.items():
        month, category, _ = key.split("/")
        merged[f"{month}/{category}/"] = merged.get(f"{month}/{category}/", ZERO) + amount
    one, other = planned(scenario), planned(with_money(scenario, scenario.status.closed, merged))
    known = [{cell: amount for cell, amount in paid(cash_lines(item)).items() if amount} for item in (one, other)]
    assert known[0] == known[1]


@pytest.mark.extended
@given(scenario=booked_scenario)
def test_the_first_draw_is_the_plan_without_contingency(scenario: Scenario) -> None:
    result = planned(scenario)
    drawn = SimulationModel(result)
    _, money = drawn.page(partial(RandomSource(1, 0.3).factors, count=2))
    for cents, estimate in zip(money, estimate_of(result, result.headlines), strict=True):
        assert float(cents[0]) == pytest.approx(estimate, rel=1e-6, abs=len(result.cost_lines))


@given(scenario=booked_scenario)
@pytest.mark.extended
def test_at_every_gate_what_is_spent_and_what_is_to_come_add_up(scenario: Scenario) -> None:
    result = planned(scenario)
    whole = sum_of(line for line in result.cost_lines if line.is_cash)
    for stage in stages_of(result):
        assert sum_of(stage.spent) + sum_of(stage.to_come) == whole
        assert sum_of(stage.committed) >= 0
