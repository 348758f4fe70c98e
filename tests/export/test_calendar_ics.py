"""The calendar, read again by a calendar library and compared to the plan."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests.approval import Says
from tests.builders import TODAY
from tests.handouts import AWKWARD, NASTY, SCENARIOS, any_handout, handout
from tests.words import told
from zt_planner.domain.plan import CoverageState
from zt_planner.files.calendar import calendar_bytes, plan_key
from zt_planner.language import LanguageCode
from zt_planner.topics.stamp import stamp_of
from zt_planner.topics.task_words import task_name
from zt_planner.topics.view import AnyView

DAY = timedelta(days=1)


def read(given: AnyView) -> Calendar:
    """Return the calendar as a reader has it."""
    found = Calendar.from_ical(calendar_bytes(given))
    assert isinstance(found, Calendar)
    return found


def events(given: AnyView) -> dict[str, Any]:
    """Return the events by the part of their ids that names them: `task-kickoff`."""
    found = {str(event["uid"]): event for event in read(given).walk("VEVENT")}
    start = f"{plan_key(given)}-"
    return {uid.removeprefix(start).removesuffix("@zt-planner"): event for uid, event in found.items()}


def with_changes(**sections: Mapping[str, Any]) -> dict[str, Any]:
    """Return the awkward scenario with other sections."""
    return copy.deepcopy({**AWKWARD, **sections})


@pytest.mark.parametrize("given", SCENARIOS.values(), ids=tuple(SCENARIOS))
def test_every_task_is_an_event_of_whole_days(given: Mapping[str, Any]) -> None:
    handed = any_handout(given)
    found = {key: event for key, event in events(handed).items() if key.startswith("task-")}
    assert set(found) == {f"task-{task.task.id}" for task in handed.plan.tasks}
    for task in handed.plan.tasks:
        event = found[f"task-{task.task.id}"]
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (task.start, task.finish + DAY)
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert str(event["summary"]) == handed.language.write(task_name(task.task))
        assert str(event["transp"]) == "TRANSPARENT"


POINT = "milestone-nis2-"


def test_milestones_stand_on_their_days(says: Says) -> None:
    handed = handout()
    plan, found = handed.plan, events(handed)
    assert found["milestone-start"].decoded("dtstart") == plan.scenario.timeline.start
    assert found["milestone-finish"].decoded("dtstart") == plan.headlines.finish_date
    assert found["milestone-mfa"].decoded("dtstart") == plan.headlines.mfa_date
    assert found["milestone-mfa"].decoded("dtend") == found["milestone-mfa"].decoded("dtstart") + DAY
    says(str(found["milestone-mfa"]["summary"]))
    first = max(task.finish for task in plan.tasks if task.task.step == "1")
    assert found["milestone-step-1"].decoded("dtstart") == first
    assert str(found["milestone-step-1"]["summary"]) == "Identities protected"
    supported = {item.point: item.reached_on for item in plan.coverage if item.state is CoverageState.SUPPORTED}
    points = {key.removeprefix(POINT): found[key] for key in found if key.startswith(POINT)}
    assert {point: event.decoded("dtstart") for point, event in points.items()} == supported
    assert any(covered.state is CoverageState.PARTLY for covered in plan.coverage)
    assert all("no legal advice" in event["description"] for event in points.values())


def test_a_plan_that_never_ends_has_one_event_that_says_so() -> None:
    (only,) = events(any_handout(SCENARIOS["never ends"])).values()
    assert "does not end" in only["description"]


def test_an_event_says_what_its_task_takes_and_what_it_waits_for() -> None:
    found = events(handout(AWKWARD))
    assert "Waits for: Kick-off" in found["task-inventory"]["description"]
    assert "Then waiting for 2 weeks, until" in found["task-inventory"]["description"]
    assert "working days, 3.3 internal and 0.0 external person-days" in found["task-audit"]["description"]


@pytest.mark.extended
@pytest.mark.parametrize("code", LanguageCode)
def test_the_stamp_stands_in_the_calendar_and_in_its_first_event(code: LanguageCode) -> None:
    handed = handout(code=code)
    calendar = read(handed)
    assert str(calendar["description"]) == "\n".join(told(stamp_of(handed), handed.language))
    for line in told(stamp_of(handed), handed.language):
        assert line in events(handed)["milestone-start"]["description"]


@pytest.mark.extended
def test_a_name_of_any_kind_comes_back_as_it_is() -> None:
    handed = handout(AWKWARD)
    assert str(events(handed)["task-audit"]["summary"]) == NASTY
    assert NASTY in re.sub(r"\\(.)", r"\1", str(read(handed)["name"]))
    content = calendar_bytes(handed)
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.extended
def test_a_changed_plan_updates_its_events(says: Says) -> None:
    before, company = handout(AWKWARD), {**AWKWARD["company"], "employees": 190}
    renamed = copy.deepcopy(AWKWARD["tasks"])
    renamed["own"]["audit"] |= {"name": "Audit of the year", "fixed_start": "2027-12-06"}
    after = handout(with_changes(company=company, tasks=renamed), LanguageCode.GERMAN, today=TODAY + DAY)
    old, new = events(before), events(after)
    assert set(old) == set(new)
    assert plan_key(before) == plan_key(after)
    assert all(int(new[uid]["sequence"]) > int(event["sequence"]) for uid, event in old.items())
    assert events(after)["task-audit"].decoded("dtstart") == date(2027, 12, 6)
    says(str(events(after)["task-audit"]["summary"]))


@pytest.mark.extended
def test_two_companies_have_no_event_in_common() -> None:
    uids = [
        {str(event["uid"]) for event in read(handout({"company": {"name": name}})).walk("VEVENT")}
        for name in ("Müller GmbH", "Meier GmbH", "", "日本", "!", "?")
    ]
    assert sum(map(len, uids)) == len(set[str]().union(*uids))


def test_a_variant_has_no_event_in_common_with_its_plan() -> None:
    plan = handout()
    uids = [
        {str(event["uid"]) for event in read(each).walk("VEVENT")} for each in (plan, replace(plan, variant="B MDR"))
    ]
    assert uids[0].isdisjoint(uids[1])


def test_the_way_a_companys_name_is_written_does_not_count() -> None:
    keys = {plan_key(handout({"company": {"name": name}})) for name in ("Müller GmbH", "MÜLLER  GmbH", "Müller-GmbH ")}
    assert len(keys) == 1


def test_equal_plans_give_equal_bytes() -> None:
    assert calendar_bytes(handout(AWKWARD)) == calendar_bytes(handout(AWKWARD))
