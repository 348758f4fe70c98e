"""Every format of a plan in one file, as a job.

Law: the result is found only for the plan, the language and the form of CSV that it
was made for, and by those who see the same of the plan.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zt_planner.export.formats import everything
from zt_planner.reports.documents.handout import Handout
from zt_planner.workspace.job_runner import Request, Ticket

if TYPE_CHECKING:
    from zt_planner.export.csv.dialects import Dialect
    from zt_planner.language import Language
    from zt_planner.workspace.state import State
    from zt_planner.workspace.workspace import Workspace


def handout_of(workspace: Workspace, state: State, language: Language) -> Handout:
    """Return the plan of a state, as its participant may see it, with all that is said beside it."""
    plan = workspace.plan(state)
    outlook = workspace.plans.outlook(state.scenario, shows_labour=state.sees_labour)
    return Handout(plan, workspace.plans.case(plan), language, outlook, datetime.now(UTC))


def all_files(workspace: Workspace, state: State, language: Language, dialect: Dialect) -> Request:
    """Return the request to write every format of a plan into one file."""

    def work(ticket: Ticket) -> bytes:
        return everything(handout_of(workspace, state, language), dialect, ticket.report)

    inputs = workspace.basis(state), state.scenario.version, language.code, dialect
    return Request("files", inputs, work, state.asker)
