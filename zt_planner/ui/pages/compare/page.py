"""The page Compare: a session's plan beside its variants; without any, three that can be tried by one press."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.variants import LETTERS, PLAN
from zt_planner.topics.compare.answer import compare_answer
from zt_planner.topics.compare.suggested import suggested_variants
from zt_planner.topics.compare.why import explain_difference
from zt_planner.topics.progress.forecasts import approved_text
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.why import show_answer
from zt_planner.ui.pages.compare import approved
from zt_planner.ui.pages.compare.compare import draw_comparison
from zt_planner.ui.pages.compare.waiting import known, wait
from zt_planner.ui.state import session, shown_variant, widgets
from zt_planner.workspace.jobs.comparing import compared_cases, named
from zt_planner.workspace.trying import with_copy
from zt_planner.workspace.variants import new_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zt_planner.engine.compare.comparison import Comparison
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.compare.suggested import SuggestedVariant


def answer(plan: Plan, language: Language) -> str:
    """Say what each variant costs more or less than the plan, and when it is ready; without any, what is approved."""
    if not session.state().variants:
        kept = plan.scenario.status.approved
        nothing = language.say("There is no variant beside the plan yet.")
        return nothing if kept is None else approved_text(kept, language)
    comparison = shown(language)
    return "" if comparison is None else compare_answer(comparison, language)


def draw(plan: Plan, language: Language) -> None:
    """Draw the page below its headline: the variants, and what was approved."""
    variants(plan, language)
    approved.draw(plan, language)


def variants(plan: Plan, language: Language) -> None:
    """Draw the plan beside its variants; without any, those that can be tried."""
    if not session.state().variants:
        offers(plan, language)
        return
    comparison = shown(language)
    if comparison is None:
        wait(compared_cases(session.workspace().plans, session.state()), language)
        return
    draw_comparison(comparison, language)
    has_room = len(session.state().variants) < len(LETTERS) - 1 and session.may_change()
    if has_room and (untried := offered(plan, language)):
        st.header(plain(language.say("Something else to try")))
        offer_buttons(untried)
    show_answer(partial(explain_difference, comparison=comparison, language=language), language)


def shown(language: Language) -> Comparison | None:
    """Return the comparison with its plans' names, None while it is worked out."""
    workspace, state = session.workspace(), session.state()
    found = known(compared_cases(workspace.plans, state))
    return None if found is None else named(found, state, language)


def offers(plan: Plan, language: Language) -> None:
    """Draw what is asked for most, each a variant by one press, for whoever may change the plan."""
    say = language.say
    if not session.may_change():
        st.caption(plain(say("People who may change the plan can try variants; you will see them here.")))
        return
    st.markdown(plain(say("Try one of these beside the plan. For anything else, press “Variants”. The plan stays.")))
    offer_buttons(offered(plan, language))


def offered(plan: Plan, language: Language) -> tuple[SuggestedVariant, ...]:
    """Return what can be tried by one press, and is not there yet."""
    state = session.state()
    there = [state.scenario_of(letter) for letter in (PLAN, *state.variants)]
    return tuple(suggested_variants(plan, language, there))


def offer_buttons(offers: Sequence[SuggestedVariant]) -> None:
    """Draw the variants that are offered beside the plan that is shown."""
    with st.container(horizontal=True):
        for offer in offers:
            tried = partial(
                with_copy, source=session.state().mark, mark=new_mark(), name=offer.name, values=offer.changes
            )
            st.button(
                plain(offer.name),
                key=f"offer:{'+'.join(offer.changes)}",
                icon=":material/call_split:",
                on_click=widgets.pressed(shown_variant.edit, tried),
            )
