"""Earliest and fixed dates of tasks: kept where predecessors, teams and the calendar allow, otherwise said (M9b)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import book, case, model, quiet, task
from zt_planner.domain.data.phase_model import PhaseModel, Step
from zt_planner.domain.finding import Binds, Code, Fact, Hindrance
from zt_planner.domain.plan import Team
from zt_planner.engine.findings.task_checks import MOST_NAMED
from zt_planner.engine.plan import AnyPlan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.scheduling import schedule
from zt_planner.engine.scheduling.calendar import DayOff, day_off

TWO = model(task("a"), task("b", after=("a",)))
MODES = ("capacity", "deadline")


def planned(phase_model: PhaseModel, edits: Mapping[str, Any], **fields: Any) -> AnyPlan:  # noqa: ANN401 - any field
    """Return a plan with own figures of tasks."""
    return build_plan(case(quiet(tasks__edits=edits, **fields), book(), phase_model))


def starts(made: AnyPlan) -> dict[str, str]:
    """Return the first day of each task."""
    return {task.task.id: task.start.isoformat() for task in made.tasks}


def facts(made: AnyPlan, code: Code) -> list[Mapping[str, Fact]]:
    """Return what the findings of a code say."""
    return [finding.facts for finding in made.findings if finding.code is code]


@pytest.mark.parametrize("mode", MODES)
def test_a_task_starts_no_earlier_than_its_earliest_date(mode: str) -> None:
    # With a deadline the smallest team needs until 31 January for "a" of one day of work.
    day = {"capacity": "2027-01-14", "deadline": "2027-02-03"}[mode]
    result = planned(TWO, {"b": {"earliest_start": day}}, timeline__mode=mode)
    assert starts(result) == {"a": "2027-01-04", "b": day}
    assert [task.earliest_start for task in result.tasks] == [None, date.fromisoformat(day)]


def test_an_earliest_date_that_is_over_changes_nothing() -> None:
    for day in ("2021-05-03", "2027-01-05"):
        assert starts(planned(TWO, {"b": {"earliest_start": day}})) == {"a": "2027-01-04", "b": "2027-01-05"}


def test_an_earliest_date_on_a_weekend_is_the_monday_after_it() -> None:
    assert starts(planned(TWO, {"b": {"earliest_start": "2027-01-16"}}))["b"] == "2027-01-18"


@pytest.mark.parametrize("mode", MODES)
def test_a_task_starts_on_its_fixed_date_and_the_others_make_room(mode: str) -> None:
    # Without the date, "long" would run from Monday 4 to Friday 8 and "audit" after it.
    tasks = model(task("long", days=5), task("audit", days=2))
    result = planned(tasks, {"audit": {"fixed_start": "2027-01-06"}}, timeline__mode=mode)
    assert starts(result)["audit"] == "2027-01-06"
    assert starts(result)["long"] == {"capacity": "2027-01-08", "deadline": "2027-03-03"}[mode]
    assert [task.keeps_date for task in result.tasks] == [False, True]
    assert not facts(result, Code.TASK_FIXED_DATE_MISSED)


def test_what_a_fixed_date_waits_for_comes_first_where_it_would_be_late_otherwise() -> None:
    # "urgent" has the larger priority and takes the team for four days; then "before" would end on the 8th.
    tasks = model(task("urgent", days=4, head_start_days=99), task("before"), task("audit", after=("before",)))
    assert starts(planned(tasks, {}))["before"] == "2027-01-08"
    result = planned(tasks, {"audit": {"fixed_start": "2027-01-06"}})
    assert starts(result) == {"urgent": "2027-01-07", "before": "2027-01-04", "audit": "2027-01-06"}


def test_predecessors_are_never_passed_over_and_the_finding_names_them() -> None:
    # a runs on Monday 4 and waits a week: b may start on Tuesday 12.
    result = planned(TWO, {"a": {"wait_weeks": 1}, "b": {"fixed_start": "2027-01-06"}})
    assert starts(result)["b"] == "2027-01-12"
    assert facts(result, Code.TASK_FIXED_DATE_MISSED) == [
        {
            "task": "b",
            "day": date(2027, 1, 6),
            "start": date(2027, 1, 12),
            "by": Hindrance.PREDECESSORS,
            "others": ("a",),
            "until": date(2027, 1, 12),
        }
    ]


EARLY = {"head_start_days": 9}
BUSY = model(
    task("a", days=3, **EARLY), task("b", days=3, **EARLY), task("audit", after=("a", "b"), **EARLY), task("c", days=1)
)


def test_a_team_that_cannot_finish_what_comes_before_in_time_gives_the_date_up() -> None:
    # a and b are six days for one team; "audit" was to start after four, and starts on the seventh.
    result = planned(BUSY, {"audit": {"fixed_start": "2027-01-08"}})
    assert starts(result) == {"a": "2027-01-04", "b": "2027-01-07", "audit": "2027-01-12", "c": "2027-01-13"}
    (said,) = facts(result, Code.TASK_FIXED_DATE_MISSED)
    assert (said["by"], said["others"]) == (Hindrance.PREDECESSORS, ("b",))


def test_what_an_earlier_step_holds_up_is_named_with_the_tasks_that_do() -> None:
    """With steps one after the other, a task waits for every task of the step before it."""
    steps = model(task("rollout", step=Step.DEVICES, days=3), task("watch", step=Step.MONITORING))
    result = planned(steps, {"watch": {"fixed_start": "2027-01-05"}}, timeline__steps="in_turn")
    (said,) = facts(result, Code.TASK_FIXED_DATE_MISSED)
    assert (said["by"], said["others"], said["until"]) == (Hindrance.PREDECESSORS, ("rollout",), date(2027, 1, 7))


def test_who_gives_a_date_up_gives_the_teams_days_back() -> None:
    # "audit" waits for two tasks of one team, so it cannot start on the second day; "visit" then can.
    both = model(task("a"), task("b"), task("audit", after=("a", "b")), task("visit"))
    result = planned(both, {name: {"fixed_start": "2027-01-05"} for name in ("audit", "visit")})
    assert starts(result) == {"a": "2027-01-04", "b": "2027-01-06", "audit": "2027-01-07", "visit": "2027-01-05"}


def test_after_many_tries_fixed_dates_are_earliest_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    edits = {"audit": {"fixed_start": "2027-01-08"}, "c": {"fixed_start": "2027-01-15"}}
    tried = planned(BUSY, edits)
    monkeypatch.setattr(schedule, "MOST_PASSES", 1)
    assert starts(planned(BUSY, edits)) == starts(tried)


@pytest.mark.parametrize(("external_share", "team"), [(0, Team.INTERNAL), (1, Team.EXTERNAL)])
def test_of_two_fixed_dates_that_a_team_cannot_keep_the_earlier_one_is_kept(external_share: int, team: Team) -> None:
    two = model(*(task(key, days=3, external_share=external_share) for key in ("late", "early")))
    result = planned(two, {"early": {"fixed_start": "2027-01-11"}, "late": {"fixed_start": "2027-01-12"}})
    assert starts(result) == {"early": "2027-01-11", "late": "2027-01-14"}
    (said,) = facts(result, Code.TASK_FIXED_DATE_MISSED)
    assert (said["task"], said["by"], said["team"], said["others"]) == ("late", Hindrance.TEAM, team, ("early",))


def test_a_fixed_date_before_the_plan_begins_cannot_be_kept() -> None:
    result = planned(TWO, {"a": {"fixed_start": "2026-12-07"}})
    assert starts(result)["a"] == "2027-01-04"
    assert not result.tasks[0].keeps_date
    (said,) = facts(result, Code.TASK_FIXED_DATE_MISSED)
    assert (said["by"], said["plan_start"]) == (Hindrance.START, date(2027, 1, 4))


def test_a_fixed_date_on_a_day_off_is_said_and_the_next_working_day_counts() -> None:
    closed = {"timeline__closures": [["2027-01-13", "2027-01-14"]], "timeline__region": "DE-NW"}
    for day, off, start in (
        ("2027-01-16", DayOff.WEEKEND, "2027-01-18"),
        ("2027-01-13", DayOff.CLOSURE, "2027-01-15"),
        ("2027-03-26", DayOff.HOLIDAY, "2027-03-30"),
    ):
        result = planned(TWO, {"b": {"fixed_start": day}}, **closed)
        assert starts(result)["b"] == start
        assert result.tasks[1].keeps_date
        (said,) = facts(result, Code.TASK_FIXED_ON_DAY_OFF)
        assert (said["off"], said["day"]) == (off, date.fromisoformat(day))
        assert not facts(result, Code.TASK_FIXED_DATE_MISSED)


def test_why_a_day_is_off() -> None:
    closures = ((date(2027, 7, 26), date(2027, 8, 13)),)
    results = [
        day_off(day, "DE-NW", year_end_freeze=True, closures=closures)
        for day in (date(2027, 1, 2), date(2027, 12, 27), date(2027, 8, 2), date(2027, 8, 16))
    ]
    assert results == [DayOff.WEEKEND, DayOff.FREEZE, DayOff.CLOSURE, None]


def test_many_fixed_dates_that_are_missed_share_a_finding() -> None:
    keys = [f"t{number}" for number in range(MOST_NAMED + 3)]
    result = planned(model(*map(task, keys)), {key: {"fixed_start": "2027-01-11"} for key in keys})
    said = facts(result, Code.TASK_FIXED_DATE_MISSED)
    assert len(said) == MOST_NAMED + 1
    assert said[-1] == {"task": None, "tasks": ("t4", "t5")}


def test_a_team_large_enough_for_the_fixed_dates_comes_before_a_smaller_one() -> None:
    # 2 days a week would finish in time; but "audit" takes one day of work in the week before it is fixed.
    tasks = model(task("before", days=4), task("audit", days=1, after=("before",)))
    fields: dict[str, Any] = {"timeline__mode": "deadline", "timeline__target_months": 2}
    small = planned(tasks, {}, **fields)
    assert small.capacity is not None
    large = planned(tasks, {"audit": {"fixed_start": "2027-01-11"}}, **fields)
    assert large.capacity is not None
    assert large.capacity.internal == 4  # 4 days of work in the five days until Friday 8
    assert small.capacity.internal < large.capacity.internal
    assert starts(large)["audit"] == "2027-01-11"


def test_where_no_team_keeps_every_fixed_date_the_smallest_in_time_that_keeps_most_is_the_answer() -> None:
    three = model(*(task(key) for key in "abc"))
    edits = {key: {"fixed_start": "2027-01-11"} for key in "abc"}
    limits = {"timeline__target_months": 2, "timeline__max_internal_days_per_week": 9}
    result = planned(three, edits, timeline__mode="deadline", **limits)
    # One day of work each, which a task takes whole: a second one fits beside it with ten days a week only.
    assert [task.keeps_date for task in result.tasks] == [True, False, False]
    assert result.capacity is not None
    assert result.capacity.internal == Fraction(1, 2)  # three times ten days from 11 January on
    limits["timeline__max_internal_days_per_week"] = 10
    result = planned(three, edits, timeline__mode="deadline", **limits)
    assert [task.keeps_date for task in result.tasks] == [True, True, False]


def test_dates_that_bind_a_deadline_are_named() -> None:
    fields: dict[str, Any] = {"timeline__mode": "deadline", "timeline__target_months": 1}
    (said,) = facts(planned(TWO, {"b": {"earliest_start": "2027-03-01"}}, **fields), Code.TIMELINE_DEADLINE_IMPOSSIBLE)
    assert said["binds"] is Binds.DATES
    late = {"a": {"wait_weeks": 9}, "b": {"earliest_start": "2027-04-01"}}
    (said,) = facts(planned(TWO, late, **fields), Code.TIMELINE_DEADLINE_IMPOSSIBLE)
    assert said["binds"] is Binds.WAITS


@pytest.mark.parametrize("figure", ["earliest_start", "fixed_start"])
@pytest.mark.parametrize("mode", MODES)
def test_a_date_past_the_end_of_the_calendar_leaves_no_schedule(figure: str, mode: str) -> None:
    result = planned(TWO, {"b": {figure: "2099-01-05"}}, timeline__mode=mode)
    assert [finding.code for finding in result.findings][:1] == [Code.TIMELINE_TOO_LONG]


def test_slack_ends_at_a_fixed_date_and_a_task_that_keeps_its_own_has_none() -> None:
    # "a" runs on Monday 4, "audit" on Wednesday 13: "a" can move to Tuesday 12, six working days.
    tasks = model(task("a"), task("audit", after=("a",)), task("long", days=15, external_share=1))
    result = planned(tasks, {"audit": {"fixed_start": "2027-01-13"}})
    assert {task.task.id: task.slack_days for task in result.tasks} == {"a": 6, "audit": 0, "long": 0}
    free = planned(tasks, {"audit": {"earliest_start": "2027-01-13"}})
    assert {task.task.id: task.slack_days for task in free.tasks} == {"a": 13, "audit": 7, "long": 0}


def test_a_date_is_no_link_through_a_team() -> None:
    result = planned(model(task("a"), task("b")), {"b": {"earliest_start": "2027-01-05"}})
    assert [task.links for task in result.tasks] == [(), ()]


def test_without_a_task_that_a_rule_names_the_finding_says_what_is_not_bought() -> None:
    named = model(
        task("mfa_rollout", needs=["mfa"]), task("edr_onboarding", needs=["edr"]), task("ztna"), task("other", days=0)
    )
    edits: dict[str, Any] = {key: {"in_scope": False} for key in ("mfa_rollout", "edr_onboarding", "ztna")}
    own = {"audit": {"step": "1", "name": "Audit", "effort_days": 1, "in_scope": True}}
    result = planned(named, {**edits, "other": {"in_scope": True}}, tasks__own=own, choices__remote_access="ztna")
    (said,) = facts(result, Code.TASK_NOT_BOUGHT)
    assert said["tasks"] == ("mfa_rollout", "edr_onboarding", "ztna")
    assert said["bought"] == ("training", "server_protection", "network_access", "mfa", "edr")
    (idle,) = facts(result, Code.TASK_NO_EFFORT)
    assert idle["tasks"] == ("other",)


def test_nothing_is_said_of_what_would_not_have_been_bought() -> None:
    named = model(task("edr_onboarding"), task("ztna"), task("hardware_install", days=0), task("other"))
    edits = {key: {"in_scope": False} for key in ("edr_onboarding", "ztna", "hardware_install")}
    result = planned(named, edits, company__servers=0)
    assert not facts(result, Code.TASK_NOT_BOUGHT)
    assert result.fallen_away == ("edr_onboarding", "ztna", "hardware_install")


def test_what_another_task_needs_as_well_is_still_bought() -> None:
    both = model(task("pilot", needs=["mfa"]), task("rollout", needs=["mfa"]))
    assert not facts(planned(both, {"pilot": {"in_scope": False}}), Code.TASK_NOT_BOUGHT)


def test_a_plan_with_nothing_in_scope_has_no_work() -> None:
    result = planned(TWO, {key: {"in_scope": False} for key in "ab"})
    assert [finding.code for finding in result.findings][:1] == [Code.TIMELINE_NO_WORK]
