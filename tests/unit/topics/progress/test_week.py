"""The ticks of This week: which days they record, and what those do to closed months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests import builders
from tests.builders import plan_for
from tests.words import ENGLISH
from zt_planner.domain.categories import CostCategory
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.month import Month
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.engine.under_way.approved import reference_case
from zt_planner.topics.grid import CellValue
from zt_planner.topics.progress.week import week_grid
from zt_planner.topics.view import View

JANUARY, AT = Month(2027, 1), date(2027, 2, 10)
ON_1_FEBRUARY = {"2027-02-01": {"finish": "2027-12-13"}}
Planned = Callable[[Scenario], Plan]


@pytest.fixture
def planned(price_book: PriceBook, phase_model: PhaseModel) -> Planned:
    return lambda scenario: builders.plan(scenario, price_book, phase_model)


def under_way(**status: object) -> Scenario:
    """Return a plan from 4 January whose status date is 10 February."""
    given = {f"status__{name}": value for name, value in status.items()}
    return builders.scenario(timeline__start="2027-01-04", status__at=AT, **given)


def reference_of(plan: Plan) -> Plan:
    return plan_for(reference_case(plan.case))


def ticked(plan: Plan, task_id: str, **ticks: CellValue) -> dict[str, Any]:
    """Return what ticks and typed cells of a task record, without its path."""
    grid = week_grid(View(plan, ENGLISH), reference_of(plan))
    (edit,) = grid.edits({(task_id, name): value for name, value in ticks.items()})
    assert not edit.problems
    return {path.rpartition(".")[2]: value for path, value in edit.fields.items()}


def test_a_tick_records_what_was_planned_up_to_the_status_date(planned: Planned) -> None:
    plan = planned(under_way())
    tasks = {task.task.id: task for task in reference_of(plan).tasks}
    kickoff = tasks["kickoff"]
    assert ticked(plan, "kickoff", has_started=True) == {"started": kickoff.start}
    assert ticked(plan, "kickoff", is_finished=True) == {"started": kickoff.start, "finished": kickoff.finish}
    running = next(key for key, task in tasks.items() if task.start < AT < task.finish)
    later = next(key for key, task in tasks.items() if task.start > AT)
    assert ticked(plan, running, is_finished=True) == {"started": tasks[running].start, "finished": AT}
    assert ticked(plan, later, has_started=True, is_finished=True) == {"started": AT, "finished": AT}


def test_what_was_open_at_the_last_forecast_is_ticked_as_of_the_status_date(planned: Planned) -> None:
    plan = planned(under_way(forecasts=ON_1_FEBRUARY))
    kickoff = next(task for task in reference_of(plan).tasks if task.task.id == "kickoff")
    assert ticked(plan, "kickoff", is_finished=True) == {"started": kickoff.start, "finished": AT}
    assert ticked(plan, "kickoff", has_started=True) == {"started": AT}


def test_typed_and_recorded_days_come_before_ticks(planned: Planned) -> None:
    plan = planned(under_way(tasks={"kickoff": {"started": "2027-02-08"}}))
    assert ticked(plan, "kickoff", is_finished=True) == {"finished": AT}
    typed = ticked(planned(under_way()), "kickoff", is_finished=True, started="11 Jan 2027", finished="15 Jan 2027")
    assert typed == {"started": date(2027, 1, 11), "finished": date(2027, 1, 15)}
    assert ticked(plan, "kickoff", is_finished=False, has_started=False) == {"started": None, "finished": None}


def test_a_closed_month_whose_invoices_are_as_planned_has_no_overrun_when_its_tasks_are_ticked_later(
    planned: Planned,
) -> None:
    plan = planned(under_way())
    reference = reference_of(plan)
    scenario = plan.scenario
    for task in reference.tasks:
        if task.start <= AT:
            ticks = {"has_started": True} | ({"is_finished": True} if task.finish <= AT else {})
            grid = week_grid(View(plan, ENGLISH), reference)
            (edit,) = grid.edits({(task.task.id, name): value for name, value in ticks.items()})
            for path, value in edit.fields.items():
                scenario = scenario.changed(path, value)
    paid = [line for line in reference.cost_lines if line.is_cash and line.paid_in == JANUARY]
    bookings: dict[str, Any] = {}
    for line in paid:
        if line.category is not CostCategory.CONTINGENCY:
            key = f"2027-01/{line.category}/"
            bookings[key] = bookings.get(key, 0) + (line.amount or 0)
    closed = planned(scenario.changed("status.bookings", bookings).changed("status.closed", ["2027-01"]))
    assert closed.contingency is not None
    assert closed.contingency.overruns == 0
    assert closed.headlines.finish_date == reference.headlines.finish_date
