"""All formats of a plan in one file, as a job: it takes a second or more, and much memory meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.engine.compare.comparison import Comparison, comparison_of
from zt_planner.files.formats import everything
from zt_planner.language import Language
from zt_planner.workspace.jobs.comparing import compared_cases, view_with_comparison, with_plan_names
from zt_planner.workspace.plans import Plans
from zt_planner.workspace.runners.job_runner import Request, Ticket, Work
from zt_planner.workspace.state import State
from zt_planner.workspace.workspace import Workspace

if TYPE_CHECKING:
    from zt_planner.media.csv.dialects import Dialect
    from zt_planner.workspace.downloads import Downloads, OfferedFile


def all_formats_job(dialect: Dialect, language: Language, workspace: Workspace, state: State) -> Request:
    """Return the request to write all formats of a state's plan, as its reader may see it: each press has its own."""
    data = replace(state, trouble=None, pending=(), saved=None, refused=())  # edits that wait are functions
    known = (workspace.price_book, workspace.phase_model, workspace.today())
    return Request(
        "files", token_hex(8), partial(all_files, known, data, language, dialect), state.requester, is_remembered=False
    )


def all_files(
    known: tuple[PriceBook, PhaseModel, date], state: State, language: Language, dialect: Dialect, _: Ticket
) -> bytes:
    """Write all formats of a state's plan, by what was known on a day."""
    from zt_planner.media.typst.typesetting import forget_layouts  # noqa: PLC0415 - paid only where something is set

    book, model, today = known
    plans = Plans(book, model, lambda: today)

    def compare() -> Comparison:
        cases = compared_cases(plans, state, state.shown)
        return with_plan_names(comparison_of(cases, "".join(cases)), state, language)

    content = everything(view_with_comparison(plans, state, language, compare), dialect)
    forget_layouts()
    return content


def make_and_offer(work: Work, downloads: Downloads, file: OfferedFile, ticket: Ticket) -> str:
    """Do a job's work and offer the file that it writes: no job's result is as large as that."""
    return downloads.offer(work(ticket), file)
