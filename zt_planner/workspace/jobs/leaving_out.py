"""What can be left out of a plan, as a job: some dozen other plans are computed for it.

Law: it is found again for everyone who sees the same plan.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from zt_planner.domain.scenario.display import Display
from zt_planner.engine.compare.leave_out import plans_without, team_in_time
from zt_planner.engine.plan import Plan
from zt_planner.topics.compare.left_out import OmissionRow
from zt_planner.workspace.job_runner import Request, Ticket
from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace


def left_out_job(workspace: Workspace, state: State, plan: Plan) -> Request:
    """Return the request for what can be left out of a plan: a page shows it anyway, nobody has asked for it."""
    owner = f"{state.session or state.origin}:{state.sees_labour}"
    requester = replace(state.requester, owner=owner, is_person=False)
    shown = plan.case.shown_as(Display())
    inputs = (workspace.plans.inputs_of(shown.scenario), state.sees_labour)
    return Request("left_out", inputs, partial(_rows, replace(plan, case=shown)), requester)


def _rows(plan: Plan, ticket: Ticket) -> tuple[OmissionRow, ...]:
    rows: list[OmissionRow] = []
    for without in plans_without(plan):
        ticket.report(len(rows))
        rows.append(OmissionRow(without, team_in_time(plan, without.omission)))
    return tuple(rows)
