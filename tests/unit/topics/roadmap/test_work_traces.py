"""Why a team has so many days a week: entered, looked for, or those for which the plan was levelled."""

from __future__ import annotations

from datetime import date

from tests.approval import Says
from tests.builders import book, case, model, plan_for, quiet, task
from tests.words import ENGLISH, told
from zt_planner.domain.scenario.levelled import Levelling
from zt_planner.topics.explanations.registry import trace_of
from zt_planner.topics.view import View

WORK = model(task("a", days=2))


def test_the_teams_of_a_levelled_plan_with_a_finish_are_not_called_the_smallest(says: Says) -> None:
    given = quiet(timeline__mode="deadline")
    levelling = Levelling(starts=(("a", date(2027, 1, 11)),), basis=case(given, book(), WORK).basis)
    plan = plan_for(case(given.model_copy(update={"levelling": levelling}), book(), WORK))
    context = View(plan, ENGLISH)
    trace = told(trace_of("internal_days_per_week", context))
    assert trace is not None
    assert trace.value == trace.result == 5
    says(trace.rule)
