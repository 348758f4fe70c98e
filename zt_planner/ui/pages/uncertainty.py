"""Risk: how sure date and budget are, what would make them surer, and the ranges behind that."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.domain.headlines import FigureName, Headlines
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.simulation.result import SURE, SimulationResult
from zt_planner.files.draws import CSV, PARQUET, draws_bytes
from zt_planner.language import Language, Text
from zt_planner.topics.block import ChartBlock, Group
from zt_planner.topics.figure import without_labour
from zt_planner.topics.figure_names import SURE_FAMILY, sure_name
from zt_planner.topics.grid import read_only
from zt_planner.topics.gross_and_currency import amount_forms_of
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.labels import bounded_money
from zt_planner.topics.risk import drivers as words
from zt_planner.topics.risk.blocks import joint_blocks, standstill_group, swings_group
from zt_planner.topics.risk.confidence import (
    BOTH_MET,
    Target,
    beyond_sentence,
    chance_of,
    chance_text,
    day_text,
    plan_target,
    reserve_table,
    reserve_text,
    shown_reserve,
    sure_title,
)
from zt_planner.topics.risk.outside import outside_group
from zt_planner.topics.risk.ranges_grid import known_ranges, range_grid, reset_ranges
from zt_planner.topics.risk.traces import BOTH
from zt_planner.topics.risk.uncertainty import (
    holds_text,
    knows_budget,
    needed_text,
    percentiles_table,
    spread_texts,
)
from zt_planner.topics.roadmap.date_traces import FINISH
from zt_planner.topics.sentence import no_schedule
from zt_planner.topics.view import View
from zt_planner.ui.components import grid
from zt_planner.ui.components.blocks import show_blocks
from zt_planner.ui.components.cards import FigureCard, show_cards
from zt_planner.ui.components.charts import show_chart
from zt_planner.ui.components.downloads import show_download
from zt_planner.ui.components.elements import (
    button_row,
    fold,
    fold_findings,
    pick,
    show_caption,
    show_draft,
    show_findings,
    show_lines,
    show_text,
)
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import view_of
from zt_planner.ui.state import drafts, session, widgets
from zt_planner.ui.widgets import number_fields, question
from zt_planner.workspace import State, Workspace

FINDINGS = (Code.RANGE_SKEWED, Code.RANGE_WIDE)


def answer(plan: AnyPlan, language: Language) -> str:
    """Say how sure the plan is."""
    if isinstance(plan, StoppedPlan):
        return language.write(no_schedule())
    return language.write(planned_sentence(view_of(plan, language)))


def render(plan: AnyPlan, language: Language) -> None:
    """Draw the page below its headline; of a plan that has stopped only what is wrong with it."""
    if isinstance(plan, StoppedPlan):
        show_findings(plan, language)
        return
    simulation = session.workspace().plans.simulation(plan)
    figures, say = plan.headlines, language.say
    _show_sure_cards(plan, figures, simulation, language)
    show_lines((beyond_sentence(simulation),))
    _show_spreads(plan, figures, simulation, language)
    _show_outside_view(plan, language)
    _show_standstill(plan, language)
    st.header(say("How sure is that?"))
    fold_findings(plan, language, "range_findings", FINDINGS)
    title = say("Budget and finish at each confidence")
    fold(title, "percentiles", lambda: show_table(percentiles_table(plan, figures, simulation), title))
    if knows_budget(plan, figures):
        _show_joint_fold(plan, figures, simulation, language)
    _show_drivers(plan, simulation, language)
    fold(say("All draws as files"), "draws_files", partial(_show_draw_files, language))
    _show_ranges(plan, language)


def _show_spreads(plan: Plan, figures: Headlines, simulation: SimulationResult, language: Language) -> None:
    st.header(language.say("How budget and finish may turn out"))
    titles = (language.write(without_labour(Text("Budget to get there"), plan)), language.say("Finish"))
    texts = spread_texts(plan, figures, simulation)
    for column, title, text in zip(st.columns(2, gap="medium"), titles, texts, strict=True):
        with column:
            st.subheader(plain(title), anchor=False)
            show_text(text)


def _show_outside_view(plan: Plan, language: Language) -> None:
    group = outside_group(view_of(plan, language))
    if group is not None:
        st.header(plain(language.write(group.heading)))
        show_blocks(group.blocks)


def _show_sure_cards(plan: Plan, figures: Headlines, simulation: SimulationResult, language: Language) -> None:
    """Draw the budget and the finish that are as sure as was asked for, and the chance of the plan's own, as cards.

    Without labour the finish alone: what is left of the budget hardly varies; so too where nothing of it has a price.
    """
    share = plan.scenario.timeline.confidence.share or SURE
    budget = simulation.introduction_at(share)
    cards = (
        FigureCard(
            sure_name(FigureName.INTRODUCTION_BUDGET.value, share),
            language.write(sure_title(Text("Budget to get there"), share)),
            bounded_money(budget, is_whole=plan.is_complete),
            notes=amount_forms_of(plan).forms(budget),
        ),
        FigureCard(
            sure_name(FINISH, share),
            language.write(sure_title(Text("Finish"), share)),
            language.write(day_text(simulation.finish_at(share), simulation.limit)),
        ),
        FigureCard(
            f"{SURE_FAMILY}:{BOTH}",
            language.write(BOTH_MET),
            language.write(chance_text(chance_of(plan_target(figures), simulation))),
        ),
    )
    is_told = plan.shows_labour and knows_budget(plan, figures)
    show_cards("sure", cards if is_told else cards[1:2], language)


def _show_standstill(plan: Plan, language: Language) -> None:
    view, say = view_of(plan, language), language.say
    st.header(say("If we do nothing"))
    blocks = standstill_group(view).blocks
    show_blocks(block for block in blocks if not isinstance(block, Group))
    number_fields.decimal_number(
        "company.standstill_day_cost",
        plan.scenario.company.standstill_day_cost,
        language,
        label=say("What a day at a standstill costs you, EUR"),
        may_be_empty=True,
    )
    show_blocks(block for block in blocks if isinstance(block, Group))


DAY_KEY, BUDGET_KEY = "sure:by", "sure:budget"


FOLD = "joint"


def _show_joint_fold(plan: Plan, figures: Headlines, simulation: SimulationResult, language: Language) -> None:
    show = partial(_show_joint, plan, figures, simulation, language)
    fold(language.say("Date and budget together"), FOLD, show, begins_open=True)


def _show_joint(plan: Plan, figures: Headlines, simulation: SimulationResult, language: Language) -> None:
    say = language.say
    show_text(
        say(
            "Each point is one draw: one way the plan may turn out. Type a budget and a date, or press a point, "
            "to see how likely both are."
        )
    )
    asked = _show_target_fields(language)
    question.keep_in_address()
    shown = plan_target(figures) if asked == Target() else asked
    if asked != Target():  # how likely the plan's own are is the page's answer
        st.markdown(f"**{plain(holds_text(asked, simulation))}**")
    needed = needed_text(shown, simulation)
    if needed:
        show_text(needed)
    for block in joint_blocks(view_of(plan, language), simulation, shown):
        if isinstance(block, ChartBlock):
            take = partial(question.take_point, block.name)
            show_chart(block, on_select=widgets.pressed(take), selection_mode="points")
        else:
            show_blocks((block,), stacks=False)


def _show_target_fields(language: Language) -> Target:
    """Show budget and date, and the button that resets them to the plan's own; return what is asked."""
    say, target = language.say, question.current().target
    with st.container(border=True):
        left, right, back = st.columns([1, 1, 1], gap="medium", vertical_alignment="bottom")
        with left:
            amount = question.budget_field(BUDGET_KEY, language)
            draft = amount.draw()
        with right:
            day = question.day_field(DAY_KEY, language)
            day_draft = day.draw()
        with back:
            st.button(
                say("Use the plan's own values"),
                key="sure:own",
                icon=":material/undo:",
                disabled=target == Target(),
                on_click=widgets.pressed(question.clear_question),
            )
        amount.explain(draft)
        day.explain(day_draft)
    return target


def _show_drivers(plan: Plan, simulation: SimulationResult, language: Language) -> None:
    """Show three folds: drivers take a while to compute."""
    say = language.say
    fold(say("What drives it?"), "drivers", partial(_show_swings, plan, language))
    fold(say("Which tasks decide the finish?"), "criticality", partial(_show_critical_tasks, plan, language))
    fold(say("Is the contingency enough?"), "reserve", partial(_show_reserve, plan, simulation, language))


def _show_swings(plan: Plan, language: Language) -> None:
    """Show what moves the budget and the finish, side by side, and what knowing it would save."""
    show_caption(
        language.say(
            "Each bar shows one uncertainty alone, from its low value (P10) to its high value (P90). Start with "
            "the longest: ask, get a quote or run a trial."
        )
    )
    swings = swings_group(view_of(plan, language))
    if swings is not None:
        show_blocks(swings.blocks, stacks=False)


def _show_critical_tasks(plan: Plan, language: Language) -> None:
    drivers = session.workspace().plans.drivers(plan)
    show_text(language.write(words.critical_text(drivers, plan)))
    show_table(words.critical_table(drivers, plan), language.say("How often tasks are critical"))


def _show_reserve(plan: Plan, simulation: SimulationResult, language: Language) -> None:
    """Show whether the contingency is enough for 80 %, to those who may see it."""
    show_text(language.write(reserve_text(plan, simulation)))
    told = shown_reserve(plan, simulation)
    if told is not None:
        show_table(reserve_table(told), language.say("Budget and reserve"))


def _show_draw_files(language: Language) -> None:
    say = language.say
    with st.container(horizontal=True):
        for label, suffix, kind in (
            (say("All draws as CSV"), CSV, "text/csv"),
            (say("All draws as Parquet"), PARQUET, "application/vnd.apache.parquet"),
        ):
            write = partial(_draws_file, suffix, session.workspace(), session.state().scenario)
            look = {"icon": ":material/download:", "key": f"draws{suffix}"}
            show_download(label, write, f"draws{suffix}", kind, language, **look)


def _draws_file(suffix: str, workspace: Workspace, scenario: Scenario, state: State) -> bytes:
    """Return the draws of a plan with a schedule, as their reader may see them."""
    plan = cast("Plan", workspace.plans.plan(scenario, shows_labour=state.sees_labour))
    return draws_bytes(workspace.plans.simulation(plan), suffix)


ALL_RANGES = ""


def _show_ranges(plan: Plan, language: Language) -> None:
    """Show the ranges and the settings of the simulation, both folded."""
    say = language.say
    st.header(say("The ranges behind this"))
    show_text(
        say(
            "In one case of ten the value is below the P10, in one of ten above the P90. Ask someone who has "
            "done such a task how far off the estimate was."
        )
    )
    is_open = fold(say("Ranges of efforts, waits and prices"), "ranges", partial(_show_range_grid, plan, language))
    if not is_open and drafts.has_waiting_cells(drafts.RANGES):
        show_draft(say("What you typed into the table of ranges is kept, but not in the plan. Open it to see why."))
    fold(say("How the simulation works"), "draws", partial(_show_simulation_settings, plan, language))


def _show_range_grid(plan: Plan, language: Language) -> None:
    """Show the ranges: an editor for those who may change the plan, else a table."""
    view = view_of(plan, language)
    ranges = range_grid(view)
    if not session.may_change():
        show_table(read_only(ranges), language.say("Ranges of efforts, waits and prices"))
        return
    show_caption(language.say("Changes apply at once. Empty a cell to go back to the default range."))
    grid.show_grid(drafts.RANGES, ranges)
    _show_range_reset(ranges.names, view)


def _show_range_reset(names: Mapping[str, str], view: View) -> None:
    say, own = view.language.say, [name for name, known in known_ranges(view).items() if known.is_own]
    if not own:
        return
    with button_row():
        shown = {ALL_RANGES: say("all of them"), **{name: names[name] for name in own}}
        chosen = pick(say("Own ranges"), shown, "own_ranges", view.language)
        st.button(
            say("Use the default ranges again"),
            key="ranges_back",
            icon=":material/undo:",
            on_click=widgets.pressed(session.change, reset_ranges([chosen] if chosen in own else own, view)),
        )


def _show_simulation_settings(plan: Plan, language: Language) -> None:
    say, given = language.say, plan.scenario.uncertainty
    left, right = st.columns(2, gap="medium", vertical_alignment="top")
    with left:
        number_fields.decimal_number(
            "uncertainty.correlation",
            given.correlation,
            language,
            help=say(
                "0: one late task says nothing about the others. 100: all tasks run late together. The default "
                "is 30, because a slow team is slow in every task."
            ),
        )
    with right:
        number_fields.whole_number("uncertainty.seed", given.seed, language)
    show_caption(
        say(
            "The same seed gives the same draws again, so that two plans are compared draw by draw. Another seed "
            "shows how much of a figure is chance."
        )
    )
