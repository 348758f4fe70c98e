"""Sensitivity: what moves budget and finish, which tasks decide, and which reserve it takes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.topics.risk import drivers as words
from zt_planner.topics.risk.confidence import reserve_table, reserve_text, told_reserve
from zt_planner.ui.components.charts import uncertainty as uncertainty_charts
from zt_planner.ui.components.components import fold, show_lines
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import trace_context
from zt_planner.ui.state import session

if TYPE_CHECKING:
    from zt_planner.domain.plan import Headlines
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language


def draw(plan: Plan, figures: Headlines, simulation: SimulationResult, language: Language) -> None:
    """Draw all three, each folded away: what drives a plan takes a while to work out."""
    say = language.say
    fold(say("What drives it?"), "drivers", partial(moving, plan, figures, language))
    fold(say("Which tasks decide the finish?"), "criticality", partial(critical, plan, language))
    fold(say("Is the contingency enough?"), "reserve", partial(reserve, plan, simulation, language))


def moving(plan: Plan, figures: Headlines, language: Language) -> None:
    """Draw what moves the budget and what moves the finish, side by side, and what knowing it would save."""
    drivers = session.drivers()
    if drivers is None:
        return
    say, asked = language.say, trace_context(plan, language)
    st.caption(
        plain(
            say(
                "Each bar shows one uncertainty alone, from its low value (P10) to its high value (P90). Start with "
                "the longest: ask, get a quote or run a trial."
            )
        )
    )
    money, days = words.largest_swing(drivers.by_money(), asked), words.largest_swing(drivers.by_days(), asked)
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(say("Budget to get there"), anchor=False)
        text = words.money_text(money, drivers, language)
        st.markdown(plain(text))
        uncertainty_charts.show_money_tornado(plan, figures, money, text, language)
        show_lines(tuple(filter(None, (words.left_text(money, language),))))
    with right:
        st.subheader(say("Finish"), anchor=False)
        text = words.days_text(days, drivers, language)
        st.markdown(plain(text))
        uncertainty_charts.show_days_tornado(plan, figures, days, text, language)
        show_lines(tuple(filter(None, (words.left_text(days, language),))))
    show_table(words.money_drivers_table(money, drivers, language), say("What drives the budget"))
    show_lines(tuple(filter(None, (words.dearer_text(money, drivers, language),))))
    show_table(words.days_table(days, drivers, language), say("What drives the finish"))


def critical(plan: Plan, language: Language) -> None:
    """Draw how often tasks are critical, beside what the plan says."""
    drivers = session.drivers()
    if drivers is None:
        return
    st.markdown(plain(words.critical_text(drivers, plan, language)))
    show_table(words.critical_table(drivers, plan, language), language.say("How often tasks are critical"))


def reserve(plan: Plan, simulation: SimulationResult, language: Language) -> None:
    """Draw whether the contingency is what 80 % takes; not for those who may not see it."""
    st.markdown(plain(reserve_text(plan, simulation, language)))
    told = told_reserve(plan, simulation)
    if told is not None:
        show_table(reserve_table(told, language), language.say("Budget and reserve"))
