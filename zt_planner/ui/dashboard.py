"""The dashboard: `main` runs from top to bottom for every interaction.

State, plan and headline come first, so that the answer is on screen before
anything else is drawn; then the sidebar's controls, which are light; then the
page with its picture.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from zt_planner.errors import PlannerError
from zt_planner.language import msgid
from zt_planner.reports.faults import explain
from zt_planner.ui import panel, session, shell
from zt_planner.ui.markdown import plain
from zt_planner.ui.pages import budget, cockpit, nis2, prices, record, roadmap

ICON = Path(__file__).with_name("icon.png")
FIRST_PAGE = "cockpit"
PAGES = (
    (FIRST_PAGE, msgid("Plan"), ":material/flag:", cockpit.draw),
    ("roadmap", msgid("Roadmap"), ":material/view_timeline:", roadmap.draw),
    ("budget", msgid("Budget"), ":material/payments:", budget.draw),
    ("nis2", msgid("NIS2"), ":material/gavel:", nis2.draw),
    ("prices", msgid("Prices"), ":material/sell:", prices.draw),
    ("record", msgid("Record"), ":material/history:", record.draw),
)


def main() -> None:
    """Draw the dashboard."""
    language = session.language()
    st.set_page_config(page_title="ZT Planner", page_icon=str(ICON), layout="wide")
    try:
        session.current()
        session.apply_reports()
    except PlannerError as error:
        for text in explain(error, language):
            st.error(plain(text))
        return
    plan = session.plan()
    pages = [
        st.Page(
            partial(draw, plan, language),
            title=language.say(title),
            icon=icon,
            url_path=path,
            default=path == FIRST_PAGE,
        )
        for path, title, icon, draw in PAGES
    ]
    page = st.navigation(pages, position="top")
    row = shell.top_row()
    shell.headline(plan, language)
    shell.top(row, plan, language)
    panel.draw(plan, language)
    page.run()
