"""Limits: how busy the teams are, the search for a plan within limits, its proposal; questions asked backwards."""

from __future__ import annotations

from functools import partial

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.domain.scenario.levelled import NOT_LEVELLED
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.engine.goals.answer import Answer
from zt_planner.engine.goals.changes import ChangeSet
from zt_planner.engine.goals.question import Goals
from zt_planner.engine.goals.trials import GoalProgress
from zt_planner.engine.levelling.conflict import Conflict
from zt_planner.engine.levelling.proposal import LevellingResult, LevellingStage, Proposal
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.language import Labelled, Language, sentences
from zt_planner.topics.error_texts import explain
from zt_planner.topics.limits.goals import (
    Way,
    answer_report,
    changed_figure_text,
    confidence_of,
    goals_text,
    question_progress_text,
)
from zt_planner.topics.limits.levelling import conflict_report, report_of
from zt_planner.topics.limits.tables import (
    days_off_sentence,
    effects_table,
    levelling_progress_text,
    limits_answer,
    moves_table,
)
from zt_planner.topics.picture.blocks import steps_block
from zt_planner.topics.roadmap.load_chart import load_blocks
from zt_planner.topics.sentence import no_schedule
from zt_planner.ui.components import charts
from zt_planner.ui.components.blocks import show_blocks
from zt_planner.ui.components.elements import show_caption, show_errors, show_findings, show_text
from zt_planner.ui.components.job_panel import JobPanel, StartButton, show_job
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import view_of
from zt_planner.ui.state import session, widgets
from zt_planner.ui.widgets import controls, number_fields, question
from zt_planner.workspace.job_runner import Request
from zt_planner.workspace.jobs.levelling import SECONDS, LevellingProgress, levelling_job
from zt_planner.workspace.jobs.questions import goals_refusal, question_job

FINDINGS = (Code.TIMELINE_LEVELLING_OUTDATED, Code.TIMELINE_LEVELLING_SET_ASIDE)
"""Limits that are broken are the page's answer."""


def answer(plan: AnyPlan, language: Language) -> str:
    """Say which teams the tasks need, and which limit is broken, or that none is."""
    return language.write(limits_answer(plan) if isinstance(plan, Plan) else no_schedule())


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline."""
    if isinstance(plan, Plan):
        show_blocks(load_blocks(plan))
    _show_levelling(plan, language)
    _show_question(plan, language)


def _show_levelling(plan: AnyPlan, language: Language) -> None:
    """Show the limits, findings about them, and the search for a plan that keeps them."""
    say = language.say
    st.header(say("Level to my limits"))
    show_text(
        say(
            "Enter what you can spare. Levelling reorders the tasks within these limits: for the earliest "
            "finish, then for the earliest protection, then for even spending. MFA is delayed only if there is "
            "no other order."
        )
    )
    _show_limits(plan, language)
    with st.container():  # what comes and goes here moves nothing below it
        _show_search(plan, language)


def _show_search(plan: AnyPlan, language: Language) -> None:
    """Show findings about the limits, the button that starts levelling, and its proposal."""
    say = language.say
    show_findings(plan, language, codes=FINDINGS)
    _show_levelled_dates(plan, language)
    if not plan.shows_labour:
        show_caption(say("Levelling uses what is paid each month, and that is hidden from you."))
    if isinstance(plan, StoppedPlan) or not plan.shows_labour:
        return
    panel = JobPanel(
        key="level",
        request=_levelling_request,
        progress=partial(_levelling_share, language=language),
        show_result=partial(_show_levelled, language=language),
        failed=say("The search failed. Nothing was changed; try again."),
        start=StartButton(
            label=say("Level to my limits"),
            icon=":material/low_priority:",
            help=say("Takes about ten seconds; the dashboard stays usable meanwhile."),
            is_disabled=not session.may_change(),
            stays=True,
        ),
    )
    show_job(panel, language)


def _levelling_request() -> Request:
    return levelling_job(session.workspace(), session.state())


def _show_limits(plan: AnyPlan, language: Language) -> None:
    say, scenario = language.say, plan.scenario
    with st.container(border=True):
        columns = st.columns(4, gap="medium", vertical_alignment="bottom")
        timeline = scenario.timeline
        if timeline.mode is Mode.CAPACITY:
            for column, path, value in (
                (columns[0], "timeline.internal_days_per_week", timeline.internal_days_per_week),
                (columns[1], "timeline.external_days_per_week", timeline.external_days_per_week),
            ):
                with column:
                    number_fields.decimal_number(path, value, language, is_second=True)
        elif plan.capacity is not None:
            for column, name, days in (
                (columns[0], say("Your team, days a week"), plan.capacity.internal),
                (columns[1], say("Consultant, days a week"), plan.capacity.external),
            ):
                column.text_input(plain(name), language.trimmed(days), disabled=True)
        with columns[2]:
            if plan.shows_labour:
                number_fields.decimal_number(
                    "finance.monthly_cap",
                    scenario.finance.monthly_cap,
                    language,
                    may_be_empty=True,
                    is_second=True,
                    help=say("Leave empty for no limit. All cash of a month counts, licences included."),
                )
        with columns[3]:
            controls.date_field(
                "levelling.finish_by",
                scenario.levelling.finish_by,
                language,
                may_be_empty=True,
                help=say("Leave empty for the earliest finish that the other limits allow."),
            )
        if timeline.mode is Mode.DEADLINE and isinstance(plan, Plan) and not plan.is_levelled:
            teams = (
                say("No team finishes in time: these are the smallest with the earliest finish.")
                if plan.has_finding(Code.TIMELINE_DEADLINE_IMPOSSIBLE)
                else say("These teams are the smallest that finish in time.")
            )
            remedy = say("To set them, choose Team size in the sidebar.")
            show_caption(f"{teams} {remedy}")
        show_caption(language.write(days_off_sentence(scenario)))


def _show_levelled_dates(plan: AnyPlan, language: Language) -> None:
    """Say that the plan has levelled dates, that they are set aside, or its own order of tasks; offer to drop them."""
    say, levelling = language.say, plan.scenario.levelling
    if levelling.starts:
        drop = say("Drop the levelled dates")
        text = (
            say("This plan is levelled: its tasks start on the days that were found for your limits.")
            if plan.is_levelled
            else say("Levelled dates are set aside")
        )
    elif plan.scenario.task_order:
        drop = say("Use the normal order")
        text = say("The tasks keep the order of the plan that this one was made from, whatever their priority.")
    else:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        show_text(text)
        st.button(
            drop,
            key="unlevel",
            icon=":material/undo:",
            disabled=not session.may_change(),
            on_click=widgets.pressed(session.change, NOT_LEVELLED),
        )


def _levelling_share(reported: LevellingProgress | None, language: Language) -> tuple[float, str]:
    """Return the share of its time that the search has taken, and what it has found."""
    underway = reported or LevellingProgress(LevellingStage.SCHEDULE)
    done = 0.0 if underway.progress is None else min(1.0, underway.progress.elapsed / SECONDS)
    return done, language.write(levelling_progress_text(underway.stage, underway.progress))


def _show_levelled(levelled: LevellingResult, language: Language) -> None:
    if levelled.conflict is not None:
        _show_conflict(levelled.conflict, levelled.proposal)
    if levelled.proposal is not None:
        _show_proposal(levelled.proposal, language)


def _show_conflict(conflict: Conflict, best: Proposal | None) -> None:
    report = conflict_report(conflict, best)
    steps = "\n".join(f"- {plain(step)}" for step in report.steps)
    st.warning(f"**{plain(report.headline)}** {plain(report.lead)}\n\n{steps}", icon=":material/rule:")


def _show_proposal(proposal: Proposal, language: Language) -> None:
    say, report = language.say, report_of(proposal)
    with st.container(border=True):
        st.subheader(plain(report.protection), anchor=False)
        show_text(sentences(report.headline, *report.trades, report.quality))
        show_table(effects_table(report), say("What levelling does"), stacks=True)
        if not report.moves:
            show_text(say("No task moves: the plan is as good as it gets within these limits."))
            return
        if report.note:
            show_caption(report.note)
        before = proposal.current if isinstance(proposal.current, Plan) else None
        charts.show_picture(steps_block("proposal", proposal.plan, before))
        with st.container(horizontal=True):
            st.button(
                say("Apply"),
                key="level:apply",
                icon=":material/check:",
                disabled=not session.may_change(),
                on_click=widgets.pressed(session.change, proposal.values),
                help=say("A single step: you can undo it."),
            )
            st.button(
                say("Discard"),
                key="level:discard",
                icon=":material/close:",
                on_click=widgets.pressed(_discard_proposal),
            )
        st.subheader(say("Tasks that move"))
        show_table(moves_table(report), say("Tasks that move, and why"), stacks=True)


def _discard_proposal() -> None:
    session.workspace().jobs.forget(_levelling_request())


DAY_KEY, AMOUNT_KEY = "ask:by", "ask:first_year"
CARD_WIDTH = 280


def _show_question(plan: AnyPlan, language: Language) -> None:
    """Show the question, to people who may change the plan, and its answer."""
    say = language.say
    st.header(say("Ask backwards"))
    if not session.may_change():
        text = say("People who may change the plan can ask here what must be true for a day and an amount.")
        show_caption(text)
        return
    show_text(
        say(
            "Enter a day, an amount for the first year, or both: you get up to three ways to reach them. Nothing "
            "changes until you apply one."
        )
    )
    goals = _show_question_fields(language)
    question.keep_in_address()
    if goals == Goals():
        return
    refused = goals_refusal(session.workspace(), session.state(), goals)
    if refused is not None:
        show_errors(explain(refused))
        return
    _show_answer(plan, goals, language)


def _show_question_fields(language: Language) -> Goals:
    asked = question.current()
    with st.container(border=True):
        left, right = st.columns(2, gap="medium")
        with left:
            question.day_field(DAY_KEY, language).show()
        with right:
            question.amount_field(AMOUNT_KEY, language).show()
    return Goals(asked.by, asked.first_year)


def _show_answer(plan: AnyPlan, goals: Goals, language: Language) -> None:
    """Show the button, the progress or the result of the search, unless the plan meets the goals already."""
    finish = None if isinstance(plan, StoppedPlan) else view_of(plan, language).promise.finish
    if goals.met_by(plan, finish):
        met = language.say("The plan already meets this. Nothing needs to change.")
        asked = language.write(goals_text(goals, confidence_of(plan)))
        st.success(f"**{plain(asked)}.** {plain(met)}", icon=":material/check_circle:")
        return
    panel = JobPanel(
        key="ask",
        request=lambda: question_job(session.workspace(), session.state(), goals),
        progress=partial(_question_share, language=language),
        show_result=partial(_show_ways, language=language),
        failed=language.say("The search failed. Nothing was changed; try again."),
        start=StartButton(
            label=language.say("What must be true?"),
            icon=":material/search:",
            help=language.say("Takes some seconds; the dashboard stays usable meanwhile."),
        ),
    )
    show_job(panel, language)


def _question_share(progress: GoalProgress | None, language: Language) -> tuple[float, str]:
    """Return the share that was tried, and words for it."""
    return 0.0 if progress is None else float(progress.share), language.write(question_progress_text(progress))


def _show_ways(answer: Answer, language: Language) -> None:
    report = answer_report(answer)
    st.subheader(plain(report.headline), anchor=False)
    _show_way_cards("way", report.ways, answer.sets, language)
    if report.nearest:
        st.subheader(plain(report.nearest_headline), anchor=False)
        _show_way_cards("near", report.nearest, answer.nearest, language)
    show_caption(report.note)


def _show_way_cards(place: str, shown: tuple[Way, ...], sets: tuple[ChangeSet, ...], language: Language) -> None:
    """Show ways as cards of equal height, their buttons in one line."""
    if not shown:
        return
    apply = language.say("Apply")
    with st.grid(len(shown), min_column_width=CARD_WIDTH):
        for number, (way, change_set) in enumerate(zip(shown, sets, strict=True)):
            with st.container(border=True, height="stretch", vertical_alignment="distribute"):
                with st.container(gap="small"):
                    _show_way(way, language)
                st.button(
                    plain(Labelled(apply, way.title)),
                    key=f"ask:apply:{place}:{number}",
                    icon=":material/check:",
                    on_click=widgets.pressed(session.change, change_set.values),
                    help=language.say("A single step: you can undo it."),
                )


def _show_way(way: Way, language: Language) -> None:
    st.markdown(f"#### {plain(way.title)}")
    if way.meets:
        st.markdown(f"**{plain(way.meets)}**")
    show_caption(way.why)
    st.markdown("\n".join(f"- {plain(line)}" for line in way.changes))
    st.markdown("  \n".join(plain(language.write(changed_figure_text(effect))) for effect in way.effects))
    if way.losses:
        st.markdown("\n".join(f"- :material/remove_moderator: {plain(line)}" for line in way.losses))
    if way.notes:
        st.caption("  \n".join(f":material/info: {plain(line)}" for line in way.notes))
