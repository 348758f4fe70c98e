"""Ten times as many draws, on request and beside the page: do they say the same? And every draw as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.export.draws_files import CSV, PARQUET, draws_bytes
from zt_planner.reports.faults import explain
from zt_planner.reports.more_draws import Held, both_text, drawing_text, held_of, more_table, more_text
from zt_planner.ui import session, widgets
from zt_planner.ui.components import show_table
from zt_planner.ui.markdown import plain
from zt_planner.ui.underway import follow
from zt_planner.workspace.drawing import MANY, ask_draws, drawing, stop_drawing
from zt_planner.workspace.jobs import Stage

if TYPE_CHECKING:
    from zt_planner.domain.plan import Headlines
    from zt_planner.engine.uncertainty.outlook import Outlook
    from zt_planner.language import Language
    from zt_planner.workspace.jobs import Job


def draw(figures: Headlines, outlook: Outlook, language: Language) -> None:
    """Draw the button, how far the drawing is, or what came of it; and the files that hold every draw."""
    more(figures, outlook, language)
    downloads(outlook, language)


def downloads(outlook: Outlook, language: Language) -> None:
    """Draw the buttons that give every draw as a file; it is made when it is asked for."""
    say = language.say
    with st.container(horizontal=True):
        for label, suffix, kind in (
            (say("All draws as CSV"), CSV, "text/csv"),
            (say("All draws as Parquet"), PARQUET, "application/vnd.apache.parquet"),
        ):
            content = partial(draws_bytes, outlook, suffix)
            st.download_button(
                plain(label),
                content,
                f"draws{suffix}",
                kind,
                on_click="ignore",
                icon=":material/download:",
                key=f"draws{suffix}",
            )


def more(figures: Headlines, outlook: Outlook, language: Language) -> None:
    """Draw the button, how far the drawing is, or what came of it."""
    say, job = language.say, look()
    if job is not None and job.is_going:
        follow(look, partial(going, language=language))
        return
    if job is not None and isinstance(job.result, Held):
        outcome(held_of(outlook, figures), job.result, language)
        return
    st.button(
        plain(say("Draw {n} times", n=language.number(MANY))),
        key="draws:more",
        icon=":material/casino:",
        disabled=not session.may_change(),
        on_click=widgets.pressed(ask),
        help=say("Beside the page: the dashboard stays usable. It shows how much of a percentile is chance."),
    )
    if job is not None and job.error is not None:
        for line in explain(job.error, language):
            st.error(plain(line), icon=":material/block:")
    elif job is not None and job.stage is Stage.FAILED:
        st.error(say("The drawing failed. Nothing was changed; try it once more."))


def look() -> Job | None:
    """Return the drawing of the plan that is shown."""
    return drawing(session.workspace(), session.state())


def ask() -> None:
    """Have it drawn."""
    session.settle(lambda state: ask_draws(session.workspace(), state))


def stop() -> None:
    """End the drawing."""
    stop_drawing(session.workspace(), session.state())


def going(job: Job, language: Language) -> None:
    """Draw how far the drawing is, and the button that ends it."""
    done = job.progress if isinstance(job.progress, int) else 0
    st.progress(done / MANY, plain(drawing_text(done, MANY, language)))
    st.button(language.say("Cancel"), key="draws:cancel", icon=":material/close:", on_click=widgets.pressed(stop))


def outcome(few: Held, many: Held, language: Language) -> None:
    """Draw both side by side."""
    st.markdown(plain(f"{more_text(few, many, language)} {both_text(few, many, language)}"))
    show_table(more_table(few, many, language), language.say("Percentiles of few and of many draws"))
