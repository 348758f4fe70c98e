"""Reordering the tasks: within limits that somebody enters, and what it would bring by itself; what moves."""

from __future__ import annotations

from functools import partial

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.domain.scenario.levelled import NOT_LEVELLED
from zt_planner.domain.scenario.scenario import Mode
from zt_planner.engine.levelling.conflict import Conflict
from zt_planner.engine.levelling.proposal import LevellingResult, LevellingStage, Proposal
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.language import Language, sentences
from zt_planner.topics.limits.levelling import conflict_report, headline_of, quality_of, teams_note
from zt_planner.topics.limits.tables import days_off_sentence, effects_table, levelling_progress_text, moves_table
from zt_planner.topics.limits.trades import protection_of, trades_of
from zt_planner.topics.picture.blocks import steps_block
from zt_planner.ui.components import charts
from zt_planner.ui.components.elements import fold, show_caption, show_findings, show_text
from zt_planner.ui.components.job_panel import JobPanel, StartButton, show_job
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.state import session, widgets
from zt_planner.ui.widgets import controls, number_fields
from zt_planner.workspace.jobs.levelling import SECONDS, LevellingProgress, levelling_job
from zt_planner.workspace.runners.job_runner import Request

FINDINGS = (Code.TIMELINE_LEVELLING_OUTDATED, Code.TIMELINE_LEVELLING_SET_ASIDE)


def show_reordering(plan: AnyPlan, language: Language) -> None:
    """Show the limits, and the search for an order of the tasks that keeps them, with its proposal."""
    say = language.say
    show_text(
        say(
            "Enter what you can spare. The tasks are put into another order within these limits: for the earliest "
            "finish, then for the earliest protection, then for even spending. MFA is delayed only if there is "
            "no other order."
        )
    )
    _show_limits(plan, language)
    with st.container():  # what comes and goes here moves nothing below it
        show_findings(plan, language, codes=FINDINGS)
        _show_levelled_dates(plan, language)
        _show_search(plan, language)


def _show_search(plan: AnyPlan, language: Language) -> None:
    say = language.say
    if not plan.shows_labour:
        show_caption(say("Reordering uses what is paid each month, and that is hidden from you."))
    if isinstance(plan, StoppedPlan) or not plan.shows_labour:
        return
    panel = JobPanel(
        key="level",
        request=_levelling_request,
        progress=partial(_levelling_share, language=language),
        show_result=partial(_show_levelled, language=language),
        failed=say("The search failed. Nothing was changed; try again."),
        start=StartButton(
            label=say("Reorder the tasks"),
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
        drop = say("Use the normal order")
        text = (
            say("The tasks of this plan start on the days that were found for your limits.")
            if plan.is_levelled
            else say("The days that were found for your limits are set aside")
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
        with st.container(border=True):
            show_proposal(levelled.proposal, "level", language)


def _show_conflict(conflict: Conflict, best: Proposal | None) -> None:
    report = conflict_report(conflict, best)
    steps = "\n".join(f"- {plain(step)}" for step in report.steps)
    st.warning(f"**{plain(report.headline)}** {plain(report.lead)}\n\n{steps}", icon=":material/rule:")


def show_proposal(proposal: Proposal, key: str, language: Language) -> None:
    """Show another order of the tasks: what it brings and takes, what moves, and the button that applies it."""
    say, note = language.say, teams_note(proposal)
    st.subheader(plain(protection_of(proposal)), anchor=False)
    show_text(sentences(headline_of(proposal), *trades_of(proposal), quality_of(proposal)))
    show_table(effects_table(proposal), say("What the new order changes"), stacks=True, place=key)
    if not proposal.moves:
        show_text(say("No task moves: the plan is as good as it gets within these limits."))
        return
    if note:
        show_caption(note)
    before = proposal.current if isinstance(proposal.current, Plan) else None
    charts.show_picture(steps_block("proposal" if key == "level" else key, proposal.plan, before))
    with st.container(horizontal=True):
        st.button(
            say("Apply"),
            key=f"{key}:apply",
            icon=":material/check:",
            disabled=not session.may_change(),
            on_click=widgets.pressed(session.change, proposal.values),
            help=say("A single step: you can undo it."),
        )
        if key == "level":
            st.button(
                say("Discard"),
                key="level:discard",
                icon=":material/close:",
                on_click=widgets.pressed(_discard_proposal),
            )
    title = say("Tasks that move, and why")
    fold(title, f"moves_{key}", lambda: show_table(moves_table(proposal), title, stacks=True, place=key))


def _discard_proposal() -> None:
    session.workspace().jobs.forget(_levelling_request())
