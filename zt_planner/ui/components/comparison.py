"""A comparison on a page: at once where it takes a moment, otherwise worked out beside the page, with its progress."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from zt_planner.engine.case import Case
from zt_planner.engine.compare.comparison import Comparison
from zt_planner.errors import PlannerError
from zt_planner.language import Language
from zt_planner.topics.compare.since import since
from zt_planner.topics.error_texts import explain
from zt_planner.ui.components.components import show_lines
from zt_planner.ui.components.job_panel import find_job, watch_job
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.state import session, widgets
from zt_planner.workspace.job_runner import Job
from zt_planner.workspace.jobs.comparing import ComparingProgress, compared_now, comparison_job


def known_comparison(cases: Mapping[str, Case]) -> Comparison | None:
    """Return a comparison of cases by their letters, None while it is worked out."""
    return compared_now(session.workspace(), session.state(), cases)


def show_comparing(cases: Mapping[str, Case], language: Language) -> None:
    """Have a comparison worked out, and say how far that is."""
    request = partial(comparison_job, session.workspace(), session.state(), cases)
    try:
        session.workspace().jobs.submit(request())
    except PlannerError as refused:
        for line in explain(refused, language):
            st.warning(plain(line))
        return
    job = find_job(request)
    if job is not None and job.is_active:
        watch_job(request, partial(_show_comparing_progress, language))
    elif job is not None and job.result is None:
        failed = language.say("The comparison failed. Nothing was changed; try again.")
        for line in (failed,) if job.error is None else explain(job.error, language):
            st.error(plain(line))
        st.button(
            language.say("Try again"),
            key="compare:again",
            icon=":material/refresh:",
            on_click=widgets.pressed(session.workspace().jobs.forget, request()),
        )


def _show_comparing_progress(language: Language, job: Job) -> None:
    """Draw how far the comparison is."""
    done = job.progress
    share = done.done / done.whole if isinstance(done, ComparingProgress) else 0.0
    st.progress(share, plain(language.say("Working out what each group of inputs adds…")))


def show_since(earlier: str, before: Case, after: Case, title: str, language: Language) -> None:
    """Draw what each group of inputs adds from an earlier plan, named as what it is; `title` names the table."""
    cases = {"A": before, "B": after}
    comparison = known_comparison(cases)
    if comparison is None:
        show_comparing(cases, language)
        return
    side = since(earlier, comparison, language)
    if side.bars.rows:
        show_table(side.bars, title, stacks=True)
    show_lines(side.sentences or (language.say("No input differs."),))
