"""This week: the status date, the tasks that are due, new bookings, what has changed, what to decide, and the report.

Law: the table has nothing but rows of the one of all tasks, which is on the Roadmap page; all invoices are on the page
Budget.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from zt_planner.domain.finding import INVOICE_CODES, TASK_STATUS_CODES, Severity
from zt_planner.engine.decisions import decisions_of
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.files.formats import KINDS, Format
from zt_planner.language import Language, sentences
from zt_planner.media.csv.dialects import usual_dialect
from zt_planner.topics.decisions.dates import decision_table
from zt_planner.topics.grid import read_only
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.progress.forecasts import since_forecast
from zt_planner.topics.progress.money import money_lines
from zt_planner.topics.progress.week import due_tasks, week_answer, week_grid
from zt_planner.topics.sentence import no_schedule
from zt_planner.ui.addresses import BUDGET_PAGE, ROADMAP
from zt_planner.ui.components import grid
from zt_planner.ui.components.deciding.approval import show_forecast_button
from zt_planner.ui.components.elements import (
    fold_findings,
    show_caption,
    show_findings,
    show_lines,
    show_page_link,
    show_text,
)
from zt_planner.ui.components.files import incoming
from zt_planner.ui.components.files.downloads import show_download
from zt_planner.ui.components.files.plan_files import format_bytes
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.together import changed
from zt_planner.ui.components.why import view_of
from zt_planner.ui.state import drafts, session, widgets
from zt_planner.ui.widgets.controls import status_date

MOST_DECISIONS = 3


def answer(plan: AnyPlan, language: Language) -> str:
    """Say how many tasks are due, or what comes next."""
    reference = session.reference_plan()
    if reference is None or not plan.scenario.status.is_under_way:
        return ""
    is_planned = isinstance(plan, Plan)
    return language.write(week_answer(plan, due_tasks(plan, reference)) if is_planned else no_schedule())


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline."""
    is_under_way, say = plan.scenario.status.is_under_way, language.say
    reference = session.reference_plan() if is_under_way else None
    show_findings(plan, language, (Severity.BLOCKING,))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        explain = _show_date(plan, language) if session.may_change() else None
        if isinstance(plan, Plan) and reference is not None:
            _show_report(language)
    if explain is not None:
        explain()
    if reference is None:
        show_caption(say("The plan is not under way: nothing is due before it has a status date."))
        return
    _show_tasks(plan, reference, language)
    fold_findings(plan, language, "status_findings", TASK_STATUS_CODES)
    if isinstance(plan, Plan):
        _show_money(plan, language)
        _show_changes(plan, language)
        _show_decisions(plan, language)


def _show_date(plan: AnyPlan, language: Language) -> Callable[[], object]:
    """Draw the status date, and the button that brings it up to today; return what says why it is refused."""
    explain, today = status_date(language), session.workspace().today()
    if plan.scenario.status.at is None or plan.scenario.status.at < today:
        st.button(
            plain(language.say("Status of today, {day}", day=language.short_day(today))),
            key="week:today",
            icon=":material/today:",
            on_click=widgets.pressed(session.change, {"status.at": today}),
        )
    return explain


def _show_report(language: Language) -> None:
    kind = KINDS[Format.STATUS]
    write = partial(format_bytes, Format.STATUS, usual_dialect(language), language, session.workspace())
    look = {"icon": kind.icon, "key": "week:report"}
    show_download(language.say(kind.name), write, kind.file, kind.media_type, language, **look)


def _show_tasks(plan: AnyPlan, reference: AnyPlan, language: Language) -> None:
    """Show what is due or runs, to be ticked; what was ticked stays until there is another status date."""
    say, due = language.say, due_tasks(plan, reference).all
    statuses = week_grid(view_of(plan, language), reference)
    may_change, ticked = session.may_change(), changed.recorded_since_status_date().difference(due)
    due += tuple(key for key in statuses.names if key in ticked)
    order = due
    if may_change:
        order = drafts.kept_order(drafts.WEEK, due, plan.scenario.status.at, statuses.names)
    shown = statuses.only(order)
    if order and may_change:
        show_caption(
            say(
                "Tick what has started or is finished by the status date. That records the planned day, or the status "
                "date if the task was still open at the last saved forecast; correct the day if it was another one. "
                "Changes apply at once."
            )
        )
        grid.show_grid(drafts.WEEK, shown)
    elif order:
        show_table(read_only(shown), say("Tasks of this week"), stacks=True)
    show_page_link(ROADMAP, say("All tasks"), ":material/checklist:")


def _show_money(plan: Plan, language: Language) -> None:
    say, lines = language.say, [*money_lines(plan)]
    may_change = session.may_change()
    if lines or may_change:
        st.header(say("New invoices"))
        if lines:
            show_text(sentences(*lines))
    if may_change:
        incoming.show_booking_import(language)
    fold_findings(plan, language, "money_findings", INVOICE_CODES)
    show_page_link(BUDGET_PAGE, say("All invoices"), ":material/receipt_long:")


def _show_changes(plan: Plan, language: Language) -> None:
    """Show how the plan stands and why, what is new since the last forecast, and what did it."""
    view = view_of(plan, language)
    st.header(language.say("What has changed"))
    show_text(planned_sentence(view))
    since = language.write(since_forecast(view))
    if since:
        show_text(since)
    show_lines(changed.since_status_date(language))
    show_forecast_button(plan, language)


def _show_decisions(plan: Plan, language: Language) -> None:
    ahead = [decision for decision in decisions_of(plan) if not decision.is_over]
    if ahead:
        st.header(language.say("Next decisions"))
        show_table(decision_table(plan, ahead[:MOST_DECISIONS]), language.say("The next decisions"), stacks=True)
