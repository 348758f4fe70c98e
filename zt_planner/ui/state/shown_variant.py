"""The variant that a tab shows, and changes to the variants."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from zt_planner.domain.variants import AS_APPROVED, PLAN
from zt_planner.errors import PlannerError
from zt_planner.ui.state import session
from zt_planner.ui.state.tab import this_tab
from zt_planner.workspace import State


def edit(apply: Callable[[State], State], refuse: Callable[[PlannerError], None] = session.keep_refusal) -> bool:
    """Apply an action to the plan and its variants and return True; if it is refused, pass the reason on."""
    is_done = session.attempt(lambda state: session.workspace().edit(state, apply), refuse)
    if is_done:
        this_tab().moved = None
    return is_done


def show(letter: str) -> None:
    """Show a variant, or the plan, from now on."""
    here = this_tab()
    here.moved = None
    if here.state is not None:
        here.state = here.state.showing(letter)


def keep() -> None:
    """Keep showing the same variant under its current letter, and keep that in the address.

    If the variant is gone, or the reader only watches the plan, the plan is shown.
    """
    here, shown = this_tab(), session.state()
    is_gone = shown.mark not in shown.marks.values() and shown.shown != AS_APPROVED
    if is_gone or shown.letter != shown.shown:
        only_watches = shown.letter == AS_APPROVED or (shown.letter == PLAN and not shown.may_change)
        here.state = shown.showing(PLAN if only_watches else shown.shown)
        here.moved = None if only_watches else (shown.letter, "" if is_gone else shown.shown)
    letter = session.state().letter
    if letter != st.query_params.get(session.VARIANT, PLAN):
        if letter == PLAN:
            del st.query_params[session.VARIANT]
        else:
            st.query_params[session.VARIANT] = letter
