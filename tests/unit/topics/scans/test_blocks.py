"""What is said of a proposal: the first line, every task once, and what the controls stand for."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
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
    counted_result,
    quantity_of,
)
from zt_planner.engine.case import Case
from zt_planner.engine.scans.edit import edit_lines
from zt_planner.engine.scans.effect import DoneEffect
from zt_planner.engine.scans.proposal import Proposal, ProposedState, proposal_of
from zt_planner.files.scan_json import scan_bytes
from zt_planner.topics.block import Role, Sentence
from zt_planner.topics.scans.blocks import (
    control_table,
    doubt_texts,
    effect_text,
    headline,
    licence_table,
    line_table,
    news_text,
    scan_group,
    task_table,
)
from zt_planner.topics.scans.preview import steps_of
from zt_planner.topics.scans.words import result_text

MAY = date(2026, 5, 19)
SCANS = (
    Scan(
        ScanKind.ZTA,
        "a.json",
        MAY,
        (
            Result("21796", ControlOutcome.PASSED),
            counted_result("OverviewAuthMethodsAllUsers", quantity_of(1165, 1250)),
        ),
        counts=(Tally(CountKind.PEOPLE, 1250), Tally(CountKind.GUESTS, 85)),
    ),
    Scan(
        ScanKind.SCUBAGEAR,
        "b.json",
        None,
        (Result("MS.AAD.1.1", ControlOutcome.FAILED),),
        (FoundLicence("SPE_E3", "05e9a617-0261-4cee-bb44-138d3ef5d965", 90, 84), FoundLicence("LOOM", None, 5, None)),
        other_versions=("MS.AAD.1.1v9",),
    ),
)


@pytest.fixture
def planned(phase_model: PhaseModel, price_book: PriceBook) -> Case:
    """Return a case of the known data."""
    return case(quiet(), price_book, phase_model)


@pytest.fixture
def proposal(planned: Case) -> Proposal:
    """Return what two scans propose that contradict each other."""
    return proposal_of(SCANS, known_rules(), planned.base_model, planned.book)


@pytest.fixture
def rows(proposal: Proposal, planned: Case) -> dict[str, tuple[str, ...]]:
    """Return the rows of the tables of tasks by the names of the tasks."""
    tables = [task_table(step.tasks, planned) for step in steps_of(proposal, planned)]
    written = [tuple(map(str, row)) for table in tables for row in told(table).rows]
    assert len({name for name, *_ in written}) == len(written)
    return {name: tuple(cells) for name, *cells in written}


def test_every_task_has_a_row_in_its_step(rows: dict[str, tuple[str, ...]], planned: Case) -> None:
    assert sorted(rows) == sorted(task.name for task in planned.base_model.tasks)


def test_what_contradicts_each_other_stands_side_by_side(rows: dict[str, tuple[str, ...]], planned: Case) -> None:
    _, controls = rows[planned.base_model.by_id["legacy_auth"].name]
    assert [said.split(":")[0] for said in controls.split("; ")] == ["21796", "MS.AAD.1.1"]


def test_a_share_is_said_with_the_people_behind_it(rows: dict[str, tuple[str, ...]], planned: Case) -> None:
    for cell in rows[planned.base_model.by_id["mfa_rollout"].name]:
        assert "1,165 of 1,250" in cell


def test_only_controls_of_a_file_are_explained_each_once(proposal: Proposal) -> None:
    rows = told(control_table(proposal, known_rules())).rows
    assert [row[0] for row in rows] == ["OverviewAuthMethodsAllUsers", "21796", "MS.AAD.1.1"]
    assert all(row[3] for row in rows)


def test_an_unknown_licence_is_asked_for(proposal: Proposal, planned: Case) -> None:
    known, unknown = told(licence_table(proposal.licences, planned)).rows
    assert known[1:] == ("Microsoft 365 E3", "90", "84")
    assert unknown[2:] == ("5", "")


def test_every_line_stands_with_its_name_where_that_is_asked_for(proposal: Proposal, planned: Case) -> None:
    lines = edit_lines(proposal, planned.scenario)
    named = told(line_table(lines, planned, is_named=True)).rows
    assert {name: after for _, _, after, name in named} == {
        "tasks.edits.mfa_pilot.done": "100%",
        "tasks.edits.mfa_rollout.done": "93.2%",
        "company.owned_licences.m365-e3": "90",
        "company.employees": "1,250",
    }
    assert [row[:3] for row in named] == list(told(line_table(lines, planned)).rows)


def test_what_is_left_out_is_no_line(proposal: Proposal, planned: Case) -> None:
    names = {line.name for line in edit_lines(proposal, planned.scenario)}
    every, none = (scan_group(proposal, known_rules(), planned, None, left_out).blocks for left_out in ((), names))
    assert len(every) == len(none) + 1


def test_the_first_line_counts_what_is_not_left_out(proposal: Proposal) -> None:
    every = str(told(headline(proposal, None)))
    fewer = str(told(headline(proposal, None, {"tasks.edits.mfa_pilot.done", "tasks.edits.mfa_rollout.done"})))
    assert every.startswith("1 of 44 ")
    assert "1 in part" in every
    assert fewer.startswith("0 of 44 ")
    assert "part" not in fewer


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (None, ()),
        (DoneEffect(Decimal(0), 0), ()),
        (DoneEffect(None, 0), ()),
        (DoneEffect(Decimal("18400.4"), 9), ("18,400", "9")),
        (DoneEffect(Decimal(18400), 1), ("18,400", "1")),
        (DoneEffect(Decimal(18400), 0), ("18,400",)),
        (DoneEffect(None, 9), ("9",)),
        (DoneEffect(Decimal(-500), 9), ("500", "9")),
        (DoneEffect(Decimal(-500), 0), ("500",)),
    ],
)
def test_money_and_weeks_are_said_where_there_are_some(effect: DoneEffect | None, said: tuple[str, ...]) -> None:
    text = str(told(effect_text(effect)))
    assert bool(text) is bool(said)
    assert all(part in text for part in said)
    assert "-" not in text


def test_a_share_without_numbers_is_a_per_cent() -> None:
    result = Result("x", ControlOutcome.PARTLY, None, Quantity(Fraction(15, 16)))
    assert "93.8" in str(told(result_text(result)))


def test_what_no_plan_takes_is_said_with_its_name(planned: Case) -> None:
    scan = Scan(
        ScanKind.LICENCES,
        "x.json",
        licences=(FoundLicence("SPE_E3", None, 9000, 1),),
        counts=(Tally(CountKind.PEOPLE, 6000), Tally(CountKind.ADMINISTRATORS, 0)),
    )
    found = proposal_of((scan,), known_rules(), planned.base_model, planned.book)
    blocks = scan_group(found, known_rules(), planned, None).blocks
    said = [str(told(block.text)) for block in blocks if isinstance(block, Sentence) and block.role is Role.CAUTION]
    starts = ("People: 6,000 ", "Administrators: 0 ", "Microsoft 365 E3: 9,000 ")
    assert len(said) == len(starts)
    assert all(text.startswith(start) for text, start in zip(said, starts, strict=True))


def test_what_files_count_differently_is_said_beside_each_number(planned: Case) -> None:
    lists = [
        Scan(ScanKind.USERS, file, counts=(Tally(CountKind.PEOPLE, number),)) for file, number in (("a", 7), ("b", 8))
    ]
    found = proposal_of(lists, known_rules(), planned.base_model, planned.book)
    blocks = scan_group(found, known_rules(), planned, None).blocks
    said = [str(told(block.text)) for block in blocks if isinstance(block, Sentence) and block.role is Role.CAUTION]
    assert [text.partition(":")[0] for text in said] == ["People"]
    assert json.loads(scan_bytes(found))["counts"] == {"people": None}


def test_a_step_counts_what_is_not_ticked_apart(proposal: Proposal, planned: Case) -> None:
    first = next(step for step in steps_of(proposal, planned) if step.shown)
    whole, fewer = (str(told(first.counted(left_out))) for left_out in ((), {"tasks.edits.mfa_pilot.done"}))
    assert "1 done" in whole
    assert "not ticked" not in whole
    assert "done" not in fewer
    assert "1 not ticked" in fewer


def test_what_is_in_part_and_sets_nothing_is_not_counted_in_the_first_line(planned: Case) -> None:
    results = (Result("21835", ControlOutcome.PASSED), Result("21783", ControlOutcome.FAILED))
    found = proposal_of((Scan(ScanKind.ZTA, "a.json", MAY, results),), known_rules(), planned.base_model, planned.book)
    assert [task.state for task in found.tasks].count(ProposedState.PART) == 1
    assert "part" not in str(told(headline(found, None)))


@pytest.mark.parametrize(("before", "news"), [({}, ""), ({"zta": "2026-02-01"}, "1 newly done"), ({"zta": MAY}, "")])
def test_a_later_scan_says_how_much_is_new(before: dict[str, object], news: str, planned: Case) -> None:
    scan = Scan(ScanKind.ZTA, "a.json", MAY, (Result("21796", ControlOutcome.PASSED),))
    found = proposal_of((scan,), known_rules(), planned.base_model, planned.book)
    scenario = quiet(status__scans={kind: str(day) for kind, day in before.items()})
    assert str(told(news_text(found, scenario))).startswith(news)
    assert bool(told(news_text(found, scenario))) is bool(news)
    assert str(told(news_text(found, scenario, {"tasks.edits.legacy_auth.done"}))).startswith(news.replace("1", "0"))


def test_what_no_line_sets_is_said(planned: Case, price_book: PriceBook, phase_model: PhaseModel) -> None:
    fields = {
        "tasks__edits": {"legacy_auth": {"done": 1}},
        "company__owned_licences": [{"licence": "m365-e3", "seats": 90}],
    }
    scan = Scan(
        ScanKind.ZTA,
        "a.json",
        MAY,
        (Result("21796", ControlOutcome.FAILED),),
        (FoundLicence("SPE_E3", "05e9a617-0261-4cee-bb44-138d3ef5d965", 0, 0),),
    )
    found = proposal_of((scan,), known_rules(), planned.base_model, planned.book)
    done, licence = map(str, map(told, doubt_texts(found, case(quiet(**fields), price_book, phase_model))))
    assert planned.base_model.by_id["legacy_auth"].name in done
    assert licence.startswith("Microsoft 365 E3: ")
    assert not list(doubt_texts(found, planned))
