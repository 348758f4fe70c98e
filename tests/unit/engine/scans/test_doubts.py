"""What of a proposal is doubted: counts of another company, work that is open again, licences without seats."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import builders
from tests.builders import FREE_SUITE, book, model, quiet, task
from zt_planner.domain.scan import (
    ControlOutcome,
    CountKind,
    FoundLicence,
    Result,
    Scan,
    ScanKind,
    Tally,
)
from zt_planner.domain.scenario.scenario import OwnedLicence
from zt_planner.engine.case import Case
from zt_planner.engine.scans.doubts import doubted_counts, no_longer_done, without_seats
from zt_planner.engine.scans.proposal import Evidence, LicenceProposal, Proposal, ProposedState, TaskProposal

SCANNED = date(2027, 3, 1)
DONE = {"tasks__edits": {"a": {"done": 1}}}


def case(**fields: Any) -> Case:  # noqa: ANN401 - fields of the scenario
    """Return a company of 120 people."""
    return builders.case(quiet(company__employees=120, **fields), book(FREE_SUITE), model(task("a")))


@pytest.mark.parametrize(("people", "is_far"), [(80, False), (79, True), (120, False), (180, False), (181, True)])
def test_a_count_is_doubted_where_it_is_far_from_the_plans(people: int, *, is_far: bool) -> None:
    counted = Proposal((), (), (Tally(CountKind.PEOPLE, people), Tally(CountKind.GUESTS, 9_000)))
    assert doubted_counts(counted, case()) == ({"company.employees"} if is_far else set())


def test_what_follows_the_people_is_compared_with_what_the_plan_counts_with() -> None:
    counted = Proposal((), (), (Tally(CountKind.DEVICES, 150), Tally(CountKind.ADMINISTRATORS, 45)))
    assert doubted_counts(counted, case()) == {"company.admins"}
    assert doubted_counts(counted, case(company__admins=40, company__devices=20)) == {"company.devices"}


def test_counts_of_demonstration_data_are_doubted() -> None:
    shown, other = Tally(CountKind.PEOPLE, 121), Tally(CountKind.SERVERS, 5)
    scans = (
        Scan(ScanKind.ZTA, "a.json", SCANNED, counts=(shown,), is_demonstration=True),
        Scan(ScanKind.SCUBAGEAR, "b.json", SCANNED, counts=(other,)),
    )
    assert doubted_counts(Proposal((), (), (shown, other), scans), case(company__servers=5)) == {"company.employees"}


def proposed(state: ProposedState, day: date | None = SCANNED) -> Proposal:
    """Return what a scan says of the task."""
    evidence = Evidence(ScanKind.ZTA, Result("1", ControlOutcome.FAILED), "a.json", day)
    return Proposal((TaskProposal("a", state, None, (evidence,)),))


OPEN, PART, NOT_SEEN = ProposedState.OPEN, ProposedState.PART, ProposedState.NOT_SEEN


@pytest.mark.parametrize(
    ("state", "fields", "is_told"),
    [
        (OPEN, {}, False),
        (OPEN, DONE, True),
        (PART, DONE, True),
        (NOT_SEEN, DONE, False),
        (OPEN, {**DONE, "status__scans": {"zta": "2027-02-01", "maester": "2027-04-01"}}, True),
        (OPEN, {**DONE, "status__scans": {"zta": "2027-03-01"}}, False),
        (OPEN, {"status__at": "2027-03-31", "status__tasks": {"a": {"finished": "2027-02-10"}}}, True),
        (OPEN, {"status__at": "2027-03-31", "status__tasks": {"a": {"finished": "2027-03-20"}}}, False),
    ],
)
def test_work_that_is_done_in_the_plan_and_open_in_a_later_scan_is_told(
    state: ProposedState, fields: dict[str, Any], *, is_told: bool
) -> None:
    told = [task.task for task in no_longer_done(proposed(state), quiet(**fields))]
    assert told == (["a"] if is_told else [])


def test_a_scan_that_does_not_say_its_day_may_be_older() -> None:
    assert not list(no_longer_done(proposed(OPEN, None), quiet(**DONE)))


def test_a_licence_that_is_found_without_seats_is_told() -> None:
    none = LicenceProposal(FoundLicence("E3", None, 0, 0), "m365-e3")
    other = LicenceProposal(FoundLicence("E5", None, 0, 0), "m365-e5")
    owned = OwnedLicence(licence="m365-e3", seats=90)
    scenario = quiet(company__owned_licences=[owned])
    assert list(without_seats(Proposal((), (none, other)), scenario)) == [owned]
    used = LicenceProposal(FoundLicence("E3 again", None, None, 4), "m365-e3")
    assert not list(without_seats(Proposal((), (none, used)), scenario))
