"""NIS2: the law of a country, what the finished work does for the ten measures of Art. 21(2), and the insurer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.topics.answers import nis2_answer
from zt_planner.topics.licences.tables import nis2_table
from zt_planner.ui.components.charts import drawn as charts
from zt_planner.ui.components.components import fold
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.pages.nis2 import insurer, law

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language

answer = nis2_answer


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline."""
    if plan.headlines is None:
        return
    law.draw(plan, language)
    measures(plan, language)
    insurer.draw(plan, language)


def measures(plan: Plan, language: Language) -> None:
    """Draw since when the ten measures are supported; as a table named as the chosen country names them."""
    say = language.say
    st.header(say("NIS2: what the plan supports"))
    charts.show_nis2(plan, language)
    st.caption(
        plain(
            say(
                "A measure counts as supported once all tasks that mainly serve it are finished. This is a planning "
                "aid: only your auditor can say whether you meet the law."
            )
        )
    )
    country = law.chosen_country(plan, language)
    fold(
        say("The measures as a table"),
        "measures",
        lambda: show_table(nis2_table(plan, language, country), say("NIS2 measures"), stacks=True),
    )
