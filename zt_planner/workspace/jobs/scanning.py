"""Reading scans, as a job: a report may be large, and reading it in this process would hold up every page.

Laws: what is read is found again for the page that has uploaded the files; the files themselves are kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from zt_planner.domain.data.scan_rules import ScanRules
from zt_planner.domain.scan import ScanFiles
from zt_planner.files.scans import read_each
from zt_planner.workspace.runners.job_runner import Request, Ticket
from zt_planner.workspace.state import State


def scan_job(state: State, files: Sequence[tuple[str, bytes]], uploads: Sequence[str], rules: ScanRules) -> Request:
    """Return the request for what files, by their names, say of a company; `uploads` tell them from all others."""
    work = partial(_read, tuple(files), rules)
    return Request("scan", tuple(uploads), work, state.requester, may_ask=state.may_change, may_see=state.may_change)


def _read(files: Sequence[tuple[str, bytes]], rules: ScanRules, ticket: Ticket) -> ScanFiles:
    def reported() -> Iterator[tuple[str, bytes]]:
        for number, file in enumerate(files):
            ticket.report(number)
            yield file

    return read_each(reported(), rules)
