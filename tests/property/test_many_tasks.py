"""As many own tasks as a scenario keeps have a plan, however they hang together: too long to trace for coverage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import book, model, plan, quiet, task
from zt_planner.domain.finding import Code
from zt_planner.domain.scenario.task_edits import MOST_TASKS
from zt_planner.engine.findings.task_checks import MOST_NAMED


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param(lambda _: {"fixed_start": "2027-05-03"}, id="all on one day"),
        pytest.param(lambda number: {"fixed_start": f"2027-{1 + number % 12:02}-15"}, id="over the year"),
        pytest.param(lambda number: {"after": [f"t{number - 1:03}"] if number else []}, id="a chain"),
        pytest.param(lambda number: {"after": [f"t{before:03}" for before in range(number)][-20:]}, id="dense"),
    ],
)
@pytest.mark.parametrize("mode", ["capacity", "deadline"])
@pytest.mark.extended
def test_as_many_own_tasks_as_a_scenario_keeps_have_a_plan(figures: Callable[[int], dict[str, Any]], mode: str) -> None:
    own = {
        f"t{number:03}": {"step": "1", "name": f"Task {number}", "effort_days": 1, "team_share": 1, **figures(number)}
        for number in range(MOST_TASKS)
    }
    scenario = quiet(tasks__own=own, timeline__mode=mode, timeline__target_months=24)
    result = plan(scenario, book(), model(task("a"), task("b", after=("a",))))
    assert len(result.tasks) == MOST_TASKS + 2
    missed = sum(task.fixed_start is not None and not task.keeps_date for task in result.tasks)
    assert [finding.code for finding in result.findings].count(Code.TASK_FIXED_DATE_MISSED) == min(
        missed, MOST_NAMED + 1
    )
