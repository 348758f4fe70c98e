"""A plan that is under way is levelled from its status date on: what has begun stays where it is (M26)."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.builders import MONDAY, RATES, case, model, quiet, task
from zt_planner.engine.levelling.problem import Setting, setting_of

AT = date(2027, 1, 14)


def setting(records: dict[str, Any]) -> Setting:
    """Return the setting of four tasks, each of which takes the whole team."""
    tasks = (task(key, days=5) for key in "abcd")
    result = setting_of(case(quiet(status__at=AT, status__tasks=records), RATES, model(*tasks)))
    assert result is not None
    return result


def test_what_is_done_stays_and_what_ran_side_by_side_is_no_fault() -> None:
    done = {"started": MONDAY, "finished": date(2027, 1, 13)}
    result = setting({"a": done, "b": done})
    assert not list(result.problem.faults_of(result.quick))
    assert result.problem.latest[:2] == (0, 0)
    assert result.problem.latest[2:] == (None, None)
    assert result.problem.resources[0].demands[:2] == (0, 0)


def test_what_runs_takes_no_more_of_a_team_than_there_is() -> None:
    running = {"started": MONDAY, "remaining_days": 3}
    result = setting({"a": running, "b": running})
    assert not list(result.problem.faults_of(result.quick))
    team = result.problem.resources[0]
    assert sum(team.demands[:2]) <= team.capacity
    alone = setting({"a": running}).problem.resources[0]
    assert 0 < alone.demands[0] <= alone.capacity
