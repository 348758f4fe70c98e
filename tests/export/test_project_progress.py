"""Progress in a project file that comes back: actual days are records, a percentage alone is none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import papers
from tests.builders import scenario
from tests.handouts import UNDER_WAY, handout
from tests.project_edits import Edited, applied, planned, reasons, tag, task_of
from zt_planner.domain.progress import TaskState
from zt_planner.engine.under_way.approved import approved
from zt_planner.files.project.marks import FACTS_FIELD
from zt_planner.files.project.rows import STEERING_UID, baseline_rows, project_rows
from zt_planner.topics.view import View


@pytest.fixture(scope="module")
def opened() -> View:
    return handout(UNDER_WAY)


def at(day: str, hour: int = 8) -> str:
    return f"{day}T{hour:02}:00:00"


def dated(edited: Edited, day: str | None) -> Edited:
    """Set the status date of a file."""
    node = edited.root.find(tag("StatusDate"))
    if day is None:
        edited.root.remove(node)
    else:
        node.text = at(day, 17)
    return edited


def test_a_task_that_was_finished_is_recorded_and_planned_as_done(opened: View) -> None:
    edited = Edited(opened).change(
        "mfa_pilot",
        ActualStart=at("2027-03-08"),
        ActualFinish=at("2027-03-19", 17),
        Finish=at("2027-03-19", 17),
        Duration="PT80H0M0S",
        RemainingDuration="PT0H0M0S",
        PercentComplete=100,
    )
    said = dated(edited, "2027-03-22").read_into(opened)
    assert said.edits == {"status.tasks.mfa_pilot.finished": "2027-03-19", "status.at": "2027-03-22"}
    assert said.left_out == ()
    task = task_of(planned(said, opened), "mfa_pilot")
    assert (task.state, task.finish) == (TaskState.DONE, date(2027, 3, 19))


def test_an_approved_plan_is_the_baseline_of_one_that_has_changed_since_before_any_work() -> None:
    plain = papers.handout(scenario(timeline__start="2027-01-04"))
    kept = approved(plain.case, "Anna", plain.plan.today)
    assert kept is not None
    changes = {"company__employees": 300, "status__approved": kept.model_dump(mode="json")}
    given = papers.handout(scenario(timeline__start="2027-01-04", **changes))
    rows, before = project_rows(given), project_rows(plain)
    baseline = baseline_rows(rows, given)
    assert {key: row.finish for key, row in baseline.items() if row.level} == {
        row.key: row.finish for row in before if row.level
    }
    assert baseline != {row.key: row for row in rows}
    edited = Edited(given)
    for resource in edited.root.iter(tag("Resource")):
        assert resource.findtext(tag("RemainingWork")) == resource.findtext(tag("Work"))
    assert edited.read_into(given).edits == {}


def test_a_task_that_was_started_stands_on_its_actual_start(opened: View) -> None:
    edited = Edited(opened).move("role_concept", "2027-03-10", "2027-03-23")
    said = edited.change("role_concept", ActualStart=at("2027-03-10")).read_into(opened)
    assert said.edits == {"status.tasks.role_concept.started": "2027-03-10"}
    assert said.left_out == ()


def test_what_is_left_of_a_running_task_is_recorded(opened: View) -> None:
    edited = Edited(opened).change("directory", RemainingDuration="PT72H0M0S", PercentComplete=52)
    assert edited.read_into(opened).edits == {"status.tasks.directory.remaining_days": 9}


def test_actual_days_that_were_taken_out_are_no_records_any_more(opened: View) -> None:
    edited = Edited(opened).change("kickoff", ActualStart=None, ActualFinish=None, PercentComplete=0)
    said = edited.read_into(opened)
    assert said.edits == {"status.tasks.kickoff.started": None, "status.tasks.kickoff.finished": None}
    assert applied(said, opened).status.tasks["kickoff"].started is None


def test_a_start_that_nobody_recorded_is_not_in_the_file_and_no_program_can_make_it_one(opened: View) -> None:
    edited = Edited(opened)
    uid = edited.uid("mfa_agreement")
    assigned = [each for each in edited.root.iter(tag("Assignment")) if each.findtext(tag("TaskUID")) == uid]
    for node in (edited.line("mfa_agreement"), *assigned):
        assert node.find(tag("ActualStart")) is None
        assert node.findtext(tag("ActualFinish")) == at("2027-01-14", 17)
        assert node.findtext(tag("RemainingWork")) != node.findtext(tag("Work"))
    filled_in = edited.change("mfa_agreement", ActualStart=at("2027-01-14"))
    assert filled_in.read_into(opened).edits == {}
    entered = edited.change("mfa_agreement", ActualStart=at("2027-01-12"))
    assert entered.read_into(opened).edits == {"status.tasks.mfa_agreement.started": "2027-01-12"}


@pytest.mark.extended
@pytest.mark.parametrize(
    ("task", "change", "reason"),
    [
        ("sso", {"PercentComplete": 50}, "a percentage, but no actual start"),
        ("directory", {"PercentComplete": 90}, "but not the days that are left"),
        ("directory", {"PercentComplete": 100, "RemainingDuration": "PT0H0M0S"}, "no actual finish"),
        ("directory", {"RemainingDuration": "PT99999H0M0S"}, "longer than a plan allows"),
        ("directory", {"ActualWork": "PT1H0M0S"}, "calculate from percentages"),
        ("directory", {"ActualStart": at("1990-01-01")}, "outside the dates"),
        ("directory", {"ActualFinish": at("2027-02-26")}, "before its actual start"),
    ],
)
def test_what_is_no_record_is_left_out_with_a_reason(
    task: str, change: dict[str, Any], reason: str, opened: View
) -> None:
    said = Edited(opened).change(task, **change).read_into(opened)
    assert said.edits == {}
    assert reason in reasons(said)[0]


def test_only_what_was_changed_in_the_file_counts_whatever_was_recorded_since(opened: View) -> None:
    later: dict[str, Any] = {**UNDER_WAY, "status": {"at": "2027-04-01", "tasks": {"kickoff": {}}}}
    edited = Edited(opened).change("directory", RemainingDuration="PT72H0M0S", PercentComplete=52)
    assert edited.read_into(handout(later)).edits == {"status.tasks.directory.remaining_days": 9}


def test_work_that_another_program_moved_to_the_status_date_is_planned_by_the_plan(opened: View) -> None:
    edited = Edited(opened).move("role_concept", "2027-03-22", "2027-04-06")
    said = dated(edited, "2027-03-20").read_into(opened)
    assert said.edits == {"status.at": "2027-03-20"}


def test_a_status_date_of_a_plan_without_one_counts_beside_records_only() -> None:
    plain = handout({"timeline": {"start": "2027-01-04"}})
    edited = Edited(plain)
    edited.root.insert(30, edited.root.makeelement(tag("StatusDate")))
    assert dated(edited, "2027-01-11").read_into(plain).edits == {}
    said = edited.change("kickoff", ActualStart=at("2027-01-05")).read_into(plain)
    assert said.edits == {"status.tasks.kickoff.started": "2027-01-05", "status.at": "2027-01-11"}


@pytest.mark.extended
def test_a_status_date_that_is_gone_or_no_day_of_a_plan_changes_nothing(opened: View) -> None:
    assert dated(Edited(opened), "1984-01-01").read_into(opened).edits == {}
    assert dated(Edited(opened), None).read_into(opened).edits == {}


def test_a_file_that_has_lost_its_notes_is_held_against_the_plan(opened: View) -> None:
    edited = Edited(opened)
    for field in edited.root.findall(f".//{tag('Task')}/{tag('ExtendedAttribute')}"):
        if field.findtext(tag("FieldID")) == FACTS_FIELD:
            field.getparent().remove(field)
    assert edited.read_into(opened).edits == {}


def test_everything_done_reaches_the_milestone_and_the_project() -> None:
    plain = handout({"timeline": {"start": "2027-01-04"}}).plan
    tasks = {task.task.id: {"started": task.start, "finished": task.finish} for task in plain.tasks}
    given = handout({"timeline": {"start": "2027-01-04"}, "status": {"at": "2028-01-10", "tasks": tasks}})
    rows = {row.uid: row.progress for row in project_rows(given)}
    assert rows[STEERING_UID] is None
    assert {each.percent for each in rows.values() if each is not None} == {100}
    assert all(each.finished for each in rows.values() if each is not None)
