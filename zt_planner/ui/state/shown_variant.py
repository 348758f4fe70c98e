"""Which variant a tab shows, and what is done to the variants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.domain.variants import PLAN
from zt_planner.ui.state import session
from zt_planner.ui.state.tab import this_tab

if TYPE_CHECKING:
    from collections.abc import Callable

    from zt_planner.errors import PlannerError
    from zt_planner.workspace import State


def edit(apply: Callable[[State], State], refuse: Callable[[PlannerError], None] = session.keep_refusal) -> bool:
    """Do something to the plan and its variants and return True; keep the reason if it is refused."""
    is_done = session.attempt(lambda state: session.workspace().edit(state, apply), refuse)
    if is_done:
        this_tab().gone = ""
    return is_done


def show(letter: str) -> None:
    """Show a variant, or the plan, from now on."""
    here = this_tab()
    here.gone = ""
    if here.state is not None:
        here.state = here.state.showing(letter)


def keep() -> None:
    """Keep in the address which variant is shown: the plan, where that has been deleted, once edits are refused."""
    here, shown = this_tab(), session.state()
    if shown.letter != shown.shown:
        here.gone, here.state = shown.letter if here.run > 1 else "", shown.showing(PLAN)
    letter = session.state().letter
    if letter != st.query_params.get(session.VARIANT, PLAN):
        if letter == PLAN:
            del st.query_params[session.VARIANT]
        else:
            st.query_params[session.VARIANT] = letter
