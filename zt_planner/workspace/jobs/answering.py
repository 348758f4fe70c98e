"""Which answers about a company matter most, as a job: some sixty other plans are computed for it.

Law: it is found again for everyone who sees the same plan.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from zt_planner.domain.data.interview import Interview
from zt_planner.domain.scenario.display import Display
from zt_planner.engine.interview import AnswerRange, ranges
from zt_planner.engine.plan import Plan
from zt_planner.topics.nis2.insurer import added_task
from zt_planner.workspace.runners.job_runner import Request, Ticket
from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace


def answers_job(workspace: Workspace, state: State, plan: Plan, interview: Interview) -> Request:
    """Return the request for what each answer would make of a plan."""
    shown = plan.case.shown_as(Display())
    inputs = (workspace.plans.inputs_of(shown.scenario), state.sees_labour)
    return Request("answers", inputs, partial(_ranges, replace(plan, case=shown), interview), state.requester)


def _ranges(plan: Plan, interview: Interview, ticket: Ticket) -> tuple[AnswerRange, ...]:
    found: list[AnswerRange] = []
    for each in ranges(plan, interview, added_task(plan.case)):
        found.append(each)
        ticket.report(len(found))
    return tuple(found)
