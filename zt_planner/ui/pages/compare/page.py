"""The page Compare: a session's plan beside its variants; without any, three that can be tried by one press."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.errors import PlannerError
from zt_planner.reports.comparison.answer import compare_answer
from zt_planner.reports.comparison.suggested import suggested_variants
from zt_planner.reports.comparison.why import explain_difference
from zt_planner.reports.words.error_texts import explain
from zt_planner.ui.components.job_panel import look, watch_job
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.why import show_answer
from zt_planner.ui.pages.compare.compare import draw_comparison
from zt_planner.ui.state import session, shown_variant, widgets
from zt_planner.workspace.jobs.comparing import PLAN_NAME, ComparingProgress, compared_now, comparing
from zt_planner.workspace.trying import tried

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.engine.compare.comparison import Comparison
    from zt_planner.language import Language
    from zt_planner.workspace.job_runner import Job, Request


def answer(_plan: Plan, language: Language) -> str:
    """Say what each variant costs more or less than the plan, and when it is ready; or that there is none."""
    if not session.state().variants:
        return language.say("Nothing stands beside the plan yet.")
    comparison = known(language)
    return "" if comparison is None else compare_answer(comparison, language)


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    if not session.state().variants:
        offers(plan, language)
        return
    comparison = known(language)
    if comparison is None:
        wait(language)
        return
    draw_comparison(comparison, language)
    show_answer(partial(explain_difference, comparison=comparison, language=language), language)


def known(language: Language) -> Comparison | None:
    """Return the comparison, None while it is worked out."""
    return compared_now(session.workspace(), session.state(), language.say(PLAN_NAME))


def offers(plan: Plan, language: Language) -> None:
    """Draw what is asked for most, each a variant by one press, for whoever may change the plan."""
    say = language.say
    if not session.may_change():
        st.caption(plain(say("Whoever may change the plan can try variants; you will see them here.")))
        return
    st.markdown(plain(say("Try one of these beside the plan, or something else by “Variants”: the plan stays.")))
    with st.container(horizontal=True):
        for offer in suggested_variants(plan, language):
            tried_out = partial(tried, source=session.state().letter, name=offer.name, values=offer.changes)
            st.button(
                plain(offer.name),
                key=f"offer:{'+'.join(offer.changes)}",
                icon=":material/call_split:",
                on_click=widgets.pressed(shown_variant.edit, tried_out),
            )


def wait(language: Language) -> None:
    """Have the comparison worked out, and say how far that is."""
    try:
        session.workspace().jobs.ask(request(language))
    except PlannerError as refused:
        for line in explain(refused, language):
            st.warning(plain(line))
        return
    job = look(partial(request, language))
    if job is not None and job.is_going:
        watch_job(partial(request, language), partial(progress, language))
    elif job is not None and job.result is None:
        st.error(plain(language.say("The comparison failed. Change something, or reload the page.")))


def request(language: Language) -> Request:
    """Return the job's request for the plans on the page."""
    return comparing(session.workspace(), session.state(), language.say(PLAN_NAME))


def progress(language: Language, job: Job) -> None:
    """Draw how far the comparison is."""
    done = job.progress
    share = done.done / done.whole if isinstance(done, ComparingProgress) else 0.0
    st.progress(share, plain(language.say("Working out what each group of inputs adds…")))
