"""Why a point is supported only in part: the tasks that serve it, those that are left out, and those that were done."""

from __future__ import annotations

from typing import Any

import pytest

from tests import builders
from tests.words import ENGLISH, Told, told
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.plan import CoverageState
from zt_planner.topics.explanations.registry import trace_of
from zt_planner.topics.view import View


def view(price_book: PriceBook, phase_model: PhaseModel, **fields: Any) -> View:  # noqa: ANN401 - any field of a scenario
    plan = builders.plan(builders.scenario(**fields), price_book, phase_model)
    return View(plan, ENGLISH)


def times(trace: Told | None) -> dict[str, str]:
    """Return what is said of each task."""
    assert trace is not None
    return {row.item: row.times for row in trace.rows}


def test_a_main_task_that_is_left_out_stands_among_those_that_serve_a_point(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    asked = view(price_book, phase_model, choices__monitoring="none")
    short = next(each for each in asked.plan.coverage if each.missing_tasks)
    assert short.state is not CoverageState.SUPPORTED
    found = times(told(trace_of(f"nis2:{short.point}", asked)))
    left_out = [item for item, said in found.items() if said == "not in the plan"]
    assert left_out == [phase_model.by_id[task_id].name for task_id in short.missing_tasks]


def test_a_task_that_was_done_and_one_without_anything_to_do_say_so(
    price_book: PriceBook, phase_model: PhaseModel
) -> None:
    asked = view(
        price_book,
        phase_model,
        company__local_directory=False,
        tasks__edits={"privileged_roles": {"done": 1}},
    )
    found = times(told(trace_of("nis2:11.3", asked)))
    assert found[phase_model.by_id["privileged_roles"].name] == "done before the start"
    assert found[phase_model.by_id["ad_hardening"].name] == "nothing to do"


@pytest.mark.parametrize(("name", "state"), [("nis2", CoverageState.SUPPORTED), ("nis2_partly", CoverageState.PARTLY)])
def test_a_count_names_every_point(
    name: str, state: CoverageState, price_book: PriceBook, phase_model: PhaseModel
) -> None:
    asked = view(price_book, phase_model)
    trace = trace_of(name, asked)
    assert trace is not None
    assert len(trace.rows) == 49
    assert sum(int(row.amount or 0) for row in trace.rows) == trace.value
    assert trace.value == sum(covered.state is state for covered in asked.plan.coverage)


def test_there_is_no_point_that_the_annex_does_not_have(price_book: PriceBook, phase_model: PhaseModel) -> None:
    assert trace_of("nis2:b", view(price_book, phase_model)) is None
