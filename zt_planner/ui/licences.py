"""The licences of the Budget page: who gets what, why, and what the next best mix costs.

Law: reasons are computed only where they are shown, and once per plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.reports.mix_words import explain_mix, mix_words
from zt_planner.reports.tables import mix_table
from zt_planner.ui import session
from zt_planner.ui.charts import remembered
from zt_planner.ui.components import show_table
from zt_planner.ui.markdown import plain

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.engine.reasons import MixReasons
    from zt_planner.language import Language


def draw(plan: Plan, language: Language) -> None:
    """Draw who gets which licences and why."""
    say = language.say
    st.header(say("Who gets which licences"))
    st.caption(plain(say("The cheapest mix that gives everyone what the tasks need, within the vendors' seat caps.")))
    show_table(mix_table(plan, session.workspace().price_book, language), say("Licence mix"))
    found = _reasons(plan)
    if found is None:
        return
    words = mix_words(found, plan, session.workspace().price_book, language)
    st.subheader(say("Why these licences?"))
    for entry in words.holdings:
        why = "\n".join(f"- {plain(sentence)}" for sentence in entry.why)
        st.markdown(f"**{plain(entry.who)}**: {plain(entry.gets)}\n\n{why}")
    st.markdown(plain(words.next_best))


@remembered
def _reasons(plan: Plan) -> MixReasons | None:
    """Return why a plan's mix is as it is."""
    return explain_mix(plan, session.workspace().price_book, session.workspace().phase_model)
