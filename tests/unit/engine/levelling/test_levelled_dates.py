"""Levelled starts in a scenario: what they do to the schedule, and what is said about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.builders import MONDAY, book, case, model, quiet, task
from zt_planner.domain.finding import Code
from zt_planner.domain.plan import Capacity
from zt_planner.domain.scenario.levelled import Levelling
from zt_planner.domain.scenario.scenario import Mode, Scenario
from zt_planner.engine.levelling.problem import setting_of
from zt_planner.engine.planner import build_plan

CHAIN = model(task("a", days=2), task("b", days=1, after=("a",)), task("c", days=1))


def scenario(starts: dict[str, date], *, mode: Mode = Mode.CAPACITY, finish_by: date | None = None) -> Scenario:
    """Return a scenario of given teams, five internal days a week, with levelled starts."""
    given = Scenario().changed("timeline.start", MONDAY).changed("timeline.internal_days_per_week", 5)
    given = given.changed("timeline.mode", mode).changed("timeline.region", None)
    return given.model_copy(update={"levelling": Levelling(starts=tuple(starts.items()), finish_by=finish_by)})


def starts_of(given: Scenario) -> dict[str, int]:
    """Return each task's start in days after the plan's."""
    plan = build_plan(case(given, book(), CHAIN))
    return {placed.task.id: (placed.start - MONDAY).days for placed in plan.tasks}


def codes(given: Scenario) -> list[Code]:
    """Return the codes of what is doubtful about the time."""
    plan = build_plan(case(given, book(), CHAIN))
    return [finding.code for finding in plan.findings if "level" in finding.code or "finish_by" in finding.code]


def test_a_task_starts_on_its_levelled_day() -> None:
    days = {"a": MONDAY + timedelta(days=1), "b": MONDAY + timedelta(days=4), "c": MONDAY}
    assert starts_of(scenario(days)) == {"a": 1, "b": 4, "c": 0}


def test_the_earlier_levelled_day_comes_first_where_there_is_no_room_for_both() -> None:
    """By their chains the first task would come before the third."""
    assert starts_of(scenario({"a": MONDAY + timedelta(days=1), "c": MONDAY, "b": MONDAY})) == {"a": 1, "b": 3, "c": 0}


def test_a_task_without_a_levelled_day_takes_the_room_that_is_left() -> None:
    assert starts_of(scenario({"a": MONDAY, "b": MONDAY + timedelta(days=3)})) == {"a": 0, "b": 3, "c": 2}


def test_levelled_days_are_set_aside_while_the_finish_is_given() -> None:
    result = scenario({"a": MONDAY + timedelta(days=7)}, mode=Mode.DEADLINE)
    assert starts_of(result)["a"] == 0
    assert codes(result) == [Code.TIMELINE_LEVELLING_SET_ASIDE]


def test_levelled_days_hold_with_a_finish_given_until_what_they_were_found_for_changes() -> None:
    result = scenario({"a": MONDAY + timedelta(days=7)}, mode=Mode.DEADLINE)
    levelling = result.levelling.model_copy(update={"basis": case(result, book(), CHAIN).basis})
    levelled = result.model_copy(update={"levelling": levelling})
    assert starts_of(levelled)["a"] == 7
    assert codes(levelled) == []
    plan = build_plan(case(levelled, book(), CHAIN))
    assert plan.is_levelled
    assert plan.capacity == Capacity(Decimal(5), Decimal(2))
    for path, value in (
        ("timeline.target_months", 8),
        ("company.employees", 121),
        ("tasks.edits", {"b": {"in_scope": False}}),
    ):
        assert codes(levelled.changed(path, value)) == [Code.TIMELINE_LEVELLING_SET_ASIDE]
    teams_given = levelled.changed("timeline.mode", Mode.CAPACITY)
    assert starts_of(teams_given)["a"] == 7
    assert codes(teams_given) == []


def test_levelled_days_of_another_plan_are_outdated() -> None:
    result = scenario({"a": MONDAY})
    assert codes(result) == [Code.TIMELINE_LEVELLING_OUTDATED]
    levelling = result.levelling.model_copy(update={"basis": case(result, book(), CHAIN).basis})
    levelled = result.model_copy(update={"levelling": levelling})
    assert codes(levelled) == []
    assert codes(levelled.changed("finance.contingency", 0)) == []
    assert codes(levelled.changed("company.name", "Example")) == []
    assert codes(levelled.changed("company.employees", 121)) == [Code.TIMELINE_LEVELLING_OUTDATED]


def test_a_day_that_must_hold_and_does_not_is_said() -> None:
    assert codes(scenario({}, finish_by=MONDAY + timedelta(days=1))) == [Code.TIMELINE_FINISH_BY_MISSED]
    assert codes(scenario({}, finish_by=MONDAY + timedelta(days=3))) == []


def test_a_levelled_day_past_the_longest_plan_leaves_no_schedule() -> None:
    plan = build_plan(case(scenario({"a": date(2090, 1, 1)}), book(), CHAIN))
    assert [finding.code for finding in plan.findings][:1] == [Code.TIMELINE_TOO_LONG]


def test_a_levelled_day_of_a_task_that_is_gone_does_nothing() -> None:
    assert starts_of(scenario({"gone": MONDAY + timedelta(days=9)})) == {"a": 0, "b": 2, "c": 3}


def test_a_task_that_was_longer_when_it_was_levelled_keeps_its_day() -> None:
    longer = replace(CHAIN, tasks=(task("a", days=3), *CHAIN.tasks[1:]))
    plan = build_plan(
        case(scenario({"a": MONDAY, "b": MONDAY + timedelta(days=2), "c": MONDAY + timedelta(days=3)}), book(), longer)
    )
    assert {task.task.id: (task.start - MONDAY).days for task in plan.tasks} == {"a": 0, "b": 3, "c": 4}


@pytest.mark.parametrize(("days", "months"), [(20, 6), (150, 7), (1500, None)])
def test_a_finish_that_was_given_stays_or_becomes_the_first_that_is_kept(days: int, months: int | None) -> None:
    setting = setting_of(case(quiet(), book(), model(task("a", days=days))))
    assert setting is not None
    given = quiet(timeline__mode="deadline", timeline__target_months=6).timeline
    result = setting.levelled(setting.quick, given).timeline
    assert (result.mode, result.target_months) == ((Mode.CAPACITY, 12) if months is None else (Mode.DEADLINE, months))
