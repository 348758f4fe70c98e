"""The line on the first screen that says what levelling would save; worked out beside the page, once it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.engine.levelling.proposal import Levelled
from zt_planner.errors import TooMuchWaits
from zt_planner.reports.levelling import gain_of
from zt_planner.ui import session
from zt_planner.ui.markdown import plain
from zt_planner.ui.underway import follow
from zt_planner.workspace.levelling import GAIN, ask_levelling, levelling_job

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language
    from zt_planner.workspace.jobs import Job

SECONDS_BETWEEN = 2.0
"""Longer than a hand rests on a slider: while it moves, nothing is asked."""


def show(plan: Plan, language: Language) -> None:
    """Draw the line, for those who may level the plan; not for one that is levelled already."""
    if not session.may_change() or not plan.shows_labour or not plan.tasks or plan.scenario.levelled_starts:
        return
    try:
        ask_levelling(session.workspace(), session.state(), GAIN)
    except TooMuchWaits:
        return
    job = _job()
    if job is not None and job.is_going:
        follow(_job, lambda _: _line(language.say("Working out what levelling would save…")), SECONDS_BETWEEN)
    elif job is not None and isinstance(job.result, Levelled) and job.result.proposal is not None:
        _line(gain_of(job.result.proposal, language))


def _job() -> Job | None:
    return levelling_job(session.workspace(), session.state(), GAIN)


def _line(text: str) -> None:
    st.caption(f":material/low_priority: {plain(text)}")
