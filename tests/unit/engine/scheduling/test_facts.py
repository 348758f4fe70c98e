"""What is recorded of tasks, as facts of the schedule (M26): one day of work a day, from Monday 4 January 2027."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import CHAIN, MONDAY, RATES, case, jan, model, plan, quiet, schedule, task
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case_schedule import schedule_of
from zt_planner.engine.plan import StoppedPlan, calendar_of_plan
from zt_planner.engine.planner import build_plan

"""Three weeks: a to 8 January, b to 15 January, c to 22 January."""


def on(at: date | None, /, records: dict[str, Any] | None = None, **fields: Any) -> Scenario:  # noqa: ANN401 - any field
    """Return a scenario with a status date and what is recorded."""
    return quiet(status__at=at, status__tasks=records or {}, **fields)


def dated(given: Scenario, phase_model: PhaseModel = CHAIN) -> dict[str, ScheduledTask]:
    """Return the tasks of a plan by id."""
    return {task.task.id: task for task in plan(given, RATES, phase_model).tasks}


def test_a_finished_task_stands_on_its_recorded_days_and_what_follows_comes_after_it() -> None:
    result = dated(on(jan(14), {"a": {"started": jan(5), "finished": jan(13)}}))
    assert (result["a"].start, result["a"].finish, result["a"].length_days) == (jan(5), jan(13), 7)
    assert (result["b"].start, result["c"].finish) == (jan(14), jan(27))
    assert [item.state for item in result.values()] == [TaskState.DONE, TaskState.NOT_BEGUN, TaskState.NOT_BEGUN]
    assert not result["a"].is_critical
    assert result["b"].is_critical


def test_in_the_calendar_of_a_plan_recorded_days_are_worked() -> None:
    saturday = jan(9)
    result = plan(on(jan(14), {"a": {"started": jan(5), "finished": saturday}}), RATES, CHAIN)
    days = calendar_of_plan(result)
    assert days.day(days.index_from(saturday)) == saturday
    assert days.day(days.index_from(jan(10))) == jan(11)


def test_a_recorded_day_stays_worked_where_its_task_is_left_out() -> None:
    saturday = jan(9)
    given = on(jan(11), {"b": {"started": saturday, "finished": saturday}})
    without = given.changed("tasks.edits", {"b": {"in_scope": False}})
    days = calendar_of_plan(plan(without, RATES, CHAIN))
    assert days.day(days.index_from(saturday)) == saturday


def test_a_finished_task_never_moves_with_the_status_date() -> None:
    record = {"a": {"started": jan(5), "finished": jan(13)}}
    for at in (jan(13), jan(20), date(2027, 6, 1)):
        result = dated(on(at, record))["a"]
        assert (result.start, result.finish) == (jan(5), jan(13))


def test_a_running_task_keeps_its_start_and_has_left_what_has_not_passed() -> None:
    result = dated(on(jan(7), {"a": {"started": jan(5)}}))["a"]
    assert (result.start, result.finish, result.left_days) == (jan(5), jan(11), 3)  # two of five days have passed


def test_recorded_days_that_are_left_begin_on_the_status_date() -> None:
    result = dated(on(jan(7), {"a": {"started": jan(5), "remaining_days": 10}}))
    assert (result["a"].finish, result["b"].start) == (jan(20), jan(21))


def test_a_task_that_takes_longer_than_planned_has_one_day_left() -> None:
    result = dated(on(jan(20), {"a": {"started": jan(4)}}))["a"]
    assert (result.finish, result.left_days) == (jan(20), 1)


def test_what_has_not_begun_starts_on_the_status_date() -> None:
    assert dated(on(jan(20)))["a"].start == jan(20)
    assert dated(on(jan(20), {"a": {"remaining_days": 2}}))["a"].finish == jan(21)
    assert dated(on(date(2026, 12, 1)))["c"].finish == jan(22)


def test_a_later_day_is_a_plan_and_no_fact() -> None:
    started = dated(on(MONDAY, {"a": {"started": jan(11)}}))["a"]
    assert (started.state, started.start, started.finish) == (TaskState.NOT_BEGUN, jan(11), jan(15))
    due = dated(on(MONDAY, {"a": {"started": jan(11), "finished": jan(12)}}))["a"]
    assert (due.state, due.start, due.finish) == (TaskState.NOT_BEGUN, jan(11), jan(12))
    running = dated(on(jan(6), {"a": {"started": jan(5), "finished": jan(20)}}))["a"]
    assert (running.state, running.start, running.finish) == (TaskState.RUNNING, jan(5), jan(20))
    unknown = dated(on(MONDAY, {"a": {"finished": jan(20)}}))["a"]
    assert (unknown.start, unknown.finish) == (MONDAY, jan(8))


def test_a_finish_without_a_start_is_one_day() -> None:
    result = dated(on(jan(14), {"a": {"finished": jan(13)}}))["a"]
    assert (result.start, result.finish, result.length_days) == (jan(13), jan(13), 1)


def test_a_recorded_day_is_a_working_day_whatever_the_calendar_says() -> None:
    saturday, closed = jan(9), [["2027-01-09", "2027-01-20"]]
    result = dated(on(jan(11), {"a": {"started": jan(7), "finished": saturday}}, timeline__closures=closed))
    assert (result["a"].finish, result["a"].length_days) == (saturday, 3)
    assert result["b"].start == jan(21)


def test_days_before_the_start_of_the_plan_count_as_its_start() -> None:
    record = {"a": {"started": date(2026, 12, 1), "finished": date(2026, 12, 20)}, "b": {"started": date(2026, 12, 21)}}
    result = dated(on(jan(6), record))
    assert (result["a"].start, result["a"].finish) == (MONDAY, MONDAY)
    assert (result["b"].start, result["b"].finish) == (MONDAY, jan(8))


def test_what_was_begun_out_of_sequence_stands_all_the_same() -> None:
    result = dated(on(jan(7), {"b": {"started": jan(5), "finished": jan(6)}}))
    assert (result["b"].finish, result["a"].start, result["a"].finish) == (jan(6), jan(7), jan(13))
    assert result["c"].start == jan(14)  # the team is busy with a
    assert result["b"].after == ("a",)


def test_what_is_done_takes_no_day_of_a_team_and_what_runs_does() -> None:
    # Both tasks take the whole team: b, which waits for nothing, has to wait until a's remaining days are over.
    side = model(task("a", days=5), task("b", days=5))
    done = dated(on(jan(6), {"a": {"started": MONDAY, "finished": jan(6)}}), side)
    assert done["b"].start == jan(6)
    running = dated(on(jan(6), {"a": {"started": MONDAY, "remaining_days": 8}}), side)
    assert (running["a"].finish, running["b"].start, running["b"].links) == (jan(15), jan(18), ("a",))


def test_fewer_days_left_than_planned_take_no_more_of_a_team_a_day() -> None:
    side = model(task("a", days=5, team_share="0.5"), task("b", days=5, team_share="0.5"))
    result = dated(on(jan(6), {"a": {"remaining_days": 2}}), side)
    assert (result["a"].start, result["a"].finish, result["b"].start) == (jan(6), jan(7), jan(6))


def test_dates_that_were_set_for_a_task_are_over_when_it_has_begun() -> None:
    edits = {"a": {"fixed_start": jan(11)}, "b": {"earliest_start": jan(25)}}
    record = {"a": {"started": jan(5), "finished": jan(6)}, "b": {"started": jan(7)}}
    result = dated(on(jan(8), record, tasks__edits=edits))
    assert (result["a"].start, result["b"].start, result["b"].finish) == (jan(5), jan(7), jan(13))
    assert (result["a"].fixed_start, result["b"].earliest_start) == (jan(11), jan(25))


def test_the_teams_stay_those_of_the_plan_without_a_status() -> None:
    deadline: dict[str, Any] = {"timeline__mode": "deadline", "timeline__target_months": 1}
    planned = schedule(quiet(**deadline), CHAIN)
    late = schedule(on(jan(20), **deadline), CHAIN)
    assert late.teams == planned.teams
    assert planned.finish < date(2027, 2, 4) < late.finish
    assert late.missed_by is None


def test_the_money_of_a_finished_task_lies_in_the_months_in_which_it_ran() -> None:
    record = {"a": {"started": jan(25), "finished": date(2027, 2, 5)}}
    made = plan(on(date(2027, 2, 10), record), RATES, CHAIN)
    months = {str(line.month): line.amount for line in made.cost_lines if line.task_id == "a"}
    assert months == {"2027-01": 250, "2027-02": 250}


@pytest.mark.parametrize("at", [date(2060, 1, 1), date(2100, 1, 1)])
def test_a_status_date_far_past_the_plan_ends_as_too_long(at: date) -> None:
    given = on(at)
    assert schedule_of(case(quiet(), RATES, CHAIN)) is not None
    assert isinstance(build_plan(case(given, RATES, CHAIN)), StoppedPlan)


def test_all_done_is_finished_on_the_last_recorded_day_whatever_the_status_date() -> None:
    record = {key: {"started": jan(5), "finished": jan(day)} for key, day in {"a": 6, "b": 9, "c": 7}.items()}
    made = plan(on(date(2099, 1, 1), record), RATES, CHAIN)
    assert made.headlines.finish_date == jan(9)
