"""What is computed while a new headline leaves, when nobody waits for the script (ADR 0012).

Laws: nothing that is shown follows from it, but sooner; nothing is computed for pages that do not show it.
"""

from __future__ import annotations

from zt_planner.ui import session, tab
from zt_planner.workspace.ahead import next_step


def prepare(first_page: str) -> None:
    """Draw the plan if the first screen is shown, and plan the next step of a slider that is stepped through."""
    shown, plans = session.state(), session.workspace().plans
    if tab.page() in {None, first_page}:
        plans.outlook(shown.scenario, shows_labour=shown.sees_labour)
    before = session.before()
    following = None if before is None else next_step(before, shown.scenario)
    if following is not None:
        plans.plan(following)
