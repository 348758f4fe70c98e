"""Questions asked backwards, as jobs.

Laws: an answer is found only for the scenario, prices, model, day and goals that it was given for, and by those who see
what it follows from; what is only shown beside amounts changes no answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.scenario.display import Display
from zt_planner.engine.goals import Answer, Goals, ask, check_goals
from zt_planner.engine.scheduling.calendar import with_start
from zt_planner.errors import GoalRefused
from zt_planner.workspace.job_runner import Request, Ticket

if TYPE_CHECKING:
    from zt_planner.workspace.state import State
    from zt_planner.workspace.workspace import Workspace


def refusal(workspace: Workspace, state: State, goals: Goals) -> GoalRefused | None:
    """Return why this can be asked of no plan, None when it can."""
    today = workspace.today()
    try:
        check_goals(goals, with_start(state.scenario, today).timeline.start or today, today)
    except GoalRefused as refused:
        return refused
    return None


def backwards(workspace: Workspace, state: State, goals: Goals) -> Request:
    """Return the request to find out what must be true.

    Only who may change the plan may ask, and who sees day rates may see: an answer holds what follows from them.
    """
    scenario, today = state.scenario.shown_as(Display()), workspace.today()

    def work(ticket: Ticket) -> Answer:
        book, model = workspace.price_book, workspace.phase_model
        return ask(scenario, book, model, goals, today=today, follow=ticket.report)

    return Request(
        "question",
        (workspace.basis(state), goals),
        work,
        state.asker,
        may_ask=state.may_change and state.sees_labour,
        may_see=state.sees_labour,
    )
