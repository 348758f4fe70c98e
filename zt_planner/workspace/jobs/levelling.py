"""Levelling, and the estimate of its gain, as jobs.

Laws: a proposal is found only for the scenario, prices, model and day that it was made for, and by those who see what
it follows from; one that somebody has asked for, only in the session that asked. What is only shown beside amounts
makes no other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from zt_planner.engine.case import Case
from zt_planner.engine.levelling.limits import Limits, limits_of
from zt_planner.workspace.runners.job_runner import Request, Ticket
from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace

if TYPE_CHECKING:
    from zt_planner.engine.levelling.proposal import LevellingResult, LevellingStage
    from zt_planner.engine.rcpsp.budget import SolverProgress

SECONDS = 10.0
"""How long a schedule is looked for where somebody has asked."""
GAIN_WORK = 0.5
"""How much is done for the line on what levelling would bring, by the solver's own count: the line is the same on a
busy machine. It takes one to three seconds of a core."""
DEBOUNCE_SECONDS = 3.0
"""For which a plan must be idle before the gain is worked out: further edits are not slowed down by it."""


class _NothingToGain(Exception):
    """No order of the tasks keeps the monthly cap: why that is, nobody has asked."""


@dataclass(frozen=True, slots=True)
class LevellingProgress:
    """How far levelling is: the stage, and what the search said last."""

    stage: LevellingStage
    progress: SolverProgress | None = None


def levelling_job(workspace: Workspace, state: State) -> Request:
    """Return the request to level the plan of a state to its limits.

    Only who may change the plan may ask, and who sees what it pays may see.
    """
    plan = workspace.plan(state)
    return Request(
        "levelling",
        (workspace.basis(state), state.requester.session_or_page),
        partial(_levelled, plan.case, limits_of(plan)),
        state.requester,
        may_ask=state.may_change and state.sees_labour,
        may_see=state.sees_labour,
        earlier_inputs=(workspace.basis(state), state.origin),
    )


def gain_job(workspace: Workspace, state: State) -> Request:
    """Return the request for what levelling would bring: all pages of a session share it, and nobody has asked."""
    plan = workspace.plan(state)
    work = partial(_gained, plan.case, replace(limits_of(plan), finish_by=None))
    return replace(
        levelling_job(workspace, state),
        kind="gain",
        inputs=workspace.basis(state),  # nobody has asked: all sessions with the same plan share it
        earlier_inputs=None,
        work=work,
        requester=state.shared_requester,
        earlier_owner=state.earlier_owner,
        debounce_seconds=DEBOUNCE_SECONDS,
        is_optional=True,
    )


def _gained(case: Case, limits: Limits, ticket: Ticket) -> LevellingResult | None:
    """Level as nobody has asked for; None where there is nothing to gain."""
    try:
        return _levelled(case, limits, ticket, is_asked=False)
    except _NothingToGain:
        return None


def _levelled(case: Case, limits: Limits, ticket: Ticket, *, is_asked: bool = True) -> LevellingResult:
    """Level a case to limits; whoever cancels ends the solver at once."""
    from zt_planner.engine.levelling.proposal import LevellingStage, level  # noqa: PLC0415 - 20 ms, for who levels
    from zt_planner.engine.rcpsp.budget import SolverBudget  # noqa: PLC0415 - as above

    at = [LevellingStage.SCHEDULE]

    def on_stage(stage: LevellingStage) -> None:
        if not is_asked and stage is LevellingStage.CONFLICT:
            raise _NothingToGain
        at[0] = stage
        ticket.report(LevellingProgress(stage))

    def on_progress(progress: SolverProgress) -> None:
        ticket.tell(LevellingProgress(at[0], progress))  # from within the solver, which no error may leave

    solver_budget = SolverBudget(
        SECONDS if is_asked else GAIN_WORK,
        perf_counter,
        is_cancelled=lambda: ticket.is_cancelled,
        on_progress=on_progress,
        on_solver=ticket.when_cancelled,
        workers=2 if is_asked else 1,  # an automatic job leaves a core to the pages
        is_repeatable=not is_asked,
    )
    levelled = level(case, limits=limits, solver_budget=solver_budget, on_stage=on_stage)
    ticket.report(ticket.progress)
    return levelled
