"""What else a plan could be, and which answers about a company matter most, as jobs: dozens of plans are computed.

Law: what came of a job is found again for everyone who sees the same plan.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import partial
from itertools import chain

from zt_planner.domain.data.interview import Interview
from zt_planner.domain.scenario.display import Display
from zt_planner.engine.compare.option import Option, options_without, ready_options, with_team_in_time
from zt_planner.engine.interview import AnswerRange, ranges
from zt_planner.engine.plan import Plan
from zt_planner.topics.nis2.insurer import added_task
from zt_planner.workspace.runners.job_runner import Request, Ticket
from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace


def options_job(workspace: Workspace, state: State, plan: Plan) -> Request:
    """Return the request for what else a plan could be: a page shows it anyway, nobody has asked for it."""
    return Request("options", _inputs(workspace, state, plan), partial(_options, _bare(plan)), state.shared_requester)


def answers_job(workspace: Workspace, state: State, plan: Plan, interview: Interview) -> Request:
    """Return the request for what each answer would make of a plan."""
    work = partial(_ranges, _bare(plan), interview)
    return Request("answers", _inputs(workspace, state, plan), work, state.requester)


def _inputs(workspace: Workspace, state: State, plan: Plan) -> Hashable:
    return workspace.plans.inputs_of(plan.scenario), state.sees_labour


def _bare(plan: Plan) -> Plan:
    """Return a plan without what is only shown beside its amounts."""
    return replace(plan, case=plan.case.shown_as(Display()))


def _options(plan: Plan, ticket: Ticket) -> tuple[Option, ...]:
    """Return what can be chosen instead, and what can be left out, each with the team that keeps the day."""
    options: list[Option] = []
    for option in chain(ready_options(plan), options_without(plan)):
        ticket.report(len(options))
        options.append(with_team_in_time(plan, option))
    return tuple(options)


def _ranges(plan: Plan, interview: Interview, ticket: Ticket) -> tuple[AnswerRange, ...]:
    found: list[AnswerRange] = []
    for each in ranges(plan, interview, added_task(plan.case)):
        found.append(each)
        ticket.report(len(found))
    return tuple(found)
