"""What it saves that work is done already: the line, and the bridge that it opens to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import builders
from tests.approval import Says
from tests.builders import plan_for, scenario
from tests.words import ENGLISH
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.engine.compare.comparison import comparison_of
from zt_planner.engine.compare.done_before import without_done
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.planner import build_plan
from zt_planner.topics.block import ChartBlock, Sentence, TableBlock
from zt_planner.topics.compare.done_before import done_group, done_line

DONE = {"kickoff": {"done": 1}, "inventory": {"done": 0.5}}
LICENCES = {"mfa_pilot": {"done": 1}}


def both(
    book: PriceBook,
    model: PhaseModel,
    edits: Any,  # noqa: ANN401 - of tasks
    **fields: Any,  # noqa: ANN401 - of the scenario
) -> tuple[Plan, AnyPlan]:
    """Return a plan, and the same without what is done."""
    shows_labour = fields.pop("shows_labour", True)
    given = scenario(tasks__edits=edits, **fields)
    case = builders.case(given, book, model, shows_labour=shows_labour)
    without = without_done(case)
    assert without is not None
    return plan_for(case), build_plan(without)


def test_the_line_says_money_and_days_apart(price_book: PriceBook, phase_model: PhaseModel, says: Says) -> None:
    plan, without = both(price_book, phase_model, DONE)
    saved = without.headlines.introduction_budget - plan.headlines.introduction_budget  # type: ignore[union-attr]
    assert saved > 0
    line = ENGLISH.write(done_line(plan, without))
    assert ENGLISH.money(saved) in line
    says(line)


def test_whoever_sees_no_labour_reads_of_days_only(price_book: PriceBook, phase_model: PhaseModel) -> None:
    line = ENGLISH.write(done_line(*both(price_book, phase_model, DONE, shows_labour=False)))
    assert "EUR" not in line
    assert "of your team" in line


def test_licences_that_are_needed_earlier_can_cost_more(
    price_book: PriceBook, phase_model: PhaseModel, says: Says
) -> None:
    late = {
        "timeline__internal_days_per_week": 0.5,
        "timeline__external_days_per_week": 0.5,
        "timeline__mode": "capacity",
    }
    plan, without = both(price_book, phase_model, {**LICENCES, "sso": {"done": 1}}, **late)
    lower = without.headlines.introduction_budget < plan.headlines.introduction_budget  # type: ignore[union-attr]
    line = ENGLISH.write(done_line(plan, without))
    assert ("paid from the start" in line) is lower
    says(line)


def test_nothing_is_said_where_a_price_is_missing(price_book: PriceBook, phase_model: PhaseModel) -> None:
    assert done_line(*both(price_book, phase_model, DONE, timeline__start=date(2021, 3, 1))) == ""


@pytest.mark.parametrize("edits", [DONE, None], ids=["some", "all"])
def test_the_bridge_leads_from_the_plan_without_it(edits: Any, price_book: PriceBook, phase_model: PhaseModel) -> None:  # noqa: ANN401 - of tasks
    everything = {task.id: {"done": 1} for task in phase_model.tasks}
    plan, without = both(price_book, phase_model, edits or everything)
    comparison = comparison_of({"without": without.case, "plan": plan.case}, ("without", "plan"))
    blocks = done_group(comparison).blocks
    assert [type(block) for block in blocks[-2:]] == [ChartBlock, TableBlock]
    assert all(isinstance(block, Sentence) for block in blocks[:-2])
    (table,) = (block.content for block in blocks if isinstance(block, TableBlock))
    assert len(table.rows) == 2  # type: ignore[union-attr]
