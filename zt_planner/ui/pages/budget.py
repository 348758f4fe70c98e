"""The budget: the money over the horizon, used up or paid; what was invoiced; stages; operation; licences.

Law: reasons for licences are computed only where they are shown, once per plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from zt_planner.domain.finding import INVOICE_CODES
from zt_planner.domain.plan import Mix
from zt_planner.engine.licensing.reasons import MixReasons
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.under_way.earned_value import MoneyRow, money_status
from zt_planner.language import Language, sentences
from zt_planner.topics.block import PictureBlock, PictureForm
from zt_planner.topics.budget.tables import budget_answer, budget_table
from zt_planner.topics.budget.tax import tax_table
from zt_planner.topics.decisions.dates import decisions_group
from zt_planner.topics.decisions.stages import open_stages, stage_notes, stage_sentence, stage_table
from zt_planner.topics.figure_names import StageFigure, stage_name
from zt_planner.topics.labels import ROUNDED
from zt_planner.topics.licences.mix import explain_mix, mix_words
from zt_planner.topics.licences.tables import mix_table
from zt_planner.topics.licences.traces import LICENCE_MIX, NEXT_BEST_MIX
from zt_planner.topics.operation.blocks import operation_group
from zt_planner.topics.picture.alt import budget_alt
from zt_planner.topics.picture.whole import budget_of
from zt_planner.topics.progress.bookings_grid import booking_grid
from zt_planner.topics.progress.money import money_by_category, money_by_month, money_lines
from zt_planner.topics.sentence import no_schedule
from zt_planner.topics.subsidies.blocks import subsidy_group
from zt_planner.topics.view import View
from zt_planner.ui.addresses import PRICES, WEEK
from zt_planner.ui.components import as_table, charts, grid
from zt_planner.ui.components.as_table import PageTable
from zt_planner.ui.components.blocks import show_blocks
from zt_planner.ui.components.cards import show_totals
from zt_planner.ui.components.charts import remembered
from zt_planner.ui.components.elements import (
    fold,
    fold_findings,
    show_caption,
    show_draft,
    show_lines,
    show_page_link,
    show_text,
)
from zt_planner.ui.components.files import incoming
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import view_of, why_button, with_why
from zt_planner.ui.state import drafts, session
from zt_planner.ui.widgets.controls import status_date


def answer(plan: AnyPlan, language: Language) -> str:
    """Say what the first year costs, what is largest in it, and what comes afterwards."""
    return language.write(budget_answer(plan) if isinstance(plan, Plan) else no_schedule())


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline."""
    if isinstance(plan, StoppedPlan):
        return
    show_totals(plan, language)
    say = language.say
    names = {"used": say("When it is used"), "paid": say("When it is paid")}
    view = st.segmented_control(
        say("Show costs"),
        list(charts.MONTH_OF),
        default="used",
        required=True,
        format_func=lambda key: plain(names[key]),
        key="money",
        bind="query-params",
        help=say("A licence that is prepaid for a year counts month by month."),
    )
    month_of = charts.MONTH_OF[view]
    draw = partial(budget_of, plan, month_of=month_of, before=session.compared_plan())
    alt = budget_alt(plan, plan.months, month_of)
    tables = {
        "budget": PageTable(say("Budget by month"), partial(_show_money, plan, language, view)),
        "tax": PageTable(say("Running cost, and what could be capitalised"), partial(_show_tax, plan, language)),
    }
    as_table.show_menu(tables, language)
    if not as_table.show_chosen(tables):
        charts.show_picture(PictureBlock("budget", PictureForm.BUDGET, alt, draw))
    _show_invoiced(plan, language)
    _show_stages(plan, language)
    show_blocks((operation_group(view_of(plan, language)), subsidy_group(view_of(plan, language))))
    if plan.mix is not None:
        _show_licences(plan, plan.mix, language)
    show_page_link(PRICES, say("Prices"), ":material/sell:")


def _show_money(plan: Plan, language: Language, view: str) -> None:
    show_table(budget_table(plan, plan.months, charts.MONTH_OF[view]), language.say("Budget by month"))
    show_caption(ROUNDED)


def _show_tax(plan: Plan, language: Language) -> None:
    say = language.say
    show_table(tax_table(plan), say("Running cost, and what could be capitalised"))
    show_caption(
        say(
            "No tax advice: your tax adviser decides. Here, hardware that is bought once could be capitalised, and "
            "contingency is undecided until it is spent."
        )
    )
    show_caption(
        say(
            "Ask about two cases: work of a consultant that sets up an asset may belong to that asset, and cheap "
            "pieces such as keys may be running cost."
        )
    )


def _show_stages(plan: Plan, language: Language) -> None:
    say = language.say
    st.header(say("Decide in stages"))
    for row in open_stages(plan)[:1]:
        with_why(language.write(stage_sentence(plan)), stage_name(row.number, StageFigure.TO_APPROVE), language)

    def table() -> None:
        show_table(stage_table(plan), say("Stages"))
        lasting = say("What is in place lasts only while its monthly costs are paid. Internal work is not included.")
        show_lines((lasting, *stage_notes(plan), ROUNDED))

    fold(say("What stopping after each stage means"), "stages", table)
    decisions = decisions_group(view_of(plan, language))
    if decisions is not None:
        show_blocks((replace(decisions, name="all_decisions", is_folded=True),))


def _show_licences(plan: Plan, mix: Mix, language: Language) -> None:
    say = language.say
    st.header(say("Who gets which licences"))
    cost = say(
        "Licences for people: {amount} a month, without those for servers and Zero Trust access",
        amount=language.money(mix.monthly_cost),
    )
    with_why(cost, LICENCE_MIX, language)
    show_table(mix_table(plan), say("Licence mix"))
    reasons = _reasons(plan)
    if reasons is not None:
        fold(say("Why these licences?"), "reasons", partial(_show_mix_reasons, reasons, plan, language))


def _show_mix_reasons(reasons: MixReasons, plan: Plan, language: Language) -> None:
    say, words = language.say, mix_words(reasons, plan)
    show_caption(say("The cheapest mix that gives everyone what the tasks need, within the vendors' seat caps."))
    for entry in words.holdings:
        why = "\n".join(f"- {plain(sentence)}" for sentence in entry.why)
        st.markdown(f"**{plain(entry.who)}**: {plain(entry.gets)}\n\n{why}")
    if words.not_allowed:
        heading, *sentences = words.not_allowed
        why_not = "\n".join(f"- {plain(sentence)}" for sentence in sentences)
        st.markdown(f"{plain(heading)}\n\n{why_not}")
    show_text(words.next_best)
    if reasons.next_best is not None:
        why_button(NEXT_BEST_MIX, language)


@remembered
def _reasons(plan: Plan) -> MixReasons | None:
    return explain_mix(plan)


def _show_invoiced(plan: Plan, language: Language) -> None:
    """Show what was invoiced compared with the plan, and where it is entered by those who may."""
    say, rows = language.say, money_status(plan)
    if rows:
        st.header(plain(say("Planned, invoiced, forecast")))
        lines = [*money_lines(plan)]
        if lines:
            st.markdown(f"**{plain(lines[0])}**")
        if lines[1:]:
            show_text(sentences(*lines[1:]))
        fold(say("Planned, actual and forecast as tables"), "actuals", partial(_show_money_status, rows, language))
        fold_findings(plan, language, "money_findings", INVOICE_CODES)
    if not session.may_change():
        return
    is_open = fold(
        say("Enter what was invoiced"),
        "invoices",
        partial(_show_booking_grid, plan, language),
        ":material/receipt_long:",
    )
    if not is_open and drafts.has_waiting_cells(drafts.BOOKINGS):
        show_draft(say("What you typed into the table of invoices is kept, but not in the plan. Open it to see why."))
    if plan.scenario.status.is_under_way:
        show_page_link(WEEK, say("Import new invoices"), ":material/upload:")
        return
    fold(
        say("Import what was invoiced"),
        "bookings",
        partial(incoming.show_booking_import, language),
        ":material/upload:",
    )


def _show_money_status(money: Sequence[MoneyRow], language: Language) -> None:
    say = language.say
    show_caption(
        say(
            "As it is paid. In a closed month the forecast is what was invoiced, in all others what is planned; "
            "what was invoiced in an open month is not in the forecast yet."
        )
    )
    show_table(money_by_category(money), say("Planned, actual and forecast by kind of cost"))
    show_table(money_by_month(money), say("Planned, actual and forecast by month"), scrolls=True)
    show_caption(ROUNDED)


def _show_booking_grid(plan: Plan, language: Language) -> None:
    """Show the months up to the status date, to enter invoices and close months; the date itself if it is missing."""
    say = language.say
    if not plan.scenario.status.is_under_way:
        status_date(language)()
    bookings = booking_grid(View(plan, language), lambda: session.state().scenario.status)
    if not bookings.rows:
        show_caption(say("There is no month to enter yet: none of the plan has begun on the status date."))
        return
    show_caption(
        say(
            "Net amounts in EUR; credits are negative. Close a month once all its invoices are in: they then "
            "replace what was planned. Changes apply at once. What was imported for a task stays with it; "
            "the rest of what you type belongs to no task."
        )
    )
    grid.show_grid(drafts.BOOKINGS, bookings)
