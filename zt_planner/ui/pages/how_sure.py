"""How sure?: the chance of keeping budget and date, what drives it, and which quotes to get first; the rest is folded.

Law: what takes time to compute is computed only where its fold is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from zt_planner.domain.finding import Code
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.simulation.result import SimulationResult
from zt_planner.errors import NoSchedule
from zt_planner.files.draws import CSV, PARQUET, draws_bytes
from zt_planner.language import Language
from zt_planner.topics.block import Group
from zt_planner.topics.figure_names import SURE_FAMILY
from zt_planner.topics.grid import read_only
from zt_planner.topics.headline.promise import planned_sentence
from zt_planner.topics.prices.blocks import doubtful_group
from zt_planner.topics.risk import drivers as words
from zt_planner.topics.risk.blocks import drivers_group, joint_picture, swings_group
from zt_planner.topics.risk.confidence import (
    Target,
    beyond_sentence,
    chance_sentence,
    plan_target,
    reserve_table,
    reserve_text,
    shown_reserve,
)
from zt_planner.topics.risk.outside import outside_group
from zt_planner.topics.risk.ranges_grid import known_ranges, range_grid, reset_ranges
from zt_planner.topics.risk.traces import BOTH
from zt_planner.topics.risk.uncertainty import (
    contour_table,
    knows_budget,
    needed_text,
    percentiles_table,
    trade_text,
)
from zt_planner.topics.sentence import no_schedule
from zt_planner.topics.view import View
from zt_planner.ui.addresses import PRICES
from zt_planner.ui.components import as_table, grid
from zt_planner.ui.components.as_table import PageTable
from zt_planner.ui.components.blocks import show_blocks
from zt_planner.ui.components.charts import show_chart
from zt_planner.ui.components.elements import (
    button_row,
    fold,
    fold_findings,
    pick,
    show_caption,
    show_draft,
    show_findings,
    show_lines,
    show_page_link,
    show_text,
)
from zt_planner.ui.components.files.downloads import show_download
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import view_of, why_button
from zt_planner.ui.state import drafts, session, widgets
from zt_planner.ui.widgets import number_fields, question
from zt_planner.workspace import State, Workspace

FINDINGS = (Code.RANGE_SKEWED, Code.RANGE_WIDE)
DAY_KEY, BUDGET_KEY = "sure:by", "sure:budget"
ALL_RANGES = ""


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
    say, view = language.say, view_of(plan, language)
    simulation = session.workspace().plans.simulation(plan)
    show_lines((beyond_sentence(simulation),))
    if knows_budget(plan, plan.headlines):
        _show_joint(view, simulation)
    drivers = drivers_group(view)
    if drivers is not None:
        show_blocks(block for block in drivers.blocks if isinstance(block, Group))
    show_blocks((doubtful_group(view),))
    show_page_link(PRICES, say("Enter quotes on the “Prices” page"), ":material/sell:")
    fold_findings(plan, language, "range_findings", FINDINGS)
    fold(say("Another budget, date or confidence"), "joint", partial(_show_odds, view, simulation))
    fold(say("What drives it, in detail"), "drivers", partial(_show_drivers, view, simulation))
    fold(say("How projects of others turned out"), "outside", partial(_show_outside_view, view))
    _show_ranges(plan, language)


def _asked() -> Target:
    return question.current().target


def _show_joint(view: View, simulation: SimulationResult) -> None:
    """Show date and budget together, how likely what is asked about is, and what the plan's own date would need."""
    asked, say = _asked(), view.language.say
    shown = plan_target(view.figures) if asked == Target() else asked
    chart = joint_picture(view, simulation, shown)
    title = say("Budgets and dates that are met together")
    tables = {"both": PageTable(title, partial(_show_line, simulation, title))}
    if not as_table.show_chosen(tables):
        take = partial(question.take_point, chart.name)
        show_chart(chart, on_select=widgets.pressed(take), selection_mode="points")
    as_table.show_menu(tables, view.language)
    if asked != Target():  # how likely the plan's own are is the page's answer
        st.markdown(f"**{plain(chance_sentence(asked, simulation))}**")
    show_caption(
        say("Each point is one way the plan may turn out. Press one to see how likely its date and budget are.")
    )
    if view.plan.shows_labour:
        why_button(f"{SURE_FAMILY}:{BOTH}", view.language, text=say("How is the chance calculated?"))
    question.keep_in_address()


def _show_line(simulation: SimulationResult, title: str) -> None:
    show_table(contour_table(simulation), title)
    show_caption(trade_text(simulation))


def _show_odds(view: View, simulation: SimulationResult) -> None:
    """Show the fields of another budget and date, and what each confidence takes, together and alone."""
    plan, say = view.plan, view.language.say
    if knows_budget(plan, view.figures):
        _show_target_fields(view.language)
        show_text(needed_text(plan_target(view.figures) if _asked() == Target() else _asked(), simulation))
    show_table(percentiles_table(plan, view.figures, simulation), say("Budget and finish at each confidence"))


def _show_target_fields(language: Language) -> None:
    """Show budget and date, and the button that resets them to the plan's own."""
    left, right, back = st.columns([1, 1, 1], gap="medium", vertical_alignment="bottom")
    with left:
        amount = question.budget_field(BUDGET_KEY, language)
        draft = amount.draw()
    with right:
        day = question.day_field(DAY_KEY, language)
        day_draft = day.draw()
    with back:
        st.button(
            language.say("Use the plan's own values"),
            key="sure:own",
            icon=":material/undo:",
            disabled=_asked() == Target(),
            on_click=widgets.pressed(question.clear_question),
        )
    amount.explain(draft)
    day.explain(day_draft)


def _show_drivers(view: View, simulation: SimulationResult) -> None:
    """Show what moves budget and finish with what knowing it would save, critical tasks, and the contingency."""
    plan, say = view.plan, view.language.say
    show_caption(
        say(
            "Each bar shows one uncertainty alone: in one case of ten the result lies beyond its low end, in one of "
            "ten beyond its high end. Start with the longest: ask, get a quote or run a trial."
        )
    )
    swings = swings_group(view)
    if swings is not None:
        show_blocks(swings.blocks, stacks=False)
    drivers = session.workspace().plans.drivers(plan)
    show_text(words.critical_text(drivers, plan))
    show_table(words.critical_table(drivers, plan), say("How often tasks are critical"))
    show_text(reserve_text(plan, simulation))
    told = shown_reserve(plan, simulation)
    if told is not None:
        show_table(reserve_table(told), say("Budget and reserve"))


def _show_outside_view(view: View) -> None:
    group = outside_group(view)
    if group is not None:
        show_blocks(group.blocks)


def _show_draw_files(language: Language) -> None:
    say = language.say
    with st.container(horizontal=True):
        for label, suffix, kind in (
            (say("All draws as CSV"), CSV, "text/csv"),
            (say("All draws as Parquet"), PARQUET, "application/vnd.apache.parquet"),
        ):
            write = partial(_draws_file, suffix, session.workspace())
            look = {"icon": ":material/download:", "key": f"draws{suffix}"}
            show_download(label, write, f"draws{suffix}", kind, language, **look)


def _draws_file(suffix: str, workspace: Workspace, state: State) -> bytes:
    """Return the draws of a plan as their reader may see them; raise NoSchedule."""
    plan = workspace.plan(state)
    if isinstance(plan, StoppedPlan):
        raise NoSchedule
    return draws_bytes(workspace.plans.simulation(plan), suffix)


def _show_ranges(plan: Plan, language: Language) -> None:
    """Show the ranges, the settings of the simulation and its draws, folded."""
    say = language.say

    def show() -> None:
        _show_range_grid(plan, language)
        _show_simulation_settings(plan, language)
        _show_draw_files(language)

    is_open = fold(say("Ranges, settings and all draws"), "ranges", show)
    if not is_open and drafts.has_waiting_cells(drafts.RANGES):
        show_draft(say("What you typed into the table of ranges is kept, but not in the plan. Open it to see why."))


def _show_range_grid(plan: Plan, language: Language) -> None:
    """Show the ranges: an editor for those who may change the plan, else a table."""
    view = view_of(plan, language)
    ranges = range_grid(view)
    show_text(
        language.say(
            "In one case of ten the value is below the low value, in one of ten above the high one. Ask someone who "
            "has done such a task how far off the estimate was."
        )
    )
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
