"""Ten times as many draws, as a job.

Laws: the result is found only for the scenario, prices, model and day that it was
drawn for, and by those with the same visibility; no draw is kept, only the
statistics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.simulation.outlook import simulate
from zt_planner.reports.analyses.more_draws import DrawsSummary, held_of
from zt_planner.workspace.job_runner import Request, Ticket

if TYPE_CHECKING:
    from zt_planner.workspace.state import State
    from zt_planner.workspace.workspace import Workspace

MANY = 100_000


def many_draws(workspace: Workspace, state: State) -> Request:
    """Return the request to draw the plan of a state many times; only who may change it may ask."""

    def work(ticket: Ticket) -> DrawsSummary | None:
        plan = workspace.plan(state)
        outlook = simulate(plan, workspace.price_book, draws=MANY, seen=ticket.report)
        return None if outlook is None or plan.headlines is None else held_of(outlook, plan.headlines)

    return Request("draws", workspace.basis(state), work, state.asker, may_ask=state.may_change)
