"""What is doubtful about the status of a plan (M26)."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.builders import CHAIN, MONDAY, RATES, jan, plan, quiet
from zt_planner.domain.finding import Code, Finding, Hindrance

AT = date(2027, 1, 14)


def facts_of(code: Code, records: dict[str, Any], at: date | None = AT, **fields: Any) -> list[dict[str, object]]:  # noqa: ANN401 - any field
    """Return the facts of all findings of a code."""
    made = plan(quiet(status__at=at, status__tasks=records, **fields), RATES, CHAIN)
    return [dict(finding.facts) for finding in made.findings if finding.code is code]


def status_codes(findings: tuple[Finding, ...]) -> set[Code]:
    """Return the codes of findings about the status."""
    return {finding.code for finding in findings if finding.code.startswith("status.")}


def test_a_status_that_is_in_order_finds_nothing() -> None:
    records = {"a": {"started": MONDAY, "finished": jan(8)}, "b": {"started": jan(8)}}
    made = plan(quiet(status__at=AT, status__tasks=records), RATES, CHAIN)
    assert status_codes(made.findings) == set()
    assert status_codes(plan(quiet(), RATES, CHAIN).findings) == set()


def test_records_without_a_status_date_are_said() -> None:
    assert facts_of(Code.STATUS_NO_DATE, {"b": {"started": MONDAY}}, at=None) == [{"tasks": ("b",)}]


def test_a_start_that_has_passed_without_a_status_date_is_said() -> None:
    passed = date(2026, 11, 5)
    assert facts_of(Code.STATUS_START_PASSED, {}, at=None, timeline__start=passed) == [{"start": passed}]
    assert facts_of(Code.STATUS_START_PASSED, {}, at=passed, timeline__start=passed) == []
    assert facts_of(Code.STATUS_START_PASSED, {}, at=None) == []


def test_a_week_of_which_nothing_is_recorded_is_said_while_there_is_work_left() -> None:
    assert facts_of(Code.STATUS_NOTHING_RECORDED, {}) == [{"since": MONDAY, "day": AT}]
    assert facts_of(Code.STATUS_NOTHING_RECORDED, {}, at=jan(8)) == []
    assert facts_of(Code.STATUS_NOTHING_RECORDED, {"b": {"remaining_days": 3}}) == []
    assert facts_of(Code.STATUS_NOTHING_RECORDED, {"no_such_task": {"started": MONDAY}}) != []


def test_a_status_date_that_lies_weeks_back_is_said_until_all_is_done() -> None:
    long_ago, last_week, today = date(2026, 10, 15), date(2026, 10, 30), date(2026, 11, 6)
    begun = {"a": {"started": date(2026, 10, 12)}}
    early: dict[str, Any] = {"timeline__start": date(2026, 10, 12)}
    assert facts_of(Code.STATUS_NOTHING_RECORDED, begun, at=long_ago, **early) == [{"since": long_ago, "day": today}]
    assert facts_of(Code.STATUS_NOTHING_RECORDED, begun, at=last_week, **early) == []
    done = {key: {"started": date(2026, 10, 12), "finished": date(2026, 10, 14)} for key in "abc"}
    assert facts_of(Code.STATUS_NOTHING_RECORDED, done, at=long_ago, **early) == []


def test_records_of_tasks_outside_the_plan_are_named_and_do_not_count() -> None:
    records = {"c": {"finished": jan(13)}, "no_such_task": {"started": MONDAY}}
    out = {"c": {"in_scope": False}}
    assert facts_of(Code.STATUS_NOT_IN_PLAN, records, tasks__edits=out) == [{"tasks": ("c", "no_such_task")}]


def test_days_after_the_status_date_and_before_the_start_are_said() -> None:
    records = {"a": {"started": date(2026, 12, 1)}, "b": {"finished": jan(15)}, "c": {"remaining_days": 3}}
    assert facts_of(Code.STATUS_IN_FUTURE, records) == [{"tasks": ("b",), "day": AT}]
    assert facts_of(Code.STATUS_BEFORE_START, records) == [{"tasks": ("a",), "start": MONDAY}]


def test_what_was_begun_before_its_predecessor_was_done_is_out_of_sequence() -> None:
    records = {"a": {"started": MONDAY, "finished": jan(8)}, "b": {"started": jan(7)}, "c": {"finished": jan(13)}}
    assert facts_of(Code.STATUS_OUT_OF_SEQUENCE, records) == [
        {"task": "b", "others": ("a",)},
        {"task": "c", "others": ("b",)},
    ]


def test_a_deadline_that_the_same_teams_miss_is_said() -> None:
    deadline = {"timeline__mode": "deadline", "timeline__target_months": 1}
    late = date(2027, 1, 28)
    assert facts_of(Code.STATUS_DEADLINE_MISSED, {}, at=MONDAY, **deadline) == []
    (facts,) = facts_of(Code.STATUS_DEADLINE_MISSED, {}, at=late, **deadline)
    assert facts["deadline"] == date(2027, 2, 4)
    assert facts_of(Code.TIMELINE_DEADLINE_IMPOSSIBLE, {}, at=late, **deadline) == []


def test_a_fixed_date_that_has_passed_without_a_start_is_missed_because_of_the_status() -> None:
    (facts,) = facts_of(Code.TASK_FIXED_DATE_MISSED, {}, tasks__edits={"a": {"fixed_start": jan(11)}})
    assert (facts["by"], facts["until"], facts["start"]) == (Hindrance.STATUS, AT, AT)
    begun = {"a": {"started": jan(12)}}
    assert facts_of(Code.TASK_FIXED_DATE_MISSED, begun, tasks__edits={"a": {"fixed_start": jan(11)}}) == []


def test_a_fixed_date_ahead_is_missed_because_of_a_team_that_still_runs() -> None:
    side = {"a": {"started": MONDAY, "remaining_days": 12}}
    free = {"b": {"after": []}, "c": {"after": [], "fixed_start": jan(18)}}
    (facts,) = facts_of(Code.TASK_FIXED_DATE_MISSED, side, tasks__edits=free)
    assert (facts["by"], facts["others"]) == (Hindrance.TEAM, ("a",))
