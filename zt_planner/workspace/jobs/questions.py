"""Questions asked backwards, as requests to the job runner.

Laws: what came of a request is found only for what it follows from (the scenario, prices, model and day; the goals),
by those who see the same of the plan, and in the session that asked, which a page may have begun since. What is only
shown beside amounts changes no answer.
"""

from __future__ import annotations

from functools import partial

from zt_planner.domain.scenario.display import Display
from zt_planner.engine.case import Case
from zt_planner.engine.goals.answer import Answer, ask
from zt_planner.engine.goals.question import Goals, check_goals
from zt_planner.engine.scheduling.calendar import start_of
from zt_planner.errors import GoalRefused
from zt_planner.workspace.runners.job_runner import Request, Ticket
from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace


def goals_refusal(workspace: Workspace, state: State, goals: Goals) -> GoalRefused | None:
    """Return why this can be asked of no plan, None where it can."""
    today = workspace.today()
    try:
        check_goals(goals, start_of(state.scenario.timeline, today), today)
    except GoalRefused as refused:
        return refused
    return None


def question_job(workspace: Workspace, state: State, goals: Goals) -> Request:
    """Return the request to find out what must be true.

    Only who may change the plan may ask, and who sees day rates may see: an answer holds what follows from them.
    """
    case, basis = workspace.plan(state).case.shown_as(Display()), workspace.basis(state)
    return Request(
        "question",
        (basis, goals, state.requester.session_or_page),
        partial(_answer, case, goals),
        state.requester,
        may_ask=state.may_change and state.sees_labour,
        may_see=state.sees_labour,
        earlier_inputs=(basis, goals, state.origin),
    )


def _answer(case: Case, goals: Goals, ticket: Ticket) -> Answer:
    return ask(case, goals, follow=ticket.report)
