"""Ten times as many draws in the background, compared with the usual ones; and every draw as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

import streamlit as st

from zt_planner.export.draws import CSV, PARQUET, draws_bytes
from zt_planner.reports.analyses.more_draws import DrawsSummary, both_text, drawing_text, held_of, more_table, more_text
from zt_planner.ui.components.downloads import download
from zt_planner.ui.components.job_panel import Panel, show
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.components.tables import show_table
from zt_planner.ui.state import session
from zt_planner.workspace.jobs.requests import MANY, many_draws

if TYPE_CHECKING:
    from zt_planner.domain.plan import Headlines
    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language
    from zt_planner.workspace import State, Workspace


def draw(figures: Headlines, simulation: SimulationResult, language: Language) -> None:
    """Draw the button, how far the drawing is, or what came of it; and the files that hold every draw."""
    more(figures, simulation, language)
    downloads(language)


def downloads(language: Language) -> None:
    """Draw the buttons that give every draw as a file; it is made when it is asked for."""
    say = language.say
    with st.container(horizontal=True):
        for label, suffix, kind in (
            (say("All draws as CSV"), CSV, "text/csv"),
            (say("All draws as Parquet"), PARQUET, "application/vnd.apache.parquet"),
        ):
            write = partial(draws_file, suffix, session.workspace(), session.state().scenario)
            look = {"icon": ":material/download:", "key": f"draws{suffix}"}
            download(label, write, f"draws{suffix}", kind, language, **look)


def draws_file(suffix: str, workspace: Workspace, scenario: Scenario, state: State) -> bytes:
    """Return the draws of a plan that is not stopped, as their reader may see them."""
    simulation = workspace.plans.simulation(scenario, shows_labour=state.sees_labour)
    return draws_bytes(cast("SimulationResult", simulation), suffix)


def more(figures: Headlines, simulation: SimulationResult, language: Language) -> None:
    """Draw the button, how far the drawing is, or what came of it."""
    say = language.say
    panel = Panel(
        key="draws:more",
        label=say("Simulate {n} times", n=language.number(MANY)),
        icon=":material/casino:",
        help=say("Runs in the background: you can keep working. It shows how much of a percentile is chance."),
        failed=say("The simulation failed. Nothing was changed; try again."),
        progress=lambda done: ((done or 0) / MANY, drawing_text(done or 0, MANY, language)),
        draw=lambda many: outcome(held_of(simulation, figures), many, language),
        is_disabled=not session.may_change(),
    )
    show(panel, lambda: many_draws(session.workspace(), session.state()), language)


def outcome(few: DrawsSummary, many: DrawsSummary, language: Language) -> None:
    """Draw both side by side."""
    st.markdown(plain(f"{more_text(few, many, language)} {both_text(few, many, language)}"))
    show_table(more_table(few, many, language), language.say("Percentiles of few and of many draws"))
