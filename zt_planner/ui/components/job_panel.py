"""The panel of a background job: button, progress, end and result (ADR 0050).

While the job runs, the panel redraws itself; when it ends, the whole page is
redrawn once (ADR 0030).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

import streamlit as st

from zt_planner.errors import PlannerError
from zt_planner.language import Language
from zt_planner.topics.error_texts import explain
from zt_planner.ui.components.elements import show_caption
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace.runners.job_runner import Job, JobStage, Request

SECONDS_BETWEEN = 0.5
SECONDS_BETWEEN_OPTIONAL = 2.0
"""Between two looks at a job that nobody has asked for: each look costs a busy server a run."""
SECONDS_SHOWN = 30.0
"""For which the page says that such a job waits or runs; whatever it takes, the page shows what it finds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartButton:
    """The button that requests a job; it gives way to the result unless it `stays`."""

    label: str
    icon: str
    help: str
    is_disabled: bool = False
    stays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPanel:
    """What a page says of one kind of job.

    `request` is the job for the plan on the page; without a button to `start` it, the page requests it itself.
    `progress` returns the share that is done, from 0 to 1, or None where it is not shown, and the words for what the
    work reported last, None before it has reported anything. Of an optional job that fails nothing is said.
    """

    key: str
    request: Callable[[], Request]
    progress: Callable[[Any], tuple[float | None, str]]
    show_result: Callable[[Any], object]
    failed: str = ""
    start: StartButton | None = None
    is_optional: bool = False


def show_job(panel: JobPanel, language: Language) -> None:
    """Show a job: its button, its progress or its outcome."""
    start = panel.start
    if start is None:
        try:
            session.workspace().jobs.submit(panel.request())
        except PlannerError as refused:
            for line in () if panel.is_optional else explain(refused):
                st.warning(plain(line))
            return
    job = find_job(panel.request)
    if job is not None and job.is_active:
        _watch_job(panel, language)
        return
    if start is not None and (job is None or job.result is None or start.stays):
        st.button(
            plain(start.label),
            key=panel.key,
            icon=start.icon,
            disabled=start.is_disabled,
            on_click=widgets.pressed(_submit, panel.request),
            help=plain(start.help),
        )
    if job is not None:
        _show_outcome(panel, job, language)


def find_job(request: Callable[[], Request]) -> Job | None:
    """Return the job for the plan on the page, None when nobody has requested it."""
    return session.workspace().jobs.find(request())


def _watch_job(panel: JobPanel, language: Language) -> None:
    """Show the progress of an active job again and again until it has ended; then the whole page is drawn once.

    An optional job is looked at less often, nothing is said of one that takes long, and the page lets others go first
    when it has ended.
    """

    def part() -> None:
        widgets.apply_edits()  # this part runs alone
        job = find_job(panel.request)
        if job is None or not job.is_active:
            if panel.is_optional:
                this_tab().ask_for_news()
            st.rerun()
        if not panel.is_optional or monotonic() - job.asked_at < SECONDS_SHOWN:
            _show_progress(panel, job, language)

    st.fragment(part, run_every=SECONDS_BETWEEN_OPTIONAL if panel.is_optional else SECONDS_BETWEEN)()


def _show_progress(panel: JobPanel, job: Job, language: Language) -> None:
    share, text = panel.progress(job.progress)
    if share is None:
        show_caption(text)
    else:
        st.progress(share, plain(text))
    if panel.start is not None:
        st.button(
            language.say("Cancel"),
            key=f"{panel.key}:cancel",
            icon=":material/close:",
            on_click=widgets.pressed(_cancel, panel.request),
        )


def _show_outcome(panel: JobPanel, job: Job, language: Language) -> None:
    """Show the result; or why there is none, unless the job was cancelled, and how to try again without a button."""
    if job.result is not None:
        panel.show_result(job.result)
    if job.result is not None or panel.is_optional or (job.error is None and job.stage is not JobStage.FAILED):
        return
    for line in (panel.failed,) if job.error is None else explain(job.error):
        st.error(plain(line))
    if panel.start is None:
        st.button(
            language.say("Try again"),
            key=f"{panel.key}:again",
            icon=":material/refresh:",
            on_click=widgets.pressed(session.workspace().jobs.forget, panel.request()),
        )


def _submit(request: Callable[[], Request]) -> None:
    session.act(lambda _: session.workspace().jobs.submit(request()))


def _cancel(request: Callable[[], Request]) -> None:
    session.workspace().jobs.cancel(request())
