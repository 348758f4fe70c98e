"""Questions asked backwards, beside the pages: what is asked, how far it is, and what came of it.

Laws: an answer is found only for the scenario, prices, model, day and goals
that it was given for, and by those who see what it follows from; what is only
shown beside amounts changes no answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.display import Display
from zt_planner.engine.calendar import with_start
from zt_planner.engine.goals import Answer, Goals, ask, check_goals
from zt_planner.errors import GoalRefused, NotAllowed

if TYPE_CHECKING:
    from collections.abc import Hashable

    from zt_planner.workspace.jobs import Job, Ticket
    from zt_planner.workspace.state import State
    from zt_planner.workspace.workspace import Workspace

ASKING = "asking"
"""The kind of these jobs."""


def refusal(workspace: Workspace, state: State, goals: Goals) -> GoalRefused | None:
    """Return why this can be asked of no plan, None where it can."""
    today = workspace.today()
    try:
        check_goals(goals, with_start(state.scenario, today).timeline.start or today, today)
    except GoalRefused as refused:
        return refused
    return None


def ask_backwards(workspace: Workspace, state: State, goals: Goals) -> None:
    """Have it found out what must be true; raise NotAllowed, GoalRefused, TooMuchWaits or TooManyAsked.

    Only who may change the plan may ask: an answer holds what follows from day rates.
    """
    if not (state.may_change and state.sees_labour):
        raise NotAllowed
    refused = refusal(workspace, state, goals)
    if refused is not None:
        raise refused
    scenario, today = state.scenario.shown_as(Display()), workspace.today()

    def work(ticket: Ticket) -> Answer:
        book, model = workspace.price_book, workspace.phase_model
        return ask(scenario, book, model, goals, today=today, follow=ticket.report)

    workspace.jobs.ask(state.asker, ASKING, _inputs(workspace, state, goals), work)


def asking(workspace: Workspace, state: State, goals: Goals) -> Job | None:
    """Return the job for just this question, None where nobody has asked it, or whoever looks may not see it."""
    if not state.sees_labour:
        return None
    return workspace.jobs.look(state.origin, ASKING, _inputs(workspace, state, goals))


def stop_asking(workspace: Workspace, state: State) -> None:
    """End the search."""
    workspace.jobs.cancel(state.origin, ASKING)


def _inputs(workspace: Workspace, state: State, goals: Goals) -> Hashable:
    """Return everything that an answer follows from."""
    return workspace.basis(state), goals
