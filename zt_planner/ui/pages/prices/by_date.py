"""The Prices page's part about time: prices as one knew them on a day, and what a rise would cost.

The comparison with the plan without the rise is made only here, where it is shown.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.topics.explanations.change import rise_table
from zt_planner.topics.prices.rise import cost_of_rise, rise_sentence
from zt_planner.topics.prices.tables import changes_since
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import trace_context
from zt_planner.ui.state import session, widgets
from zt_planner.ui.widgets import controls, number_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language

WITHOUT_RISE = {"prices.rise": Decimal(0), "prices.rise_from": None}


def draw(plan: Plan, language: Language) -> None:
    """Draw both, side by side where there is room."""
    left, right = st.columns(2, gap="large")
    with left:
        as_of(plan, language)
    with right:
        what_if(plan, language)


def as_of(plan: Plan, language: Language) -> None:
    """Draw the day as of which prices are known, what has changed since then, and the way back to today."""
    say, chosen = language.say, plan.scenario.prices.as_of
    st.header(say("Prices by date"))
    controls.date_field(
        say("Prices as of"),
        "prices.as_of",
        chosen,
        language,
        may_be_empty=True,
        help=say("The plan as you would have made it on that day: prices that begin later are not known yet."),
    )
    if chosen is None:
        st.caption(say("Prices are those known today."))
        return
    day = language.day(chosen)
    st.caption(
        plain(
            say(
                "Prices and rates that begin after {day} are left out, and the age of sources is judged on that day.",
                day=day,
            )
        )
    )
    since = changes_since(plan, language)
    if since.rows:
        show_table(since, say("Prices that have changed since then"))
    way_back(say("Use today's prices again"), {"prices.as_of": None})


def what_if(plan: Plan, language: Language) -> None:
    """Draw the rise of list prices, its day, and what it costs this plan."""
    say, prices = language.say, plan.scenario.prices
    st.header(say("What if list prices rise?"))
    number_fields.number(
        say("Rise of the licences' list prices"),
        "prices.rise",
        prices.rise,
        number_fields.RISE,
        language,
        field_label=say("Rise of the licences' list prices, in percent"),
        help=say("For every vendor, per user and per server. Own prices are quotes and do not rise."),
    )
    controls.date_field(
        say("Rise from"),
        "prices.rise_from",
        prices.rise_from,
        language,
        may_be_empty=True,
        help=say(
            "Leave empty to start with the first month. A price that is bought for a year rises when it is renewed."
        ),
    )
    if not prices.rise:
        st.caption(say("Without a rise, the plan shows list prices."))
        return
    without = session.plan_of(plan.scenario.changed("prices.rise", Decimal(0)))
    cost = cost_of_rise(plan, without)
    if cost is not None:
        st.markdown(plain(rise_sentence(cost, plan, language)))
        show_table(rise_table(cost, trace_context(plan, language)), say("What the rise costs"))
    way_back(say("Remove the rise"), WITHOUT_RISE)


def way_back(name: str, values: Mapping[str, object]) -> None:
    """Draw the button that sets fields back."""
    st.button(
        plain(name),
        key=f"reset:{next(iter(values))}",
        type="tertiary",
        icon=":material/undo:",
        disabled=not session.may_change(),
        on_click=widgets.pressed(session.change, values),
    )
