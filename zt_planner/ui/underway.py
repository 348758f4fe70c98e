"""Work beside the page that is shown, drawn anew while it is going on, and once when it has ended (ADR 0030)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.ui import widgets

if TYPE_CHECKING:
    from collections.abc import Callable

    from zt_planner.workspace.jobs import Job

SECONDS_BETWEEN = 0.5


def follow(look: Callable[[], Job | None], draw: Callable[[Job], None]) -> None:
    """Draw a job that is going on, again and again until it has ended; then the whole page is drawn once."""

    def part() -> None:
        widgets.apply_edits()  # this part runs alone
        job = look()
        if job is None or not job.is_going:
            st.rerun()
        draw(job)

    st.fragment(part, run_every=SECONDS_BETWEEN)()
