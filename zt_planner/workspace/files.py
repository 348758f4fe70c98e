"""What imported files say to the plan of a state: its changes, and a price list's proposals."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from zt_planner.catalog.price_lists.partner import proposals_of
from zt_planner.files.imports.price_list import price_list_in
from zt_planner.media.csv.dialects import unprotected
from zt_planner.workspace.incoming import Desk, reading_of, titles_of_tables

if TYPE_CHECKING:
    from zt_planner.domain.incoming import Incoming
    from zt_planner.domain.scenario.price_proposal import PriceProposal
    from zt_planner.errors import PlannerError
    from zt_planner.workspace.state import State
    from zt_planner.workspace.workspace import Workspace


def incoming_for(workspace: Workspace, state: State, content: bytes, file: str) -> Incoming | PlannerError:
    """Return a file's changes to the plan of a state, or why it is refused."""
    desk = Desk(workspace.plan(state), workspace.price_book, workspace.phase_model, workspace.today())
    return workspace.files.get(
        (sha256(content).digest(), file, state.sees_labour),
        workspace.basis(state),
        partial(reading_of, content, file, partial(titles_of_tables, desk)),
        lambda read: read(desk),
    )


def proposals_for(
    workspace: Workspace, state: State, content: bytes, file: str
) -> tuple[PriceProposal, ...] | PlannerError:
    """Return what a price list would make of the price book of a state's plan, or why it is refused."""
    book, today = workspace.plan(state).case.book, workspace.today()
    return workspace.files.get(
        (sha256(content).digest(), file, "prices"),
        (book.version, today),
        partial(price_list_in, content, file),
        partial(proposals_of, book=book, today=today, clean=unprotected),
    )
