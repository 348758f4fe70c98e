"""A project file of ours that was edited elsewhere: days and work come back, and it is said what does not."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest
from lxml import etree

from tests.handouts import SCENARIOS, any_handout, handout
from tests.portions import values
from tests.project_edits import Edited, applied, foreign, read, reasons, tag, task_xml
from zt_planner.domain.incoming import FileKind, Incoming
from zt_planner.errors import FileProblem
from zt_planner.files.project.marks import DONE_FIELD, MFA_MILESTONE
from zt_planner.language import LanguageCode
from zt_planner.topics.view import View


def noticed(said: Incoming) -> list[str]:
    return [each.problem.format(**each.values) for each in said.notices]


@pytest.mark.parametrize("opened", values(SCENARIOS, "default", "awkward"))
@pytest.mark.parametrize("exported", values(SCENARIOS, "awkward"))
def test_a_file_that_nobody_edited_gives_no_edits_whatever_plan_is_open(
    exported: Mapping[str, Any], opened: Mapping[str, Any]
) -> None:
    said = Edited(any_handout(exported)).read_into(any_handout(opened))
    assert said.source is FileKind.PROJECT
    assert said.scenario is None
    assert said.edits == {}


@pytest.mark.parametrize("code", LanguageCode)
@pytest.mark.parametrize("given", values(SCENARIOS, "awkward"))
def test_for_the_plan_that_it_came_from_it_says_nothing_at_all(given: Mapping[str, Any], code: LanguageCode) -> None:
    said = Edited(any_handout(given, code)).read_into(any_handout(given))
    assert (said.edits, said.left_out, said.notices) == ({}, (), ())


def test_changed_work_is_an_effort(default: View, awkward: View) -> None:
    said = Edited(default).change("kickoff", Work="PT20H0M0S").read_into(default)
    assert said.edits == {"tasks.edits.kickoff.effort_days": 2.5}
    assert float(applied(said, default).tasks.edits["kickoff"].effort_days or 0) == 2.5
    assert Edited(awkward).change("audit", Work="PT33H0M0S").read_into(awkward).edits == {
        "tasks.own.audit.effort_days": 4.125
    }


@pytest.mark.parametrize("work", ["PT0H0M0S", "PT80001H0M0S"])
def test_work_that_no_task_has_is_left_out(work: str, default: View) -> None:
    said = Edited(default).change("kickoff", Work=work).read_into(default)
    assert said.edits == {}
    assert "its work must be above 0 and at most 10000 days" in reasons(said)[0]


def test_only_what_was_changed_in_the_file_is_taken(default: View) -> None:
    later = handout({"tasks": {"edits": {"kickoff": {"effort_days": 9}, "directory": {"fixed_start": "2027-03-01"}}}})
    said = Edited(default).change("mfa_rollout", Work="PT80H0M0S").read_into(later)
    assert said.edits == {"tasks.edits.mfa_rollout.effort_days": 10}
    assert Edited(default).change("kickoff", Work="PT72H0M0S").read_into(later).edits == {}


def test_a_file_that_has_lost_its_notes_is_held_against_the_plan(default: View) -> None:
    edited = Edited(default)
    for line in edited.root.iter(tag("Task")):
        for each in line.findall(tag("ExtendedAttribute"))[1:]:
            line.remove(each)
    assert edited.read_into(default).edits == {}
    said = edited.change("kickoff", Work="PT24H0M0S").read_into(default)
    assert said.edits == {"tasks.edits.kickoff.effort_days": 3}


def test_what_does_not_come_back_is_counted(default: View) -> None:
    edited = Edited(default).move("mfa_pilot", "2027-03-22", "2027-04-06").remove("kickoff")
    edited.insert("mfa_rollout", task_xml(777, "Penetration test", OutlineLevel=2))
    said = edited.read_into(default)
    assert said.edits == {}
    assert noticed(said) == ["new tasks: 1", "missing tasks: 1", "moved tasks: 1"]


def test_a_copied_task_and_one_that_the_plan_no_longer_has_are_left_out(default: View) -> None:
    edited = Edited(default)
    edited.line("mfa_rollout").addnext(copy.deepcopy(edited.line("mfa_rollout")))
    later = handout({"tasks": {"edits": {"works_council": {"in_scope": False}}}})
    said = edited.read_into(later)
    assert said.edits == {}
    assert [reason.rpartition(": ")[2] for reason in reasons(said)] == [
        "it is not a task of this plan, or it appears twice"
    ] * 2


def test_the_milestone_of_mfa_is_no_task(default: View) -> None:
    worked = Edited(default).change(MFA_MILESTONE, Work="PT16H0M0S", Duration="PT16H0M0S").read_into(default)
    assert (worked.edits, worked.left_out, worked.notices) == ({}, (), ())


def test_a_file_of_another_program_is_refused_with_what_to_do_instead(default: View) -> None:
    with pytest.raises(FileProblem, match=r"it was not exported from ZT Planner\. Choose a project file that was"):
        read(foreign(task_xml(1, "a")), default)


HALF_DONE = {"tasks": {"edits": {"mfa_rollout": {"done": 0.5}, "inventory": {"done": 1}, "kickoff": {"done": 1}}}}


def with_share(edited: Edited, mark: str, text: str | None) -> Edited:
    """Write another share that was done before into a line, as in the column Text3."""
    line = edited.line(mark)
    for each in line.findall(tag("ExtendedAttribute")):
        if each.findtext(tag("FieldID")) == DONE_FIELD:
            line.remove(each)
    if text is not None:
        field = etree.SubElement(line, tag("ExtendedAttribute"))
        etree.SubElement(field, tag("FieldID")).text = DONE_FIELD
        etree.SubElement(field, tag("Value")).text = text
    return edited


def test_what_was_done_before_comes_back_as_it_was(default: View) -> None:
    handed = handout(HALF_DONE)
    said = Edited(handed).read_into(handed)
    assert (said.edits, said.left_out, said.notices) == ({}, (), ())
    line = Edited(handed).line("done:inventory")
    assert (line.findtext(tag("PercentComplete")), line.findtext(tag("Work"))) == ("100", "PT0H0M0S")
    assert Edited(handed).read_into(default).edits == {}


@pytest.mark.parametrize(
    ("mark", "text", "edits"),
    [
        ("task:mfa_rollout", "80", {"tasks.edits.mfa_rollout.done": 0.8}),
        ("task:mfa_rollout", None, {"tasks.edits.mfa_rollout.done": 0}),
        ("task:ztna", "100 %", {"tasks.edits.ztna.done": 1}),
        ("done:inventory", "40", {"tasks.edits.inventory.done": 0.4}),
        ("done:inventory", None, {"tasks.edits.inventory.done": 0}),
        ("done:inventory", "140", {}),
        ("task:ztna", "soon", {}),
    ],
)
def test_another_share_that_was_done_before_is_taken(mark: str, text: str | None, edits: dict[str, float]) -> None:
    handed = handout(HALF_DONE)
    said = with_share(Edited(handed), mark, text).read_into(handed)
    assert {path: float(value) for path, value in said.edits.items()} == edits
    assert bool(said.left_out) is not bool(edits)


def test_changed_work_of_a_task_that_is_half_done_is_the_effort_of_the_whole() -> None:
    handed = handout(HALF_DONE)
    said = Edited(handed).change("mfa_rollout", Work="PT40H0M0S").read_into(handed)
    assert said.edits == {"tasks.edits.mfa_rollout.effort_days": 10}
    (task,) = (
        task
        for task in handout({"tasks": applied(said, handed).tasks.model_dump(mode="json")}).plan.tasks
        if task.task.id == "mfa_rollout"
    )
    assert task.work.days == 5
