"""NIS2: how many of its points the finished work supports over time, the law of a country, and the insurer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st

from zt_planner.domain.data.rules import Duty, ProposedTask, Sector
from zt_planner.engine.nis2.regulation import country_of
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.language import Language
from zt_planner.topics.block import Group, TableBlock
from zt_planner.topics.labels import label
from zt_planner.topics.nis2.blocks import insurer_group, law_group, points_group
from zt_planner.topics.nis2.insurer import (
    proposal_label,
    proposal_text,
    proposals_open,
    proposed_field,
)
from zt_planner.topics.nis2.points import points_answer
from zt_planner.topics.nis2.regulation import (
    TRAINING,
    countries_known,
    law_in,
)
from zt_planner.topics.sentence import no_schedule
from zt_planner.topics.view import View
from zt_planner.ui.components import as_table
from zt_planner.ui.components.as_table import PageTable
from zt_planner.ui.components.blocks import show_blocks
from zt_planner.ui.components.elements import fold, show_caption
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import view_of
from zt_planner.ui.state import session, widgets
from zt_planner.ui.widgets import controls, number_fields


def answer(plan: AnyPlan, language: Language) -> str:
    """Say how many points are supported, and how many more partly, and from when."""
    return language.write(points_answer(plan) if isinstance(plan, Plan) else no_schedule())


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline."""
    if isinstance(plan, StoppedPlan):
        return
    _show_points(plan, language)
    _show_law(plan, language)
    _show_insurer(plan, language)


def _show_points(plan: Plan, language: Language) -> None:
    """Show the points over time as a picture, or one of its tables in the picture's place."""
    group = points_group(view_of(plan, language), _chosen_country(plan, language))
    st.header(plain(group.heading))
    (folded,) = (block for block in group.blocks if isinstance(block, Group))
    blocks = zip(("points_over_time", "points_by_letter", "points"), folded.blocks, strict=True)
    tables = {name: _as_page_table(block, language) for name, block in blocks if isinstance(block, TableBlock)}
    if not as_table.show_chosen(tables):
        show_blocks(block for block in group.blocks if block is not folded)
    as_table.show_menu(tables, language)


def _as_page_table(block: TableBlock, language: Language) -> PageTable:
    title = language.write(block.title)
    return PageTable(title, lambda: show_table(block.table, title))


COUNTRY, OF_THE_PLAN = "country", ""
"""The parameter of the address that holds the country that is looked at, and what it is without one."""
LIST_WIDTH = 360


def _chosen_country(plan: Plan, language: Language) -> str:
    """Return the country that was chosen, else the plan's."""
    return _chosen_code(plan, language) or country_of(plan.scenario)


def _chosen_code(plan: Plan, language: Language) -> str:
    """Return the country of the address, empty unless it is known."""
    code = st.query_params.get(COUNTRY, OF_THE_PLAN)
    return code if code in countries_known(view_of(plan, language)) else OF_THE_PLAN


def _show_law(plan: Plan, language: Language) -> None:
    say, view = language.say, view_of(plan, language)
    st.header(say("The law"))
    with st.container(horizontal=True):
        _show_country(plan, language)
        _show_sector(plan, language)
        _show_subsector(plan, language)
    law = law_in(view, _chosen_country(plan, language))
    if law is None:
        return
    applies, *rest = law_group(view, _chosen_country(plan, language)).blocks
    show_blocks((applies,))
    title = say("Full-time equivalents, turnover, balance sheet, and since when")
    fold(title, "applies", partial(_show_company_facts, plan, language))
    show_blocks(rest, is_within=True)
    if Duty.TRAIN in law.duties:
        _show_proposed_tasks(view, proposals_open(view, {TRAINING}))


def _show_country(plan: Plan, language: Language) -> None:
    names = language.sorted(countries_known(view_of(plan, language)))
    own = country_of(plan.scenario)
    of_the_plan = language.say("The plan's country: {country}", country=names[own]) if own else language.say("None")
    options = [OF_THE_PLAN, *names]
    st.selectbox(
        language.say("Country"),
        options,
        options.index(widgets.show_value(COUNTRY, _chosen_code(plan, language))),
        format_func=lambda code: names.get(code, of_the_plan),
        key=COUNTRY,
        width=LIST_WIDTH,
        on_change=widgets.edited(COUNTRY, _look_at_country),
    )


def _show_sector(plan: Plan, language: Language) -> None:
    say, given = language.say, plan.scenario.company.sector
    with st.container(width=LIST_WIDTH):
        controls.choice(
            "company.sector",
            given or "",
            ["", *Sector],
            lambda chosen: language.write(label(Sector(chosen))) if chosen else say("Not given"),
            language,
        )


def _show_subsector(plan: Plan, language: Language) -> None:
    """Ask which part of the sector, where a definition leaves one out."""
    company, say = plan.scenario.company, language.say
    parts = [row for row in plan.case.base_model.rules.subsectors if row.sector is company.sector]
    if not parts:
        return
    names = {row.subsector: row.name for row in parts}
    given = company.subsector if company.subsector in names else ""
    with st.container(width=LIST_WIDTH):
        controls.choice(
            "company.subsector",
            given,
            ["", *names],
            lambda chosen: say(names[chosen]) if chosen else say("None of these"),
            language,
            help=say("A sub-sector that the definition in a directive excludes."),
        )


def _look_at_country(code: str) -> None:
    """Keep the country in the address; nothing for the plan's."""
    st.query_params.pop(COUNTRY, None)
    if code:
        st.query_params[COUNTRY] = code


def _show_company_facts(plan: Plan, language: Language) -> None:
    say, company = language.say, plan.scenario.company
    left, right = st.columns(2)
    with left:
        controls.date_field(
            "company.under_law_since",
            company.under_law_since,
            language,
            help=say("Leave empty where the company has been under the law since it came into force."),
            may_be_empty=True,
        )
        number_fields.full_time_equivalents(company, language, is_second=True)
    with right:
        for path, value in (
            ("company.turnover_millions", company.turnover_millions),
            ("company.balance_millions", company.balance_millions),
        ):
            number_fields.decimal_number(path, value, language, may_be_empty=True)
    show_caption(say("None of this changes the plan's figures."))


def _show_insurer(plan: Plan, language: Language) -> None:
    """Show the questions with their answers, and tasks that would change an answer."""
    view = view_of(plan, language)
    group = insurer_group(view)
    if group is None:
        return
    show_blocks((group,))
    _show_proposed_tasks(view, proposals_open(view))


def _show_proposed_tasks(view: View, tasks: Iterable[ProposedTask]) -> None:
    language = view.language
    for task in tasks:
        st.button(
            plain(language.write(proposal_label(task))),
            key=f"propose:{task.id}",
            icon=":material/add_task:",
            help=plain(language.write(proposal_text(task))),
            disabled=not session.may_change(),
            on_click=widgets.pressed(session.change, proposed_field(task, language.say(task.name), view.case)),
        )
