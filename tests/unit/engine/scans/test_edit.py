"""What a proposal sets: a line for each task, licence and count, of which each can be left out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.builders import quiet
from zt_planner.domain.scan import (
    ControlOutcome,
    CountKind,
    FoundLicence,
    Result,
    Scan,
    ScanKind,
    Tally,
    UnseenReason,
    unseen_result,
)
from zt_planner.domain.scenario.fields import OWNED_LICENCES
from zt_planner.domain.scenario.scenario import OwnedLicence
from zt_planner.engine.scans.edit import (
    FIELDS,
    BeyondBounds,
    beyond_bounds,
    done_lines,
    edit_lines,
    edits_of,
    share_set,
)
from zt_planner.engine.scans.proposal import Evidence, LicenceProposal, Proposal, ProposedState, TaskProposal

DONE, PART, OPEN = ProposedState.DONE, ProposedState.PART, ProposedState.OPEN
TASKS = (
    TaskProposal("legacy_auth", DONE),
    TaskProposal("mfa_rollout", PART, Fraction(233, 250)),
    TaskProposal("admin_mfa", PART),
    TaskProposal("just_in_time", OPEN),
    TaskProposal("ztna", ProposedState.NOT_SEEN),
    TaskProposal("sso", ProposedState.CONTRADICTION),
    TaskProposal("kickoff", ProposedState.ASK),
)


def licence(price_id: str | None, owned: int | None, used: int | None = 0) -> LicenceProposal:
    """Return a licence that was found."""
    return LicenceProposal(FoundLicence("X", None, owned, used), price_id)


def counts(**numbers: int) -> tuple[Tally, ...]:
    """Return what was counted."""
    return tuple(Tally(CountKind(what), number) for what, number in numbers.items())


def test_only_what_is_done_or_counted_is_set() -> None:
    assert edits_of(Proposal(TASKS), quiet()) == {
        "tasks.edits.legacy_auth.done": Decimal(1),
        "tasks.edits.mfa_rollout.done": Decimal("0.932"),
    }


def test_a_line_that_is_left_out_sets_nothing() -> None:
    found = Proposal(TASKS, (licence("m365-e3", 90), licence("entra-p2", 5)), counts(people=80))
    names = [line.name for line in edit_lines(found, quiet())]
    assert names == [
        "tasks.edits.legacy_auth.done",
        "tasks.edits.mfa_rollout.done",
        f"{OWNED_LICENCES}.m365-e3",
        f"{OWNED_LICENCES}.entra-p2",
        "company.employees",
    ]
    assert edits_of(found, quiet(), names) == {}
    kept = edits_of(found, quiet(), {*names} - {f"{OWNED_LICENCES}.entra-p2"})
    assert kept == {OWNED_LICENCES: ({"licence": "entra-p2", "seats": 5, "until": None},)}
    assert done_lines(found, quiet()) == set(names[:2])


def test_only_scans_that_say_what_is_confirmed_are_kept() -> None:
    passed, skipped = Result("x", ControlOutcome.PASSED), unseen_result("y", UnseenReason.SKIPPED)
    evidence = (Evidence(ScanKind.ZTA, passed, "a"), Evidence(ScanKind.MAESTER, skipped, "b"))
    seats, people = FoundLicence("X", None, 90), Tally(CountKind.PEOPLE, 80)
    proposal = Proposal(
        (TaskProposal("legacy_auth", DONE, None, evidence),),
        (LicenceProposal(seats, "m365-e3"),),
        (people,),
        (
            Scan(ScanKind.ZTA, "a"),
            Scan(ScanKind.MAESTER, "b"),
            Scan(ScanKind.LICENCES, "c", licences=(seats,)),
            Scan(ScanKind.USERS, "d", counts=(people,)),
            Scan(ScanKind.DEVICES, "e", counts=(Tally(CountKind.DEVICES, 1),)),
        ),
    )
    kinds = {
        "tasks.edits.legacy_auth.done": "zta",
        f"{OWNED_LICENCES}.m365-e3": "licences",
        "company.employees": "users",
    }
    names = {line.name for line in edit_lines(proposal, quiet())}
    assert names == set(kinds)
    for name, kind in kinds.items():
        edits = edits_of(proposal, quiet(), names - {name})
        assert {path for path in edits if path.startswith("status.scans.")} == {f"status.scans.{kind}"}


def test_a_count_that_files_tell_differently_is_no_line() -> None:
    found = Proposal((), (), (*counts(people=80), *counts(people=90), *counts(devices=6000)))
    assert edits_of(found, quiet()) == {"company.devices": 6000}


def test_what_the_scenario_has_already_is_no_line() -> None:
    given = quiet(
        tasks__edits={"legacy_auth": {"done": 1}, "mfa_rollout": {"done": 0.5}},
        company__employees=80,
        company__owned_licences=({"licence": "m365-e3", "seats": 90},),
    )
    found = Proposal(TASKS, (licence("m365-e3", 90),), counts(people=80))
    (line,) = edit_lines(found, given)
    assert (line.path, line.before, line.after) == ("tasks.edits.mfa_rollout.done", Decimal("0.5"), Decimal("0.932"))


def test_a_task_with_a_record_is_no_line_while_there_is_a_status_date() -> None:
    record = {"legacy_auth": {"started": "2027-01-11", "finished": "2027-01-15"}}
    under_way = quiet(status__at="2027-03-15", status__tasks=record)
    assert list(edits_of(Proposal(TASKS), under_way)) == ["tasks.edits.mfa_rollout.done"]
    assert "tasks.edits.legacy_auth.done" in edits_of(Proposal(TASKS), quiet(status__tasks=record))


@pytest.mark.parametrize(
    ("share", "is_set"),
    [
        (Fraction(1, 3), "0.333"),
        (Fraction(9999, 10000), "0.999"),
        (Fraction(1), "1"),
        (Fraction(1, 10000), "0.000"),
    ],
)
def test_a_share_is_whole_only_where_all_have_it(share: Fraction, is_set: str) -> None:
    assert share_set(share) == Decimal(is_set)


def test_a_share_of_next_to_nothing_is_no_line() -> None:
    assert edits_of(Proposal((TaskProposal("a", PART, Fraction(1, 10000)),)), quiet()) == {}


def test_products_of_one_price_are_owned_together_and_others_stay() -> None:
    given = quiet(
        company__owned_licences=(
            {"licence": "slack", "seats": 7},
            {"licence": "m365-f1", "seats": 1, "until": "2027-12-31"},
        )
    )
    found = Proposal((), (licence("m365-f1", 10), licence("m365-f1", 5), licence(None, 30)))
    (owned,) = edits_of(found, given).values()
    assert [OwnedLicence.model_validate(each) for each in owned] == [
        OwnedLicence(licence="slack", seats=7),
        OwnedLicence(licence="m365-f1", seats=15, until="2027-12-31"),
    ]


@pytest.mark.parametrize(
    ("owned", "used", "seats"), [(None, 8, 8), (0, 8, None), (None, None, None), (5001, 1, None), (5000, 1, 5000)]
)
def test_seats_are_those_that_are_paid_or_else_used_within_bounds(
    owned: int | None, used: int | None, seats: int | None
) -> None:
    edits = edits_of(Proposal((), (licence("m365-e3", owned, used),)), quiet())
    assert (edits[OWNED_LICENCES][0]["seats"] if edits else None) == seats


@pytest.mark.parametrize(
    ("numbers", "edits"),
    [
        ({"people": 5000, "devices": 20_000, "servers": 2000, "administrators": 3},
         {"company.employees": 5000, "company.devices": 20_000, "company.servers": 2000, "company.admins": 3}),
        ({"people": 5001, "devices": 20_001, "servers": 2001, "administrators": 0, "guests": 9}, {}),
        ({"people": 0, "devices": 0, "servers": 0}, {"company.devices": 0, "company.servers": 0}),
    ],
)  # fmt: skip
def test_counts_are_set_within_the_bounds_of_their_fields(numbers: dict[str, int], edits: dict[str, Any]) -> None:
    found = Proposal((), (), counts(**numbers))
    assert edits_of(found, quiet()) == edits
    beyond = {each.path for each in beyond_bounds(found)}
    assert beyond == {f"company.{name}" for what, name in FIELDS.items() if what in numbers} - edits.keys()


def test_what_no_scenario_takes_is_told_with_its_bounds() -> None:
    found = Proposal((), (licence("m365-e3", 3000), licence("m365-e3", 2001)), counts(people=5001, administrators=0))
    assert beyond_bounds(found) == (
        BeyondBounds("company.employees", 5001, 1, 5000),
        BeyondBounds("company.admins", 0, 1, None),
        BeyondBounds(f"{OWNED_LICENCES}.m365-e3", 5001, 1, 5000),
    )
    assert edits_of(found, quiet()) == {}
