"""What the plans of somebody's clients come to: at once where that takes a moment, as a job where it takes longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from zt_planner.errors import ScenarioError
from zt_planner.topics.portfolio.clients import ClientFigures, client_figures
from zt_planner.workspace.clients import ClientKey, ClientPlan
from zt_planner.workspace.keys import Account
from zt_planner.workspace.runners.job_runner import Request, Requester, Ticket
from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace

if TYPE_CHECKING:
    from zt_planner.domain.data.phase_model import PhaseModel
    from zt_planner.domain.data.price_book import PriceBook

AT_ONCE = 3
"""Plans with their draws that are computed while a page is drawn: 0.3 s at most."""


class ClientsProgress(NamedTuple):
    """How many plans have been computed, of how many."""

    done: int
    whole: int


def clients_job(workspace: Workspace, account: Account, state: State, plans: Sequence[ClientPlan]) -> Request:
    """Return the request for the figures of plans; a page asks for it by itself."""
    work = partial(_figures, tuple(plans), workspace.price_book, workspace.phase_model, workspace.today())
    requester = Requester(f"clients:{account.id}", state.address, is_person=False)
    return Request("clients", tuple(plan.key for plan in plans), work, requester)


def _figures(
    plans: Sequence[ClientPlan], book: PriceBook, model: PhaseModel, today: date, ticket: Ticket
) -> dict[ClientKey, ClientFigures | None]:
    """Return the figures of plans; None for one that does not hold with the prices and tasks of this program."""
    found: dict[ClientKey, ClientFigures | None] = {}
    for plan in plans:
        ticket.report(ClientsProgress(len(found), len(plans)))
        try:
            found[plan.key] = client_figures(plan.scenario, book, model, today, shows_labour=plan.shows_labour)
        except ScenarioError:
            found[plan.key] = None
    return found


def learn_what_is_quick(
    workspace: Workspace, account: Account, state: State, plans: Sequence[ClientPlan]
) -> Request | None:
    """Have few plans' figures remembered, or those that a job has found; return the job where one is needed."""
    if not plans:
        return None
    request = clients_job(workspace, account, state, plans)
    if len(plans) <= AT_ONCE:
        workspace.clients.learn(request.work(Ticket()))
        return None
    job = workspace.jobs.find(request)
    if job is None or job.result is None:
        return request
    workspace.clients.learn(job.result)
    return None
