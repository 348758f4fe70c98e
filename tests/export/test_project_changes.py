"""A project file of ours that was edited elsewhere comes back as edits of the plan that is open."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from tests.handouts import SCENARIOS, handout
from tests.portions import values
from tests.project_edits import Edited, applied, own_tasks, planned, reasons, tag, task_of, task_xml
from zt_planner.domain.incoming import FileKind
from zt_planner.errors import ScenarioError
from zt_planner.export.project.marks import MFA_MILESTONE
from zt_planner.language import LanguageCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.reports.documents.handout import Handout

WEEK = 7 * 24 * 60 * 10


@pytest.mark.parametrize("opened", values(SCENARIOS, "default", "awkward"))
@pytest.mark.parametrize("exported", values(SCENARIOS, "awkward"))
def test_a_file_that_nobody_edited_gives_no_edits_whatever_plan_is_open(
    exported: Mapping[str, Any], opened: Mapping[str, Any]
) -> None:
    said = Edited(handout(exported)).read_into(handout(opened))
    assert said.source is FileKind.PROJECT
    assert said.scenario is None
    assert said.edits == {}


@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("given", values(SCENARIOS, "awkward"))
def test_for_the_plan_that_it_came_from_it_says_nothing_at_all(given: Mapping[str, Any], code: LanguageCode) -> None:
    said = Edited(handout(given, code)).read_into(handout(given))
    assert (said.edits, said.left_out, said.notices) == ({}, (), ())


def test_a_file_of_another_state_says_so(default: Handout, awkward: Handout) -> None:
    said = Edited(default).read_into(awkward)
    assert "another state" in said.notices[0].problem
    assert "Works council" in str(said.notices[1].values["tasks"])
    (missing,) = said.left_out
    assert "Signing" in str(missing.values["tasks"])


@pytest.mark.extended
def test_changed_work_is_an_effort(default: Handout) -> None:
    said = Edited(default).change("kickoff", Work="PT24H0M0S").read_into(default)
    assert said.edits == {"tasks.edits.kickoff.effort_days": 3}
    edited = Edited(default).work("kickoff", 14, team=1).work("kickoff", 6, team=2).change("kickoff", Work="PT20H0M0S")
    assert edited.read_into(default).edits == {"tasks.edits.kickoff.effort_days": 2.5}
    assert float(applied(edited.read_into(default), default).tasks.edits["kickoff"].effort_days or 0) == 2.5


def test_work_of_the_teams_counts_where_the_tasks_own_was_not_changed(default: Handout) -> None:
    said = Edited(default).work("kickoff", 28, team=1).work("kickoff", 12, team=2).read_into(default)
    assert said.edits == {"tasks.edits.kickoff.effort_days": 5}


def test_a_task_without_work_is_left_out(default: Handout) -> None:
    said = Edited(default).change("kickoff", Work="PT0H0M0S").work("kickoff", 0, team=1).work("kickoff", 0, team=2)
    assert reasons(said.read_into(default)) == [
        "2 Kick-off, sponsor, scope, NIS2 applicability check: a task of a plan has work"
    ]


@pytest.mark.extended
def test_who_works_can_be_changed_of_own_tasks_only(awkward: Handout, default: Handout) -> None:
    edited = Edited(awkward)
    assignment = copy.deepcopy(next(edited.root.iter(tag("Assignment"))))
    for name, value in (("UID", 77), ("TaskUID", edited.uid("audit")), ("ResourceUID", 2), ("Work", "PT6H36M0S")):
        assignment.find(tag(name)).text = str(value)
    edited.root.find(tag("Assignments")).append(assignment)
    said = edited.change("audit", Work="PT33H0M0S").read_into(awkward)
    assert said.edits == {"tasks.own.audit.effort_days": 4.125, "tasks.own.audit.external_share": 0.2}
    other = Edited(default).work("kickoff", 8, team=1).work("kickoff", 8, team=2).read_into(default)
    assert other.edits == {}
    assert "the team that does the work" in reasons(other)[0]


def test_a_longer_task_has_a_least_length(default: Handout) -> None:
    said = Edited(default).change("kickoff", Duration="PT36H0M0S").read_into(default)
    assert said.edits == {"tasks.edits.kickoff.min_length_days": 5}


@pytest.mark.extended
def test_a_shorter_one_only_where_its_least_length_is_what_holds_it(awkward: Handout) -> None:
    said = Edited(awkward).change("licence_order", Duration="PT32H0M0S").read_into(awkward)
    assert said.edits == {"tasks.edits.licence_order.min_length_days": 4}
    other = Edited(awkward).change("inventory", Duration="PT88H0M0S").read_into(awkward)
    assert other.edits == {}
    assert "its length follows from its effort and the teams" in reasons(other)[0]


def test_a_new_link_is_a_predecessor(default: Handout) -> None:
    said = Edited(default).link("licence_order", "works_council").read_into(default)
    assert said.edits == {"tasks.edits.licence_order.after": ["inventory", "works_council"]}
    applied(said, default)


def test_a_new_link_keeps_what_is_out_of_scope_now(awkward: Handout) -> None:
    waits = next(task for task in awkward.plan.tasks if "works_council" in task.task.after)
    said = Edited(awkward).link(waits.task.id, "signing").read_into(awkward)
    assert said.edits == {f"tasks.edits.{waits.task.id}.after": [*waits.task.after, "signing"]}


def test_a_link_that_was_taken_away_is_none_any_more(default: Handout) -> None:
    said = Edited(default).unlink("licence_order", "inventory").read_into(default)
    assert said.edits == {"tasks.edits.licence_order.after": []}


def test_a_circle_is_refused_with_its_tasks(default: Handout) -> None:
    edited = Edited(default).link("kickoff", "licence_order")
    with pytest.raises(ScenarioError, match="circle"):
        edited.read_into(default)


def test_another_kind_of_link_is_said_and_counts(default: Handout) -> None:
    said = Edited(default).link("licence_order", "works_council", kind=3).read_into(default)
    assert said.edits == {"tasks.edits.licence_order.after": ["inventory", "works_council"]}
    assert any("finish-to-start" in reason for reason in reasons(said))


def test_a_link_to_nowhere_or_to_the_steering_is_said(default: Handout) -> None:
    edited = Edited(default).link("licence_order", "plan:steering")
    edited.line("directory").append(copy.deepcopy(edited.links("directory")[0]))
    edited.links("directory")[-1].find(tag("PredecessorUID")).text = "4711"
    said = edited.read_into(default)
    assert said.edits == {}
    assert [reason.partition(": ")[2] for reason in reasons(said)] == [
        "it waits for something that is not a task of the plan",
        "it waits for something that is not in the file",
    ]


@pytest.mark.extended
def test_another_lag_is_another_wait(default: Handout) -> None:
    said = Edited(default).relag("works_council", 4 * WEEK).read_into(default)
    assert said.edits == {"tasks.edits.works_council.wait_weeks": 4}
    working = Edited(default).relag("works_council", 10 * 480 * 10, lag_format=7).read_into(default)
    assert working.edits == {"tasks.edits.works_council.wait_weeks": 2}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"lag": 4 * WEEK, "most": 1}, "its successors have different lags"),
        ({"lag": WEEK // 2}, "not a whole number of weeks"),
        ({"lag": -WEEK}, "not a whole number of weeks"),
        ({"lag": 50, "lag_format": 19}, "not a whole number of weeks"),
    ],
)
def test_a_lag_that_is_no_wait_is_left_out(change: dict[str, Any], reason: str, default: Handout) -> None:
    said = Edited(default).relag("inventory", **change).read_into(default)
    assert said.edits == {}
    assert reason in reasons(said)[0]


def test_a_task_that_was_taken_out_goes_out_of_scope_and_passes_on_what_it_waited_for(awkward: Handout) -> None:
    said = Edited(awkward).remove("inventory").remove("audit").read_into(awkward)
    assert said.edits == {"tasks.edits.inventory.in_scope": False, "tasks.own.audit.in_scope": False}
    after = planned(said, awkward)
    assert {"inventory", "audit"}.isdisjoint(task.task.id for task in after.tasks)


def test_a_task_that_the_file_never_had_stays(default: Handout) -> None:
    own = {"late": {"step": "1", "name": "Added later", "effort_days": 1}}
    later = handout({"tasks": {"own": own}})
    said = Edited(default).remove("kickoff").read_into(later)
    assert not any(path.endswith("in_scope") for path in said.edits)
    assert "tasks of the plan are not in the file: Kick-off" in reasons(said)[0]
    assert "Added later" in reasons(said)[0]


@pytest.mark.extended
def test_the_milestone_of_mfa_is_no_task_and_no_change(default: Handout) -> None:
    given = handout({"tasks": {"edits": {"mfa_rollout": {"wait_weeks": 2}}}})
    moved = Edited(given).change(MFA_MILESTONE, Name="MFA!", Start="2027-06-01T17:00:00", Finish="2027-06-01T17:00:00")
    for edited in (moved, Edited(given).remove(MFA_MILESTONE)):
        said = edited.read_into(given)
        assert (said.edits, said.left_out, said.notices) == ({}, (), ())
    worked = Edited(default).change(MFA_MILESTONE, Work="PT16H0M0S", Duration="PT16H0M0S")
    (added,) = own_tasks(worked.read_into(default)).values()
    assert (added["name"], added["effort_days"]) == ("Everyone has MFA", 2)
    assert set(added["after"]) == {"mfa_rollout", "remote_mfa"}


def test_what_waits_for_the_milestone_of_mfa_waits_for_its_tasks(default: Handout) -> None:
    edited = Edited(default)
    edited.links("sso")[0].find(tag("PredecessorUID")).text = edited.uid(MFA_MILESTONE)
    said = edited.read_into(default)
    assert {"mfa_rollout", "remote_mfa"} <= set(said.edits["tasks.edits.sso.after"])
    assert said.left_out == ()


def test_only_what_was_changed_in_the_file_is_taken(default: Handout) -> None:
    later = handout({"tasks": {"edits": {"kickoff": {"effort_days": 9}, "directory": {"fixed_start": "2027-03-01"}}}})
    said = Edited(default).change("mfa_rollout", Work="PT80H0M0S").read_into(later)
    assert said.edits == {"tasks.edits.mfa_rollout.effort_days": 10}


def test_what_is_set_so_already_is_no_edit(default: Handout) -> None:
    later = handout({"tasks": {"edits": {"kickoff": {"effort_days": 9}}}})
    assert Edited(default).change("kickoff", Work="PT72H0M0S").read_into(later).edits == {}


def test_a_file_that_has_lost_its_notes_is_held_against_the_plan(default: Handout) -> None:
    edited = Edited(default)
    for line in edited.root.iter(tag("Task")):
        for each in line.findall(tag("ExtendedAttribute"))[1:]:
            line.remove(each)
    assert edited.read_into(default).edits == {}
    said = edited.change("kickoff", Work="PT24H0M0S", Start="2027-01-11T08:00:00").read_into(default)
    assert said.edits == {
        "tasks.edits.kickoff.fixed_start": "2027-01-11",
        "tasks.edits.kickoff.effort_days": 3,
    }


@pytest.mark.extended
def test_an_own_task_can_be_renamed_and_one_of_the_model_cannot(awkward: Handout) -> None:
    said = Edited(awkward).change("audit", Name="The year's audit").change("kickoff", Name="Start").read_into(awkward)
    assert said.edits == {"tasks.own.audit.name": "The year's audit"}
    assert reasons(said) == ["2 Start: it was renamed; a task of the model keeps its name"]
    nameless = Edited(awkward).change("audit", Name=" ").read_into(awkward)
    assert nameless.edits == {}
    assert "it has no name" in reasons(nameless)[0]


def test_an_own_task_can_go_to_another_step_and_one_of_the_model_cannot(awkward: Handout) -> None:
    edited = Edited(awkward)
    edited.line("step:1").addnext(edited.line("audit"))
    edited.line("step:1").addnext(edited.line("licence_order"))
    said = edited.read_into(awkward)
    assert said.edits == {"tasks.own.audit.step": "1"}
    assert "another step" in reasons(said)[0]


@pytest.mark.parametrize(
    ("mark", "change", "reason"),
    [
        ("kickoff", {"PercentComplete": 50}, "no actual start"),
        ("kickoff", {"FixedCost": 70000}, "costs follow from prices"),
        ("step:1", {"Name": "Who may do what"}, "a step keeps its name"),
        ("plan:steering", {"Work": "PT1H0M0S"}, "follow from the plan"),
        ("plan:steering", {"FixedCost": 1}, "follow from the plan"),
    ],
)
def test_what_a_plan_does_not_have_is_left_out(
    mark: str, change: dict[str, Any], reason: str, default: Handout
) -> None:
    said = Edited(default).change(mark, **change).read_into(default)
    assert said.edits == {}
    assert len(said.left_out) == 1
    assert reason in reasons(said)[0]


def test_an_inactive_task_is_out_of_scope(default: Handout) -> None:
    said = Edited(default).change("kickoff", Active=0).read_into(default)
    assert said.edits == {"tasks.edits.kickoff.in_scope": False}


def test_days_off_that_were_changed_and_a_steering_that_is_gone_are_said(default: Handout) -> None:
    edited = Edited(default)
    group = edited.root.find(f".//{tag('Exceptions')}")
    group.remove(group[0])
    coordination = edited.line("plan:steering")
    coordination.getparent().remove(coordination)
    said = edited.read_into(default)
    assert said.edits == {}
    assert [reason.partition(": ")[2] for reason in reasons(said)] == [
        "its days off were changed",
        "coordination and contingency were taken out",
    ]


def test_a_task_that_the_plan_no_longer_has_is_said_where_it_was_changed(default: Handout) -> None:
    later = handout({"tasks": {"edits": {"works_council": {"in_scope": False}}}})
    said = Edited(default).change("works_council", Work="PT8H0M0S").read_into(later)
    assert said.edits == {}
    (reason,) = reasons(said)
    assert reason.startswith("4 Works council: device management")
    assert reason.endswith(": it is not in the plan that is open")


def test_a_new_task_is_an_own_one_under_its_step(default: Handout) -> None:
    edited = Edited(default)
    new = task_xml(777, "Penetration test", OutlineLevel=2, Duration="PT40H0M0S", Work="PT16H0M0S")
    edited.insert("mfa_rollout", new)
    edited.line("task:sso").append(copy.deepcopy(edited.links("sso")[0]))
    edited.links("sso")[-1].find(tag("PredecessorUID")).text = "777"
    said = edited.read_into(default)
    assert said.edits == {
        "tasks.own.penetration-test": {
            "step": "1",
            "name": "Penetration test",
            "effort_days": 2,
            "min_length_days": 5,
            "earliest_start": "2027-03-01",
        },
        "tasks.edits.sso.after": [*task_of(default.plan, "sso").task.after, "penetration-test"],
    }
    assert "penetration-test" in task_of(planned(said, default), "sso").after


def test_a_copied_task_is_a_new_one(default: Handout) -> None:
    edited = Edited(default)
    copied = copy.deepcopy(edited.line("mfa_rollout"))
    copied.find(tag("UID")).text = "778"
    edited.line("mfa_rollout").addnext(copied)
    (added,) = own_tasks(edited.read_into(default)).values()
    assert (added["name"], added["step"], added["after"]) == (
        "MFA roll-out in waves, with training",
        "1",
        ["mfa_pilot"],
    )


def test_tasks_under_a_task_are_new_and_the_task_is_said(default: Handout) -> None:
    edited = Edited(default).insert("mfa_rollout", task_xml(779, "First wave", OutlineLevel=3))
    said = edited.read_into(default)
    assert set(own_tasks(said)) == {"first-wave"}
    assert "it has subtasks now" in reasons(said)[0]
