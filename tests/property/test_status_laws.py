"""The laws of the status (M26): facts stand, the rest follows, and without a status the plan is what it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.builders import TODAY
from tests.property.any_plan import built, planned, small_scenario
from tests.property.shared import shared
from tests.property.strategies import not_begun
from zt_planner.domain.categories import Kind
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.values import FIRST_DAY, LAST_DAY
from zt_planner.engine.plan import Plan
from zt_planner.engine.scheduling.calendar import with_start
from zt_planner.engine.simulation.draws import RandomSource
from zt_planner.engine.simulation.result import SimulationModel, simulate


def with_status(scenario: Scenario, at: date | None, records: Mapping[str, Mapping[str, Any]]) -> Scenario:
    """Return a scenario with a status date and records, and its start if it has none."""
    data = scenario.model_dump()
    data["status"] |= {"at": at, "tasks": records}
    data["timeline"]["start"] = with_start(scenario, TODAY).timeline.start
    return Scenario.model_validate(data)


@st.composite
def recorded(draw: st.DrawFn) -> Scenario:
    """Draw a scenario with a status date at any time of its plan, and records as people type them."""
    scenario = draw(small_scenario.map(not_begun))
    plan = planned(scenario)
    at = draw(days_of(plan))
    records: dict[str, dict[str, Any]] = {}
    for task in draw(st.lists(st.sampled_from(plan.tasks), max_size=8, unique_by=lambda task: task.task.id)):
        first, last = sorted((draw(days_of(plan)), draw(days_of(plan))))
        figures = {"started": first, "finished": last, "remaining_days": draw(st.integers(1, 60))}
        kept = draw(st.sets(st.sampled_from(tuple(figures))))
        records[task.task.id] = {name: figures[name] for name in sorted(kept)}
    return with_status(scenario, at, records)


recorded_scenario = shared(recorded())


def days_of(plan: Plan) -> st.SearchStrategy[date]:
    """Return days around a plan, of those that a status can name."""
    first, last = plan.headlines.start_date - timedelta(days=40), plan.headlines.finish_date + timedelta(days=90)
    return st.dates(max(first, FIRST_DAY), min(last, LAST_DAY))


def bare(tasks: tuple[ScheduledTask, ...]) -> tuple[ScheduledTask, ...]:
    """Return tasks without what the status says about them."""
    return tuple(replace(task, state=TaskState.NOT_BEGUN, progress=None) for task in tasks)


def recorded_anew(scenario: Scenario) -> Scenario:
    """Return a scenario in which nothing was done before of what is recorded: the record counts instead (M35)."""
    data = scenario.model_dump()
    for rows in (data["tasks"]["edits"], data["tasks"]["own"]):
        for task_id in scenario.status.tasks:
            if task_id in rows:
                rows[task_id]["done"] = 0
    return Scenario.model_validate(data)


@given(scenario=small_scenario.map(not_begun), day=st.integers(0, 400))
def test_a_status_date_no_later_than_the_start_with_nothing_begun_changes_nothing(scenario: Scenario, day: int) -> None:
    plan = planned(scenario)
    at = plan.headlines.start_date - timedelta(days=day)
    assume(at >= date(2020, 1, 1))
    result = planned(with_status(scenario, at, {}))
    assert bare(result.tasks) == plan.tasks
    assert (result.cost_lines, result.headlines, result.capacity) == (plan.cost_lines, plan.headlines, plan.capacity)


@given(scenario=recorded_scenario)
def test_without_a_status_date_records_move_nothing(scenario: Scenario) -> None:
    plan = planned(with_status(scenario, None, {}))
    result = planned(with_status(scenario, None, scenario.status.model_dump()["tasks"]))
    assert (result.tasks, result.cost_lines, result.headlines) == (plan.tasks, plan.cost_lines, plan.headlines)


@given(scenario=recorded_scenario)
def test_facts_stand_and_the_rest_begins_no_earlier_than_the_status_date(scenario: Scenario) -> None:
    result, at, start = planned(scenario), scenario.status.at, scenario.timeline.start
    assert result == built(scenario)
    assert at is not None
    assert start is not None
    assert result.capacity == planned(with_status(recorded_anew(scenario), None, {})).capacity
    for task in result.tasks:
        record = scenario.status.tasks.get(task.task.id)
        assert task.slack_days >= 0
        lines = (line for line in result.cost_lines if line.task_id == task.task.id and line.unit == "day")
        worked = [line for line in lines if line.kind is Kind.ONE_OFF]
        assert sum(line.quantity for line in worked) == task.work.days
        if task.state is TaskState.NOT_BEGUN:
            assert task.start >= at
            continue
        assert record is not None
        assert task.start == max(start, min(day for day in (record.started, record.finished) if day is not None))
        if task.state is TaskState.DONE:
            assert record.finished is not None
            assert task.finish == max(start, record.finished)
        else:
            assert task.finish >= at
    if any(task.state is not TaskState.DONE for task in result.tasks):
        assert result.headlines.finish_date >= at


@given(scenario=recorded_scenario, later=st.integers(1, 200))
def test_what_is_finished_does_not_move_with_the_status_date(scenario: Scenario, later: int) -> None:
    at = scenario.status.at
    assert at is not None
    before = planned(scenario)
    after = planned(with_status(scenario, at + timedelta(days=later), scenario.status.model_dump()["tasks"]))
    dates = {task.task.id: (task.start, task.finish) for task in after.tasks}
    done = [task for task in before.tasks if task.state is TaskState.DONE]
    assert all(dates[task.task.id] == (task.start, task.finish) for task in done)


@given(scenario=recorded_scenario)
def test_the_first_draw_is_the_plan(scenario: Scenario) -> None:
    result = planned(scenario)
    drawn = SimulationModel(result)
    dates, _ = drawn.page(partial(RandomSource(1, 0.3).factors, count=2))
    axis = drawn.order.axis
    for number, task in enumerate(drawn.order.tasks):
        starts, ends = dates.starts[number], dates.ends[number]
        assert (axis.day(int(starts[0])), axis.day(int(ends[0]) - 1)) == (task.start, task.finish)
        if task.state is TaskState.DONE:
            assert set(starts.tolist()) == {starts[0]}
            assert set(ends.tolist()) == {ends[0]}
        elif task.state is TaskState.RUNNING:
            assert set(starts.tolist()) == {starts[0]}


@given(scenario=small_scenario, data=st.data())
def test_with_everything_done_the_finish_is_the_last_recorded_day_and_has_no_spread(
    scenario: Scenario, data: st.DataObject
) -> None:
    plan = planned(scenario)
    start = plan.headlines.start_date
    days = [start + timedelta(days=data.draw(st.integers(0, 300))) for _ in plan.tasks]
    records = {task.task.id: {"started": start, "finished": day} for task, day in zip(plan.tasks, days, strict=True)}
    at = max(days) + timedelta(days=data.draw(st.integers(0, 50)))
    result = planned(with_status(scenario, at, records))
    assert result.headlines.finish_date == max(days)
    drawn = simulate(result, draws=20)
    assert {drawn.finish_at(share) for share in (0.05, 0.5, 1)} == {result.headlines.finish_date}
