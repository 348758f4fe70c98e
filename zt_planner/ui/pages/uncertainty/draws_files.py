"""Every draw as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

import streamlit as st

from zt_planner.files.draws import CSV, PARQUET, draws_bytes
from zt_planner.ui.components.downloads import download
from zt_planner.ui.state import session

if TYPE_CHECKING:
    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language
    from zt_planner.workspace import State, Workspace


def draw(language: Language) -> None:
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
