"""If we do nothing: days at a standstill, what a week of delay leaves open, and what others report about losses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.topics.published import claims_table, losses_table
from zt_planner.topics.risk.standstill import delay_sentence, standstill_sentence
from zt_planner.ui.components.components import fold, show_lines
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.components.why import trace_context, with_why
from zt_planner.ui.widgets import number_fields

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.view import View


def draw(plan: Plan, language: Language) -> None:
    """Draw the field, what follows from it, and the published facts folded away."""
    context, say = trace_context(plan, language), language.say
    st.header(say("If we do nothing"))
    sentence = standstill_sentence(context)
    if sentence:
        with_why(sentence, "standstill_days" if plan.shows_labour else "", language, is_bold=False)
    show_lines(tuple(filter(None, (delay_sentence(context),))))
    number_fields.decimal_number(
        say("What a day at a standstill costs you, EUR"),
        "company.standstill_day_cost",
        plan.scenario.company.standstill_day_cost,
        language,
        may_be_empty=True,
    )
    fold(say("What others report about losses, and what the article says"), "losses", partial(published, context))


def published(context: View) -> None:
    """Draw what others have published: facts side by side, of which nothing is computed."""
    language = context.language
    show_table(losses_table(context), language.say("What others report about losses"), stacks=True)
    show_table(claims_table(context), language.say("The article and the sources"), stacks=True)
