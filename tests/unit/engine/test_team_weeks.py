"""What a team has to do in each week."""

from __future__ import annotations

from datetime import date

from tests.builders import FREE_SUITE, MONDAY, book, model, plan, quiet, task
from zt_planner.domain.plan import Team
from zt_planner.engine.plan import calendar_of_plan
from zt_planner.engine.team_weeks import WEEK, task_days_by_week


def test_a_week_in_which_nobody_works_has_no_days() -> None:
    closed = [(date(2027, 1, 11), date(2027, 1, 17))]
    made = plan(quiet(timeline__closures=closed), book(FREE_SUITE), model(task("a", days=7)))
    weeks = task_days_by_week(made.tasks, Team.INTERNAL, calendar_of_plan(made))
    assert weeks == {MONDAY: {"a": 5}, MONDAY + 2 * WEEK: {"a": 2}}
    assert task_days_by_week(made.tasks, Team.EXTERNAL, calendar_of_plan(made)) == {}
