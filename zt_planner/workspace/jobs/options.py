"""What else a plan could be, as a job: some dozen plans are computed, and teams are looked for.

Results are cached by plan and visibility: everyone who sees the same plan gets the same ones.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain

from zt_planner.domain.scenario.display import Display
from zt_planner.engine.compare.option import Option, options_without, ready_options, with_team_in_time
from zt_planner.engine.plan import Plan
from zt_planner.workspace.runners.job_runner import Request, Ticket
from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace


def options_job(workspace: Workspace, state: State, plan: Plan) -> Request:
    """Return the request for what else a plan could be: a page shows it anyway, nobody has asked for it."""
    shown = plan.case.shown_as(Display())
    inputs = (workspace.plans.inputs_of(shown.scenario), state.sees_labour)
    return Request("options", inputs, partial(_options, replace(plan, case=shown)), state.shared_requester)


def _options(plan: Plan, ticket: Ticket) -> tuple[Option, ...]:
    """Return what can be chosen instead, and what can be left out, each with the team that keeps the day."""
    options: list[Option] = []
    for option in chain(ready_options(plan), options_without(plan)):
        ticket.report(len(options))
        options.append(with_team_in_time(plan, option))
    return tuple(options)
