"""The panel of a background job: button, progress, end and result (ADR 0050).

While the job runs, the panel redraws itself; when it ends, the whole page is
redrawn once (ADR 0030).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from zt_planner.language import Language
from zt_planner.topics.error_texts import explain
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, widgets
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace.job_runner import Job, JobStage, Request

SECONDS_BETWEEN = 0.5
SECONDS_BETWEEN_UNAWAITED = 2.0
"""Between two looks at a job that nobody has asked for: each look costs a busy server a run."""


@dataclass(frozen=True, slots=True)
class JobPanel:
    """What a page says of one kind of job.

    `progress` returns the share that is done, from 0 to 1, and the words for what the work said last, None
    before it has said anything; `draw` draws a result, instead of the button unless that `stays`.
    """

    key: str
    label: str
    icon: str
    help: str
    failed: str
    progress: Callable[[Any], tuple[float, str]]
    draw: Callable[[Any], object]
    is_disabled: bool = False
    stays: bool = False


def show_job(panel: JobPanel, request: Callable[[], Request], language: Language) -> None:
    """Draw a job's state; `request` is the job for the plan on the page."""
    job = find_job(request)
    if job is not None and job.is_active:
        watch_job(request, lambda job: _show_progress(panel, request, job, language))
        return
    if job is None or job.result is None or panel.stays:
        st.button(
            plain(panel.label),
            key=panel.key,
            icon=panel.icon,
            disabled=panel.is_disabled,
            on_click=widgets.pressed(_submit, request),
            help=plain(panel.help),
        )
    if job is not None:
        _show_outcome(panel, job, language)


def find_job(request: Callable[[], Request]) -> Job | None:
    """Return the job for the plan on the page, None when nobody has requested it."""
    return session.workspace().jobs.find(request())


def watch_job(request: Callable[[], Request], draw: Callable[[Job], None], *, is_awaited: bool = True) -> None:
    """Draw a job that is going on, again and again until it has ended; then the whole page is drawn once.

    Where nobody has asked for the job, it is drawn more seldom, and the page lets others go first then.
    """

    def part() -> None:
        widgets.apply_edits()  # this part runs alone
        job = find_job(request)
        if job is None or not job.is_active:
            if not is_awaited:
                this_tab().ask_for_news()
            st.rerun()
        draw(job)

    st.fragment(part, run_every=SECONDS_BETWEEN if is_awaited else SECONDS_BETWEEN_UNAWAITED)()


def _show_progress(panel: JobPanel, request: Callable[[], Request], job: Job, language: Language) -> None:
    """Draw how far a job is, and the button that ends it."""
    share, text = panel.progress(job.progress)
    st.progress(share, plain(text))
    key = f"{panel.key.partition(':')[0]}:cancel"
    st.button(language.say("Cancel"), key=key, icon=":material/close:", on_click=widgets.pressed(_cancel, request))


def _show_outcome(panel: JobPanel, job: Job, language: Language) -> None:
    """Draw the outcome of a job: its result, the reason of a refusal, or a failure."""
    if job.result is not None:
        panel.draw(job.result)
    elif job.error is not None:
        for line in explain(job.error, language):
            st.error(plain(line))
    elif job.stage is JobStage.FAILED:
        st.error(plain(panel.failed))


def _submit(request: Callable[[], Request]) -> None:
    """Have it computed."""
    session.act(lambda _: session.workspace().jobs.submit(request()))


def _cancel(request: Callable[[], Request]) -> None:
    """End it."""
    session.workspace().jobs.cancel(request())
