"""What is left of ranges on the status date, and what finished tasks have taught (M26)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest

from tests.builders import MONDAY, RATES, jan, model, plan, quiet, task
from zt_planner.domain.progress import TaskState
from zt_planner.engine.plan import Plan
from zt_planner.engine.simulation.draws import RandomSource
from zt_planner.engine.simulation.ranges import Ranges, finished_as_recorded, learned_factor, ranges_of
from zt_planner.engine.simulation.result import SimulationModel

WIDE: dict[str, Any] = {"days": 5, "low": "0.5", "high": 2}
CHAIN = model(task("a", **WIDE), task("b", after=("a",), **WIDE), task("c", after=("b",), **WIDE))


A_DONE = {"a": {"started": jan(5), "finished": jan(13)}}


def made(at: date, records: dict[str, Any], **fields: Any) -> Plan:  # noqa: ANN401 - any field
    """Return a plan with a status."""
    return plan(quiet(status__at=at, status__tasks=records, **fields), RATES, CHAIN)


def ranges(given: Plan) -> Ranges:
    return ranges_of(given.scenario, given.tasks)


def test_the_example_of_the_model() -> None:
    begun = made(jan(14), A_DONE)
    assert finished_as_recorded(begun.scenario, begun.tasks) == (1, 7, 5)
    assert learned_factor(begun.scenario, begun.tasks) == pytest.approx(1.08)
    assert set(ranges(begun)) == {"effort:b", "effort:c"}
    assert (ranges(begun)["effort:b"].low, ranges(begun)["effort:b"].high) == pytest.approx((0.54, 2.16))
    running = ranges(made(jan(18), {**A_DONE, "b": {"started": jan(14)}}))
    assert (running["effort:b"].low, running["effort:b"].high) == pytest.approx((0.724, 1.696))


def test_learning_can_be_switched_off_and_needs_a_recorded_start() -> None:
    off = ranges(made(jan(14), A_DONE, status__learns=False))
    assert (off["effort:b"].low, off["effort:b"].high) == (0.5, 2)
    only_finish = made(jan(14), {"a": {"finished": jan(13)}})
    assert learned_factor(only_finish.scenario, only_finish.tasks) == 1
    assert learned_factor(made(MONDAY, {}).scenario, made(MONDAY, {}).tasks) == 1


def test_the_estimate_stays_in_a_range_that_has_learnt_much_and_what_is_certain_stays_so() -> None:
    late = {"a": {"started": MONDAY, "finished": date(2027, 6, 30)}}
    result = ranges(made(date(2027, 7, 1), late, uncertainty__effort_ranges={"c": (1, 1)}))
    assert result["effort:b"].low == 1
    assert result["effort:b"].high > 10
    assert "effort:c" not in result
    early = ranges(made(jan(5), {"a": {"started": MONDAY, "finished": MONDAY}}))
    assert early["effort:b"].low < 0.5
    assert 1 < early["effort:b"].high < 2


def drawn(given: Plan) -> dict[str, tuple[set[date], set[date]]]:
    """Return the starts and finishes of each task in a few draws."""
    sampled = SimulationModel(given)
    dates, _ = sampled.page(partial(RandomSource(1, 0).factors, count=200))
    day = sampled.order.axis.day
    return {
        task.task.id: (
            {day(index) for index in dates.starts[number].tolist()},
            {day(index - 1) for index in dates.ends[number].tolist()},
        )
        for number, task in enumerate(sampled.order.tasks)
    }


def test_draws_leave_what_is_done_and_the_start_of_what_runs_and_begin_the_rest_no_earlier() -> None:
    result = drawn(made(jan(18), {**A_DONE, "b": {"started": jan(14)}}))
    assert result["a"] == ({jan(5)}, {jan(13)})
    assert result["b"][0] == {jan(14)}
    assert min(result["b"][1]) >= jan(18)
    assert len(result["b"][1]) > 1
    assert min(result["c"][0]) > min(result["b"][1])


def test_a_length_that_was_recorded_is_what_is_drawn_around() -> None:
    result = drawn(made(MONDAY, {"a": {"remaining_days": 10}}))
    assert min(result["a"][1]) < jan(15) < max(result["a"][1])
    late = drawn(made(date(2027, 3, 1), {"a": {"started": MONDAY}}))
    assert min(late["a"][1]) == date(2027, 3, 1)


def test_what_is_done_is_critical_in_no_draw() -> None:
    sampled = SimulationModel(made(jan(14), A_DONE))
    dates, _ = sampled.page(partial(RandomSource(1, 0).factors, count=50))
    critical = dict(zip((task.task.id for task in sampled.order.tasks), sampled.order.is_critical(dates), strict=True))
    assert [bool(critical[key].any()) for key in "abc"] == [False, True, True]
    assert {task.state for task in sampled.order.tasks} == {TaskState.DONE, TaskState.NOT_BEGUN}
