"""Why a measure is only partly supported: the tasks that serve it, and those that are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import builders
from tests.words import told
from zt_planner.domain.plan import CoverageState
from zt_planner.language import Language, LanguageCode
from zt_planner.topics.explanations.registry import trace_of
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook


def test_a_main_task_that_is_left_out_stands_among_those_that_serve_a_measure(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    plan = builders.plan(builders.scenario(choices__monitoring="none"), price_book, phase_model)
    short = next(each for each in plan.coverage if each.missing_tasks)
    assert short.state is not CoverageState.SUPPORTED
    asked = View(plan, Language(LanguageCode.ENGLISH))
    found = told(trace_of(f"nis2:{short.letter}", asked))
    assert found is not None
    left_out = [row.item for row in found.rows if row.times == "not in the plan"]
    assert left_out == [phase_model.by_id[task_id].name for task_id in short.missing_tasks]
