"""The line on the first screen with levelling's savings, computed in the background.

Law: it is shown to those who may level the plan, and not for one that is levelled
already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.errors import PlannerError
from zt_planner.settings import settings
from zt_planner.ui.addresses import LIMITS
from zt_planner.ui.components.job_panel import look, watch_job
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace.jobs.levelling import gain

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.workspace.job_runner import Request


def show(plan: Plan, language: Language) -> None:
    """Draw the line, or that it is being worked out."""
    state = session.state()
    if not settings().gain or state.trouble is not None:
        return
    if not session.may_change() or not plan.shows_labour or not plan.tasks or plan.is_levelled:
        return
    try:
        session.workspace().jobs.submit(request())
    except PlannerError:  # too much waits at this server: the line is no answer that anybody asked for
        return
    job = look(request)
    if job is not None and job.is_active:
        watch_job(request, lambda _: waiting(language), is_awaited=False)
    elif job is not None and job.result is not None and job.result.proposal is not None:
        from zt_planner.topics.limits.gain import gain_of  # noqa: PLC0415 - nobody waits for this line

        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            st.caption(plain(gain_of(job.result.proposal, language)))
            st.page_link(
                this_tab().pages[LIMITS],
                label=language.say("Level the plan"),
                icon=":material/arrow_forward:",
                query_params=st.query_params.to_dict(),
            )


def request() -> Request:
    """Return the job's request for the plan on the page."""
    return gain(session.workspace(), session.state())


def waiting(language: Language) -> None:
    """Say that it is being worked out."""
    st.caption(plain(language.say("Working out what levelling would save…")))
