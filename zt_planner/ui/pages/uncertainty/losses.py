"""If we do nothing: what that may cost by three views, what the plan changes, and on which figures it rests."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.data.losses import LossView
from zt_planner.errors import msgid
from zt_planner.reports.analyses.reasons import loss_tables as tables
from zt_planner.reports.analyses.reasons.losses import chosen_sentences, nothing_known, outlook_in, views_sentences
from zt_planner.reports.charts.axes import shown_months
from zt_planner.reports.grids.factors import default_factors, factor_grid
from zt_planner.reports.words.labels import label
from zt_planner.ui.components import grid
from zt_planner.ui.components.charts import losses as charts
from zt_planner.ui.components.components import fold, show_draft
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import trace_context, with_why
from zt_planner.ui.state import drafts, session, widgets
from zt_planner.ui.widgets import controls, number_fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.domain.plan import Plan
    from zt_planner.engine.losses import LossEstimate, LossOutlook
    from zt_planner.language import Language
    from zt_planner.reports.trace import TraceContext

AS_TABLE = {charts.VIEWS: msgid("The curves of the views as a table"), charts.PLAN: msgid("The curve as a table")}


def draw(plan: Plan, language: Language) -> None:
    """Draw the views side by side, the chosen one's curve, and everything behind them folded away."""
    context, say = trace_context(plan, language), language.say
    outlook = outlook_in(context)
    st.header(say("If we do nothing"))
    if outlook is None:
        st.caption(plain(nothing_known(context)))
        return
    for index, text in enumerate(views_sentences(outlook, language)[1:]):  # the first is in the page's answer
        with_why(text, "", language, is_bold=not index)
    views(outlook, language)
    chosen_view(outlook, language)
    for text, name in chosen_sentences(outlook, language):
        with_why(text, name, language, is_bold=False)
    if outlook.chosen is not None:
        st.subheader(plain(say("What the plan changes: {view}", view=label(outlook.choice, language))), anchor=False)
        curves(plan, charts.PLAN, tables.plan_curves(outlook, outlook.chosen, language), language)
        fold(say("Expected loss by month"), "loss_months", partial(months, outlook, outlook.chosen, language))
    title = say("What each control changes, and the evidence")
    if not fold(title, "loss_controls", partial(factors, outlook, language)) and drafts.waits(drafts.FACTORS):
        show_draft(say("What you typed into the table of controls is kept, but not in the plan. Open it to see why."))
    fold(say("Every source, and what the article says"), "loss_sources", partial(sources, outlook, context))


def chosen_view(outlook: LossOutlook, language: Language) -> None:
    """Draw which view is used below, and the fields of the own view while it is chosen."""
    say, given = language.say, outlook.plan.scenario.losses
    controls.segments(
        say("View used below"),
        "losses.view",
        given.view,
        lambda view: label(view, language),
        lambda view: {"losses.view": view},
    )
    if given.view is not LossView.OWN:
        return
    for column, (title, path, value) in zip(
        st.columns(3, gap="medium", vertical_alignment="top"),
        (
            (say("Chance of a loss in a year, in percent"), "losses.chance", given.chance),
            (say("Median of one loss, EUR"), "losses.median", given.median),
            (say("P95 of one loss, EUR"), "losses.p95", given.p95),
        ),
        strict=True,
    ):
        with column:
            number_fields.decimal_number(title, path, value, language, may_be_empty=True)


def views(outlook: LossOutlook, language: Language) -> None:
    """Draw the views side by side: what each comes to, and its curve without the plan."""
    say = language.say
    show_table(tables.views_table(outlook, language), say("Losses without the plan"), stacks=True)
    st.subheader(say("Chance of a loss above an amount within three years, without the plan"), anchor=False)
    curves(outlook.plan, charts.VIEWS, tables.view_curves(outlook, language), language)


def curves(plan: Plan, name: str, drawn: Sequence[tables.Curve], language: Language) -> None:
    """Draw curves; the same as a table."""
    title = language.say(AS_TABLE[name])
    charts.show_curves(plan, name, drawn, language)
    fold(title, f"loss_{name}", lambda: show_table(tables.curve_table(drawn, language), title))


def months(outlook: LossOutlook, estimate: LossEstimate, language: Language) -> None:
    """Draw the expected loss on the roadmap's axis, and as a table."""
    rows = tables.month_rows(outlook, estimate, shown_months(outlook.plan))
    charts.show_months(outlook.plan, rows, language)
    show_table(tables.months_table(rows, language), language.say("Expected loss by month"))


def factors(outlook: LossOutlook, language: Language) -> None:
    """Draw the relative risks with their evidence and sources; those who may change the plan edit them."""
    say = language.say
    if session.may_change():
        st.caption(plain(say("Changes apply at once. Empty a cell to go back to the default; 0.2 is the least.")))
        grid.edit(drafts.FACTORS, factor_grid(outlook, language))
        own = default_factors(outlook)
        if own:
            st.button(
                say("Use the default relative risks again"),
                key="factors_back",
                icon=":material/undo:",
                on_click=widgets.pressed(session.change, own),
            )
    show_table(tables.controls_table(outlook, language), say("Controls and their evidence"), stacks=True)
    st.caption(
        plain(
            say(
                "A control counts from the month after all its tasks are finished. Relative risks are multiplied; of "
                "those of one kind the strongest counts, and no chance is multiplied by less than 0.2."
            )
        )
    )


def sources(outlook: LossOutlook, context: TraceContext) -> None:
    """Draw every source of the views, and the article's figures beside what the sources hold."""
    language = context.language
    show_table(tables.sources_table(outlook, language), language.say("Sources of the views"), stacks=True)
    show_table(tables.claims_table(context), language.say("The article and the sources"), stacks=True)
