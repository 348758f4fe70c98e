"""Why do it?: what stays open if nothing is done, the law's day, days at a standstill, and what others report."""

from __future__ import annotations

from functools import partial

import streamlit as st

from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.language import Language
from zt_planner.topics.block import Group, Role, Sentence
from zt_planner.topics.nis2.blocks import law_day_group
from zt_planner.topics.risk.blocks import open_picture, standstill_group
from zt_planner.topics.risk.standstill import nothing_done_sentence, open_table
from zt_planner.topics.sentence import no_schedule
from zt_planner.topics.terms import terms_group
from zt_planner.topics.view import View
from zt_planner.ui.addresses import NIS2
from zt_planner.ui.components import as_table
from zt_planner.ui.components.as_table import PageTable
from zt_planner.ui.components.blocks import show_blocks
from zt_planner.ui.components.charts import show_chart
from zt_planner.ui.components.elements import show_findings, show_page_link
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import view_of
from zt_planner.ui.widgets import number_fields

FIELD_WIDTH = 360


def answer(plan: AnyPlan, language: Language) -> str:
    """Say what stays open without the plan, and until when with it."""
    return language.write(nothing_done_sentence(plan) if isinstance(plan, Plan) else no_schedule())


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline; of a plan that has stopped only what is wrong with it."""
    if isinstance(plan, StoppedPlan):
        show_findings(plan, language)
        return
    view = view_of(plan, language)
    _show_open(view)
    law = law_day_group(view)
    if law is not None:
        show_blocks((law,), below={law.name: partial(_show_law_link, language)})
    _show_standstill(view)
    show_blocks((terms_group(),))


def _show_open(view: View) -> None:
    """Show what is open until when, as a picture or as a table."""
    picture, title = open_picture(view.plan), view.language.say("What is missing until when")
    if picture is None:
        return
    tables = {"open": PageTable(title, lambda: show_table(open_table(view.plan), title))}
    if not as_table.show_chosen(tables):
        show_chart(picture)
    as_table.show_menu(tables, view.language)


def _show_law_link(language: Language) -> None:
    show_page_link(NIS2, language.say("Sector, size and duties on the “NIS2” page"), ":material/gavel:")


def _show_standstill(view: View) -> None:
    say, company = view.language.say, view.plan.scenario.company
    blocks = standstill_group(view).blocks
    st.header(say("A standstill"))
    show_blocks(block for block in blocks if isinstance(block, Sentence) and block.role is Role.TEXT)
    with st.container(width=FIELD_WIDTH):
        number_fields.decimal_number(
            "company.standstill_day_cost",
            company.standstill_day_cost,
            view.language,
            label=say("What a day at a standstill costs you, EUR"),
            may_be_empty=True,
        )
    show_blocks(block for block in blocks if isinstance(block, Group))
