"""What is said of a proposal piece by piece: each task in its step, licences and counts beside what the plan has."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.builders import case, quiet
from tests.scan_files import known_rules
from tests.words import told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scan import (
    ControlOutcome,
    CountKind,
    FoundLicence,
    Quantity,
    Result,
    Scan,
    ScanKind,
    Tally,
    quantity_of,
)
from zt_planner.engine.case import Case
from zt_planner.engine.scans.edit import EditLine
from zt_planner.engine.scans.proposal import (
    Evidence,
    LicenceProposal,
    ProposedState,
    TaskProposal,
    proposal_of,
    with_products,
)
from zt_planner.topics.scans import preview

MAY = date(2026, 5, 19)
SHARES = Result("OverviewAuthMethodsAllUsers", ControlOutcome.PARTLY, None, quantity_of(1165, 1250))


@pytest.fixture
def planned(phase_model: PhaseModel, price_book: PriceBook) -> Case:
    """Return a case of the known data."""
    return case(quiet(company__employees=1250), price_book, phase_model)


def part(task: str, result: Result) -> TaskProposal:
    """Return a task that is done in part, as a control counts."""
    share = None if result.quantity is None else result.quantity.share
    return TaskProposal(task, ProposedState.PART, share, (Evidence(ScanKind.ZTA, result, "a.json", MAY),))


def test_every_task_is_in_its_step_once(planned: Case) -> None:
    scan = Scan(ScanKind.ZTA, "a.json", MAY, (Result("21796", ControlOutcome.PASSED),))
    proposal = proposal_of((scan,), known_rules(), planned.base_model, planned.book)
    steps = tuple(preview.steps_of(proposal, planned))
    tasks = [task.task for step in steps for task in (*step.shown, *step.not_shown, *step.asked)]
    assert sorted(tasks) == sorted(planned.base_model.by_id)
    assert [task.task for step in steps for task in step.shown] == ["legacy_auth"]
    assert all(task.state is ProposedState.ASK for step in steps for task in step.asked)


@pytest.mark.parametrize(
    ("task", "result", "words"),
    [
        ("mfa_rollout", SHARES, "in part (1,165 of 1,250 people)"),
        ("enrolment", SHARES, "in part (1,165 of 1,250 devices)"),
        ("admin_mfa", SHARES, "in part (1,165 of 1,250)"),
        ("admin_mfa", Result("x", ControlOutcome.PARTLY, None, Quantity(Fraction(1, 2))), "in part (50%)"),
        ("admin_mfa", Result("x", ControlOutcome.PARTLY), "in part"),
    ],
)
def test_how_far_a_task_is_is_said_as_it_was_counted(task: str, result: Result, words: str) -> None:
    assert told(preview.state_with_count(part(task, result))) == words


def test_a_task_in_part_of_which_nobody_says_how_far_says_that_nothing_is_set() -> None:
    assert preview.without_share_text(part("admin_mfa", Result("x", ControlOutcome.PARTLY)))
    assert not preview.without_share_text(part("mfa_rollout", SHARES))
    assert not preview.without_share_text(TaskProposal("a", ProposedState.OPEN))


def test_sides_of_a_contradiction_have_a_program_and_its_day_each() -> None:
    results = (Result("x", ControlOutcome.PASSED), Result("y", ControlOutcome.FAILED))
    kinds = (ScanKind.ZTA, ScanKind.MAESTER)
    evidence = [Evidence(kind, result, "a", MAY) for kind, result in zip(kinds, results, strict=True)]
    absent = Evidence(ScanKind.SCUBAGEAR, Result("z", ControlOutcome.NOT_SEEN))
    task = TaskProposal("a", ProposedState.CONTRADICTION, None, (*evidence, absent))
    assert preview.sides(task) == {kinds[0]: (evidence[0],), kinds[1]: (evidence[1],)}
    assert (
        told(preview.side_title((evidence[0],)))
        == "Zero Trust Assessment of 19\N{NO-BREAK SPACE}May\N{NO-BREAK SPACE}2026"
    )
    both = TaskProposal("a", ProposedState.CONTRADICTION, None, (evidence[0], evidence[0]))
    assert told(preview.contradiction_text(task)) != told(preview.contradiction_text(both))


def test_what_would_be_recorded_never_names_a_start(planned: Case) -> None:
    task, day = part("mfa_rollout", SHARES), date(2027, 3, 1)
    finished = EditLine("f", "status.tasks.mfa_rollout.finished", None, day)
    left = EditLine("l", "status.tasks.mfa_rollout.remaining_days", None, 3)
    assert "1\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2027" in told(preview.actual_text(finished, task, planned))
    assert "3 working days" in told(preview.actual_text(left, task, planned))
    assert preview.no_start_text((left,))
    assert not preview.no_start_text((EditLine("d", "tasks.edits.mfa_rollout.done", 0, 1),))
    assert not preview.actual_text(EditLine("d", "tasks.edits.mfa_rollout.done", 0, 1), task, planned)


def test_a_product_that_somebody_names_is_one_of_the_book(planned: Case) -> None:
    scan = Scan(
        ScanKind.LICENCES, "a", None, (), (FoundLicence("LOOM", "ID-1", 5, 4), FoundLicence("SPE_E3", None, 9, None))
    )
    proposal = proposal_of((scan,), known_rules(), planned.base_model, planned.book)
    assert [licence.price_id for licence in proposal.licences] == [None, "m365-e3"]
    named = with_products(proposal, {"id-1": "m365-e5", "spe_e3": "m365-e5"})
    assert [licence.price_id for licence in named.licences] == ["m365-e5", "m365-e3"]
    assert told(preview.unknown_text(proposal.licences[0])) == "Which product is LOOM (5 seats, 4 used)?"
    assert told(preview.unknown_text(LicenceProposal(FoundLicence("LOOM"), None))) == "Which product is LOOM?"
    assert told(preview.found_as(named.licences, "m365-e3")) == "SPE_E3: 9 seats"


@pytest.mark.parametrize(
    ("before", "is_owned", "words"),
    [
        (None, False, "E3: 90 seats, none in the plan today"),
        (None, True, "E3: 90 seats, for everyone in the plan today"),
        (80, True, "E3: 90 seats, 80 in the plan today"),
    ],
)
def test_seats_stand_beside_those_of_today(before: int | None, is_owned: bool, words: str) -> None:  # noqa: FBT001 - a case
    assert told(preview.owned_text("E3", 90, before, is_owned=is_owned)) == words


@pytest.mark.parametrize(
    ("what", "number", "words"),
    [
        (CountKind.PEOPLE, 1300, "People: 1,300 counted, 1,250 in the plan today"),
        (CountKind.PEOPLE, 1250, "People: 1,250 counted, as in the plan"),
        (CountKind.GUESTS, 85, "Guests: 85 counted"),
    ],
)
def test_a_count_stands_beside_that_of_today(what: CountKind, number: int, words: str, planned: Case) -> None:
    assert told(preview.count_text(Tally(what, number), planned)) == words
