"""What is said of a proposal piece by piece: each task in its step, licences and counts beside what the plan has."""

from __future__ import annotations

import re
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
    ProposedState,
    TaskProposal,
    proposal_of,
)
from zt_planner.language import Words
from zt_planner.topics.scan_names import scan_name
from zt_planner.topics.scans import preview
from zt_planner.topics.scans.words import state_text

MAY = date(2026, 5, 19)
SHARES = Result("OverviewAuthMethodsAllUsers", ControlOutcome.PARTLY, None, quantity_of(1165, 1250))


@pytest.fixture
def planned(phase_model: PhaseModel, price_book: PriceBook) -> Case:
    """Return a case of the known data."""
    return case(quiet(company__employees=1250), price_book, phase_model)


def numbers_in(text: Words) -> list[str]:
    return re.findall(r"\d[\d,]*", str(told(text)))


def part(task: str, result: Result) -> TaskProposal:
    """Return a task that is done in part, as a control counts."""
    share = None if result.quantity is None else result.quantity.share
    return TaskProposal(task, ProposedState.PART, share, (Evidence(ScanKind.ZTA, result, "a.json", MAY),))


def test_every_task_is_in_its_step_once(planned: Case) -> None:
    scan = Scan(ScanKind.ZTA, "a.json", MAY, (Result("21796", ControlOutcome.PASSED),))
    proposal = proposal_of((scan,), known_rules(), planned.base_model, planned.book)
    steps = tuple(preview.steps_of(proposal, planned))
    tasks = [task.task for step in steps for task in (*step.shown, *step.not_shown, *step.asked)]
    assert sorted(tasks) == sorted(task.task for step in steps for task in step.tasks)
    assert sorted(tasks) == sorted(planned.base_model.by_id)
    assert [task.task for step in steps for task in step.shown] == ["legacy_auth"]
    assert all(task.state is ProposedState.ASK for step in steps for task in step.asked)


@pytest.mark.parametrize(
    ("result", "numbers"),
    [
        (SHARES, ["1,165", "1,250"]),
        (Result("x", ControlOutcome.PARTLY, None, Quantity(Fraction(1, 2))), ["50"]),
        (Result("x", ControlOutcome.PARTLY), []),
    ],
)
def test_how_far_a_task_is_is_said_as_it_was_counted(result: Result, numbers: list[str]) -> None:
    assert numbers_in(state_text(part("admin_mfa", result))) == numbers


def test_what_was_counted_is_named_where_that_is_known() -> None:
    texts = {told(state_text(part(task, SHARES))) for task in ("mfa_rollout", "enrolment", "admin_mfa")}
    assert len(texts) == 3
    assert all(numbers_in(text) == ["1,165", "1,250"] for text in texts)


def test_a_control_is_said_by_what_it_asks_for_before_what_came_of_it() -> None:
    rules = known_rules()
    evidence = Evidence(ScanKind.ZTA, Result("21796", ControlOutcome.FAILED), "a.json", MAY)
    unknown = Evidence(ScanKind.ZTA, Result("0", ControlOutcome.FAILED), "a.json", MAY)
    known_line, unknown_line = map(told, preview.evidence_lines((evidence, unknown), rules))
    assert known_line.startswith(rules.meanings[ScanKind.ZTA, "21796"])
    assert "21796" in known_line
    assert unknown_line.split(":")[0].endswith(" 0")
    assert not preview.evidence_lines((Evidence(ScanKind.ZTA, Result("21796", ControlOutcome.FAILED)),), rules)


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
    assert preview.side_title((evidence[0],)) == scan_name(ScanKind.ZTA, MAY)
    both = TaskProposal("a", ProposedState.CONTRADICTION, None, (evidence[0], evidence[0]))
    assert told(preview.contradiction_text(task)) != told(preview.contradiction_text(both))


def test_what_would_be_recorded_never_names_a_start(planned: Case) -> None:
    task, day = part("mfa_rollout", SHARES), date(2027, 3, 1)
    finished = EditLine("f", "status.tasks.mfa_rollout.finished", None, day)
    left = EditLine("l", "status.tasks.mfa_rollout.remaining_days", None, 3)
    assert numbers_in(preview.actual_text(finished, task, planned)) == ["1", "2027"]
    assert numbers_in(preview.actual_text(left, task, planned)) == ["3"]
    assert preview.no_start_text((left,))
    assert not preview.no_start_text((EditLine("d", "tasks.edits.mfa_rollout.done", 0, 1),))
    assert not preview.actual_text(EditLine("d", "tasks.edits.mfa_rollout.done", 0, 1), task, planned)


@pytest.mark.parametrize(
    ("before", "numbers"),
    [(None, ["90"]), (80, ["90", "80"])],
)
def test_seats_stand_beside_those_of_today(before: int | None, numbers: list[str]) -> None:
    assert numbers_in(preview.owned_text("P", 90, before, is_owned=True)) == numbers


def test_no_seats_are_told_from_seats_for_everyone() -> None:
    none, everyone = (preview.owned_text("P", 90, None, is_owned=is_owned) for is_owned in (False, True))
    assert told(none) != told(everyone)


@pytest.mark.parametrize(
    ("what", "number", "numbers"),
    [
        (CountKind.PEOPLE, 1300, ["1,300", "1,250"]),
        (CountKind.PEOPLE, 1250, ["1,250"]),
        (CountKind.GUESTS, 85, ["85"]),
    ],
)
def test_a_count_stands_beside_that_of_today(what: CountKind, number: int, numbers: list[str], planned: Case) -> None:
    assert numbers_in(preview.count_text(Tally(what, number), planned)) == numbers
