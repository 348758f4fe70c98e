"""A plan without what was done before it begins: the same in everything else, and none where nothing was done."""

from __future__ import annotations

from typing import Any

from tests.builders import book, case, model, plan_for, quiet, task
from zt_planner.engine.case import Case
from zt_planner.engine.compare.bridge import BridgeFigure, bridges_between
from zt_planner.engine.compare.done_before import without_done

WORK = model(task("a", days=4), task("b", days=6, after=("a",)))
AUDIT: dict[str, Any] = {"step": "0", "name": "Audit", "effort_days": 5}


def given(**tasks: Any) -> Case:  # noqa: ANN401 - edits and own tasks
    """Return the case of a plan in which some work is done."""
    fields = {f"tasks__{name}": value for name, value in tasks.items()}
    return case(quiet(**fields), book(), WORK)


def test_every_share_that_was_done_is_open_again_and_all_else_stays() -> None:
    without = without_done(
        given(
            edits={"a": {"done": 0.5, "effort_days": 8}, "b": {"done": 1}},
            own={"audit": {**AUDIT, "done": 1}},
        )
    )
    assert without is not None
    assert without.scenario.tasks.model_dump(mode="json") == {
        "edits": {"a": {"effort_days": 8.0}},
        "own": {"audit": {**AUDIT, "effort_days": 5.0}},
    }
    assert {one.task.id for one in plan_for(without).tasks} == {"a", "b", "audit"}


def test_without_anything_done_there_is_no_other_plan() -> None:
    assert without_done(given(edits={"a": {"effort_days": 8}})) is None
    assert without_done(given()) is None


def test_the_bridge_to_a_plan_in_which_all_is_done_leads_to_its_figures() -> None:
    done = given(edits={"a": {"done": 1}, "b": {"done": 1}})
    without = without_done(done)
    assert without is not None
    by_figure = {bridge.figure: bridge for bridge in bridges_between(without, done)}
    before, after = plan_for(without).headlines, plan_for(done).headlines
    assert by_figure[BridgeFigure.FINISH_DATE].total == (after.finish_date - before.finish_date).days < 0
    assert by_figure[BridgeFigure.INTRODUCTION_BUDGET].total == after.introduction_budget - before.introduction_budget
