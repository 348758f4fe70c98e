"""The laws of licences in a whole plan: every seat is bought, kept or credited, nothing too early (M11 to M13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import given

from tests.property.any_plan import any_scenario, planned
from tests.property.strategies import not_begun
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine, HeldLicence
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.engine.planner import build_plan


def seats_in(plan: Plan, lines: Iterable[CostLine], month: Month) -> Counter[tuple[str, str]]:
    """Count the seats of the mix in a month: what is bought, what is kept for nothing, and what is credited."""
    assert plan.mix is not None
    licences = {*plan.mix.seats, *(held.product for each in plan.mix.holdings for held in (*each.kept, *each.replaced))}
    seats: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if line.month == month and line.price_id in licences and line.category is CostCategory.LICENCE:
            price = line.unit_price
            bought = "kept" if price is not None and not price.amount else "bought"
            seats[line.price_id, "credited" if line.quantity < 0 else bought] += abs(int(line.quantity))
    return seats


@given(any_scenario)
def test_in_the_end_every_seat_of_the_mix_is_bought_kept_or_credited(scenario: Scenario) -> None:
    plan = planned(not_begun(scenario))
    if plan.mix is None or plan.scenario.prices.overrides or plan.scenario.prices.rows:
        return
    last, expected = plan.months[-1], Counter[tuple[str, str]]()
    for holding in plan.mix.holdings:
        expected.update({(product, "bought"): holding.count for product in holding.products})
        expected.update({(held.product, "kept"): holding.count for held in holding.kept})
        expected.update({(held.product, "credited"): holding.count for held in holding.replaced if is_over(held, last)})
    beside = {"defender-business-servers", "ztna-user"}
    lines = [line for line in plan.cost_lines if line.price_id not in beside]
    in_mix = Counter({key: seats for key, seats in expected.items() if key[0] not in beside})
    assert seats_in(plan, lines, last) == in_mix


def is_over(held: HeldLicence, month: Month) -> bool:
    """Tell whether what is paid for has run out before a month."""
    return held.until is None or held.until < month.first_day


@given(any_scenario)
def test_nothing_is_credited_while_it_is_paid_for_and_nothing_bought_that_is_not_sold(scenario: Scenario) -> None:
    plan = planned(not_begun(scenario))
    if plan.mix is None:
        return
    last_days = {
        held.product: [
            other.until for each in plan.mix.holdings for other in each.replaced if other.product == held.product
        ]
        for holding in plan.mix.holdings
        for held in holding.replaced
    }
    rows = plan.case.book.rows_by_id
    for line in plan.cost_lines:
        if line.quantity < 0:
            assert any(until is None or until < line.month.first_day for until in last_days[line.price_id])
    assert all(rows[product][-1].sold for product in plan.mix.seats)


@given(any_scenario)
def test_what_runs_costs_nothing_and_changes_no_day(scenario: Scenario) -> None:
    """A plan in which everything runs costs as much or less, and is done on the same days."""
    without = not_begun(scenario).changed("company.running", [])
    running = without.changed("company.running", ["siem", "mdr", "ztna", "training", "managed_service"])
    first, second = planned(without), planned(running)
    assert [(task.task.id, task.start, task.finish) for task in first.tasks] == [
        (task.task.id, task.start, task.finish) for task in second.tasks
    ]
    kept = {"cloud-siem", "mdr-endpoint", "ztna-user", "awareness-user", "managed-service-user"}
    kept -= {owned.licence for owned in scenario.company.owned_licences}
    assert not [line for line in second.cost_lines if line.price_id in kept and line.amount]
    assert second.headlines.operation_days_monthly == first.headlines.operation_days_monthly


@given(any_scenario)
def test_what_is_done_is_no_work_and_less_of_it_never_more(scenario: Scenario) -> None:
    plan = planned(not_begun(scenario))
    for task in plan.tasks[:3]:
        done = plan.case.changed(plan.scenario.changed(f"tasks.{where(plan, task.task.id)}.{task.task.id}.done", 1))
        smaller = build_plan(done)
        if isinstance(smaller, Plan):
            assert task.task.id not in {other.task.id for other in smaller.tasks}
            assert {line.task_id for line in smaller.cost_lines if line.category is CostCategory.CONSULTANT} <= {
                "",
                *(other.task.id for other in smaller.tasks),
            }


def where(plan: Plan, task_id: str) -> str:
    """Return under which part of the tasks a task's figures stand."""
    return "own" if task_id in plan.scenario.tasks.own else "edits"
