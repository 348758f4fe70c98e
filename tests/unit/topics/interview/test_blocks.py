"""Which answers matter most: what is still to be found out first, and what is said where nothing moves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import plan_for, scenario
from tests.words import ENGLISH, told
from zt_planner.domain.data.interview import CompanyQuestion, OfferedAnswer
from zt_planner.domain.data.phase_model import PhaseModel, Step
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.engine.case import case_of
from zt_planner.engine.interview import AnswerEffect, AnswerRange, GivenAnswer
from zt_planner.engine.plan import Plan
from zt_planner.topics.block import Sentence, TableBlock
from zt_planner.topics.interview.blocks import MOST_LISTED, interview_group
from zt_planner.topics.nis2.insurer import added_task

FINISH = date(2027, 9, 27)


@pytest.fixture(scope="module")
def plan(price_book: PriceBook, phase_model: PhaseModel) -> Plan:
    """Return the default company's plan."""
    return plan_for(case_of(scenario(), price_book, phase_model, today=date(2026, 11, 30)))


def moving(question_id: str, euros: str, weeks: int = 0, field: str = "", sets: str = "") -> AnswerRange:
    """Return a question whose answers move a plan by so much."""
    answers = (OfferedAnswer("no", "No", {}), OfferedAnswer("yes", "Yes", {sets: 1} if sets else {}))
    question = CompanyQuestion(question_id, Step.IDENTITIES, f"{question_id}?", "", () if field else answers, field)
    later = date.fromordinal(FINISH.toordinal() + 7 * weeks)
    outcomes = (AnswerEffect(None, Decimal(1000), FINISH), AnswerEffect("yes", 1000 + Decimal(euros), later))
    return AnswerRange(question, None, outcomes)


def shown(plan: Plan, ranges: list[AnswerRange], **known: GivenAnswer) -> tuple[str, list[Any]]:
    """Return the first sentence and the rows of the table."""
    blocks = interview_group(plan, ranges, known).blocks
    lead = next(block for block in blocks if isinstance(block, Sentence))
    tables = [block.table for block in blocks if isinstance(block, TableBlock)]
    return told(lead.text), [row for table in tables for row in told(table.rows)]


def test_what_nobody_knows_comes_first_by_what_it_moves(plan: Plan) -> None:
    ranges = [moving("small", "10"), moving("known", "900"), moving("large", "500", 3), moving("medium", "40")]
    lead, rows = shown(plan, ranges, known="yes")
    assert [row[0] for row in rows] == ["large?", "medium?", "small?", "known?"]
    assert (rows[0][2:], rows[-1][1]) == (("EUR\N{NO-BREAK SPACE}500", "3 weeks"), "Yes")
    assert [lead.find(name) for name in ("large?", "medium?", "small?")] == sorted(
        lead.index(name) for name in ("large?", "medium?", "small?")
    )
    assert "known?" not in lead


def test_a_number_is_written_as_the_answer(plan: Plan) -> None:
    _, rows = shown(plan, [moving("machines", "100", field="company.machines")], machines=12)
    assert rows[0][1] == 12


def test_what_moves_nothing_is_not_named(plan: Plan) -> None:
    lead, rows = shown(plan, [moving("nothing", "0.40")])
    assert "nothing?" not in lead
    assert rows == []


def test_only_the_largest_are_listed(plan: Plan) -> None:
    _, rows = shown(plan, [moving(f"q{number}", str(100 + number)) for number in range(12)])
    assert [row[0] for row in rows] == [f"q{number}?" for number in range(11, 11 - MOST_LISTED, -1)]


def test_the_teams_time_moves_the_finish_only(plan: Plan) -> None:
    team = moving("team", "5000", 30, sets="timeline.max_internal_days_per_week")
    group = interview_group(plan, [team], {})
    lead, second, *_ = (told(block.text) for block in group.blocks if isinstance(block, Sentence))
    assert "team?" not in lead
    assert "team?" in second
    assert "“Yes”" in second
    assert ENGLISH.day(date.fromordinal(FINISH.toordinal() + 210)) in second


def test_a_long_time_is_told_in_years(plan: Plan) -> None:
    _, rows = shown(plan, [moving("two_years", "100", 104), moving("longer", "100", 180)])
    assert [row[-1] for row in rows] == ["3.4 years", "104 weeks"]


def test_a_proposed_task_is_added_in_the_readers_words(plan: Plan) -> None:
    proposal = plan.case.base_model.rules.proposals[0]
    added = added_task(plan.case)(proposal)
    assert (added["name"], added["effort_days"]) == (proposal.name, proposal.effort_days)
