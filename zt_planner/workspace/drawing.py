"""Ten times as many draws, beside the pages: what is asked, how far it is, and what came of it.

Laws: what came of it is found only for the scenario, prices, model and day that
it was drawn for, and by those who see the same of it; no draw is kept, only
what they say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.uncertainty.outlook import simulate
from zt_planner.errors import NotAllowed
from zt_planner.reports.more_draws import Held, held_of

if TYPE_CHECKING:
    from zt_planner.workspace.jobs import Job, Ticket
    from zt_planner.workspace.state import State
    from zt_planner.workspace.workspace import Workspace

DRAWING = "drawing"
"""The kind of these jobs."""
MANY = 100_000


def ask_draws(workspace: Workspace, state: State) -> None:
    """Have the plan of a state drawn many times; raise NotAllowed, TooMuchWaits or TooManyAsked.

    Only who may change it may ask.
    """
    if not state.may_change:
        raise NotAllowed
    plan = workspace.plan(state)

    def work(ticket: Ticket) -> Held | None:
        outlook = simulate(plan, workspace.price_book, draws=MANY, seen=ticket.report)
        return None if outlook is None or plan.headlines is None else held_of(outlook, plan.headlines)

    workspace.jobs.ask(state.asker, DRAWING, workspace.basis(state), work)


def drawing(workspace: Workspace, state: State) -> Job | None:
    """Return the job for just this state, None where nobody has asked."""
    return workspace.jobs.look(state.origin, DRAWING, workspace.basis(state))


def stop_drawing(workspace: Workspace, state: State) -> None:
    """End it."""
    workspace.jobs.cancel(state.origin, DRAWING)
