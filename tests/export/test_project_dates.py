"""Dates that were changed in a project file of ours: what somebody set is a date, what followed is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.project_edits import Edited, applied, planned, reasons, task_of

if TYPE_CHECKING:
    from zt_planner.reports.documents.handout import Handout


def test_a_task_that_was_dragged_has_a_fixed_start(default: Handout) -> None:
    said = Edited(default).move("mfa_pilot", "2027-03-22", "2027-04-06").read_into(default)
    assert said.edits == {"tasks.edits.mfa_pilot.fixed_start": "2027-03-22"}
    assert task_of(planned(said, default), "mfa_pilot").start.isoformat() == "2027-03-22"


def test_an_own_task_that_was_dragged_has_one_too(awkward: Handout) -> None:
    said = Edited(awkward).move("audit", "2028-01-10", "2028-01-14", constraint=2).read_into(awkward)
    assert said.edits == {"tasks.own.audit.fixed_start": "2028-01-10"}
    applied(said, awkward)


def test_a_fixed_start_takes_the_place_of_an_earliest_one(awkward: Handout) -> None:
    said = Edited(awkward).move("licence_order", "2027-06-21", "2027-07-01").read_into(awkward)
    assert said.edits == {
        "tasks.edits.licence_order.earliest_start": None,
        "tasks.edits.licence_order.fixed_start": "2027-06-21",
    }
    applied(said, awkward)


def test_a_date_that_another_program_wrote_without_a_constraint_is_fixed_too(default: Handout) -> None:
    said = Edited(default).change("mfa_pilot", Start="2027-04-19T08:00:00").read_into(default)
    assert said.edits == {"tasks.edits.mfa_pilot.fixed_start": "2027-04-19"}


def test_what_moved_with_what_it_waits_for_is_found_by_the_plan(default: Handout) -> None:
    edited = Edited(default).move("mfa_agreement", "2027-01-18", "2027-01-21")
    said = edited.move("mfa_pilot", "2027-02-05", "2027-02-10", constraint=0).read_into(default)
    assert said.edits == {"tasks.edits.mfa_agreement.fixed_start": "2027-01-18"}
    (moved,) = said.notices
    assert moved.values == {"count": 1}


def test_a_task_on_the_day_on_which_the_one_before_ends_at_noon_follows_too(default: Handout) -> None:
    edited = Edited(default).move("mfa_pilot", "2027-03-22", "2027-04-06")
    said = edited.change("mfa_rollout", Start="2027-04-06T13:00:00").read_into(default)
    assert said.edits == {"tasks.edits.mfa_pilot.fixed_start": "2027-03-22"}


def test_a_date_that_no_plan_can_have_is_left_out(default: Handout) -> None:
    said = Edited(default).change("kickoff", Start="2019-01-07T08:00:00").read_into(default)
    assert said.edits == {}
    assert "outside the dates" in reasons(said)[0]


@pytest.mark.parametrize(
    ("task", "constraint", "edits"),
    [
        ("kickoff", {"ConstraintType": 2}, {"tasks.edits.kickoff.fixed_start": "2027-03-15"}),
        (
            "inventory",
            {"ConstraintType": 4, "ConstraintDate": "2027-03-17T08:00:00"},
            {"tasks.edits.inventory.earliest_start": "2027-03-17"},
        ),
        ("signing", {"ConstraintType": 0}, {"tasks.own.signing.fixed_start": None}),
        ("licence_order", {"ConstraintType": 0}, {"tasks.edits.licence_order.earliest_start": None}),
        ("kickoff", {"ConstraintType": 1}, {}),
    ],
)
def test_a_constraint_is_a_date_of_the_task(
    task: str, constraint: dict[str, Any], edits: dict[str, Any], awkward: Handout
) -> None:
    said = Edited(awkward).change(task, **constraint).read_into(awkward)
    assert said.edits == edits
    assert len(said.left_out) == (not edits)
    applied(said, awkward)


def test_a_task_that_was_dragged_to_where_its_links_end_is_meant_to_be_there(default: Handout) -> None:
    inventory = task_of(default.plan, "inventory")
    assert inventory.start.isoformat() == "2027-01-13"
    said = Edited(default).move("inventory", "2027-01-07", "2027-01-22").read_into(default)
    assert said.edits == {"tasks.edits.inventory.fixed_start": "2027-01-07"}


def test_a_task_that_the_teams_held_back_and_the_one_before_now_does_follows(default: Handout) -> None:
    edited = Edited(default).move("kickoff", "2027-02-01", "2027-02-03")
    said = edited.change("inventory", Start="2027-02-04T08:00:00").read_into(default)
    assert said.edits == {"tasks.edits.kickoff.fixed_start": "2027-02-01"}


def test_another_earliest_day_of_a_task_that_starts_later_anyway_is_kept(default: Handout) -> None:
    said = Edited(default).change("inventory", ConstraintDate="2027-01-11T08:00:00").read_into(default)
    assert said.edits == {"tasks.edits.inventory.earliest_start": "2027-01-11"}
