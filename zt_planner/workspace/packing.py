"""Every format of a plan in one file, made beside the pages: what is asked, how far it is, and what came of it.

Law: what came of it is found only for the plan, the language and the form of CSV that it was made for, and by those who
see the same of the plan.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zt_planner.export.formats import everything
from zt_planner.reports.handout import Handout

if TYPE_CHECKING:
    from collections.abc import Hashable

    from zt_planner.export.csv_text import Dialect
    from zt_planner.language import Language
    from zt_planner.workspace.jobs import Job, Ticket
    from zt_planner.workspace.state import State
    from zt_planner.workspace.workspace import Workspace

PACKING = "packing"
"""The kind of these jobs."""


def handout_of(workspace: Workspace, state: State, language: Language) -> Handout:
    """Return the plan of a state, as its participant may see it, with all that is said beside it."""
    plan = workspace.plan(state)
    outlook = workspace.plans.outlook(state.scenario, shows_labour=state.sees_labour)
    return Handout(plan, workspace.plans.case(plan), language, outlook, datetime.now(UTC))


def ask_everything(workspace: Workspace, state: State, language: Language, dialect: Dialect) -> None:
    """Have every format of a plan written into one file; raise TooMuchWaits or TooManyAsked."""
    handout = handout_of(workspace, state, language)

    def work(ticket: Ticket) -> bytes:
        return everything(handout, dialect, ticket.report)

    workspace.jobs.ask(state.asker, PACKING, _inputs(workspace, state, language, dialect), work)


def packing(workspace: Workspace, state: State, language: Language, dialect: Dialect) -> Job | None:
    """Return the job for just this plan, None where nobody has asked."""
    return workspace.jobs.look(state.origin, PACKING, _inputs(workspace, state, language, dialect))


def stop_packing(workspace: Workspace, state: State) -> None:
    """End it."""
    workspace.jobs.cancel(state.origin, PACKING)


def _inputs(workspace: Workspace, state: State, language: Language, dialect: Dialect) -> Hashable:
    """Return everything that the files follow from."""
    return workspace.basis(state), state.scenario.version, language.code, dialect
