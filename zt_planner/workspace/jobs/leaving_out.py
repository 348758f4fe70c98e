"""What a plan would be without its parts, and teams that keep its day with a change, as jobs: many plans are computed.

Results are cached by plan and visibility: everyone who sees the same plan gets the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from zt_planner.domain.plan import Capacity
from zt_planner.domain.scenario.display import Display
from zt_planner.engine.plan import Plan
from zt_planner.engine.same_team import team_in_time
from zt_planner.topics.compare.left_out import OmissionRow, left_out_rows
from zt_planner.workspace.job_runner import Request, Ticket
from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace


def left_out_job(workspace: Workspace, state: State, plan: Plan) -> Request:
    """Return the request for what can be left out of a plan: a page shows it anyway, nobody has asked for it."""
    return _request("left_out", (), _rows, workspace, state, plan)


def teams_job(workspace: Workspace, state: State, plan: Plan, changes: Sequence[Mapping[str, Any]]) -> Request:
    """Return the request for the smallest team that keeps the day of a plan with each of some changes, None for none.

    A change is fields by their paths.
    """
    inputs = tuple(tuple(change.items()) for change in changes)
    request = _request("teams", inputs, partial(_teams, changes=changes), workspace, state, plan)
    return replace(request, is_optional=True)


def _request(
    kind: str, inputs: Hashable, work: Callable[[Plan, Ticket], object], workspace: Workspace, state: State, plan: Plan
) -> Request:
    owner = f"{state.session or state.origin}:{state.sees_labour}"
    requester = replace(state.requester, owner=owner, is_person=False)
    shown = plan.case.shown_as(Display())
    seen = (workspace.plans.inputs_of(shown.scenario), state.sees_labour, inputs)
    return Request(kind, seen, partial(work, replace(plan, case=shown)), requester)


def _rows(plan: Plan, ticket: Ticket) -> tuple[OmissionRow, ...]:
    rows: list[OmissionRow] = []
    for row in left_out_rows(plan):
        ticket.report(len(rows))
        rows.append(row)
    return tuple(rows)


def _teams(plan: Plan, ticket: Ticket, changes: Sequence[Mapping[str, Any]]) -> tuple[Capacity | None, ...]:
    teams: list[Capacity | None] = []
    for change in changes:
        ticket.report(len(teams))
        teams.append(team_in_time(plan, change))
    return tuple(teams)
