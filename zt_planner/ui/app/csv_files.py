"""The plan's CSV files in the menu of files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from zt_planner.files.formats import CSV_FILE
from zt_planner.media.csv.comparison import comparison_files
from zt_planner.media.csv.dialects import dialect_names, usual_dialect
from zt_planner.media.csv.files import BUDGET, COST_LINES, STAGES, TASKS, plan_archive, plan_files
from zt_planner.ui.components.downloads import download
from zt_planner.ui.components.markdown import plain
from zt_planner.ui.state import session
from zt_planner.workspace.jobs.comparing import compared

if TYPE_CHECKING:
    from zt_planner.language import Language
    from zt_planner.media.csv.dialects import Dialect
    from zt_planner.workspace import State, Workspace


def csv_downloads(language: Language) -> None:
    """Draw the choice of a dialect, and the buttons that give the plan as CSV in it."""
    say, names = language.say, dialect_names(language)
    usual = usual_dialect(language)
    dialect = st.radio(
        say("Form of the CSV files"),
        list(names),
        index=list(names).index(usual),
        format_func=lambda key: plain(names[key]),
        key="dialect",
    )
    with st.container(horizontal=True, gap="xsmall"):
        for file, label, kind in (
            (CSV_FILE, say("All tables"), "application/zip"),
            (TASKS, say("Tasks"), "text/csv"),
            (COST_LINES, say("Cost lines"), "text/csv"),
            (BUDGET, say("Budget by month"), "text/csv"),
            (STAGES, say("Stages"), "text/csv"),
        ):
            write = partial(csv_file, file, dialect, language, session.workspace())
            download(label, write, file, kind, language, key=f"csv:{file}")


def csv_file(file: str, dialect: Dialect, language: Language, workspace: Workspace, state: State) -> bytes:
    """Return one of the CSV files of a state's plan, or the archive of all, those of its comparison among them."""
    plan = workspace.plan(state)
    files = plan_files(plan, language, dialect)
    if file != CSV_FILE:
        return files[file]
    if state.variants:
        files |= comparison_files(compared(workspace, state, language, state.shown), language, dialect)
    return plan_archive(files, plan, language, state.shown)
