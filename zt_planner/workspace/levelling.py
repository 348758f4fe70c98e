"""Levelling beside the pages: what is asked, how far it is, and what came of it.

Law: a proposal is found only for the scenario, prices, model and day that it was made for, and by
those who see what it follows from. What is only shown beside amounts makes no other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from zt_planner.engine.exact.patience import Patience, Progress
from zt_planner.engine.levelling.limits import limits_of
from zt_planner.engine.levelling.proposal import Levelled, Stage, level
from zt_planner.errors import NotAllowed
from zt_planner.workspace.jobs import Unwanted

if TYPE_CHECKING:
    from zt_planner.workspace.jobs import Job, Ticket
    from zt_planner.workspace.state import State
    from zt_planner.workspace.workspace import Workspace

LEVELLING, GAIN = "levelling", "gain"
"""Kinds of jobs: what somebody has asked for, and the line that says what it would bring."""
SECONDS = {LEVELLING: 10.0, GAIN: 1.5}
"""How long a schedule is looked for."""
WORKERS = {LEVELLING: 2, GAIN: 1}
"""What nobody has asked for leaves a core to the pages."""
REST = 1.5
"""Seconds for which a plan must stand before the gain is worked out: a slider that moves on is not slowed down."""


@dataclass(frozen=True, slots=True)
class Underway:
    """How far levelling is: the stage, and what the search said last."""

    stage: Stage
    progress: Progress | None = None


def ask_levelling(workspace: Workspace, state: State, owner: str, kind: str = LEVELLING) -> None:
    """Have the plan of a state levelled to its limits for an owner of jobs.

    Raises NotAllowed, TooMuchWaits or TooManyAsked.
    Only who may change the plan and sees what it pays may ask.
    """
    if not (state.may_change and state.sees_labour):
        raise NotAllowed

    def work(ticket: Ticket) -> Levelled:
        return _levelled(workspace, state, kind, ticket)

    asker, rest = replace(state.asker, owner=owner, is_person=kind != GAIN), REST if kind == GAIN else 0
    workspace.jobs.ask(asker, kind, workspace.basis(state), work, rest=rest)


def levelling_job(workspace: Workspace, state: State, owner: str, kind: str = LEVELLING) -> Job | None:
    """Return the job for just this state, None where nobody has asked, or whoever looks may not see what it pays."""
    if not state.sees_labour:
        return None
    return workspace.jobs.look(owner, kind, workspace.basis(state))


def _levelled(workspace: Workspace, state: State, kind: str, ticket: Ticket) -> Levelled:
    """Level in a thread of its own; whoever cancels ends the solver at once."""
    limits = limits_of(workspace.plans.plan(state.scenario))
    if kind == GAIN:
        limits = replace(limits, finish_by=None)
    at = [Stage.SCHEDULE]

    def on_stage(stage: Stage) -> None:
        if kind == GAIN and stage is Stage.CONFLICT:
            raise Unwanted  # no order keeps the cap: there is nothing to gain
        at[0] = stage
        ticket.report(Underway(stage))

    def on_progress(progress: Progress) -> None:
        ticket.progress = Underway(at[0], progress)  # said from within the solver, which no error may leave

    patience = Patience(
        SECONDS[kind],
        perf_counter,
        is_cancelled=lambda: ticket.is_cancelled,
        on_progress=on_progress,
        on_solver=ticket.when_cancelled,
        workers=WORKERS[kind],
    )
    found = level(
        state.scenario,
        workspace.price_book,
        workspace.phase_model,
        today=workspace.today(),
        limits=limits,
        patience=patience,
        on_stage=on_stage,
    )
    ticket.report(ticket.progress)
    return found
