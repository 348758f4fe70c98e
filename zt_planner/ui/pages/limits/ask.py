"""Ask backwards: a day and an amount, the background search, and the ways it found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.engine.goals import Goals
from zt_planner.topics.error_texts import explain
from zt_planner.topics.limits.goals import answer_report, changed_figure_text, goals_text, question_progress_text
from zt_planner.ui.components.job_panel import Panel, show
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session, widgets
from zt_planner.ui.widgets import question
from zt_planner.workspace.jobs.questions import backwards, goals_refusal

if TYPE_CHECKING:
    from zt_planner.engine.goals import Answer, ChangeSet, GoalProgress
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.limits.goals import Way

DAY, SUM = "ask:by", "ask:first_year"
CARD_WIDTH = 280


def draw(plan: Plan, language: Language) -> None:
    """Draw the question, for people who may change the plan, and its answer."""
    say = language.say
    st.header(say("Ask backwards"))
    if not session.may_change():
        text = say("People who may change the plan can ask here what must be true for a day and an amount.")
        st.caption(plain(text))
        return
    st.markdown(
        plain(
            say(
                "Enter a day, an amount for the first year, or both: you get up to three ways to reach them. Nothing "
                "changes until you apply one."
            )
        )
    )
    goals = fields(language)
    question.keep_in_address()
    if goals == Goals():
        return
    refused = goals_refusal(session.workspace(), session.state(), goals)
    if refused is not None:
        for line in explain(refused, language):
            st.error(plain(line), icon=":material/block:")
        return
    answered(plan, goals, language)


def fields(language: Language) -> Goals:
    """Draw the day and the amount, and return what is asked for."""
    asked = question.asked()
    with st.container(border=True):
        left, right = st.columns(2, gap="medium")
        with left:
            question.day_field(DAY, language).show()
        with right:
            question.amount_field(SUM, language).show()
    return Goals(asked.by, asked.first_year)


def answered(plan: Plan, goals: Goals, language: Language) -> None:
    """Draw the button, the progress or the result of the search."""
    if goals.met_by(plan):
        met = language.say("The plan already meets this. Nothing needs to change.")
        st.success(f"**{plain(goals_text(goals, language))}.** {plain(met)}", icon=":material/check_circle:")
        return
    panel = Panel(
        key="ask",
        label=language.say("What must be true?"),
        icon=":material/search:",
        help=language.say("Takes some seconds; the dashboard stays usable meanwhile."),
        failed=language.say("The search failed. Nothing was changed; try again."),
        progress=partial(how_far, language=language),
        draw=partial(ways, language=language),
    )
    show(panel, lambda: backwards(session.workspace(), session.state(), goals), language)


def how_far(progress: GoalProgress | None, language: Language) -> tuple[float, str]:
    """Return how much was tried, as a share and in words."""
    return 0.0 if progress is None else float(progress.share), question_progress_text(progress, language)


def ways(answer: Answer, language: Language) -> None:
    """Draw the ways side by side, and below them what comes nearest."""
    report = answer_report(answer, language)
    st.subheader(plain(report.headline), anchor=False)
    cards("way", report.ways, answer.sets, language)
    if report.nearest:
        st.subheader(plain(report.nearest_headline), anchor=False)
        cards("near", report.nearest, answer.nearest, language)
    st.caption(plain(report.note))


def cards(place: str, shown: tuple[Way, ...], sets: tuple[ChangeSet, ...], language: Language) -> None:
    """Draw ways as cards of equal height, each with its button on one line."""
    if not shown:
        return
    apply = language.say("Apply")
    with st.grid(len(shown), min_column_width=CARD_WIDTH):
        for number, (way, found) in enumerate(zip(shown, sets, strict=True)):
            with st.container(border=True, height="stretch", vertical_alignment="distribute"):
                with st.container(gap="small"):
                    card(way, language)
                st.button(
                    plain(language.labelled(apply, way.title)),
                    key=f"ask:apply:{place}:{number}",
                    icon=":material/check:",
                    on_click=widgets.pressed(session.change, found.values),
                    help=language.say("A single step: you can undo it."),
                )


def card(way: Way, language: Language) -> None:
    """Draw one way: why it is there, what changes, what it comes to, what is lost, what to look at."""
    st.markdown(f"#### {plain(way.title)}")
    if way.meets:
        st.markdown(f"**{plain(way.meets)}**")
    st.caption(plain(way.why))
    st.markdown("\n".join(f"- {plain(line)}" for line in way.changes))
    st.markdown("  \n".join(plain(changed_figure_text(effect, language)) for effect in way.effects))
    if way.losses:
        st.markdown("\n".join(f"- :material/remove_moderator: {plain(line)}" for line in way.losses))
    if way.notes:
        st.caption("  \n".join(f":material/info: {plain(line)}" for line in way.notes))
